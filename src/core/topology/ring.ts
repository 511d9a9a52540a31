/** Each node is linked to its nearest neighbours around a circle, half of them on either side. */
import { InputError } from '../../base/result.ts';
import { circle } from './drawing.ts';
import { checkLinks, Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const ring = defineTopology({
  id: 'ring',
  title: 'Ring',
  summary: 'A circle; with a larger degree, a circle with chords to the nearest',
  params: {
    nodes: nodesParam(3),
    degree: { type: 'int', min: 2, max: 1000, default: 2, help: 'links of each node, an even number: half on either side' },
    latency: latencyParam,
  },
  generate(params, seed) {
    const n = params['nodes'] as number;
    const degree = params['degree'] as number;
    if (degree % 2 !== 0 || degree > n - 1)
      throw new InputError(`topology/ring: \`degree\` must be even and at most nodes - 1 = ${n - 1}, got ${degree}`);
    checkLinks('topology/ring', n * degree, `${n} nodes of degree ${degree}`);
    const edges = new Edges((n * degree) / 2);
    for (let u = 0; u < n; u++) for (let d = 1; d <= degree / 2; d++) edges.add(u, (u + d) % n);
    return undirected('topology/ring', params, seed, { nodes: n, edges, positions: circle(n) });
  },
});
