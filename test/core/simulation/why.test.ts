/** What inspections say of causes: the way hop by hop, what a step changed, and why nothing happened. */
import { describe, expect, test } from 'vitest';
import { What } from '../../../src/core/kernel/journal.ts';
import { inspect } from '../../../src/core/simulation/inspect.ts';
import type { Run } from '../../../src/core/simulation/run.ts';
import type { Part } from '../../../src/protocol/parts.ts';
import { finished } from '../../support/scenes.ts';

const part = <T extends Part['type']>(parts: readonly Part[], key: string, type: T) => {
  const found = parts.find((p) => p.key === key);
  return found?.type === type ? (found as Extract<Part, { readonly type: T }>) : undefined;
};
const ofEntity = (run: Run, index: number, ordinal: number) => inspect(run, { type: 'entity', index }, ordinal).parts;
const index = (run: Run, name: string) => run.world.stage.entities.name.indexOf(name);
const find = (run: Run, words: string, nth = 0): number =>
  Array.from({ length: run.journal.messageCount }, (_, id) => id).filter((id) =>
    JSON.stringify(run.journal.stanzas.get(id) ?? null).includes(words),
  )[nth]!;

describe('what a step changed', () => {
  const run = finished('room-two-servers');
  test('is said at exactly the events at which the inspected state differs from the one before', () => {
    const room = index(run, 'rooms.wonderland.lit');
    const state = (at: number) => JSON.stringify(run.at(at).inspectEntity(room));
    let changed = 0;
    for (let at = 1; at <= run.journal.eventCount; at++) {
      if (run.journal.events.entity.get(at - 1) !== room || run.journal.events.what.get(at - 1) === What.nothing) continue;
      const table = part(ofEntity(run, room, at), 'step-changes', 'table');
      expect([at, table !== undefined]).toEqual([at, state(at) !== state(at - 1)]);
      if (!table) continue;
      changed++;
      expect(table.title).toMatch(/^Changed at this step/);
      for (const { cells } of table.rows) expect(cells[1]!.text).not.toBe(cells[2]!.text);
    }
    expect(changed).toBeGreaterThan(5);
  });
  test('stays, with its event, until the next one', () => {
    const room = index(run, 'rooms.wonderland.lit');
    const said = find(run, 'Is there any tea left', 1);
    const at = run.journal.arrivalOf(said);
    expect(part(ofEntity(run, room, at + 3), 'step-changes', 'table')?.title).toBe(`Changed since its last event, #${at}`);
    const words = part(ofEntity(run, room, at), 'step-changes', 'table')!.rows.flatMap(({ cells }) => cells.map(({ text }) => text));
    expect(words.join(' ')).toContain('Is there any tea left?');
  });
  test('in gossip: who learns is shown to', () => {
    const karate = finished('karate-rumour');
    const push = karate.journal.arrivalOf(0);
    const to = karate.journal.messages.to.get(0);
    expect(part(ofEntity(karate, to, push), 'step-changes', 'table')?.rows.length).toBeGreaterThan(0);
  });
});

describe('hop by hop', () => {
  test('the whole way is there, in order, with what each server changed', () => {
    const run = finished('room-two-servers');
    const last = find(run, 'Is there any tea left', 13);
    const hops = part(inspect(run, { type: 'message', id: last }, 0).parts, 'hops', 'hops')!.hops;
    expect(hops.map(({ title }) => title)).toEqual([
      'alice → wonderland.lit',
      'wonderland.lit → rooms.wonderland.lit',
      'rooms.wonderland.lit → realworld.lit',
      'realworld.lit → cat',
    ]);
    expect(hops.map(({ here }) => here)).toEqual([false, false, false, true]);
    expect(hops[0]!.compared).toBe(false);
    // The server of the sender stamps `from`.
    expect(hops[1]!.lines.filter(({ mark }) => mark === 'added').map(({ pieces }) => pieces.map(({ text }) => text).join(''))).toEqual([
      expect.stringContaining('alice@wonderland.lit/tea'),
    ]);
  });
  test('of gossip it goes back to the origin, and says how long each had waited with it', () => {
    const run = finished('karate-rumour');
    const parts = inspect(run, { type: 'message', id: run.journal.messageCount - 2 }, 0).parts;
    const hops = part(parts, 'hops', 'hops')!.hops;
    expect(hops.length).toBeGreaterThan(2);
    expect(hops.some(({ detail }) => /it had waited \d/.test(detail))).toBe(true);
    hops.slice(1).forEach(({ title }, i) => expect(title.split(' → ')[0]).toBe(hops[i]!.title.split(' → ')[1]));
  });
});

describe('why nothing happens', () => {
  const run = finished('dead-server');
  const field = (parts: readonly Part[], label: string) =>
    part(parts, 'why', 'fields')!
      .fields.filter((f) => f.label === label)
      .map(({ value }) => value);
  test('the next event of an entity is the journal’s, and what it waits for is what then happens', () => {
    const alice = index(run, 'alice');
    for (let at = 0; at < run.journal.eventCount; at += 7) {
      const next = Array.from({ length: run.journal.eventCount - at }, (_, i) => at + 1 + i).find(
        (ordinal) => run.journal.events.entity.get(ordinal - 1) === alice,
      );
      const parts = ofEntity(run, alice, at);
      expect(field(parts, 'next event')[0]).toMatch(next === undefined ? /^none/ : new RegExp(`^#${next}, `));
      if (next !== undefined && run.journal.events.what.get(next - 1) === What.timer)
        expect(field(parts, 'waits for').length + field(parts, 'holds').length).toBeGreaterThan(0);
    }
  });
  test('the rows in which nothing happened are quoted, the last one first, and lead there', () => {
    const server = index(run, 'realworld.lit');
    const parts = ofEntity(run, server, 101);
    const latest = parts.find((p) => p.type === 'note');
    expect(latest).toMatchObject({ text: expect.stringContaining('read by nobody'), link: { type: 'event', ordinal: 101 } });
  });
  test('a stream that is down is named', () => {
    const parts = ofEntity(run, index(run, 'wonderland.lit'), 101);
    expect(field(parts, 'stream to').join()).toContain('realworld.lit');
  });
  test('a stanza that leads to nothing says so, and one that leads to something does not', () => {
    for (let id = 0; id < run.journal.messageCount; id++) {
      const arrival = run.journal.arrivalOf(id);
      const [first, end] = arrival > 0 ? run.journal.sentBy(arrival) : [0, 0];
      const { parts } = inspect(run, { type: 'message', id }, 0);
      const says = parts.some((p) => p.type === 'note' && (p.key === 'why' || p.key.startsWith('silence')));
      if (end === first) expect([id, says]).toEqual([id, true]);
      else expect(part(parts, 'why', 'note')).toBeUndefined();
    }
  });
});

test('an event says its stamps in logical time, and how much of what came before it is its past', () => {
  const run = finished('room-two-servers');
  const time = (ordinal: number) =>
    Object.fromEntries(
      part(inspect(run, { type: 'event', ordinal }, 0).parts, 'logical-time', 'fields')!.fields.map(({ key, value }) => [key, value]),
    );
  expect(time(1)).toMatchObject({ lamport: '1', past: expect.stringMatching(/^0 of the 0 /) });
  const last = run.journal.eventCount;
  expect(Number(time(last)['lamport'])).toBeGreaterThan(10);
  expect(time(last)['vector']).toMatch(/^\S+: \d+ · /);
  expect(time(last)['past']).toMatch(new RegExp(`^\\d+ of the ${last - 1} `));
});
