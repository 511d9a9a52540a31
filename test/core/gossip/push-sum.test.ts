/** Push-sum against Kempe, Dobra and Gehrke, FOCS 2003, section 2. */
import { expect, test } from 'vitest';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

const PERIOD = 1000;
const sumOf = (column: ArrayLike<number>): number => Array.from(column).reduce((sum, value) => sum + value, 0);

const experiment = (values: ParamValues, topology = 'complete') =>
  experimentOf(gossipScenario('push-sum', { id: topology }), 'push-sum', { nodes: 100, latency: 'constant(10)', ...values });
function play(values: ParamValues, seed: string, topology = 'complete') {
  const e = experiment(values, topology);
  const { kernel, world } = playExperiment(e, seed, { stage: bareStage, bytes: () => 0 });
  const { sum, weight, value, truth } = world.layers[0]!.state as Record<string, Float64Array>;
  /** To the end of that many rounds: all that they sent has arrived. */
  const rounds = (count: number): void => {
    while (kernel.nextTick < count * PERIOD) if (!kernel.step()) return;
  };
  return { kernel, world, rounds, sum: sum!, weight: weight!, value: value!, truth: truth![0]! };
}

test.each(['synchronous', 'asynchronous'])('mass is conserved exactly: %s', (timing) => {
  const { rounds, sum, weight, value, kernel, world } = play({ rounds: timing === 'synchronous' ? 25 : 8, timing }, 'mass');
  rounds(1);
  // Values up to 1000, a hundred nodes and 25 halvings need 10 + 7 + 25 bits: every sum is exact. By own clocks a piece may be halved
  // several times within a period.
  if (timing === 'synchronous') {
    expect(sumOf(sum)).toBe(sumOf(value));
    expect(sumOf(weight)).toBe(100);
    rounds(12);
    expect(sumOf(sum)).toBe(sumOf(value));
  }
  kernel.run(1e6);
  expect(kernel.inFlight).toBe(0);
  expect(sumOf(sum)).toBe(sumOf(value));
  expect(sumOf(weight)).toBe(100);
  // That many rounds by 100 nodes, and not one more.
  expect(world.spread.updatesSent).toBe(timing === 'synchronous' ? 2500 : 800);
});

test.each([
  ['average', 49.5],
  ['sum', 4950],
  ['count', 100],
])('%s of the numbers 0 … 99 is %d at every node in the end', (aggregate, truth) => {
  for (const timing of ['synchronous', 'asynchronous']) {
    const { kernel, sum, weight } = play({ aggregate, drawn: 'number', rounds: 60, timing }, 'right');
    kernel.run(1e6);
    for (let node = 0; node < 100; node++) expect(Math.abs(sum[node]! / weight[node]! / truth - 1)).toBeLessThan(1e-4);
  }
});

/**
 * The paper's potential about a half less in every round (its lemma on the conditional expectation of Φ), for the vector
 * s − w·average, whose square sum falls by the same factor. A node never draws itself here; then the expectation is
 * exactly ¼·(2 − 2/(n−1) − (n−2)/(n−1)²), by the paper's argument with n−1 for n.
 */
test('the potential falls to the expected part in each round', () => {
  const n = 50;
  const expected = (2 - 2 / (n - 1) - (n - 2) / (n - 1) ** 2) / 4;
  const ratios: number[] = [];
  for (let run = 0; run < 400; run++) {
    const { rounds, sum, weight, value, truth } = play({ nodes: n }, `phi${run}`);
    const phi = (): number => sum.reduce((all, s, i) => all + (s - weight[i]! * truth) ** 2, 0);
    rounds(1);
    ratios.push(phi() / value.reduce((all, v) => all + (v - truth) ** 2, 0));
    const before = phi();
    rounds(4);
    ratios.push((phi() / before) ** (1 / 3));
  }
  const first = ratios.filter((_, i) => i % 2 === 0);
  const mean = sumOf(first) / first.length;
  const sd = Math.sqrt(first.reduce((all, r) => all + (r - mean) ** 2, 0) / (first.length - 1));
  expect(Math.abs(mean - expected)).toBeLessThan((3.5 * sd) / Math.sqrt(first.length));
  expect(sd / Math.sqrt(first.length)).toBeLessThan(0.005);
  // Later rounds fall alike: the geometric mean of three lies a little below the mean of one.
  const later = ratios.filter((_, i) => i % 2 === 1);
  expect(sumOf(later) / later.length).toBeGreaterThan(0.4);
  expect(sumOf(later) / later.length).toBeLessThan(0.52);
});

test('the number of rounds grows as log n, and as log 1/ε', () => {
  const mean = (nodes: number, tolerance: number): number =>
    gossipLab(experiment({ nodes, tolerance, aggregate: 'count' }), 'rounds', 12).metrics['tLast']!.mean;
  const [small, large, exact] = [mean(64, 0.01), mean(1024, 0.01), mean(64, 0.01 / 16)];
  // The error of a typical node begins at √n and falls by √2 a round: one round for each doubling of n; the unluckiest of n
  // nodes costs up to one more.
  expect((large - small) / 4).toBeGreaterThan(1);
  expect((large - small) / 4).toBeLessThan(2.1);
  // Two rounds for each halving of the error.
  expect((exact - small) / 4).toBeGreaterThan(1.7);
  expect((exact - small) / 4).toBeLessThan(2.4);
});

test('lost messages take their mass with them', () => {
  const { kernel, sum, weight, value } = play({ rounds: 10, loss: 0.2 }, 'lost');
  kernel.run(1e6);
  // A fifth of the half that was on its way: a tenth a round.
  expect(sumOf(weight) / 100 / 0.9 ** 10).toBeGreaterThan(0.85);
  expect(sumOf(weight) / 100 / 0.9 ** 10).toBeLessThan(1.15);
  expect(sumOf(sum)).toBeLessThan(sumOf(value) / 2);
  // An average loses sums and weights alike; a count loses its one weight or others' ones by chance, and is wrong for good.
  const error = (aggregate: string): number => {
    const errors = Array.from({ length: 20 }, (_, run) => {
      const p = play({ aggregate, rounds: 30, loss: 0.2 }, `error${run}`);
      p.kernel.run(1e6);
      return Math.abs(sumOf(p.sum) / sumOf(p.weight) / p.truth - 1);
    });
    return sumOf(errors) / errors.length;
  };
  expect(error('average')).toBeLessThan(0.06);
  expect(error('count')).toBeGreaterThan(0.1);
});

test('a node that comes back has no value to add again', () => {
  const { kernel, weight, world } = play({ rounds: 40, churn: 0.05, downtime: 3, horizon: 60 }, 'back');
  kernel.run(1e6);
  expect(world.population.life.some((life) => life > 0)).toBe(true);
  expect(sumOf(weight)).toBeLessThan(100);
});

test('it ends by itself a while after everyone was near, and at once with a number of rounds', () => {
  const endless = play({}, 'end');
  endless.kernel.run(1e6);
  const last = Math.max(...endless.world.spread.learnedAt);
  expect(endless.kernel.reachedCount).toBe(100);
  expect(endless.kernel.tick).toBeLessThanOrEqual(last + 10 * PERIOD);
  const few = play({ rounds: 2 }, 'end');
  few.kernel.run(1e6);
  expect(few.kernel.reachedCount).toBeLessThan(100);
  expect(few.kernel.inFlight).toBe(0);
});
