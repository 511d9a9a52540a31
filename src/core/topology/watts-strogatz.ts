/**
 * The small world of Watts and Strogatz (Nature 393, 1998): a ring in which each node is linked to its nearest; lap by
 * lap around it, each link to a nearest neighbour is, with probability `rewire`, led to a node chosen uniformly instead,
 * never to itself and never doubly. A node that is linked to all others keeps its link. The number of links stays the same.
 */
import { InputError } from '../../base/result.ts';
import { derive } from '../kernel/random.ts';
import { Chance } from './chance.ts';
import { circle } from './drawing.ts';
import { checkLinks, Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const wattsStrogatz = defineTopology({
  id: 'watts-strogatz',
  title: 'Watts–Strogatz small world',
  summary: 'A ring of neighbourhoods with a few long short cuts',
  params: {
    nodes: nodesParam(3),
    degree: { type: 'int', min: 2, max: 1000, default: 4, help: 'links of each node in the ring, an even number; their mean stays' },
    rewire: { type: 'number', min: 0, max: 1, default: 0.1, help: 'probability with which a link is led elsewhere' },
    latency: latencyParam,
  },
  generate(params, seed) {
    const where = 'topology/watts-strogatz';
    const n = params['nodes'] as number;
    const degree = params['degree'] as number;
    const rewire = params['rewire'] as number;
    if (degree % 2 !== 0 || degree > n - 1)
      throw new InputError(`${where}: \`degree\` must be even and at most nodes - 1 = ${n - 1}, got ${degree}`);
    checkLinks(where, n * degree, `${n} nodes of degree ${degree}`);
    const half = degree / 2;
    const chance = new Chance(derive(seed, 'topology'));
    // The far ends of the links that began at each node: an edge stands in the row of one of its ends.
    const far = new Uint32Array(n * half);
    for (let u = 0; u < n; u++) for (let d = 0; d < half; d++) far[u * half + d] = (u + d + 1) % n;
    const began = (u: number, v: number): boolean => {
      for (let i = u * half; i < (u + 1) * half; i++) if (far[i] === v) return true;
      return false;
    };
    const degrees = new Uint32Array(n).fill(degree);
    for (let d = 0; d < half; d++)
      for (let u = 0; u < n; u++) {
        if (chance.unit() >= rewire || degrees[u]! >= n - 1) continue;
        let v = chance.below(n);
        while (v === u || began(u, v) || began(v, u)) v = chance.below(n);
        degrees[far[u * half + d]!]!--;
        degrees[v]!++;
        far[u * half + d] = v;
      }
    const edges = new Edges(n * half);
    for (let u = 0; u < n; u++) for (let d = 0; d < half; d++) edges.add(u, far[u * half + d]!);
    return undirected(where, params, seed, { nodes: n, edges, positions: circle(n) });
  },
});
