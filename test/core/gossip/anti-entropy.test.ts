/** Anti-entropy against the program of 2011, against the recurrences of Demers et al. (1987, §1.3), and its comparisons against each other. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { gossipLab, labRun } from '../../../src/core/simulation/lab.ts';
import { exp } from '../../../src/base/math.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { topologyOf } from '../../../src/core/topology/file.ts';
import { readGraph } from '../../../src/core/topology/formats/index.ts';
import type { Topology } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { publicFile } from '../../support/scenes.ts';

const PATH = 'graphs/complete-100.dot';
const RESULTS = '../shared/gossip/seed-results.csv';

const experiment = (params: ParamValues, topology?: Topology) =>
  topology
    ? experimentOf(gossipScenario('anti-entropy', { id: 'file' }), '1', params, undefined, topology)
    : experimentOf(gossipScenario('anti-entropy', { id: 'complete' }), '1', { latency: 'constant(10)', ...params });

const printed = !existsSync(RESULTS)
  ? []
  : readFileSync(RESULTS, 'utf8')
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('anti-entropy,100,'))
      .map((line) => line.split(',').map(Number))
      .map(([, , period, , repeats, time, traffic, events]) => ({
        period: period!,
        repeats: repeats!,
        time: time!,
        traffic: traffic!,
        events: events!,
      }));
test.each(printed)('the global schedule of 2011, period $period', ({ period, repeats, time, traffic, events }) => {
  const runs = period === 100 ? 400 : 200;
  const e = experiment({ schedule: 'global', exchange: 'one-way', period }, topologyOf(readGraph(publicFile(PATH), PATH)));
  const lab = gossipLab(e, '1', runs);
  expect(lab.completed).toBe(runs);
  const ours = lab.metrics['time']!;
  expect(Math.abs(ours.mean - time)).toBeLessThan(3 * ours.sd * Math.sqrt(1 / runs + 1 / repeats));
  expect(Math.abs(ours.mean / time - 1)).toBeLessThan(0.05);
  expect(Math.abs(lab.metrics['maxInFlight']!.mean / traffic - 1)).toBeLessThan(0.05);
  // Theirs counts steps among its events too, as ours does not: two transfers a step.
  expect(Math.abs((1.5 * lab.events) / runs / events - 1)).toBeLessThan(0.6);
});

const N = 10_000;
const seen = new Map<string, readonly number[]>();
/** How many of N nodes have not got the update after 0, 1, … periods. */
function susceptible(exchange: string, timing: string, run: number): readonly number[] {
  const key = [exchange, timing, run].join();
  const counts = seen.get(key) ?? Array.from(labRun(experiment({ nodes: N, exchange, timing }), '1', run, { periods: 40 }).curve!, left);
  seen.set(key, counts);
  return counts;
}
const left = (reached: number): number => Math.round(N * (1 - reached));

// The recurrences of §1.3 for finite n: who asks somebody that has it gets it, and a push hits each other node with 1/(n - 1).
const missesPull = (left: number): number => (left - 1) / (N - 1);
const missedByPush = (left: number): number => exp(-(N - left) / (N - 1));
test.each([
  { exchange: 'pull', stays: missesPull },
  { exchange: 'push', stays: missedByPush },
  { exchange: 'push-pull', stays: (left: number) => missesPull(left) * missedByPush(left) },
])('$exchange: in each cycle as many stay without the update as §1.3 expects', ({ exchange, stays }) => {
  let [difference, variance] = [0, 0];
  for (let run = 0; run < 5; run++) {
    const counts = susceptible(exchange, 'synchronous', run);
    for (let i = 0; counts[i]! > 0; i++) {
      const mean = counts[i]! * stays(counts[i]!);
      const spread = mean * (1 - stays(counts[i]!));
      // Binomial, or less where pushes fall on one node.
      expect(Math.abs(counts[i + 1]! - mean), `cycle ${i + 1}`).toBeLessThan(5 * Math.sqrt(spread) + 2);
      difference += counts[i + 1]! - mean;
      variance += spread;
    }
  }
  expect(Math.abs(difference)).toBeLessThan(4 * Math.sqrt(variance));
});

describe.each(['synchronous', 'asynchronous'])('the last ones, in %s periods', (timing) => {
  /** Shares left before and after those periods that begin with at most a tenth and at least so many left. */
  const tail = (exchange: string, least: number, runs: number) =>
    Array.from({ length: runs }, (_, run) => susceptible(exchange, timing, run)).flatMap((counts) =>
      counts.slice(0, -1).flatMap((left, i) => (left <= N / 10 && left >= least ? [[left / N, counts[i + 1]! / N] as const] : [])),
    );
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  test('push: p becomes p/e', () => {
    const before = tail('push', 50, 6);
    expect(before.length).toBeGreaterThan(10);
    const ratio = mean(before.map(([p, next]) => next / p));
    expect(ratio * exp(1)).toBeGreaterThan(0.95);
    expect(ratio * exp(1)).toBeLessThan(1.1);
  });
  test('pull: p becomes p²', () => {
    const steps = tail('pull', 200, 10);
    expect(steps.length).toBeGreaterThan(5);
    const ratio = mean(steps.map(([, next]) => next)) / mean(steps.map(([p]) => p * p));
    // By its own clock a node may ask late in the period, when there are fewer left than at its beginning.
    expect(ratio).toBeGreaterThan(timing === 'synchronous' ? 0.8 : 0.05);
    expect(ratio).toBeLessThan(timing === 'synchronous' ? 1.2 : 1);
  });
  test('push-pull is done before pull, and pull before push', () => {
    const last = (exchange: string) => gossipLab(experiment({ nodes: 1000, exchange, timing }), '1', 20).metrics['tLast']!.mean;
    const [push, pull, both] = ['push', 'pull', 'push-pull'].map(last) as [number, number, number];
    expect(both).toBeLessThan(0.85 * pull);
    expect(pull).toBeLessThan(0.9 * push);
  });
});

describe('what is compared does not matter to who learns what, only to what it costs', () => {
  const [nodes, updates] = [60, 40];
  function run(exchange: string, compare: string) {
    // Compared with the period, the longest walk down a tree takes no time.
    const quick = { latency: 'constant(1)', period: 1_000_000, updateEvery: 300_000 };
    const e = experiment({ nodes, updates, exchange, compare, ...quick });
    const { kernel, world } = playExperiment(e, '1', { stage: bareStage, bytes: () => 0 });
    kernel.run(1e7);
    return world.spread;
  }
  test.each(['push', 'pull', 'push-pull'])('%s', (exchange) => {
    const [all, digest, merkle] = ['all', 'digest', 'merkle'].map((compare) => run(exchange, compare));
    const enough = (nodes - 1) * updates;
    expect(all!.updatesSent).toBeGreaterThan(15 * enough);
    for (const other of [digest!, merkle!]) {
      for (const [i, tick] of all!.learnedAt.entries()) expect(Math.abs(other.learnedAt[i]! - tick)).toBeLessThan(20);
      // Nothing goes to a node that has it.
      expect(other.updatesSent).toBe(enough);
      expect(other.updatesArrived).toBe(enough);
    }
  });
  test('with many updates and few differences hashes are fewer than lists', () => {
    const bytes = (compare: string) =>
      labRun(experiment({ nodes: 20, compare, updates: 256, updateEvery: 2000 }), '1', 0, { bytes: true }).measures.bytes;
    expect(bytes('merkle')).toBeLessThan(0.5 * bytes('digest'));
  });
});
