/** Small journals, made up by fast-check: who sends when, what arrives, what is lost. */
import fc from 'fast-check';
import type { Element } from '../../src/base/xml/element.ts';
import { Journal, Outcome, What } from '../../src/core/kernel/journal.ts';

/** `pick`: which of the messages in flight; `fate`: of the first few it is lost, refused by its receiver, or finds it down. */
interface Move {
  readonly entity: number;
  readonly arrives: boolean;
  readonly pick: number;
  readonly fate: number;
  readonly sends: readonly number[];
}

export const moves = (entities: number): fc.Arbitrary<readonly Move[]> =>
  fc.array(
    fc.record({
      entity: fc.nat(entities - 1),
      arrives: fc.boolean(),
      pick: fc.nat(1000),
      fate: fc.nat(9),
      sends: fc.array(fc.nat(entities - 1), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

export function journalOf(list: readonly Move[]): Journal {
  const journal = new Journal();
  const m = journal.messages;
  const flights: number[] = [];
  const counts = () => ({ messages: journal.messageCount, inFlight: flights.length, reached: 0 });
  const row = (what: number, entity: number, subject: number, rule: string) =>
    journal.addEvent(journal.eventCount + 1, what, entity, subject, rule, 1, counts());
  for (const move of list) {
    const taken = move.arrives && flights.length > 0 ? flights.splice(move.pick % flights.length, 1)[0]! : -1;
    const entity = taken >= 0 ? m.to.get(taken) : move.entity;
    const isLost = taken >= 0 && move.fate === 0;
    const isRefused = taken >= 0 && move.fate === 1;
    const isMissed = taken >= 0 && move.fate === 2;
    const ordinal = journal.eventCount + 1;
    for (const to of isLost || isMissed ? [] : move.sends) {
      flights.push(journal.messageCount);
      m.from.push(entity);
      m.to.push(to);
      m.link.push(0);
      m.kind.push(0);
      m.code.push(0);
      m.a.push(0);
      m.b.push(0);
      m.bytes.push(0);
      m.sent.push(ordinal);
      m.due.push(0);
      m.outcome.push(Outcome.inFlight);
      m.end.push(0);
      m.rule.push(0);
      m.trigger.push(ordinal);
      m.relays.push(-1);
      m.answers.push(-1);
    }
    if (taken >= 0) {
      m.due.set(taken, ordinal);
      m.outcome.set(taken, isLost ? Outcome.lost : isRefused || isMissed ? Outcome.dropped : Outcome.delivered);
    }
    row(taken >= 0 ? What.arrival : What.timer, entity, taken, '');
    if (isLost) row(What.nothing, entity, taken, 'network/lost');
    if (isRefused) row(What.nothing, entity, taken, 'some/rule');
    if (isMissed) row(What.nothing, entity, taken, 'network/down');
  }
  return journal;
}

/** What arrives at once, one stanza an event: who to whom, what it carries on, what it answers. */
export interface Said {
  readonly from: number;
  readonly to: number;
  readonly stanza: Element;
  readonly relays?: number;
  readonly answers?: number;
  readonly outcome?: number;
}
/** Each stanza is sent by a timer of its sender and comes to its end in the event behind it. */
export function conversation(said: readonly Said[]): Journal {
  const journal = new Journal();
  const m = journal.messages;
  for (const { from, to, stanza, relays = -1, answers = -1, outcome = Outcome.delivered } of said) {
    const id = journal.messageCount;
    const tick = journal.eventCount + 1;
    journal.stanzas.set(id, stanza);
    for (const [column, value] of [
      [m.from, from],
      [m.to, to],
      [m.link, 0],
      [m.kind, 0],
      [m.code, 0],
      [m.a, 0],
      [m.b, 0],
      [m.bytes, 0],
      [m.sent, tick],
      [m.due, tick + 1],
      [m.outcome, outcome],
      [m.end, 0],
      [m.rule, 0],
      [m.trigger, tick],
      [m.relays, relays],
      [m.answers, answers],
    ] as const)
      column.push(value);
    journal.addEvent(tick, What.timer, from, 0, '', 1, { messages: id + 1, inFlight: 1, reached: 0 });
    journal.addEvent(tick + 1, What.arrival, to, id, '', 1, { messages: id + 1, inFlight: 0, reached: 0 });
  }
  return journal;
}
