import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followed } from '../../../src/core/causality/follow.ts';
import { CausalOrder } from '../../../src/core/causality/order.ts';
import { Threads } from '../../../src/core/causality/threads.ts';
import { What } from '../../../src/core/kernel/journal.ts';
import type { Stage } from '../../../src/core/kernel/model.ts';
import { causes, threadsOf } from '../../../src/core/simulation/causes.ts';
import type { Run } from '../../../src/core/simulation/run.ts';
import { Fate } from '../../../src/protocol/causality.ts';
import type { Target } from '../../../src/protocol/parts.ts';
import type { StepBy } from '../../../src/protocol/protocol.ts';
import { journalOf, moves } from '../../support/journals.ts';
import { finished } from '../../support/scenes.ts';

const message = (id: number): Target => ({ type: 'message', id });
const follow = (run: Run, target: Target) => followed(threadsOf(run), run.world.stage, { target });
const find = (run: Run, words: string): number =>
  Array.from({ length: run.journal.messageCount }, (_, id) => id).find((id) =>
    JSON.stringify(run.journal.stanzas.get(id) ?? null).includes(words),
  )!;

describe('gossip', () => {
  test.each(['karate-rumour', 'gossip-laboratory', 'gossip-over-xmpp'])(
    '%s: a delivery brings news exactly where the receiver is shown to have learned',
    (scene) => {
      const run = finished(scene, { params: scene === 'gossip-laboratory' ? { nodes: 200 } : {} });
      const threads = threadsOf(run);
      const { journal } = run;
      const { look } = { look: (code: number) => run.world.stage.states[code]!.look };
      let news = 0;
      for (let ordinal = 1; ordinal <= journal.eventCount; ordinal++) {
        if (journal.events.what.get(ordinal - 1) !== What.arrival) continue;
        const id = journal.events.subject.get(ordinal - 1);
        const [first, end] = journal.changedBy(ordinal);
        const learned = Array.from({ length: end - first }, (_, i) => first + i).some(
          (c) => look(journal.changes.before.get(c)) === 'hollow' && look(journal.changes.after.get(c)) !== 'offline',
        );
        expect([ordinal, threads.newsOf(id) === 1]).toEqual([ordinal, learned]);
        if (learned) news++;
      }
      expect(news).toBeGreaterThan(20);
    },
  );

  test('from the first push everything that carries the update follows, and each node has one that brought it', () => {
    const run = finished('karate-rumour');
    const { id, parent, fate, to, fates, depth } = follow(run, message(0));
    const bringers = [...id].filter((one) => threadsOf(run).newsOf(one) === 1);
    expect(new Set(bringers.map((one) => run.journal.messages.to.get(one))).size).toBe(bringers.length);
    id.forEach((one, i) => {
      if (i === 0) return;
      const at = id.indexOf(parent[i]!);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(depth[i]).toBe(depth[at]! + 1);
      // Who sends is whom its cause was sent to.
      expect(run.journal.messages.from.get(one)).toBe(to[at]);
    });
    expect(fates[Fate.duplicate]).toBe([...fate].filter((f) => f === Fate.duplicate).length);
    expect(fates[Fate.duplicate]).toBeGreaterThan(0);
  });

  test('what is lost on the way is told apart', () => {
    const run = finished('gossip-laboratory', { params: { nodes: 60, loss: 0.3 } });
    const { fates } = follow(run, message(0));
    const lost = run.journal.messages.outcome;
    expect(fates[Fate.lost]).toBe([...follow(run, message(0)).id].filter((id) => lost.get(id) === 3).length);
    expect(fates[Fate.lost]).toBeGreaterThan(0);
  });
});

describe('XMPP', () => {
  test('what is said in a room goes to the service, and from there to everybody over the servers', () => {
    const run = finished('room-two-servers');
    const id = find(run, 'Is there any tea left');
    const { stage } = run.world;
    const story = follow(run, message(id));
    expect(story.depth[0]).toBe(0);
    expect(story.root.event).toBe(run.journal.messages.trigger.get(id));
    const last = story.id.at(-1)!;
    const back = follow(run, message(last));
    expect(back.id[0]).toBe(id);
    expect(back.depth[0]).toBeLessThanOrEqual(-2);
    expect(new Set([...story.to].map((to) => stage.entities.name[to])).size).toBeGreaterThan(3);
  });

  test('an event is followed by what it set off, and an entity not at all', () => {
    const run = finished('two-servers');
    const first = run.journal.messages.trigger.get(0);
    expect(follow(run, { type: 'event', ordinal: first }).id[0]).toBe(0);
    expect(() => follow(run, { type: 'entity', index: 0 })).toThrow('an entity cannot be followed');
    expect(() => follow(run, message(10_000))).toThrow('no stanza 10000');
  });
});

test('every message of a made-up run is in the tree of each that it follows from, and in no other', () => {
  const stage = { entities: { name: ['a', 'b', 'c'], kind: new Uint8Array(3) }, summary: () => '', timerSummary: () => '' };
  fc.assert(
    fc.property(moves(3), (list) => {
      const journal = journalOf(list);
      const threads = new Threads(new CausalOrder(journal), stage as unknown as Stage).follow();
      const trees = Array.from({ length: journal.messageCount }, (_, id) => [
        ...followed(threads, stage as unknown as Stage, { target: message(id) }).id,
      ]);
      trees.forEach((tree, id) => {
        expect(tree).toContain(id);
        for (const other of tree) expect(trees[other]).toContain(id);
        for (let above = threads.parentOf(id); above >= 0; above = threads.parentOf(above)) expect(trees[above]).toContain(id);
      });
    }),
    { numRuns: 50 },
  );
});

describe('steps', () => {
  const runs = [finished('room-two-servers'), finished('karate-rumour'), finished('gossip-over-xmpp')];
  test.each(['hop', 'same', 'wave', 'event', 'change', 'round', 'entity'] satisfies StepBy[])(
    'by %s: forward and back, back and forward, is where one was, from every place that it stops at',
    (by) => {
      fc.assert(
        fc.property(fc.nat(runs.length - 1), fc.nat(), fc.nat(), (which, some, where) => {
          const run = runs[which]!;
          const { move } = causes(() => run);
          const about = message(some % run.journal.messageCount);
          const entity = some % run.world.stage.entities.name.length;
          const step = (from: number, back: boolean) => move({ from, by, back, about, entity }).ordinal;
          const from = where % run.journal.eventCount;
          const at = step(from, false);
          // Nothing more that way: this is no place to stop at.
          if (at === from) return;
          const [next, before] = [step(at, false), step(at, true)];
          if (next !== at) expect(step(next, true)).toBe(at);
          if (before !== at) expect(step(before, false)).toBe(at);
        }),
        { numRuns: 200 },
      );
    },
  );

  test('waves counted from the rows are the rounds of an XMPP scene', () => {
    // In the second one rows say why nothing happened: they belong to the event before them.
    for (const run of [runs[0]!, finished('dead-server')]) {
      const { move } = causes(() => run);
      for (let at = 0; at < run.journal.eventCount; at++)
        expect(move({ from: at, by: 'wave', back: false }).ordinal).toBe(move({ from: at, by: 'round', back: false }).ordinal);
    }
  });

  test('an iq and its answer are one conversation, and nothing else is in it', () => {
    const run = finished('two-servers');
    const m = run.journal.messages;
    const answer = Array.from({ length: run.journal.messageCount }, (_, id) => id).find((id) => m.answers.get(id) >= 0)!;
    const { move } = causes(() => run);
    const stops: number[] = [];
    for (let at = 0; ;) {
      const next = move({ from: at, by: 'same', back: false, about: message(answer) }).ordinal;
      if (next === at) break;
      stops.push((at = next));
    }
    expect(stops).toContain(run.journal.arrivalOf(answer));
    expect(stops).toContain(run.journal.arrivalOf(m.answers.get(answer)));
    expect(stops.length).toBeLessThan(8);
  });

  test('without something to step along they say so', () => {
    expect(() => causes(() => runs[0]!).move({ from: 0, by: 'hop', back: false })).toThrow('nothing to step along');
  });
});
