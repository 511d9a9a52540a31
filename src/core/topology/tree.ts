/** A k-ary tree filled level by level: node 0 is the root, the children of u are k·u + 1 … k·u + k. */
import { Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const tree = defineTopology({
  id: 'tree',
  title: 'Tree',
  summary: 'A root, its children, and so on: one way only from each node to each other one',
  params: {
    nodes: nodesParam(2),
    arity: { type: 'int', min: 2, max: 1000, default: 2, help: 'children of each node' },
    latency: latencyParam,
  },
  generate(params, seed) {
    const n = params['nodes'] as number;
    const arity = params['arity'] as number;
    const edges = new Edges(n - 1);
    for (let u = 1; u < n; u++) edges.add(Math.floor((u - 1) / arity), u);
    const positions = new Float64Array(2 * n);
    const levels: number[] = [];
    for (let start = 0, width = 1; start < n; start += width, width *= arity) levels.push(start);
    levels.forEach((start, level) => {
      const end = levels[level + 1] ?? n;
      // The last level stands under its parents, as if it were full.
      const width = start * (arity - 1) + 1;
      for (let u = start; u < end; u++) {
        positions[2 * u] = (u - start + 0.5) / width;
        positions[2 * u + 1] = level / (levels.length - 1);
      }
    });
    return undirected('topology/tree', params, seed, { nodes: n, edges, positions });
  },
});
