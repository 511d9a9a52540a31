/** The planted faults are real: each breaks a law that the very same algorithm keeps once it is mended, and that the sound ones keep. */
import { expect, test } from 'vitest';
import type { Algorithm } from '../../../../src/core/gossip/contract.ts';
import { exerciseAlgorithms } from '../../../../src/core/gossip/faulty/index.ts';
import { persistentFlood } from '../../../../src/core/gossip/faulty/persistent-flood.ts';
import { stoppingRumour } from '../../../../src/core/gossip/faulty/stopping-rumour.ts';
import { varyingPull } from '../../../../src/core/gossip/faulty/varying-pull.ts';
import { algorithms } from '../../../../src/core/gossip/index.ts';
import { Journal, Outcome } from '../../../../src/core/kernel/journal.ts';
import { experimentOf } from '../../../../src/core/simulation/experiment.ts';
import { catalogue } from '../../../../src/core/simulation/catalogue.ts';
import { worldOfExperiment } from '../../../../src/core/simulation/gossip.ts';
import type { GossipScenario } from '../../../../src/protocol/scenario.ts';
import { beyondTheCut, neverHeard, neverQuiet } from '../../../../src/scenarios/exercises/exercises.ts';

const SEEDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const MOST = 100_000;

function played(scenario: GossipScenario, algorithm: unknown, seed: string) {
  const experiment = { ...experimentOf(scenario, seed, {}, undefined), algorithm: algorithm as Algorithm };
  const journal = new Journal();
  const { kernel } = worldOfExperiment(scenario, seed, experiment).play(journal, []);
  expect(kernel.run(MOST)).toBeLessThan(MOST);
  return { journal, kernel };
}

/** The timer that is forgotten is set. */
const pullMended: typeof varyingPull = {
  ...varyingPull,
  onTimer(net, ...rest) {
    const watched = Object.create(net, {
      idle: {
        value(node: number, rule: string) {
          net.idle(node, rule);
          if (rule === 'asked-last') net.nextRound(node, 0);
        },
      },
    }) as typeof net;
    varyingPull.onTimer(watched, ...rest);
  },
};
/** The counter stays as it is when the rumour is heard once more. */
const rumourMended: typeof stoppingRumour = {
  ...stoppingRumour,
  onCall(net, node, ...rest) {
    const { phase, misses } = net.state;
    const [was, counted] = [phase[node]!, misses[node]!];
    const reply = stoppingRumour.onCall(net, node, ...rest);
    if (was === 1) misses[node] = counted;
    return reply;
  },
};
/** What is sent again goes the way of all else. */
const floodMended = { ...persistentFlood, methods: persistentFlood.methods.map((method) => ({ ...method, outOfBand: false })) };

const missed = (algorithm: unknown, seed: string): number => {
  const { kernel } = played(neverHeard, algorithm, seed);
  return 16 - kernel.reachedCount;
};
/** The most that one node pushes after everybody has the rumour. */
function pushedInVain(algorithm: unknown, seed: string): number {
  const { journal, kernel } = played(neverQuiet, algorithm, seed);
  const everybody = Math.max(...kernel.reachedAt);
  const pushes = Array.from({ length: 16 }, () => 0);
  const m = journal.messages;
  for (let id = 0; id < journal.messageCount; id++) if (m.answers.get(id) < 0 && m.sent.get(id) > everybody) pushes[m.from.get(id)]!++;
  return Math.max(...pushes);
}
/** Messages that were delivered from one half to the other while no link between them was there. */
function leaked(algorithm: unknown, seed: string): number {
  const { journal } = played(beyondTheCut, algorithm, seed);
  const m = journal.messages;
  let count = 0;
  for (let id = 0; id < journal.messageCount; id++)
    if (m.outcome.get(id) === Outcome.delivered && m.from.get(id) < 6 !== m.to.get(id) < 6 && m.due.get(id) < 20_000) count++;
  return count;
}

test('a lost timer: some node that has peers is never reached; with the timer all are', () => {
  expect(SEEDS.map((seed) => missed(varyingPull, seed)).filter((nodes) => nodes > 0).length).toBeGreaterThan(3);
  expect(SEEDS.map((seed) => missed(pullMended, seed))).toEqual(SEEDS.map(() => 0));
});

test('a counter reset at the wrong time: once all know, a node pushes more than k times; with the counter kept, k times at most', () => {
  const k = neverQuiet.algorithmParams['k'] as number;
  for (const seed of SEEDS) {
    expect(pushedInVain(stoppingRumour, seed)).toBeGreaterThan(2 * k);
    expect(pushedInVain(rumourMended, seed)).toBeLessThanOrEqual(k);
  }
});

test('a partition that leaks: the other half hears it through the cut; without the way out of band, only after it is mended', () => {
  for (const seed of SEEDS) {
    expect(leaked(persistentFlood, seed)).toBeGreaterThan(0);
    expect(leaked(floodMended, seed)).toBe(0);
    const { kernel } = played(beyondTheCut, floodMended, seed);
    expect(kernel.reachedCount).toBe(12);
    expect(Math.min(...kernel.reachedAt.slice(6))).toBeGreaterThan(20_000);
  }
});

test('no sound algorithm goes out of band, and none with a planted fault is offered', () => {
  expect(algorithms.flatMap(({ methods }) => methods).filter(({ outOfBand }) => outOfBand)).toEqual([]);
  const offered = new Set(catalogue().algorithms.map(({ id }) => id));
  expect(exerciseAlgorithms.length).toBe(3);
  for (const { id, summary } of exerciseAlgorithms) {
    expect(offered.has(id)).toBe(false);
    expect(summary).not.toBe('');
  }
});
