/** Node 0 is the hub; all others are linked to it alone. */
import { around } from './drawing.ts';
import { Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const star = defineTopology({
  id: 'star',
  title: 'Star',
  summary: 'One hub in the middle; all others know only the hub',
  params: { nodes: nodesParam(2), latency: latencyParam },
  generate(params, seed) {
    const n = params['nodes'] as number;
    const edges = new Edges(n - 1);
    for (let u = 1; u < n; u++) edges.add(0, u);
    const positions = new Float64Array(2 * n).fill(0.5);
    around(positions, 1, n - 1, { x: 0.5, y: 0.5, radius: 0.5 });
    return undirected('topology/star', params, seed, { nodes: n, edges, positions });
  },
});
