import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutOf } from '../../../src/core/causality/cut.ts';
import { CausalOrder } from '../../../src/core/causality/order.ts';
import { pastOf } from '../../../src/core/causality/past.ts';
import { relationOf } from '../../../src/core/causality/relation.ts';
import { Outcome, What, type Journal } from '../../../src/core/kernel/journal.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import type { MessageAct } from '../../../src/protocol/intervention.ts';
import { journalOf, moves } from '../../support/journals.ts';
import { world } from '../../support/scenes.ts';

const ENTITIES = 4;
const entities = { name: ['a', 'b', 'c', 'd'] };
const journals = moves(ENTITIES).map(journalOf);

/** The definition, worked out without any of the code under test: `closure[f]` holds every e with e → f, and f. */
function closureOf(journal: Journal): ReadonlySet<number>[] {
  const { events, messages } = journal;
  const past: Set<number>[] = [new Set()];
  const last = new Map<number, number>();
  for (let f = 1; f <= journal.eventCount; f++) {
    const mine = new Set([f]);
    const entity = events.entity.get(f - 1);
    for (const e of past[last.get(entity) ?? 0]!) mine.add(e);
    last.set(entity, f);
    const id = events.subject.get(f - 1);
    const isMissed = f < journal.eventCount && journal.ruleName(events.rule.get(f)) === 'network/down';
    const came = events.what.get(f - 1) === What.arrival && messages.outcome.get(id) !== Outcome.lost && !isMissed;
    if (came) for (const e of past[messages.trigger.get(id)]!) mine.add(e);
    past.push(mine);
  }
  return past;
}
const everyPair = (journal: Journal, check: (a: number, b: number) => void) => {
  for (let a = 1; a <= journal.eventCount; a++) for (let b = 1; b <= journal.eventCount; b++) check(a, b);
};

describe('logical time, against the transitive closure', () => {
  test('vector clocks: e → f exactly if V(e) < V(f), and concurrent exactly if neither is', () => {
    fc.assert(
      fc.property(journals, (journal) => {
        const closure = closureOf(journal);
        const order = new CausalOrder(journal).follow();
        const clocks = Array.from({ length: journal.eventCount }, (_, i) => pastOf(order, i + 1).vector);
        everyPair(journal, (a, b) => {
          const [x, y] = [clocks[a - 1]!, clocks[b - 1]!];
          const less = x.every((v, i) => v <= y[i]!) && x.some((v, i) => v < y[i]!);
          expect(less).toBe(a !== b && closure[b]!.has(a));
          expect(relationOf(order, entities, { a, b }).relation).toBe(
            a === b ? 'same' : closure[b]!.has(a) ? 'before' : closure[a]!.has(b) ? 'after' : 'concurrent',
          );
        });
        clocks.forEach((clock, i) => expect(clock.reduce((sum, v) => sum + v, 0)).toBe(closure[i + 1]!.size));
      }),
      { numRuns: 60 },
    );
  });

  test('Lamport stamps grow along every cause', () => {
    fc.assert(
      fc.property(journals, (journal) => {
        const closure = closureOf(journal);
        const order = new CausalOrder(journal).follow();
        everyPair(journal, (a, b) => {
          if (a !== b && closure[b]!.has(a)) expect(order.lamport(a)).toBeLessThan(order.lamport(b));
        });
      }),
      { numRuns: 60 },
    );
  });

  test('the way that proves it goes from one event to the other over messages that arrived, and no shorter one is there', () => {
    fc.assert(
      fc.property(journals, (journal) => {
        const order = new CausalOrder(journal).follow();
        const hops = fewest(journal, order);
        everyPair(journal, (a, b) => {
          const { relation, path } = relationOf(order, entities, { a, b });
          if (relation !== 'before') return;
          expect(path[0]!.from).toBe(a);
          expect(path.at(-1)!.to).toBe(b);
          path.forEach(({ from, to, message }, i) => {
            if (i > 0) expect(from).toBe(path[i - 1]!.to);
            expect(to).toBeGreaterThan(from);
            if (message < 0) expect(order.entityOf(from)).toBe(order.entityOf(to));
            else expect([journal.messages.trigger.get(message), order.causeOf(to)]).toEqual([from, message]);
          });
          expect(path.filter(({ message }) => message >= 0)).toHaveLength(hops[a]![b]!);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('an order that follows a growing journal is the order of the whole one', () => {
    fc.assert(
      fc.property(moves(ENTITIES), fc.nat(40), (list, some) => {
        const whole = new CausalOrder(journalOf(list)).follow();
        const growing = journalOf(list.slice(0, some));
        const order = new CausalOrder(growing).follow();
        const before = Array.from({ length: growing.eventCount }, (_, i) => order.lamport(i + 1));
        expect(before).toEqual(before.map((_, i) => whole.lamport(i + 1)));
      }),
      { numRuns: 40 },
    );
  });
});

/** Fewest messages on a way from one event to another; Infinity where there is none. */
function fewest(journal: Journal, order: CausalOrder): number[][] {
  const n = journal.eventCount;
  const hops = Array.from({ length: n + 1 }, () => Array.from({ length: n + 1 }, () => Infinity));
  for (let a = 1; a <= n; a++) {
    hops[a]![a] = 0;
    for (let b = a + 1; b <= n; b++) {
      const previous = order.previous(b);
      const cause = order.causeOf(b);
      const sent = cause < 0 ? 0 : journal.messages.trigger.get(cause);
      hops[a]![b] = Math.min(hops[a]![previous] ?? Infinity, 1 + (hops[a]![sent] ?? Infinity));
    }
  }
  return hops;
}

describe('cuts', () => {
  const cuts = fc.tuple(journals, fc.array(fc.nat(60), { minLength: ENTITIES, maxLength: ENTITIES }));
  const insideOf = (journal: Journal, at: readonly number[]) =>
    Array.from({ length: journal.eventCount }, (_, i) => i + 1).filter((o) => o <= at[journal.events.entity.get(o - 1)]!);

  test('a cut is consistent exactly if it holds the past of everything in it', () => {
    fc.assert(
      fc.property(cuts, ([journal, at]) => {
        const closure = closureOf(journal);
        const inside = new Set(insideOf(journal, at));
        const order = new CausalOrder(journal).follow();
        const cut = cutOf(order, entities, { by: 'ordinal', at: 0, frontier: at.map((o, i) => [i, o]) });
        expect(cut.events).toBe(inside.size);
        expect(cut.consistent).toBe([...inside].every((f) => [...closure[f]!].every((e) => inside.has(e))));
        for (const { trigger, arrival } of cut.broken) expect([inside.has(trigger), inside.has(arrival)]).toEqual([false, true]);
        for (const { trigger, arrival } of cut.underWay) expect([inside.has(trigger), inside.has(arrival)]).toEqual([true, false]);
      }),
    );
  });

  test('the greatest consistent cut within is consistent, and holds every event whose past lies inside', () => {
    fc.assert(
      fc.property(cuts, ([journal, at]) => {
        const closure = closureOf(journal);
        const inside = new Set(insideOf(journal, at));
        const order = new CausalOrder(journal).follow();
        const frontier = at.map((o, i): [number, number] => [i, o]);
        const { greatest } = cutOf(order, entities, { by: 'ordinal', at: 0, frontier });
        const smaller = at.slice();
        for (const [entity, ordinal] of greatest) smaller[entity] = ordinal;
        const wanted = [...inside].filter((f) => [...closure[f]!].every((e) => inside.has(e)));
        expect(insideOf(journal, smaller)).toEqual(wanted.sort((a, b) => a - b));
        expect(cutOf(order, entities, { by: 'ordinal', at: 0, frontier: smaller.map((o, i) => [i, o]) }).consistent).toBe(true);
      }),
    );
  });

  test('where time itself is the cut it is consistent', () => {
    fc.assert(
      fc.property(journals, fc.nat(60), (journal, tick) => {
        const order = new CausalOrder(journal).follow();
        const { consistent, underWayCount } = cutOf(order, entities, { by: 'tick', at: tick, frontier: [] });
        expect(consistent).toBe(true);
        expect(underWayCount).toBe(journal.ordinalAt(tick) === 0 ? 0 : journal.events.inFlight.get(journal.ordinalAt(tick) - 1));
      }),
    );
  });

  test('what there is no event or entity for is refused in words', () => {
    const order = new CausalOrder(journalOf([])).follow();
    expect(() => relationOf(order, entities, { a: 1, b: 2 })).toThrow('there is no event 1');
    expect(() => cutOf(order, entities, { by: 'tick', at: 0, frontier: [[7, 1]] })).toThrow('no entity 7');
    expect(() => cutOf(order, entities, { by: 'tick', at: NaN, frontier: [] })).toThrow('not NaN');
  });
});

describe('what was done by hand', () => {
  const target = { event: 1, nth: 1 };
  const runWith = (act: MessageAct) => new Run(world('karate-rumour'), [{ after: 1, target, do: act }]).finish();
  const arrivalOf = (run: Run, id: number) => new CausalOrder(run.journal).follow().endOf(id);
  const relation = (run: Run, a: number, b: number) =>
    relationOf(new CausalOrder(run.journal).follow(), run.world.stage.entities, { a, b });

  test('a copy follows from where its original was sent, and not from the hand that made it', () => {
    const run = runWith({ type: 'duplicate' });
    const copy = Array.from({ length: run.journal.messageCount }, (_, id) => id).find((id) => run.journal.touched.originalOf(id) !== id)!;
    const { relation: how, path } = relation(run, 1, arrivalOf(run, copy));
    expect(how).toBe('before');
    expect(path.some(({ from }) => from === 1)).toBe(true);
  });
  test('what was taken away orders nothing', () => {
    const run = runWith({ type: 'drop' });
    const end = arrivalOf(run, 0);
    expect(run.journal.events.what.get(end - 1)).toBe(What.intervention);
    expect(relation(run, 1, end).relation).toBe('concurrent');
  });
  test('every run that somebody disturbed has a clock that grows along its causes, and cuts in time that are consistent', () => {
    for (const act of [{ type: 'duplicate' }, { type: 'drop' }, { type: 'delay', by: 700 }, { type: 'reorder' }] as const) {
      const run = runWith(act);
      const order = new CausalOrder(run.journal).follow();
      for (let ordinal = 1; ordinal <= run.journal.eventCount; ordinal++) {
        const cause = order.causeOf(ordinal);
        if (cause >= 0) expect(order.lamport(order.sentIn(cause))).toBeLessThan(order.lamport(ordinal));
      }
      const middle = Math.floor(run.journal.eventCount / 2);
      expect(cutOf(order, run.world.stage.entities, { by: 'ordinal', at: middle, frontier: [] }).consistent).toBe(true);
    }
  });
});
