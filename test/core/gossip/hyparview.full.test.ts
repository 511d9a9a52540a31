/**
 * HyParView with 10⁴ nodes, as Leitão, Pereira and Rodrigues ran it (DSN 2007, section 5; active view 5, passive view 30).
 * Our nodes come in 2000 a period instead of one by one, and then now and then two of them end up with nobody but each other.
 */
import { expect, test } from 'vitest';
import { distanceAtRandom, hyparviewAfter, largestComponent, liveNodes, meanDistance, oneSided, viewOf } from './overlay.ts';

const N = 10_000;
const RUNS = ['a', 'b'];

test.each(RUNS)('run %s: connected, symmetric and full after the warm-up, with ways as in a random graph', (run) => {
  const world = hyparviewAfter(25, { nodes: N }, run);
  expect(largestComponent(world)).toBeGreaterThan(0.999);
  expect(oneSided(world)).toBe(0);
  const full = liveNodes(world).filter((node) => viewOf(world, node).length === 5);
  expect(full.length).toBeGreaterThan(0.95 * N);
  const from = [0, 1000, 2000, 3000, 4000, 5000];
  const ours = meanDistance(from, (node) => viewOf(world, node));
  expect(Math.abs(ours / distanceAtRandom(N, 5, from) - 1)).toBeLessThan(0.02);
});

test.each(RUNS)('run %s: 80 % crash at once; two periods later those who are left are connected', (run) => {
  const after = (periods: number) => largestComponent(hyparviewAfter(26 + periods, { nodes: N, crash: 0.8 }, run));
  expect(after(0)).toBeLessThan(0.1);
  expect(after(2)).toBeGreaterThanOrEqual(0.99);
  expect(after(5)).toBeGreaterThanOrEqual(0.999);
});
test.each(RUNS)('run %s: 90 % crash at once; five periods later those who are left are connected', (run) => {
  expect(largestComponent(hyparviewAfter(31, { nodes: N, crash: 0.9 }, run))).toBeGreaterThanOrEqual(0.99);
});
test('a hundredth comes and goes in each period: those who are there are connected', () => {
  expect(largestComponent(hyparviewAfter(46.5, { nodes: N, churn: 0.01 }, 'a'))).toBeGreaterThanOrEqual(0.99);
});
