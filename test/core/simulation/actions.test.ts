/** Everything that a client's panel offers, done by its forms alone. */
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../../src/scenarios/index.ts';
import type { Action, Actions } from '../../../src/protocol/actions.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import golden from '../../support/golden.json';
import { acting } from './acting.ts';

const ROOM = 'teaparty@rooms.wonderland.lit';
const NEWS: XmppScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  id: 'news',
  title: 'News',
  summary: 'A PubSub service',
  seed: '1',
  servers: [
    { domain: 'wonderland.lit', components: [{ domain: 'news.wonderland.lit', service: 'pubsub', admins: ['queen@wonderland.lit'] }] },
  ],
  clients: ['alice', 'queen'].map((name) => ({ jid: `${name}@wonderland.lit/here`, acts: [{ at: 0, do: 'presence' }] })),
  latency: { client: 1000, federation: 1000, component: 1000 },
};

const all = ({ groups }: Actions): readonly Action[] => groups.flatMap((g) => g.actions);
const one = (actions: Actions, id: string): Action => {
  const found = all(actions).find((a) => a.id === id);
  if (!found)
    throw new Error(
      `no action ${id} among ${all(actions)
        .map((a) => a.id)
        .join(', ')}`,
    );
  return found;
};
/** What has to be filled in and is not, made up. */
const filled = (action: Action) =>
  Object.fromEntries(
    action.fields
      .filter((f) => f.name === 'nick' || (f.required === true && (f.values[0] ?? '') === ''))
      .map((f) => [f.name, [f.options?.find((o) => o.refused === undefined && o.value !== '')?.value ?? 'someone@wonderland.lit']]),
  );

describe('every action of every client of every XMPP scene', () => {
  test.each(scenarios.filter((s) => s.model === 'xmpp').map((s) => s.id))('in %s makes a stanza as it is defined', async (id) => {
    const person = await acting(id);
    const scenario = scenarios.find((s) => s.id === id) as XmppScenario;
    const ids = new Set<string>();
    for (const { jid, name } of scenario.clients.slice(0, 4)) {
      if (name !== undefined) continue;
      for (const group of (await person.actions(jid)).groups) {
        expect(group.actions.length).toBeGreaterThan(0);
        for (const action of group.actions) {
          ids.add(action.id);
          expect(action.source).toMatch(/^(RFC|XEP)-?\s?\d{4}/);
          if (action.refused !== undefined) continue;
          const { xml, faults } = await person.compose(jid, action.id, filled(action));
          expect({ id: action.id, faults }).toEqual({ id: action.id, faults: [] });
          const checked = await person.ask('check', { text: xml });
          expect({ xml, faults: checked.faults, verdict: checked.verdict }).toMatchObject({ faults: [], verdict: 'valid' });
        }
      }
    }
    expect(ids.size).toBeGreaterThan(5);
  });
});

test('join, speak, be given what one may not, kick, and all of it undone is the run as it was', async () => {
  const person = await acting('room-two-servers');
  const before = person.hash;
  // The rabbit has left, so it is in no room, and is offered the one that there is.
  expect((await person.actions('whiterabbit')).groups.map((g) => g.key)).not.toContain(ROOM);
  const joined = await person.act('whiterabbit', 'muc/join', { room: [ROOM], nick: ['Late'], history: ['1'] });
  expect(joined).toMatchObject({ state: 'done', source: expect.stringContaining('XEP-0045') });
  expect(joined.ordinal).toBeGreaterThan(0);
  const inside = await person.actions('whiterabbit');
  expect(inside.groups.find((g) => g.key === ROOM)?.subtitle).toBe('as Late, participant');
  expect(one(inside, `muc/${ROOM}/kick`).refused).toMatch(/role moderator, and Late is participant/);
  expect(await person.act('whiterabbit', `muc/${ROOM}/say`, { body: ['I am here'] })).toMatchObject({ state: 'done' });
  expect(JSON.stringify((await person.inspect('cat')).parts)).toContain('I am here');

  const queen = await person.actions('queen');
  expect(one(queen, `muc/${ROOM}/kick`).fields[0]!.options!.map((o) => o.value)).toContain('Late');
  expect(await person.act('queen', `muc/${ROOM}/kick`, { nick: ['Late'], reason: ['Off with his head'] })).toMatchObject({ state: 'done' });
  expect((await person.actions('whiterabbit')).groups.map((g) => g.key)).not.toContain(ROOM);
  expect(await person.undo()).toBe(before);
  expect((golden as Readonly<Record<string, unknown>>)['room-two-servers']).toContain(before);
});

test('a refusal is told in words, with the rule that refused and where to look', async () => {
  const person = await acting('room-two-servers');
  const taken = await person.act('whiterabbit', 'muc/join', { room: [ROOM], nick: ['Queen'] });
  expect(taken).toMatchObject({ state: 'refused', target: { type: 'message' } });
  expect(taken.text).toMatch(/^Refused: conflict/);
  expect(taken.rule).toBeTruthy();
  const nowhere = await person.act('alice', 'message', { to: ['nobody@wonderland.lit'], body: ['?'] });
  expect(nowhere).toMatchObject({ state: 'refused', text: expect.stringContaining('service-unavailable') });
  // The newest is first.
  expect((await person.actions('alice')).outcomes.map((o) => o.state)).toEqual(['refused']);
});

test('what is wrong is said at its field, and nothing is written', async () => {
  const person = await acting('room-two-servers');
  const at = async (action: string, values: Readonly<Record<string, readonly string[]>>) => {
    const { xml, faults } = await person.compose('alice', action, values);
    expect(xml).toBe('');
    return faults.map((f) => f.field);
  };
  expect(await at('muc/join', { room: ['rooms.wonderland.lit'], nick: [''], history: ['many'] })).toEqual(['nick']);
  expect(await at('muc/join', { room: ['rooms.wonderland.lit'], nick: ['A'], history: ['many'] })).toEqual(['room', 'history']);
  expect(await at('message', { to: ['@@'], body: ['x'] })).toEqual(['to']);
  expect(await at('pep/location', { lat: ['91'], lon: ['x'] })).toEqual(['lat', 'lon']);
  await expect(person.compose('alice', 'no/such')).rejects.toThrow(/There is no action/);
  await expect(person.ask('actions', { entity: 0, ordinal: 0 })).rejects.toThrow(/Only a client/);
});

test('a room’s configuration is fetched, comes as a form, is filled in, and a wrong value is pointed at', async () => {
  const person = await acting('room-two-servers');
  expect(await person.act('queen', `muc/${ROOM}/configure`)).toMatchObject({ state: 'done' });
  const form = all(await person.actions('queen')).find((a) => a.title.startsWith('Fill in'))!;
  const field = (name: string) => form.fields.find((f) => f.name === name);
  expect(field('muc#roomconfig_roomname')).toMatchObject({ kind: 'text', values: ['The tea party'] });
  expect(field('muc#roomconfig_membersonly')).toMatchObject({ kind: 'switch', values: ['0'] });
  expect(field('muc#roomconfig_whois')).toMatchObject({ kind: 'choice', options: expect.any(Array) });
  expect(form.fields.some((f) => f.kind === 'words')).toBe(true);
  expect((await person.compose('queen', form.id, { 'muc#roomconfig_whois': ['nobody'] })).faults).toEqual([
    { field: 'muc#roomconfig_whois', message: '“nobody” is none of the choices.' },
  ]);
  const done = await person.act('queen', form.id, { 'muc#roomconfig_roomname': ['Mad tea party'], 'muc#roomconfig_moderatedroom': ['1'] });
  expect(done).toMatchObject({ state: 'done' });
  expect(JSON.stringify((await person.inspect('rooms.wonderland.lit')).parts)).toContain('Mad tea party');
  // Whoever comes now has no voice, and can ask for it.
  await person.act('whiterabbit', 'muc/join', { room: [ROOM], nick: ['Late'] });
  expect(await person.act('whiterabbit', `muc/${ROOM}/say`, { body: ['Hm'] })).toMatchObject({ state: 'refused' });
  const rabbit = await person.actions('whiterabbit');
  expect(one(rabbit, `muc/${ROOM}/voice`).refused).toBeUndefined();
});

test('a node is made, subscribed to, published to, configured by form; an item is taken back', async () => {
  const person = await acting(NEWS);
  const service = 'pubsub/news.wonderland.lit';
  expect(await person.act('queen', `${service}/create`, { node: ['verdicts'] })).toMatchObject({ state: 'done' });
  expect(one(await person.actions('alice'), `${service}/unsubscribe`).refused).toMatch(/subscribed to no node/);
  expect(await person.act('alice', `${service}/subscribe`, { node: ['verdicts'] })).toMatchObject({ state: 'done' });
  expect(await person.act('alice', `${service}/publish`, { node: ['verdicts'], item: ['one'] })).toMatchObject({ state: 'refused' });
  expect(await person.act('queen', `${service}/publish`, { node: ['verdicts'], item: ['one'] })).toMatchObject({ state: 'done' });
  const rows = await person.ask('rows', { from: 1, count: 2000 });
  expect(rows.some((r) => r.kind === 'message' && r.to.startsWith('alice'))).toBe(true);

  await person.act('queen', `${service}/configure`, { node: ['verdicts'] });
  const form = all(await person.actions('queen')).find((a) => a.title === 'Fill in: Configuration of the node of verdicts')!;
  const wrong = await person.compose('queen', form.id, { 'pubsub#max_items': ['many'] });
  expect(wrong.faults[0]).toMatchObject({ field: 'pubsub#max_items', message: expect.stringContaining('“max”') });
  expect(await person.act('queen', form.id, { 'pubsub#max_items': ['3'], 'pubsub#title': ['Verdicts'] })).toMatchObject({ state: 'done' });
  expect(JSON.stringify((await person.inspect('news.wonderland.lit')).parts)).toContain('Verdicts');

  const item = one(await person.actions('queen'), `${service}/retract`).fields[0]!.options![0]!;
  expect(await person.act('queen', `${service}/retract`, { item: [item.value] })).toMatchObject({ state: 'done' });
  expect(one(await person.actions('queen'), `${service}/retract`).refused).toMatch(/keeps an item/);
  expect((await person.compose('queen', `${service}/publish`, { node: ['verdicts'], payload: ['<a><b></a>'] })).faults[0]?.field).toBe(
    'payload',
  );
});

test('what is shown as chosen is chosen: presence is “available” without a word', async () => {
  const person = await acting('room-two-servers');
  const { xml, faults } = await person.compose('alice@wonderland.lit/tea', 'presence', {});
  expect(faults).toEqual([]);
  expect(xml).toMatch(/^<presence[^>]*\/>$/);
});
