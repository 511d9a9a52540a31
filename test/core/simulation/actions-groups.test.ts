/** Channels, moderation and requests for voice, by the forms of a client's panel alone. */
import { expect, test } from 'vitest';
import type { Action, Actions } from '../../../src/protocol/actions.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { acting } from './acting.ts';

const all = ({ groups }: Actions): readonly Action[] => groups.flatMap((g) => g.actions);
const one = (actions: Actions, id: string): Action => {
  const found = all(actions).find((a) => a.id === id);
  if (!found) throw new Error(`no action ${id}`);
  return found;
};

const CHANNELS: XmppScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  id: 'channels',
  title: 'Channels',
  summary: 'A service of channels',
  seed: '1',
  servers: [
    {
      domain: 'wonderland.lit',
      modules: ['xep-0405'],
      components: [
        {
          domain: 'mix.wonderland.lit',
          service: 'mix',
          rooms: [{ name: 'tea', owner: 'queen@wonderland.lit', title: 'Tea' }],
        },
      ],
    },
  ],
  clients: ['alice', 'queen'].map((name) => ({ jid: `${name}@wonderland.lit/here`, acts: [{ at: 0, do: 'presence' }] })),
  latency: { client: 1000, federation: 1000, component: 1000 },
};

test('a channel is joined, spoken in, asked for its participants, left; another one is made', async () => {
  const person = await acting(CHANNELS);
  const [tea, at] = ['tea@mix.wonderland.lit', 'mix/tea@mix.wonderland.lit'];
  expect(await person.act('alice', 'mix/join', { channel: [tea] })).toMatchObject({ state: 'done' });
  expect(await person.act('queen', 'mix/join', { channel: [tea] })).toMatchObject({ state: 'done' });
  expect((await person.actions('alice')).groups.find((g) => g.key === tea)?.subtitle).toBe('as Alice');
  expect(one(await person.actions('alice'), 'mix/join').fields[0]!.options).toEqual([]);
  expect(await person.act('alice', `${at}/say`, { body: ['More tea'] })).toMatchObject({ state: 'done' });
  expect(JSON.stringify((await person.inspect('queen')).parts)).toContain('More tea');
  expect((await person.compose('alice', `${at}/nick`, { nick: ['Alice'] })).faults.map((f) => f.field)).toEqual(['nick']);
  expect(await person.act('alice', `${at}/nick`, { nick: ['Liddell'] })).toMatchObject({ state: 'done' });
  expect((await person.actions('alice')).groups.find((g) => g.key === tea)?.subtitle).toBe('as Liddell');
  expect(await person.act('queen', `${at}/nick`, { nick: ['Liddell'] })).toMatchObject({ state: 'refused' });
  expect(await person.act('alice', `${at}/participants`)).toMatchObject({ state: 'done' });

  const node = 'urn:xmpp:mix:nodes:presence';
  expect((await person.compose('alice', `${at}/nodes`, { add: [node], remove: [node] })).faults.map((f) => f.field)).toEqual(['remove']);
  expect((await person.compose('alice', `${at}/nodes`, { add: [], remove: [] })).faults.map((f) => f.field)).toEqual(['add']);
  expect(await person.act('alice', `${at}/nodes`, { add: [], remove: [node] })).toMatchObject({ state: 'done' });

  expect(await person.act('alice', `${at}/leave`)).toMatchObject({ state: 'done' });
  expect((await person.actions('alice')).groups.map((g) => g.key)).not.toContain(tea);
  expect(await person.act('alice', 'mix/create', { channel: ['croquet'] })).toMatchObject({ state: 'done' });
  const offered = one(await person.actions('queen'), 'mix/join').fields[0]!.options!.map((o) => o.value);
  expect(offered).toEqual(['croquet@mix.wonderland.lit']);
});

test('a moderator takes a message back, and who is none is told why not', async () => {
  const person = await acting('room-archive');
  const at = 'muc/court@rooms.wonderland.lit';
  expect(one(await person.actions('gryphon'), `${at}/moderate`).refused).toMatch(/role moderator/);
  const choices = one(await person.actions('queen'), `${at}/moderate`).fields[0]!.options!;
  const word = choices.find((o) => o.label.startsWith('Gryphon: Hjckrrh'))!;
  expect(await person.act('queen', `${at}/moderate`, { id: [word.value], reason: ['Order!'] })).toMatchObject({ state: 'done' });
  // Once is enough: the room no longer has it.
  expect(await person.act('queen', `${at}/moderate`, { id: [word.value] })).toMatchObject({ state: 'refused' });
  for (const list of ['role moderator', 'role participant', 'affiliation owner'])
    expect(await person.act('queen', `${at}/list`, { list: [list] })).toMatchObject({ state: 'done' });
});

test('a request for voice comes as a form, is granted by it, and is done with then', async () => {
  const person = await acting('room-two-servers');
  const room = 'teaparty@rooms.wonderland.lit';
  await person.act('queen', `muc/${room}/configure`);
  const configuration = all(await person.actions('queen')).find((a) => a.title.startsWith('Fill in'))!;
  await person.act('queen', configuration.id, { 'muc#roomconfig_moderatedroom': ['1'] });
  await person.act('whiterabbit', 'muc/join', { room: [room], nick: ['Late'] });
  expect(await person.act('whiterabbit', `muc/${room}/say`, { body: ['Hm'] })).toMatchObject({ state: 'refused' });
  await person.act('whiterabbit', `muc/${room}/voice`);
  const request = async () => all(await person.actions('queen')).find((a) => a.title === 'Fill in: Voice Request');
  const form = (await request())!;
  expect(form.fields.find((f) => f.name === 'muc#roomnick')?.values).toEqual(['Late']);
  await person.act('queen', form.id, { 'muc#request_allow': ['1'] });
  expect(await request()).toBeUndefined();
  expect((await person.actions('whiterabbit')).groups.find((g) => g.key === room)?.subtitle).toBe('as Late, participant');
  expect(await person.act('whiterabbit', `muc/${room}/say`, { body: ['Thank you'] })).toMatchObject({ state: 'done' });
});

test('a room of another server is joined by form, though a stream to it has to come up first', async () => {
  const person = await acting('federated-room');
  const room = 'elsinore@talk.denmark.lit';
  expect(one(await person.actions('madhatter'), 'muc/join').fields[0]!.options!.map((o) => o.value)).toContain(room);
  expect(await person.act('madhatter', 'muc/join', { room: [room], nick: ['Guest'] })).toMatchObject({ state: 'done' });
  expect((await person.actions('madhatter')).groups.find((g) => g.key === room)?.subtitle).toBe('as Guest, participant');
  expect(await person.act('madhatter', `muc/${room}/say`, { body: ['Good morrow'] })).toMatchObject({ state: 'done' });
  // By the federation of rooms, those who are in the other one hear it as well.
  expect(JSON.stringify((await person.inspect('alice')).parts)).toContain('Good morrow');
});
