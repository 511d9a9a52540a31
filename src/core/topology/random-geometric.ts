/**
 * Nodes stand at random in the unit square and are linked where they are at most `radius` apart (Gilbert, Journal of the
 * SIAM 9, 1961; here in the square, with its edges). Only neighbouring cells of a grid are compared.
 */
import { derive } from '../kernel/random.ts';
import { Chance } from './chance.ts';
import { checkLinks, Edges, undirected } from './edges.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const randomGeometric = defineTopology({
  id: 'random-geometric',
  title: 'Random geometric',
  summary: 'Radio range: whoever stands near enough is a neighbour',
  params: {
    nodes: nodesParam(2),
    radius: { type: 'number', min: 0, max: 1.5, default: 0.2, help: 'how far a link reaches; the square is 1 wide' },
    latency: latencyParam,
  },
  generate(params, seed) {
    const where = 'topology/random-geometric';
    const n = params['nodes'] as number;
    const radius = params['radius'] as number;
    const mean = (n * (n - 1) * Math.min(1, Math.PI * radius * radius)) / 2;
    checkLinks(where, 2 * mean, `${n} nodes within a radius of ${radius}`);
    const chance = new Chance(derive(seed, 'topology'));
    const positions = new Float64Array(2 * n).map(() => chance.unit());
    const side = Math.max(1, Math.min(Math.floor(1 / radius), Math.ceil(Math.sqrt(n))));
    const cellOf = (u: number): number => Math.floor(positions[2 * u + 1]! * side) * side + Math.floor(positions[2 * u]! * side);
    const starts = new Uint32Array(side * side + 1);
    for (let u = 0; u < n; u++) starts[cellOf(u) + 1]!++;
    for (let cell = 0; cell < side * side; cell++) starts[cell + 1]! += starts[cell]!;
    const at = starts.slice();
    const order = new Uint32Array(n);
    for (let u = 0; u < n; u++) order[at[cellOf(u)]!++] = u;
    const edges = new Edges(mean + 16);
    const near = radius * radius;
    const compare = (u: number, cell: number): void => {
      for (let i = starts[cell]!; i < starts[cell + 1]!; i++) {
        const v = order[i]!;
        const dx = positions[2 * u]! - positions[2 * v]!;
        const dy = positions[2 * u + 1]! - positions[2 * v + 1]!;
        if (v > u && dx * dx + dy * dy <= near) edges.add(u, v);
      }
    };
    for (let u = 0; u < n; u++) {
      const cell = cellOf(u);
      const [x, y] = [cell % side, Math.floor(cell / side)];
      for (let row = Math.max(0, y - 1); row <= Math.min(side - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(side - 1, x + 1); column++) compare(u, row * side + column);
    }
    return undirected(where, params, seed, { nodes: n, edges, positions });
  },
});
