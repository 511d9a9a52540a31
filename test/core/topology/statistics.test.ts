/** Random graphs have the statistics that their papers give. */
import { expect, test } from 'vitest';
import type { Topology } from '../../../src/core/topology/topology.ts';
import { degrees, made, neighbours } from './made.ts';

/** Mean over the nodes of the share of pairs of neighbours that are linked (Watts and Strogatz 1998). */
function clustering(topology: Topology): number {
  let sum = 0;
  for (let u = 0; u < topology.nodes; u++) {
    const near = neighbours(topology, u);
    let linked = 0;
    for (const a of near) for (const b of near) if (a < b && topology.between(a, b) >= 0) linked++;
    if (near.length > 1) sum += (2 * linked) / (near.length * (near.length - 1));
  }
  return sum / topology.nodes;
}

test('Erdős–Rényi: degrees are binomial, mean and variance', () => {
  const n = 20_000;
  const all = degrees(made('erdos-renyi', { nodes: n, degree: 12 }));
  const mean = all.reduce((sum, d) => sum + d, 0) / n;
  const variance = all.reduce((sum, d) => sum + (d - mean) * (d - mean), 0) / n;
  // Four standard errors: of the mean √(2 · 12 / n), as each link counts twice; of the variance about √(2 / n) of it.
  expect(Math.abs(mean - 12)).toBeLessThan(4 * Math.sqrt(24 / n));
  expect(Math.abs(variance - 12)).toBeLessThan(4 * 12 * Math.sqrt(2.2 / n));
});

test('Erdős–Rényi: every pair is as likely, the first and the last too', () => {
  const counts = new Map<number, number>();
  const runs = 4000;
  for (let run = 0; run < runs; run++) {
    const topology = made('erdos-renyi', { nodes: 5, probability: 0.3 }, `run ${run}`);
    for (let u = 0; u < 5; u++) for (const v of neighbours(topology, u)) if (v < u) counts.set(5 * u + v, (counts.get(5 * u + v) ?? 0) + 1);
  }
  expect(counts.size).toBe(10);
  for (const count of counts.values()) expect(Math.abs(count / runs - 0.3)).toBeLessThan(4.5 * Math.sqrt(0.21 / runs));
});

test.each([
  [1000, 3],
  [1000, 10],
  [50, 24],
  [50, 40],
  [11, 10],
  [7, 4],
  [4, 1],
])('random regular: %i nodes have degree %i exactly', (nodes, degree) => {
  for (const seed of ['a', 'b', 'c']) expect(new Set(degrees(made('random-regular', { nodes, degree }, seed)))).toEqual(new Set([degree]));
});

test('random regular: of the 70 labelled cubic graphs of 6 nodes, 10 are bipartite', () => {
  const runs = 4000;
  let bipartite = 0;
  // The others are prisms, which have triangles. Every graph must be as likely as every other one.
  for (let run = 0; run < runs; run++) if (clustering(made('random-regular', { nodes: 6, degree: 3 }, `run ${run}`)) === 0) bipartite++;
  expect(Math.abs(bipartite / runs - 1 / 7)).toBeLessThan(4 * Math.sqrt(6 / 49 / runs));
});

test('random regular: triangles are as rare as in the limit, (d − 1)³ / 6 of them', () => {
  let triangles = 0;
  const runs = 60;
  for (let run = 0; run < runs; run++) {
    const topology = made('random-regular', { nodes: 300, degree: 4 }, `run ${run}`);
    for (let u = 0; u < 300; u++)
      for (const v of neighbours(topology, u))
        for (const w of neighbours(topology, v)) if (u < v && v < w && topology.between(u, w) >= 0) triangles++;
  }
  // Poisson with mean 27/6 (Bollobás 1980).
  expect(Math.abs(triangles / runs - 4.5)).toBeLessThan(4 * Math.sqrt(4.5 / runs));
});

test('Watts–Strogatz: clustering is 3(k−2)/4(k−1) in the ring and falls with rewiring as (1−p)³', () => {
  const ofRewire = (rewire: number): number => clustering(made('watts-strogatz', { nodes: 2000, degree: 10, rewire }));
  const [none, tenth, half, all] = [0, 0.1, 0.5, 1].map(ofRewire) as [number, number, number, number];
  expect(none).toBeCloseTo((3 * 8) / (4 * 9), 10);
  expect(Math.abs(tenth / none - 0.729)).toBeLessThan(0.04);
  expect(Math.abs(half / none - 0.125)).toBeLessThan(0.03);
  expect(all).toBeLessThan(0.02);
});

test('Barabási–Albert: degrees fall off with the cube, P(k) = 2m(m+1) / k(k+1)(k+2)', () => {
  const n = 50_000;
  const m = 3;
  const all = degrees(made('barabasi-albert', { nodes: n, attach: m }));
  const share = (k: number): number => all.filter((d) => d >= k).length / n;
  expect(Math.min(...all)).toBe(m);
  // The sum of P from k on is m(m+1) / k(k+1).
  for (const k of [4, 6, 10, 20, 40]) {
    const expected = (m * (m + 1)) / (k * (k + 1));
    expect(Math.abs(share(k) - expected)).toBeLessThan(0.1 * expected + 3 * Math.sqrt(expected / n));
  }
  // The largest is of the order m √n; were growth blind, it would be some 30.
  expect(Math.max(...all)).toBeGreaterThan(0.4 * m * Math.sqrt(n));
});

test('random geometric: the mean degree is that of the disc, less what lies beyond the edges', () => {
  const [n, r] = [20_000, 0.02];
  const topology = made('random-geometric', { nodes: n, radius: r });
  // The share of pairs within r in the unit square: πr² − 8r³/3 + r⁴/2.
  const expected = (n - 1) * (Math.PI * r * r - (8 * r * r * r) / 3 + (r * r * r * r) / 2);
  expect(Math.abs(topology.links / n - expected) / expected).toBeLessThan(0.02);
});
