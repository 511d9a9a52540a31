/** Rooms and nodes as the picture has them: who is around them, how they stand, and to whom copies are under way. */
import { expect, test } from 'vitest';
import type { Groups } from '../../../src/protocol/groups.ts';
import { Kind } from '../../../src/protocol/scene.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { acting } from './acting.ts';

const ROOM = 'teaparty@rooms.wonderland.lit';

test('occupants of a room at any moment, forwards and backwards, with their roles; copies on any link are for whom they are addressed to', async () => {
  const person = await acting('room-two-servers');
  const scene = await person.ask('open', { scenario: 'room-two-servers' });
  const at = async (ordinal: number): Promise<Groups> => person.ask('groups', { ordinal });
  expect(scene.groups).toEqual([scene.entities.jid.indexOf('rooms.wonderland.lit')]);
  await person.undo();
  const name = (entity: number): string => scene.entities.name[entity] ?? '?';
  const first = await at(0);
  expect(first.groups).toMatchObject([{ key: ROOM, kind: 'room', title: 'teaparty', members: [] }]);
  const last = await at(person.end);
  expect(last.groups[0]!.members.map((m) => [name(m.entity), m.name, m.mark, m.words])).toEqual([
    ['queen', 'Queen', 'high', 'moderator, owner'],
    ['alice', 'Alice', 'plain', 'participant'],
    ['madhatter', 'Hatter', 'plain', 'participant'],
    ['sister', 'Sister', 'plain', 'participant'],
    ['cat', 'Cat', 'plain', 'participant'],
  ]);
  expect(scene.entities.jid[last.groups[0]!.host]).toBe('rooms.wonderland.lit');
  expect(await at(0)).toEqual(first);

  // What alice says is under way to all six, first on the one link out of the service, then on each client's own.
  const said: Groups[] = [];
  for (let ordinal = 0; ordinal <= person.end; ordinal++) {
    const here = await at(ordinal);
    if (here.fans.some((fan) => fan.kind === Kind.message)) said.push(here);
  }
  const widest = Math.max(...said.flatMap((g) => g.fans.map((fan) => fan.ends.length)));
  expect(widest).toBe(6);
  for (const { fans } of said) for (const fan of fans) expect(new Set(fan.ends).size).toBe(fan.ends.length);
});

test('a node has its subscribers around it, one who waits among them; an account that tells of itself has those who want to know', async () => {
  const scene: XmppScenario = {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: 'nodes',
    title: 'Nodes',
    summary: 'A PubSub service',
    seed: '1',
    profile: 'rfc',
    servers: [
      {
        domain: 'wonderland.lit',
        components: [{ domain: 'news.wonderland.lit', service: 'pubsub', admins: ['queen@wonderland.lit'] }],
      },
    ],
    clients: ['alice', 'queen'].map((name) => ({ jid: `${name}@wonderland.lit/here`, acts: [{ at: 0, do: 'presence' }] })),
    latency: { client: 1000, federation: 1000, component: 1000 },
  };
  const person = await acting(scene);
  const now = async () => (await person.ask('groups', { ordinal: person.end })).groups;
  expect(await now()).toEqual([]);
  await person.act('queen', 'pubsub/news.wonderland.lit/create', { node: ['verdicts'] });
  await person.act('alice', 'pubsub/news.wonderland.lit/subscribe', { node: ['verdicts'] });
  await person.act('queen', 'pubsub/news.wonderland.lit/subscribe', { node: ['verdicts'] });
  const [node] = await now();
  expect(node).toMatchObject({ kind: 'node', title: 'verdicts', words: 'node verdicts of news.wonderland.lit, 2 subscribers' });
  expect(node!.members.map((m) => m.mark)).toEqual(['plain', 'high']);
  await person.act('alice', 'pep/mood', { mood: ['sleepy'] });
  expect((await now()).map((g) => [g.kind, g.title])).toContainEqual(['pep', 'alice']);
});
