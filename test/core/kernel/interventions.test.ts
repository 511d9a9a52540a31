import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outcome, What } from '../../../src/core/kernel/journal.ts';
import { checkAct, disturbedAt } from '../../../src/core/simulation/interventions.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { diagramOf } from '../../../src/core/simulation/diagram.ts';
import { frameAt, rowsOf } from '../../../src/core/simulation/views.ts';
import type { Intervention, MessageAct, WorldAct } from '../../../src/protocol/intervention.ts';
import { finished, world } from '../../support/scenes.ts';

const SCENES = ['room-two-servers', 'dead-server', 'experiment-2011', 'gossip-laboratory', 'gossip-over-xmpp'] as const;
const played = (id: string, ...list: readonly Intervention[]): Run => new Run(world(id), list).finish();
const toMessage = (run: Run, id: number, after: number, act: MessageAct): Intervention => {
  const event = run.journal.messages.trigger.get(id);
  return { after, target: { event, nth: id - run.journal.sentBy(event)[0] + 1 }, do: act };
};
/** A message that takes its time, and an event at which it is on its way. */
function underway(run: Run, from = 0): { readonly id: number; readonly after: number } {
  const { journal } = run;
  for (let id = from; ; id++) {
    const after = journal.messages.trigger.get(id);
    const arrival = journal.arrivalOf(id);
    if (journal.sentBy(after)[1] > id && arrival > after + 2) return { id, after: after + 1 };
  }
}
const rulesAfter = (run: Run, ordinal: number): string[] => {
  const e = run.journal.events;
  const rules = [run.journal.ruleName(e.rule.get(ordinal - 1))];
  for (let row = ordinal; row < run.journal.eventCount && e.what.get(row) === What.nothing; row++)
    rules.push(run.journal.ruleName(e.rule.get(row)));
  return rules;
};

test.each(SCENES)('%s: a delayed message arrives so many ticks later, and until then is drawn on its way', (id) => {
  const plain = finished(id);
  const { id: message, after } = underway(plain, 3);
  const due = plain.journal.messages.due.get(message);
  const run = played(id, toMessage(plain, message, after, { type: 'delay', by: 17 }));
  const arrival = run.journal.arrivalOf(message);
  expect(run.journal.tickOf(arrival)).toBe(due + 17);
  const flight = (ordinal: number): number | undefined => {
    const { flights } = frameAt(run, run.fold, ordinal);
    const at = flights.id.indexOf(message);
    return at < 0 ? undefined : flights.due[at];
  };
  expect([flight(after), flight(after + 1), flight(arrival - 1), flight(arrival)]).toEqual([due, due + 17, due + 17, undefined]);
  const lines = Int32Array.from(run.world.stage.entities.name, (_, i) => i);
  const window = { axis: 'time', from: 0, to: run.tick, lines, first: 0, last: lines.length, most: 1e6, columns: 1 } as const;
  const { messages } = diagramOf(run, run.fold.sibling(), window);
  const row = messages.id.indexOf(message);
  expect([messages.due[row], messages.dueTick[row], messages.end[row]]).toEqual([due + 17, due + 17, arrival]);
});

test.each(SCENES)('%s: a doubled message comes twice, the same to the letter', (id) => {
  const plain = finished(id);
  const { id: message, after } = underway(plain, 3);
  const run = played(id, toMessage(plain, message, after, { type: 'duplicate' }));
  const [copy] = run.journal.sentBy(after + 1);
  expect(run.journal.sentBy(after + 1)[1]).toBe(copy + 1);
  expect(rulesAfter(run, after + 1)[0]).toBe('intervention/duplicate');
  const view = (of: number) => frameAt(run, run.fold, after + 1).flights.due[[...frameAt(run, run.fold, after + 1).flights.id].indexOf(of)];
  expect(view(copy)).toBe(view(message));
  expect(run.journal.touched.originalOf(copy)).toBe(message);
  expect(run.journal.arrivalOf(copy)).toBeGreaterThan(run.journal.arrivalOf(message));
  expect(run.journal.messages.bytes.get(copy)).toBe(run.journal.messages.bytes.get(message));
});

test('the copy of a gossip call is answered by the same id, so that its caller takes it for the same answer', () => {
  const plain = finished('experiment-2011');
  const { id: message, after } = underway(plain);
  const run = played('experiment-2011', toMessage(plain, message, after, { type: 'duplicate' }));
  const m = run.journal.messages;
  const [copy] = run.journal.sentBy(after + 1);
  const answers = Array.from({ length: run.journal.messageCount }, (_, row) => m.answers.get(row));
  // The first is no news to be answered; its copy is one that the node had already.
  expect(answers).toContain(message);
  expect(answers).not.toContain(copy);
});

test('a message that is put behind the next one of its stream comes right behind it', () => {
  const plain = finished('room-two-servers');
  const { messages: m } = plain.journal;
  let [id, after] = [0, 0];
  // Two that are on one link together.
  for (id = 0; ; id++) {
    after = m.trigger.get(id);
    const next = Array.from({ length: plain.journal.sentBy(after)[1] - id - 1 }, (_, i) => id + 1 + i);
    if (next.some((other) => m.link.get(other) === m.link.get(id))) break;
  }
  const run = played('room-two-servers', toMessage(plain, id, after, { type: 'reorder' }));
  const other = Array.from({ length: 50 }, (_, i) => id + 1 + i).find((o) => m.link.get(o) === m.link.get(id))!;
  expect(run.journal.arrivalOf(id)).toBe(run.journal.arrivalOf(other) + (run.journal.isVisible(run.journal.arrivalOf(other)) ? 1 : 0));
  expect(run.journal.arrivalOf(id)).toBeGreaterThan(run.journal.arrivalOf(other));
});

test('a stanza is exchanged for an edited one, which carries it on and arrives in its place', () => {
  const plain = finished('room-two-servers');
  const m = plain.journal.messages;
  const id = Array.from({ length: plain.journal.messageCount }, (_, i) => i).find(
    (i) => plain.journal.stanzas.get(i)?.name === 'message' && plain.journal.arrivalOf(i) > m.trigger.get(i) + 1,
  )!;
  const ns = plain.world.stage.streamNs(m.link.get(id));
  const xml = `<message xmlns='${ns}' from='${plain.journal.stanzas.get(id)!.attrs['from'] ?? ''}' to='${plain.journal.stanzas.get(id)!.attrs['to'] ?? ''}' type='groupchat'><body>edited</body></message>`;
  const after = m.trigger.get(id);
  const run = played('room-two-servers', toMessage(plain, id, after, { type: 'edit', xml }));
  const [next] = run.journal.sentBy(after + 1);
  expect(run.journal.messages.outcome.get(id)).toBe(Outcome.dropped);
  expect(run.journal.messages.relays.get(next)).toBe(id);
  expect(run.journal.tickOf(run.journal.arrivalOf(next))).toBe(m.due.get(id));
  expect(rowsOf(run, 1, 2000).some((row) => row.what.includes('edited'))).toBe(true);
  const broken = played('room-two-servers', toMessage(plain, id, after, { type: 'edit', xml: '<message>' }));
  expect(rulesAfter(broken, after + 1)).toContain('intervention/refused');
  expect(broken.journal.messages.outcome.get(id)).toBe(Outcome.delivered);
});

test('a gossip call takes other arguments, and refuses what a graph cannot carry', () => {
  const plain = finished('gossip-laboratory');
  const { id, after } = underway(plain, 2);
  const { stage } = plain.world;
  const flight = frameAt(plain, plain.fold, after);
  expect(flight.flights.total).toBeGreaterThan(0);
  const m = plain.journal.messages;
  const view = {
    id,
    from: m.from.get(id),
    to: m.to.get(id),
    link: 0,
    kind: 0,
    code: m.code.get(id),
    a: m.a.get(id),
    b: 0,
    answers: -1,
    data: [],
    stanza: undefined,
  };
  const xml = (body: string, from = stage.entities.jid[view.from]) =>
    `<iq from='${from}' to='${stage.entities.jid[view.to]}' id='g${id}' type='set'>\n  <query xmlns='jabber:iq:rpc'>${body}</query></iq>`;
  const call = (name: string, value: string, more = '') =>
    `<methodCall><methodName>gossip.${name}</methodName><params><param><value><i4>${value}</i4></value></param></params>${more}</methodCall>`;
  expect(stage.edited!(view, xml(call('push', '0')))).toMatchObject({ a: 0, b: 0 });
  expect(() => stage.edited!(view, xml(call('push', '0'), 'x@graph.lit'))).toThrow(/`from` must stay/);
  expect(() => stage.edited!(view, xml(call('shove', '0')))).toThrow(/no method gossip\.shove/);
  expect(() => stage.edited!(view, xml(call('push', 'zero')))).toThrow(/no XEP-0009 call/);
  expect(() => stage.edited!(view, xml(call('push', '0', '<more/>')))).toThrow(/would be lost/);
  expect(() => stage.edited!(view, xml('<oops>'))).toThrow(/line 2/);
});

test.each(['room-two-servers', 'experiment-2011', 'gossip-over-xmpp'])(
  '%s: while its receiver is paused a message waits, and is taken in when it goes on',
  (id) => {
    const plain = finished(id);
    const { id: message, after } = underway(plain, 3);
    const entity = plain.journal.messages.to.get(message);
    const due = plain.journal.messages.due.get(message);
    const paused: Intervention = { after, do: { type: 'pause', entity } };
    const waiting = played(id, paused);
    expect(waiting.journal.arrivalOf(message)).toBe(0);
    const e = waiting.journal.events;
    const held = Array.from({ length: waiting.journal.eventCount }, (_, row) => row).find(
      (row) => e.subject.get(row) === message && waiting.journal.ruleName(e.rule.get(row)) === 'intervention/waits',
    )!;
    expect(e.tick.get(held)).toBe(due);
    const on = held + 1;
    const run = played(id, paused, { after: on, do: { type: 'resume', entity } });
    expect(run.journal.tickOf(run.journal.arrivalOf(message))).toBe(due);
    expect(disturbedAt(run, on)?.paused).toContain(entity);
    expect(disturbedAt(run, on + 1)).toBeUndefined();
  },
);

test('a cut link of a graph loses what is on it and what is sent on it; mended, it carries again', () => {
  const plain = finished('experiment-2011');
  const { id, after } = underway(plain, 5);
  const { messages: m } = plain.journal;
  const between = [m.from.get(id), m.to.get(id)] as const;
  const run = played('experiment-2011', { after, do: { type: 'cut', between } });
  expect(run.journal.messages.outcome.get(id)).toBe(Outcome.cut);
  expect(rulesAfter(run, run.journal.arrivalOf(id))).toContain('fault/cut');
  const mended = played('experiment-2011', { after, do: { type: 'cut', between } }, { after: after + 1, do: { type: 'mend', between } });
  expect(mended.journal.messages.outcome.get(id)).toBe(Outcome.cut);
  const later = Array.from({ length: mended.journal.messageCount }, (_, i) => i).filter(
    (i) => mended.journal.messages.trigger.get(i) > after + 2 && mended.journal.messages.link.get(i) === m.link.get(id),
  );
  expect(later.every((i) => mended.journal.messages.outcome.get(i) !== Outcome.cut)).toBe(true);
});

test('a partition lets nothing across, and everything within', () => {
  const side = [0, 1, 2, 3, 4, 5, 6];
  const run = played('experiment-2011', { after: 4, do: { type: 'partition', side } });
  const m = run.journal.messages;
  const across = (id: number): boolean => side.includes(m.from.get(id)) !== side.includes(m.to.get(id));
  for (let id = 0; id < run.journal.messageCount; id++)
    if (run.journal.arrivalOf(id) > 5) expect(m.outcome.get(id)).toBe(across(id) ? Outcome.cut : Outcome.delivered);
});

test('a slow link takes so many times as long, and the answer no longer than that again', () => {
  const plain = finished('experiment-2011');
  const m = plain.journal.messages;
  const id = Array.from({ length: plain.journal.messageCount }, (_, i) => i).find((i) => m.answers.get(i) >= 0)!;
  const request = m.answers.get(id);
  const between = [m.from.get(request), m.to.get(request)] as const;
  const run = played('experiment-2011', { after: m.trigger.get(request) - 1, do: { type: 'slow-link', between, factor: 3 } });
  const now = run.journal.messages;
  const all = Array.from({ length: run.journal.messageCount }, (_, i) => i);
  const again = all.find((i) => now.from.get(i) === between[0] && now.to.get(i) === between[1] && now.sent.get(i) === m.sent.get(request))!;
  const took = m.due.get(request) - m.sent.get(request);
  expect(now.due.get(again) - now.sent.get(again)).toBe(3 * took);
  const answer = all.find((i) => now.answers.get(i) === again)!;
  expect(now.due.get(answer) - now.sent.get(answer)).toBe(3 * took);
});

test('a client that crashes is gone for the others, and comes back by logging in', () => {
  const plain = finished('presence-cost');
  const { kind } = plain.world.stage.entities;
  const entity = kind.indexOf(1);
  const at = plain.journal.tickOf(plain.journal.eventCount);
  const crash: Intervention = { after: plain.journal.eventCount, at, do: { type: 'crash', entity } };
  const run = played('presence-cost', crash);
  const whats = rowsOf(run, plain.journal.eventCount + 1, 500).map((row) => row.what);
  expect(whats[0]).toMatch(/by hand: crash/);
  expect(whats.some((what) => /unavailable|goes offline|is gone/.test(what))).toBe(true);
  const both = played('presence-cost', crash, { after: run.journal.eventCount, do: { type: 'restart', entity } });
  const back = rowsOf(both, run.journal.eventCount + 1, 500).map((row) => row.what);
  expect(back.join('\n')).toMatch(/bind|roster/);
  const state = frameAt(both, both.fold, both.journal.eventCount).states[entity];
  expect(both.world.stage.states[state!]!.id).toBe('online');
  expect(rulesAfter(played('presence-cost', { after: 3, do: { type: 'restart', entity } }), 4)).toContain('intervention/no-target');
});

test('a node that crashes is down, and comes up empty', () => {
  const run = played('experiment-2011', { after: 6, do: { type: 'crash', entity: 2 } }, { after: 20, do: { type: 'restart', entity: 2 } });
  const shown = (ordinal: number) => run.world.stage.states[frameAt(run, run.fold, ordinal).states[2]!]!.id;
  expect(shown(7)).toBe('down');
  expect(shown(21)).not.toBe('down');
});

test('what cannot be meant is refused in words', () => {
  const xmpp = world('room-two-servers');
  const bad = (act: WorldAct | MessageAct) => () => checkAct(xmpp, act);
  expect(bad({ type: 'crash', entity: 99 })).toThrow('There is no entity 99');
  expect(bad({ type: 'slow', entity: 1, factor: 0 })).toThrow('greater than 0');
  expect(bad({ type: 'lossy', between: [0, 1], share: 2 })).toThrow('from 0 to 1');
  expect(bad({ type: 'cut', between: [1, 1] })).toThrow('two different');
  expect(bad({ type: 'partition', side: [] })).toThrow('two sides');
  expect(bad({ type: 'delay', by: 0.5 })).toThrow('whole number of ticks');
});

/** What is broken may never fall silent: the first rows will do. */
function partly(id: string, list: readonly Intervention[], slice: number): Run {
  const run = new Run(world(id), list, { most: 3000 });
  while (run.journal.eventCount < 3000 && run.advance(slice));
  return run;
}

/** Any act that fits the scene, at any event. */
function anyIntervention(run: Run): fc.Arbitrary<Intervention> {
  const { journal } = run;
  const entities = run.world.stage.entities.name.length;
  const entity = fc.nat(entities - 1);
  const between = fc.tuple(entity, entity).filter(([a, b]) => a !== b);
  const messageAct = fc.oneof(
    fc.constantFrom<MessageAct>({ type: 'drop' }, { type: 'duplicate' }, { type: 'reorder' }),
    fc.integer({ min: 1, max: 100_000 }).map((by): MessageAct => ({ type: 'delay', by })),
  );
  const worldAct = fc.oneof(
    fc.tuple(fc.constantFrom('crash', 'restart', 'pause', 'resume'), entity).map(([type, of]): WorldAct => ({ type, entity: of })),
    fc.tuple(entity, fc.constantFrom(1, 2, 0.5)).map(([of, factor]): WorldAct => ({ type: 'slow', entity: of, factor })),
    fc.tuple(fc.constantFrom('cut', 'mend'), between).map(([type, ends]): WorldAct => ({ type, between: ends })),
    between.map((ends): WorldAct => ({ type: 'slow-link', between: ends, factor: 3 })),
    between.map((ends): WorldAct => ({ type: 'lossy', between: ends, share: 0.5 })),
    fc
      .subarray(
        Array.from({ length: entities }, (_, i) => i),
        { minLength: 1, maxLength: entities - 1 },
      )
      .map((side): WorldAct => ({ type: 'partition', side })),
    fc.constant<WorldAct>({ type: 'heal' }),
  );
  const id = fc.nat(journal.messageCount - 1);
  const after = fc.nat(journal.eventCount);
  return fc.oneof(
    fc.tuple(id, messageAct, fc.nat(3)).map(([of, act, later]) => toMessage(run, of, journal.messages.trigger.get(of) + later, act)),
    fc.tuple(after, worldAct).map(([at, act]): Intervention => ({ after: at, do: act })),
  );
}

test.each(SCENES)('%s: with any interventions a run is the same each time, in whatever slices, and from any keyframe', (id) => {
  const plain = finished(id);
  fc.assert(
    fc.property(fc.array(anyIntervention(plain), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 97 }), (list, slice) => {
      const once = partly(id, list, slice);
      const twice = partly(id, list, 1 << 16);
      expect(twice.hash()).toBe(once.hash());
      const { eventCount } = once.journal;
      // What a look at the state finds does not depend on the way there.
      const there = JSON.stringify(once.at(Math.floor(eventCount / 2)).inspectEntity(0));
      once.at(eventCount);
      once.at(1);
      expect(JSON.stringify(once.at(Math.floor(eventCount / 2)).inspectEntity(0))).toBe(there);
      // The picture goes both ways.
      const end = frameAt(once, once.fold, eventCount);
      frameAt(once, once.fold, 0);
      expect(frameAt(once, once.fold, eventCount)).toEqual(end);
      expect(end.flights.total).toBe(eventCount === 0 ? 0 : once.journal.events.inFlight.get(eventCount - 1));
    }),
    { numRuns: 12 },
  );
});
