/** What droppers, flooders, liars and losses do to the measures, by how much, and that they do nothing else. */
import { expect, test } from 'vitest';
import { leftOut } from '../../../src/core/metrics/theory/theory.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

const experiment = (algorithm: string, values: ParamValues) =>
  experimentOf(gossipScenario(algorithm, { id: 'complete' }), 'adversary', { nodes: 1000, latency: 'constant(1)', ...values });
const measures = (algorithm: string, values: ParamValues, runs = 12) => gossipLab(experiment(algorithm, values), 'adversary', runs).metrics;
const play = (algorithm: string, values: ParamValues, seed = 'one') =>
  playExperiment(experiment(algorithm, values), seed, { stage: bareStage, bytes: () => 0 });
const sumOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0);

/** The period is much longer than an answer takes, as the equation of 1987 has it. */
const GOSSIP = { period: 1000, tolerance: 2 };

test('droppers hear and say nothing: what is left sends for all, and more are left out', () => {
  const [fair, dropped] = [measures('uniform', GOSSIP), measures('uniform', { ...GOSSIP, droppers: 0.3 })];
  // Each of the 0.7 n that send is fated to k fails beside its useful calls: m = 0.7·k + 1 for each node reached.
  const expected = { traffic: (share: number): number => (1 - share) * (0.7 * 2 + 1), residue: leftOut(0.7 * 2 + 1) };
  expect(Math.abs(dropped['residue']!.mean / expected.residue - 1)).toBeLessThan(0.1);
  expect(Math.abs(dropped['traffic']!.mean / expected.traffic(expected.residue) - 1)).toBeLessThan(0.05);
  expect(fair['residue']!.mean).toBeLessThan(0.75 * dropped['residue']!.mean);

  const { kernel, world } = play('uniform', { ...GOSSIP, droppers: 0.3 });
  kernel.run(1e7);
  const drops = [...world.population.drops.keys()].filter((node) => world.population.drops[node] === 1);
  expect(drops.length).toBe(300);
  expect(drops).not.toContain(0);
  // Nobody has it from a dropper; but droppers are told like anybody.
  expect([...world.spread.parent].filter((parent) => drops.includes(parent))).toEqual([]);
  expect(drops.filter((node) => world.spread.learnedAt[node]! >= 0).length).toBeGreaterThan(200);
});

test('an origin is never an adversary, and where all others drop, only its own calls are left', () => {
  const { kernel, world } = play('uniform', { ...GOSSIP, nodes: 50, droppers: 1 });
  kernel.run(1e7);
  expect(world.population.drops[0]).toBe(0);
  expect(new Set(world.spread.parent)).toEqual(new Set([-1, 0]));
});

test('flooders send ten for one: all tell at once that they had it, and a flooder soon stops', () => {
  const [fair, flooded] = [
    measures('uniform', { ...GOSSIP, nodes: 400 }, 6),
    measures('uniform', { ...GOSSIP, nodes: 400, flooders: 1 }, 6),
  ];
  // Of ten copies of a useful call nine come back as fails, and a useless call brings ten: with a tolerance of 2 each makes one call.
  expect(flooded['traffic']!.mean / 10).toBeLessThanOrEqual(1);
  expect(flooded['redundancy']!.mean).toBeGreaterThan(9);
  expect(flooded['residue']!.mean).toBeGreaterThan(2 * fair['residue']!.mean);
  // Where copies are not answered they cost, and help nobody: ten go to the same peer.
  const patient = { ...GOSSIP, nodes: 400, tolerance: 40 };
  const [one, ten] = [measures('uniform', patient, 3), measures('uniform', { ...patient, flooders: 0.2 }, 3)];
  expect(ten['residue']!.mean).toBe(0);
  expect(ten['tLast']!.mean).toBeGreaterThan(0.8 * one['tLast']!.mean);
});

test('flooders of a blind rumour: exactly their sends count ten times', () => {
  const { kernel, world } = play('rumour', { nodes: 500, feedback: false, k: 3, flooders: 0.2 });
  kernel.run(1e7);
  const { spread, population } = world;
  let expected = 0;
  for (let node = 0; node < 500; node++) {
    if (spread.learnedAt[node]! < 0) continue;
    // Every contact counts; answers to the copies count as well, so that a flooder stops after its first call.
    expected += population.floods[node] === 1 ? 10 : 3;
  }
  expect(spread.updatesSent).toBe(expected);
});

test.each([0.1, 0.3])('loss %d leaves out more of a blind rumour: each call comes through with 1 − loss', (loss) => {
  const values = { feedback: false, k: 3, loss };
  // A contact whose message or verdict is lost does not count: a node calls until three verdicts came back.
  const calls = 3 / (1 - loss) ** 2;
  const { residue, traffic } = measures('rumour', values, 30);
  const expected = leftOut(calls * (1 - loss));
  expect(Math.abs(residue!.mean / expected - 1)).toBeLessThan(0.1);
  expect(Math.abs(traffic!.mean / (calls * (1 - expected)) - 1)).toBeLessThan(0.05);
});

/** A tenth that claims a thousand times its value moves an average to about a hundred times the truth. */
test('liars shift what push-sum computes by exactly what they add, and all agree on it', () => {
  const run = (liars: number) => {
    const { kernel, world } = play('push-sum', { nodes: 200, rounds: 80, liars });
    kernel.run(1e7);
    const { sum, weight, value, truth } = world.layers[0]!.state as Record<string, Float64Array>;
    const estimates = Array.from(sum!, (s, node) => s / weight![node]!);
    const claimed = sumOf(Array.from(value!, (v, node) => (world.population.lies[node] === 1 ? 1000 * v : v))) / 200;
    return { estimates, claimed, truth: truth![0]!, reached: kernel.reachedCount, liars: sumOf(world.population.lies) };
  };
  const [honest, lied] = [run(0), run(0.1)];
  expect(honest.claimed).toBe(honest.truth);
  for (const estimate of honest.estimates) expect(Math.abs(estimate / honest.truth - 1)).toBeLessThan(1e-6);
  expect(honest.reached).toBe(200);

  expect(lied.liars).toBe(20);
  expect(lied.claimed / lied.truth).toBeGreaterThan(50);
  for (const estimate of lied.estimates) expect(Math.abs(estimate / lied.claimed - 1)).toBeLessThan(1e-6);
  expect(lied.truth).toBe(honest.truth);
  expect(lied.reached).toBeLessThan(120);
});

test('a liar in a count adds a thousand for itself; liars change nothing where there are no values', () => {
  const { kernel, world } = play('push-sum', { nodes: 100, aggregate: 'count', rounds: 80, liars: 0.05 });
  kernel.run(1e7);
  const { sum, weight } = world.layers[0]!.state as Record<string, Float64Array>;
  expect(sumOf(sum!) / sumOf(weight!)).toBeCloseTo(95 + 5 * 1000, 6);
  expect(measures('uniform', { ...GOSSIP, liars: 0.5 }, 3)).toEqual(measures('uniform', GOSSIP, 3));
});

test('droppers swallow the mass of push-sum, flooders multiply it', () => {
  const mass = (values: ParamValues): number => {
    const { kernel, world } = play('push-sum', { nodes: 200, rounds: 5, ...values });
    kernel.run(1e7);
    return sumOf(world.layers[0]!.state['weight']!) / 200;
  };
  expect(mass({})).toBe(1);
  // In a round a tenth of all mass is with droppers, and half of it goes: 0.95 a round.
  expect(Math.abs(mass({ droppers: 0.1 }) / 0.95 ** 5 - 1)).toBeLessThan(0.1);
  // A flooder’s half arrives ten times: 1 + 0.1 · 4.5 a round.
  expect(Math.abs(mass({ flooders: 0.1 }) / 1.45 ** 5 - 1)).toBeLessThan(0.3);
});

test('a SWIM member that cannot send hears no answers and accuses whom it probes; suspicion lets them clear themselves', () => {
  const wrong = (suspicion: number): number => {
    const { kernel, world } = play('swim', {
      nodes: 60,
      period: 1000,
      wait: 100,
      latency: 'constant(10)',
      horizon: 60,
      crashAfter: 0,
      droppers: 0.017,
      carried: 50,
      suspicion,
    });
    kernel.run(1e7);
    expect(sumOf(world.population.drops)).toBe(1);
    const status = world.layers[0]!.state['status']!;
    return new Set([...status.keys()].filter((at) => status[at] === 2).map((at) => at % 60)).size;
  };
  expect(wrong(0)).toBeGreaterThan(50);
  // What clears a member may now and then not reach the one that cannot ask.
  expect(wrong(12)).toBeLessThan(4);
});
