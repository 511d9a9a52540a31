/** What ought never to happen is found where it does: journals in which it happens are written by hand. */
import { expect, test } from 'vitest';
import { el, type Element } from '../../../src/base/xml/element.ts';
import { parseQuery } from '../../../src/base/query/parser.ts';
import { Journal, Outcome, What } from '../../../src/core/kernel/journal.ts';
import { CausalOrder } from '../../../src/core/causality/order.ts';
import { Threads } from '../../../src/core/causality/threads.ts';
import type { Stage } from '../../../src/core/kernel/model.ts';
import { Scan } from '../../../src/core/query/scan.ts';
import type { Source } from '../../../src/core/query/source.ts';
import { EntityKind, Kind, type ShownState } from '../../../src/protocol/scene.ts';
import { INVARIANTS, VOCABULARY } from '../../../src/protocol/vocabulary.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';

const STATES: readonly ShownState[] = [
  { id: 'susceptible', label: 'susceptible', look: 'hollow' },
  { id: 'infective', label: 'infective', look: 'infective' },
  { id: 'down', label: 'down', look: 'offline' },
];
const FIRST_CHANGE = 99;

/** A journal written row by row. */
function writer() {
  const journal = new Journal();
  const m = journal.messages;
  const event = (what: number, entity: number, subject: number) =>
    journal.addEvent(journal.eventCount + 1, what, entity, subject, '', 1, { messages: journal.messageCount, inFlight: 0, reached: 0 });
  const send = (from: number, to: number, kind: number = Kind.push, answers = -1, relays = -1, stanza?: Element) => {
    const id = journal.messageCount;
    for (const [column, value] of [
      [m.from, from],
      [m.to, to],
      [m.link, from * 10 + to],
      [m.kind, kind],
      [m.code, 0],
      [m.a, 0],
      [m.b, 0],
      [m.bytes, 10],
      [m.sent, journal.eventCount],
      [m.due, journal.eventCount + 5],
      [m.outcome, Outcome.inFlight],
      [m.end, 0],
      [m.rule, 0],
      [m.trigger, journal.eventCount],
      [m.relays, relays],
      [m.answers, answers],
    ] as const)
      column.push(value);
    if (stanza) journal.stanzas.set(id, stanza);
    return id;
  };
  return {
    journal,
    send,
    change: (entity: number, before: number, after: number) => journal.addChange(entity, before, after),
    timer: (entity: number, code = 0) => event(What.timer, entity, code),
    arrive(id: number, outcome: number = Outcome.delivered) {
      m.outcome.set(id, outcome);
      event(What.arrival, m.to.get(id), id);
    },
  };
}

function brokenIn(journal: Journal, streams = false, kinds: readonly number[] = [0, 0, 0]): Readonly<Record<string, readonly number[]>> {
  const stage: Stage = {
    ...bareStage,
    streams,
    states: STATES,
    entities: {
      name: ['a', 'b', 'c'],
      detail: ['', '', ''],
      jid: ['a@x', 'b@x', 'c@x'],
      kind: Uint8Array.from(kinds),
      parent: new Int32Array(3).fill(-1),
    },
  };
  const source: Source = {
    journal,
    stage,
    unit: { label: 'ticks', ticks: 1 },
    summary: () => '',
    view: () => {
      throw new Error('no invariant reads a message');
    },
    isKnown: () => false,
    notes: () => {
      const order = new CausalOrder(journal);
      return { journal, stage, order, threads: new Threads(order, stage) };
    },
    isChange: (ordinal) => journal.events.subject.get(ordinal - 1) === FIRST_CHANGE,
  };
  const found: Record<string, readonly number[]> = {};
  for (const name of Object.keys(INVARIANTS)) {
    const parsed = parseQuery(`broken("${name}")`, VOCABULARY);
    if (!parsed.ok) throw new Error(parsed.fault.message);
    const scan = new Scan(parsed.expr, source);
    while (scan.advance(1));
    const ordinals = Array.from({ length: scan.matches.length }, (_, i) => scan.matches.get(i));
    if (ordinals.length > 0) found[name] = ordinals;
  }
  return found;
}

test('a node that shows as if it had never had the update; one that crashed may', () => {
  const { journal, change, timer } = writer();
  change(0, 0, 1);
  timer(0);
  change(0, 1, 0);
  timer(0);
  change(1, 1, 2);
  timer(1);
  change(1, 2, 0);
  timer(1);
  expect(brokenIn(journal)).toEqual({ forgets: [2] });
});
test('a second answer to one request, where the request came from', () => {
  const { journal, send, timer, arrive } = writer();
  const request = send(0, 1, Kind.iq);
  timer(0);
  arrive(request);
  const [first, second, elsewhere] = [send(1, 0, Kind.result, request), send(1, 0, Kind.error, request), send(1, 2, Kind.result, request)];
  timer(1);
  arrive(first);
  arrive(elsewhere);
  arrive(second);
  expect(brokenIn(journal)).toEqual({ 'answered-twice': [6] });
});
test('one stream keeps its order; on a graph every message goes its own way', () => {
  const { journal, send, timer, arrive } = writer();
  const [first, second] = [send(0, 1), send(0, 1)];
  timer(0);
  arrive(second);
  arrive(first);
  expect(brokenIn(journal, true)).toEqual({ 'out-of-order': [3] });
  expect(brokenIn(journal)).toEqual({});
});
test('who is down sends nothing; who comes up may at once', () => {
  const { journal, send, change, timer } = writer();
  change(0, 0, 2);
  timer(0);
  send(0, 1);
  timer(0);
  change(0, 2, 0);
  send(0, 1);
  timer(0);
  expect(brokenIn(journal)).toEqual({ 'dead-acts': [2] });
});
test('a cut that lets something through, but not one that was healed', () => {
  const { journal, send, timer, arrive } = writer();
  const ids = [send(0, 1), send(1, 0), send(0, 1), send(0, 1), send(0, 1)];
  timer(0);
  arrive(ids[0]!, Outcome.cut);
  arrive(ids[1]!);
  arrive(ids[2]!, Outcome.cut);
  timer(2, FIRST_CHANGE);
  arrive(ids[3]!);
  arrive(ids[4]!, Outcome.cut);
  expect(brokenIn(journal)).toEqual({ leaks: [4] });
});
test('a presence told to somebody who is not subscribed to it', () => {
  const { journal, send, timer, arrive } = writer();
  const item = (subscription: string) => el('item', 'jabber:iq:roster', { jid: 'c@x', subscription });
  const roster = (subscription: string) =>
    send(1, 0, Kind.result, -1, -1, el('iq', 'jabber:client', { type: 'result' }, el('query', 'jabber:iq:roster', {}, item(subscription))));
  const told = (relays: number) => send(1, 2, Kind.presence, -1, relays, el('presence', 'jabber:client', { from: 'a@x/1', to: 'c@x' }));
  const known = roster('from');
  timer(1);
  arrive(known);
  const presence = send(0, 1, Kind.presence, -1, -1, el('presence', 'jabber:client'));
  timer(0);
  told(presence);
  arrive(presence);
  roster('none');
  timer(1);
  told(presence);
  timer(1);
  expect(brokenIn(journal, true, [EntityKind.client, EntityKind.server, EntityKind.client])).toEqual({ 'presence-leaks': [6] });
});
