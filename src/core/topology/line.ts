/** Nodes in a row, each linked to the next. */
import { Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const line = defineTopology({
  id: 'line',
  title: 'Line',
  summary: 'Nodes in a row: the slowest way from end to end',
  params: { nodes: nodesParam(2), latency: latencyParam },
  generate(params, seed) {
    const n = params['nodes'] as number;
    const edges = new Edges(n - 1);
    for (let u = 1; u < n; u++) edges.add(u - 1, u);
    const positions = new Float64Array(2 * n).map((_, i) => (i % 2 ? 0.5 : i / 2 / (n - 1)));
    return undirected('topology/line', params, seed, { nodes: n, edges, positions });
  },
});
