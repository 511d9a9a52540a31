import { expect, test } from 'vitest';
import { journalHash } from '../../../src/core/kernel/hash.ts';
import type { Intervention } from '../../../src/protocol/intervention.ts';
import { Journal, Outcome, What } from '../../../src/core/kernel/journal.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { finished, SCENES, world } from '../../support/scenes.ts';

const drop = (after: number, event: number, nth: number): Intervention => ({ after, target: { event, nth }, do: { type: 'drop' } });
const played = (id: string, ...interventions: readonly Intervention[]): Run => new Run(world(id), interventions).finish();

/** An event of the scene whose handler sent several messages, and the ids of them. */
function busyEvent(run: Run): { readonly event: number; readonly ids: readonly number[] } {
  for (let event = 1; ; event++) {
    const [first, end] = run.journal.sentBy(event);
    if (end - first >= 2) return { event, ids: Array.from({ length: end - first }, (_, i) => first + i) };
  }
}

test.each(SCENES)('%s: two kernels interleaved equal two run alone', (id) => {
  const seeds = ['one', 'two'];
  const alone = seeds.map((seed) => finished(id, { seed }).hash());
  const together = seeds.map((seed) => {
    const journal = new Journal();
    return { journal, kernel: world(id, { seed }).play(journal, []).kernel };
  });
  for (let more = true, turn = 0; more; turn++) {
    const counts = together.map(({ kernel }, i) => kernel.run(1 + ((turn + i) % 3)));
    more = counts.some((count) => count > 0);
  }
  expect(together.map(({ journal }) => journalHash(journal))).toEqual(alone);
});

test('the 2nd message sent by the handler of an event is dropped, and that message alone', () => {
  const plain = finished('room-two-servers');
  const { event, ids } = busyEvent(plain);
  const run = played('room-two-servers', drop(event, event, 2));
  const { journal } = run;
  expect(journal.messages.outcome.get(ids[1]!)).toBe(Outcome.dropped);
  expect(journal.messages.outcome.get(ids[0]!)).toBe(Outcome.delivered);
  expect(journal.arrivalOf(ids[1]!)).toBe(0);
  // Its row follows the event's own, before whatever comes next.
  expect([journal.events.what.get(event), journal.events.subject.get(event)]).toEqual([What.intervention, ids[1]]);
  expect(journal.events.inFlight.get(event)).toBe(journal.events.inFlight.get(event - 1) - 1);
  expect(run.hash()).not.toBe(plain.hash());
});

test('event 0 names what was sent at the beginning: here nothing, as the origin sends when its first timer fires', () => {
  const journal = new Journal();
  const { kernel } = world('experiment-2011').play(journal, [drop(1, 0, 1)]);
  kernel.run(3);
  expect(journal.ruleName(journal.events.rule.get(2))).toBe('intervention/no-target');
});

test('an intervention without a target is kept, in a row that says so, and changes nothing else', () => {
  const plain = finished('experiment-2011').journal;
  const { journal } = played('experiment-2011', drop(5, 5, 99));
  expect(journal.events.what.get(5)).toBe(What.intervention);
  expect(journal.events.subject.get(5)).toBe(-1);
  expect(journal.events.what.get(6)).toBe(What.nothing);
  expect(journal.ruleName(journal.events.rule.get(6))).toBe('intervention/no-target');
  expect(journal.eventCount).toBe(plain.eventCount + 2);
  expect(journal.messageCount).toBe(plain.messageCount);
  expect(journal.events.tick.get(journal.eventCount - 1)).toBe(plain.events.tick.get(plain.eventCount - 1));
});

test('a message that has arrived cannot be dropped any more', () => {
  const plain = finished('experiment-2011').journal;
  const trigger = plain.messages.trigger.get(0);
  const arrival = plain.arrivalOf(0);
  expect(arrival).toBeGreaterThan(trigger);
  const { journal } = played('experiment-2011', drop(arrival, trigger, 1));
  expect(journal.messages.outcome.get(0)).toBe(Outcome.delivered);
  expect(journal.ruleName(journal.events.rule.get(arrival + 1))).toBe('intervention/no-target');
});

test('a target means the same after an earlier intervention has shifted the rows', () => {
  const one = played('room-two-servers', drop(1, 1, 9));
  const { event, ids } = busyEvent(one);
  const both = played('room-two-servers', drop(1, 1, 9), drop(event, event, 2));
  expect(both.journal.messages.outcome.get(ids[1]!)).toBe(Outcome.dropped);
});

test.each(SCENES)('%s: the same interventions give the same journal, in whatever order they are listed', (id) => {
  const list = [drop(4, 2, 1), drop(12, 12, 1), drop(30, 29, 2)];
  const hash = played(id, ...list).hash();
  expect(played(id, ...list).hash()).toBe(hash);
  expect(played(id, ...[...list].reverse()).hash()).toBe(hash);
  expect(played(id).hash()).not.toBe(hash);
});

test('a dropped message holds up no causal wave: rounds go on behind it', () => {
  const plain = finished('room-two-servers').journal;
  const { event } = busyEvent(finished('room-two-servers'));
  const { journal } = played('room-two-servers', drop(event, event, 1));
  const last = journal.roundOf(journal.eventCount);
  expect(last).toBeGreaterThan(plain.roundOf(plain.eventCount) / 2);
});

test.each(SCENES)('%s: a kernel that records nothing goes the same way', (id) => {
  const recorded = finished(id);
  const silent = world(id).play(undefined, []);
  while (silent.kernel.step());
  expect(silent.kernel.ordinal).toBe(recorded.journal.eventCount);
  // Bytes are weighed where rows are kept.
  const counted = Object.entries(recorded.metrics()).filter(([name]) => !/^(bytes|payload|overhead)$/.test(name));
  expect(silent.metrics()).toMatchObject(Object.fromEntries(counted));
});

test.each(SCENES)('%s: ticks never go back, every message is due no earlier than it is sent, and causes come before effects', (id) => {
  const { journal } = finished(id);
  for (let ordinal = 1; ordinal <= journal.eventCount; ordinal++) {
    expect(journal.tickOf(ordinal)).toBeGreaterThanOrEqual(journal.tickOf(ordinal - 1));
    expect(journal.roundOf(ordinal)).toBeGreaterThanOrEqual(journal.roundOf(ordinal - 1));
  }
  const m = journal.messages;
  for (let row = 0; row < journal.messageCount; row++) {
    expect(m.due.get(row)).toBeGreaterThanOrEqual(m.sent.get(row));
    expect(m.sent.get(row)).toBe(journal.tickOf(m.trigger.get(row)));
    expect(m.relays.get(row)).toBeLessThan(row);
    expect(m.answers.get(row)).toBeLessThan(row);
    const arrival = journal.arrivalOf(row);
    if (arrival > 0) expect(journal.tickOf(arrival)).toBe(m.due.get(row));
    else expect(m.outcome.get(row)).toBe(Outcome.inFlight);
  }
});
