/** 2^d nodes, linked where their numbers differ in one bit: link u·d + i flips bit i. Links are computed, not stored. */
import { fitted } from './drawing.ts';
import { latency } from './latency.ts';
import { latencyParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const hypercube = defineTopology({
  id: 'hypercube',
  title: 'Hypercube',
  summary: 'As many links of each node as dimensions, and no two nodes farther apart than that',
  params: {
    dimension: { type: 'int', min: 1, max: 20, default: 6, help: 'links of each node; there are 2 to that power nodes' },
    latency: latencyParam,
  },
  generate(params, seed) {
    const dimension = params['dimension'] as number;
    const nodes = 1 << dimension;
    const drawn = drawing(dimension);
    const given = { seed, where: 'topology/hypercube', nodes, positions: drawn };
    const { byPair, positions, notes } = latency(params['latency'] as string, given);
    const source = (link: number): number => Math.floor(link / dimension);
    const target = (link: number): number => source(link) ^ (1 << (link % dimension));
    return {
      nodes,
      links: nodes * dimension,
      directed: false,
      notes,
      positions,
      source,
      target,
      degree: () => dimension,
      first: (u) => u * dimension,
      length: (link) => byPair(source(link), target(link)),
      between(u, v) {
        const bit = u ^ v;
        return bit === 0 || (bit & (bit - 1)) !== 0 ? -1 : u * dimension + 31 - Math.clz32(bit);
      },
      pairLength: byPair,
    };
  },
});

/** A parallel projection: three dimensions as a cube is usually drawn, and for three more, cubes in place of its corners. */
function drawing(dimension: number): Float64Array {
  const directions: (readonly [number, number])[] = [];
  for (let i = 0, scale = 1, skew = 0; i < dimension; i++) {
    const along = [
      [scale, skew * scale],
      [skew * scale, scale],
      [0.43 * scale, -0.31 * scale],
    ] as const;
    directions.push(along[i % 3]!);
    if (i % 3 === 2) [scale, skew] = [scale * 2.17, skew + 0.06];
  }
  const out = new Float64Array(2 << dimension);
  for (let u = 1; u < 1 << dimension; u++) {
    const top = 31 - Math.clz32(u);
    const rest = u ^ (1 << top);
    out[2 * u] = out[2 * rest]! + directions[top]![0];
    out[2 * u + 1] = out[2 * rest + 1]! + directions[top]![1];
  }
  return fitted(out);
}
