/** Plumtree against what its paper shows (Leitão, Pereira and Rodrigues, SRDS 2007, section 4), and against its algorithms step by step. */
import { expect, test } from 'vitest';
import { Journal } from '../../../src/core/kernel/journal.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { methodOf } from '../../../src/core/rpc/xep0009.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';
import { sparse } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import type { Change } from '../../../src/protocol/scenario.ts';
import { broadcasts, total } from './plumtree-broadcasts.ts';

test('the first broadcast floods the overlay and leaves a tree: after it everybody is reached by about one copy', () => {
  const [first, ...later] = broadcasts(10, 3000, {});
  // Views of 5: each of the others gets a copy from all its neighbours but those that it has sent one itself, at the same time.
  expect(first!.rmr).toBeGreaterThan(2);
  expect(total([first!, ...later].map(({ missed }) => missed))).toBe(0);
  expect(total(later.map(({ rmr }) => rmr)) / later.length).toBeLessThan(0.02);
  expect(Math.max(...later.map(({ rmr }) => rmr))).toBeLessThan(0.05);
  expect(Math.min(...later.map(({ rmr }) => rmr))).toBeGreaterThanOrEqual(0);
  expect(Math.max(...later.map(({ apart }) => apart))).toBe(0);
});

test.each([0.3, 0.5])(
  'when %d of all nodes crash at once, the overlay and the tree are mended: all live nodes get later updates',
  (crash) => {
    // The crash comes two periods before the sixth broadcast.
    const all = broadcasts(14, 3000, { crash, crashAt: 13, ihaveTimer: 1000 });
    const after = all.slice(5);
    expect(all[4]!.live).toBe(Math.round(1000 * (1 - crash)));
    expect(after.map(({ missed }) => missed)).toEqual(after.map(() => 0));
    expect(after.at(-1)!.apart).toBeLessThan(3);
    // New links of the overlay bring copies at first; the tree is a tree again soon.
    expect(total(after.slice(-4).map(({ rmr }) => rmr)) / 4).toBeLessThan(0.3);
  },
);

test('with messages that get lost the missing ones are asked for', () => {
  const all = broadcasts(6, 6000, { loss: 0.05 });
  // Eager push alone, along a tree of about nine hops, would miss a third of all.
  expect(total(all.map(({ missed }) => missed)) / (6 * 1000)).toBeLessThan(0.002);
});

test('with one sender optimisation makes the tree as short as the overlay allows; without it stays as it grew', () => {
  // Others shape the tree first; links are equally long, so the first copies of a flood come by the fewest hops.
  const run = (threshold: number) => broadcasts(16, 3000, { threshold, latency: 'constant(50)' }, (u) => (u < 4 ? 100 * u : 500));
  const [never, some, full] = [run(0), run(3), run(1)].map((all) => all.at(-1)!);
  const flooded = broadcasts(1, 3000, { latency: 'constant(50)' })[0]!;
  for (const { missed, rmr } of [never!, some!, full!]) expect([missed, rmr < 0.05]).toEqual([0, true]);
  expect(full!.last).toBeLessThan(0.75 * never!.last);
  expect(full!.meanHops).toBeLessThan(1.05 * flooded.meanHops);
  expect(never!.meanHops).toBeGreaterThan(1.5 * flooded.meanHops);
  // A higher threshold gives up less stability for it.
  expect(some!.meanHops).toBeGreaterThan(full!.meanHops);
  expect(some!.meanHops).toBeLessThan(never!.meanHops);
});

const names = ['gossip', 'ihave', 'graft', 'prune', 'connect'];
/**
 * 0 reaches 3 by 1 (10 ticks a link), by 2 (20) and by 5 (30); 4 hangs on 3. Broadcasts by node 0 at the ticks given.
 * @returns per broadcast when 3 and 4 learned it, and how often each message was sent until the next one.
 */
function diamond(at: readonly number[], changes: readonly Change[], params: ParamValues = {}) {
  const links = [[0, 1, 10], [1, 3, 10], [0, 2, 20], [2, 3, 20], [0, 5, 30], [5, 3, 30], [3, 4, 10]] as const; // prettier-ignore
  const both = links.flatMap(([u, v, length]) => [[u, v, length] as const, [v, u, length] as const]);
  const [from, to] = [both.map(([u]) => u), both.map(([, v]) => v)];
  const lengthOf = (i: number): number => both[i]![2];
  const graph = sparse(6, from, to, lengthOf, { directed: false });
  const e = experimentOf(
    gossipScenario('plumtree', { id: 'file' }, { changes }),
    's',
    { updates: at.length, updateEvery: 50_000_000, ihaveTimer: 500, graftTimer: 100, ...params },
    undefined,
    graph,
  );
  const journal = new Journal();
  const { kernel, world } = playExperiment(e, 'run', { stage: bareStage, bytes: () => 0, journal });
  const [top] = world.layers;
  const until = (tick: number): void => {
    while (kernel.nextTick < tick && kernel.step());
  };
  const results = at.map((tick, u) => {
    until(tick);
    const first = journal.messageCount;
    const now = kernel.tick;
    if (u > 0) top!.algorithm.onUpdate(top!, 0, u);
    until(at[u + 1] ?? tick + 5000);
    const counts: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
    for (let id = u > 0 ? first : 0; id < journal.messageCount; id++) counts[names[methodOf(journal.messages.code.get(id))]!]!++;
    const learned = (node: number): number => world.spread.learnedAt[node * at.length + u]! - now;
    return { three: learned(3), four: learned(4), ...counts };
  });
  const silences = Array.from({ length: journal.eventCount }, (_, row) => journal.ruleName(journal.events.rule.get(row)));
  return { results, silences, state: top!.state, updates: at.length };
}

test('duplicates are answered by PRUNE, and from then on those links carry IHAVE only', () => {
  const { results } = diamond([0, 1000], []);
  // 3 gets it from 1, and pushes to 2, 5 and 4 while 2 and 5 push to it: two links are pruned, by both ends.
  expect(results[0]).toEqual({ three: 20, four: 30, gossip: 9, ihave: 0, graft: 0, prune: 4, connect: 0 });
  expect(results[1]).toMatchObject({ three: 20, four: 30, gossip: 5, ihave: 4, graft: 0, prune: 0 });
});

test('when a branch breaks, the first announcer is grafted after the first timer; the next update takes the new branch at once', () => {
  const { results } = diamond([0, 1000, 3000], [{ at: 900, node: '1', do: 'crash' }]);
  // IHAVE of 2 after 40 ticks, 500 of waiting, there and back.
  expect(results[1]).toMatchObject({ three: 40 + 500 + 40, four: 40 + 500 + 40 + 10, graft: 1 });
  // To 2 and 5, on to 3 and 4; to the crashed node 1 there is an announcement, from 0 and from 3.
  expect(results[2]).toMatchObject({ three: 40, four: 50, graft: 0, prune: 0, gossip: 4 });
});

test('an announcer that fails to answer is followed by the next one after the second timer', () => {
  const changes = [
    { at: 900, node: '1', do: 'crash' },
    { at: 1200, node: '2', do: 'crash' },
  ] as const;
  const { results } = diamond([0, 1000], changes);
  expect(results[1]).toMatchObject({ three: 40 + 500 + 100 + 60, graft: 2 });
});

test('when every announcer was asked in vain the node gives up, says so, and nothing goes on', () => {
  const changes = [
    { at: 900, node: '1', do: 'crash' },
    { at: 1200, node: '2', do: 'crash' },
    { at: 1200, node: '5', do: 'crash' },
  ] as const;
  const { results, silences, state, updates } = diamond([0, 1000], changes);
  expect(results[1]!.three).toBeLessThan(0);
  expect(results[1]).toMatchObject({ graft: 2 });
  expect(silences.filter((rule) => rule === 'plumtree/nobody-left')).toHaveLength(1);
  expect(state['waiting']!.subarray(3 * updates, 4 * updates)).toEqual(new Uint8Array(updates));
  expect(state['waits']![3]).toBe(0);
});

test('where everybody may call everybody a few connections of each are enough', () => {
  const later = broadcasts(5, 4000, { membership: 'full' }).slice(1);
  expect(total(later.map(({ missed }) => missed))).toBe(0);
  expect(Math.max(...later.map(({ rmr }) => rmr))).toBeLessThan(0.01);
});

test.each([
  ['star', { nodes: 300 }],
  ['barabasi-albert', { nodes: 1000 }],
  ['grid', {}],
  ['random-regular', { nodes: 1000, degree: 10 }],
])('on a %s everybody is reached, whatever the degrees', (id, params) => {
  const e = experimentOf(gossipScenario('plumtree', { id }), 's', { updates: 5, updateEvery: 60_000, ...params });
  const lab = gossipLab(e, 's', 2);
  expect(lab.completed).toBe(2);
  expect(lab.metrics['residue']!.mean).toBe(0);
});
