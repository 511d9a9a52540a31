/** What one entity can send to another: every offer can be filled in, read and sent. */
import { expect, test } from 'vitest';
import { composed } from '../../../src/core/simulation/actions.ts';
import { Run } from '../../../src/core/simulation/run.ts';
import { sendingsOf } from '../../../src/core/simulation/sendings.ts';
import { Outcome, What } from '../../../src/core/kernel/journal.ts';
import { finished, stanzasOf, world } from '../../support/scenes.ts';

const index = (run: Run, name: string): number => run.world.stage.entities.name.indexOf(name);
const offers = (run: Run, from: string, to: string, ordinal = run.journal.eventCount, group?: string) =>
  sendingsOf(run, { from: index(run, from), to: index(run, to), group, ordinal });

test('to a person: messages, presence and requests with the address filled in, each a stanza to there', () => {
  const run = finished('two-servers');
  const [alice, ordinal] = [index(run, 'alice'), run.journal.eventCount];
  const all = offers(run, 'alice', 'sister');
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['message', 'presence', 'iq']));
  expect(all.map(({ action }) => action)).toEqual(expect.arrayContaining(['message', 'presence-to', 'ask']));
  for (const { action, values } of all.filter(({ refused }) => refused === undefined)) {
    const { xml, faults } = composed(run, { entity: alice, ordinal, action, values });
    expect({ action, faults }).toEqual({ action, faults: [] });
    expect(xml).toContain('sister@realworld.lit');
  }
});

test('to a service of rooms: a room there to join; to a room that one is in: what is said there; to a server: a request', () => {
  const run = finished('room-two-servers');
  const join = offers(run, 'alice', 'rooms.wonderland.lit').find(({ action }) => action === 'muc/join');
  expect(join?.values['room']?.[0]).toMatch(/@rooms\.wonderland\.lit$/);
  const room = 'teaparty@rooms.wonderland.lit';
  const there = offers(run, 'alice', 'rooms.wonderland.lit', undefined, room);
  expect(there.some(({ group, kind }) => group === room && kind === 'message')).toBe(true);
  expect(offers(run, 'alice', 'realworld.lit').find(({ action }) => action === 'ask')?.values).toEqual({ to: ['realworld.lit'] });
});

test.each(['experiment-2011', 'gossip-over-xmpp'])('%s: a call by hand is a stanza of XEP-0009, and arrives', (id) => {
  const plain = finished(id);
  const { from, to } = plain.world.stage.links;
  const clients = plain.world.stage.entities.kind;
  const first = [...clients.keys()].find((i) => clients[i] !== 2)!;
  const second = id === 'experiment-2011' ? to[[...from.keys()].find((link) => from[link] === first)!]! : first + 1;
  const ordinal = 10;
  const call = sendingsOf(plain, { from: first, to: second, ordinal }).find(({ group }) => group === 'calls')!;
  const { xml, faults } = composed(plain, { entity: first, ordinal, action: call.action, values: call.values });
  expect(faults).toEqual([]);
  expect(xml).toContain('methodCall');
  const run = new Run(plain.world, [{ after: ordinal, do: { type: 'inject', entity: first, text: xml } }]).finish();
  const [sent, end] = run.journal.sentBy(ordinal + 1);
  expect(end).toBe(sent + 1);
  expect(run.journal.messages.outcome.get(sent)).toBe(Outcome.delivered);
});

test('what cannot be: a call past the links, of an argument that is no integer; who cannot send; nobody to send to', () => {
  const run = finished('karate-rumour');
  const { from, to } = run.world.stage.links;
  const near = new Set([...from.keys()].flatMap((l) => (from[l] === 0 ? [to[l]!] : to[l] === 0 ? [from[l]!] : [])));
  const far = [...run.world.stage.entities.name.keys()].find((i) => i !== 0 && !near.has(i))!;
  const call = sendingsOf(run, { from: 0, to: far, ordinal: 5 }).find(({ group }) => group === 'calls')!;
  const told = composed(run, { entity: 0, ordinal: 5, action: call.action, values: call.values });
  expect(told.faults[0]?.message).toContain('No link leads to');
  const lab = finished('gossip-over-xmpp');
  const called = sendingsOf(lab, { from: 5, to: 6, ordinal: 5 }).filter(({ group }) => group === 'calls');
  const faults = called.flatMap(({ action, values }) =>
    composed(lab, { entity: 5, ordinal: 5, action, values: { ...values, 'arg update': ['1.5'], data: ['x'] } }).faults.map(
      (f) => f.message,
    ),
  );
  for (const message of faults) expect(message).toContain('whole number');
  const rooms = finished('room-two-servers');
  expect(() => offers(rooms, 'wonderland.lit', 'alice')).toThrow('Only a client or a node');
  expect(() => sendingsOf(rooms, { from: 3, to: 999, ordinal: 1 })).toThrow('no entity 999');
  expect(() => offers(rooms, 'alice', 'alice')).toThrow('choose another one');
});

test('a client that is gone can send nothing, and each offer says so', () => {
  const w = world('room-two-servers');
  const alice = w.stage.entities.name.indexOf('alice');
  const run = new Run(w, [{ after: 20, do: { type: 'crash', entity: alice } }]).finish();
  const all = offers(run, 'alice', 'madhatter', 22);
  expect(all.length).toBeGreaterThan(0);
  expect(all.every(({ refused }) => refused?.includes('no stream') === true)).toBe(true);
  expect(stanzasOf(run).length).toBeGreaterThan(0);
  expect(run.journal.events.what.get(20)).toBe(What.intervention);
});
