/** Bimodal multicast against its name: almost all or almost none, and hardly ever anything between. */
import { expect, test } from 'vitest';
import { experimentOf, gossipScenario } from '../../../src/core/simulation/experiment.ts';
import { gossipLab, labRun } from '../../../src/core/simulation/lab.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

const N = 60;
const experiment = (params: ParamValues) =>
  experimentOf(gossipScenario('bimodal', { id: 'complete' }), 's', { nodes: N, latency: 'constant(20)', horizon: 60, ...params });

test('with half of the multicast lost, the rounds repair it: everybody gets it', () => {
  const { residue, tLast } = gossipLab(experiment({ multicastLoss: 0.5 }), 's', 20).metrics;
  expect(residue!.mean).toBe(0);
  expect(tLast!.mean).toBeGreaterThan(0.5);
});

test('delivery is bimodal: on a network that loses much, either almost all get it or almost none', () => {
  // As in the paper's figure 2: likely at both ends, and hardly ever between.
  const e = experiment({ multicastLoss: 0.99, rounds: 4, loss: 0.2 });
  const shares = Array.from({ length: 300 }, (_, r) => 1 - labRun(e, 's', r).measures.residue);
  const within = (low: number, high: number): number => shares.filter((share) => share >= low && share < high).length;
  expect(within(0, 0.25)).toBeGreaterThan(10);
  expect(within(0.65, 1.01)).toBeGreaterThan(200);
  expect(within(0.25, 0.65)).toBeLessThan(Math.min(30, within(0, 0.25) + 20));
});

test('a message that is kept longer is missed by fewer, and nothing is told of for ever', () => {
  const missed = (rounds: number): number => gossipLab(experiment({ multicastLoss: 0.95, rounds }), 's', 60).metrics['residue']!.mean;
  expect(missed(6)).toBeLessThan(0.3 * missed(1));
  const long = labRun(experiment({ rounds: 3, horizon: 200 }), 's', 0);
  const short = labRun(experiment({ rounds: 3, horizon: 50 }), 's', 0);
  expect(long.measures.traffic).toBe(short.measures.traffic);
});
