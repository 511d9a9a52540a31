/** The own account's nodes by the forms of a client's panel alone: any item, an avatar, taking back, configuring, deleting; what another may then read. XEP-0163, XEP-0084, XEP-0060. */
import { expect, test } from 'vitest';
import type { Action, Actions } from '../../../src/protocol/actions.ts';
import type { XmppScenario } from '../../../src/protocol/scenario.ts';
import { acting } from './acting.ts';

const ALICE = 'alice@wonderland.lit';
const SCENE: XmppScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  id: 'own',
  title: 'Own nodes',
  summary: '',
  seed: '1',
  servers: [
    {
      domain: 'wonderland.lit',
      rosters: [
        { account: 'alice', contact: 'queen@wonderland.lit', subscription: 'both' },
        { account: 'queen', contact: ALICE, subscription: 'both' },
      ],
    },
  ],
  clients: ['alice', 'queen', 'knave'].map((name) => ({ jid: `${name}@wonderland.lit/here`, acts: [{ at: 0, do: 'presence' }] })),
  latency: { client: 1000, federation: 1000, component: 1000 },
};
const one = (actions: Actions, id: string): Action => {
  const found = actions.groups.flatMap((g) => g.actions).find((a) => a.id === id);
  if (!found) throw new Error(`no action ${id}`);
  return found;
};

test('any item is published, for whom it is meant, taken back; the node is configured and deleted', async () => {
  const person = await acting(SCENE);
  const now = async (id: string, who = 'alice') => one(await person.actions(who), id);
  const NODE = 'urn:xmpp:bookmarks:1';
  const labels = async (id: string, who = 'alice') => (await now(id, who)).fields[0]!.options!.map((o) => o.label);
  expect((await person.compose('alice', 'pep/publish', { payload: ['<tea'] })).faults.map((f) => f.field)).toEqual(['payload']);
  const room = 'tea@rooms.wonderland.lit';
  expect(await person.act('alice', 'pep/publish', { item: [room], access: ['open'] })).toMatchObject({ state: 'done' });
  // The node is open now, and wanted as another one: a precondition that is not met.
  expect(await person.act('alice', 'pep/publish', { item: [room], access: ['whitelist'] })).toMatchObject({ state: 'refused' });
  expect(await labels('pep/items', 'knave')).toContain(`${NODE} of ${ALICE}`);
  const what = [JSON.stringify([ALICE, NODE])];
  expect(await person.act('knave', 'pep/items', { what })).toMatchObject({ state: 'done' });

  expect(await person.act('alice', 'pep/configure', { node: [NODE] })).toMatchObject({ state: 'done' });
  const form = (await person.actions('alice')).groups
    .flatMap((g) => g.actions)
    .find((a) => a.title.startsWith('Fill in: Configuration of the node'))!;
  expect(await person.act('alice', form.id, { 'pubsub#access_model': ['whitelist'] })).toMatchObject({ state: 'done' });
  expect(await person.act('knave', 'pep/items', { what })).toMatchObject({ state: 'refused' });

  expect(await labels('pep/retract')).toContain(`${room} of ${NODE}`);
  expect(await person.act('alice', 'pep/retract', { item: [JSON.stringify([NODE, room])] })).toMatchObject({ state: 'done' });
  expect(await labels('pep/retract')).not.toContain(`${room} of ${NODE}`);
  expect(await person.act('alice', 'pep/delete', { node: [NODE] })).toMatchObject({ state: 'done' });
  expect(await labels('pep/delete')).not.toContain(NODE);
});

test('XEP-0084 §3: the picture first, under the SHA-1 of its bytes, then that there is one; then that there is none', async () => {
  const person = await acting(SCENE);
  const now = async (id: string) => one(await person.actions('alice'), id);
  expect((await now('pep/avatar-metadata')).refused).toMatch(/picture comes first/);
  const faults = async (picture: string) =>
    (await person.compose('alice', 'pep/avatar-data', { picture: [picture] })).faults.map((f) => f.message);
  expect(await faults('?')).toEqual([expect.stringContaining('Base64')]);
  expect(await faults('aGVsbG8=')).toEqual([expect.stringContaining('PNG')]);
  expect(await person.act('alice', 'pep/avatar-data')).toMatchObject({ state: 'done' });
  const id = '4a5eb7171b58e08a6881721e3b43d5a44419a2be';
  expect((await now('pep/avatar-metadata')).fields[0]!.options!.map((o) => o.value)).toEqual([id, '']);
  expect((await person.compose('alice', 'pep/avatar-metadata')).xml).toMatch(
    new RegExp(`<info[^>]*bytes='70'[^>]*id='${id}'[^>]*type='image/png'`, 's'),
  );
  expect(await person.act('alice', 'pep/avatar-metadata')).toMatchObject({ state: 'done' });
  expect(await person.act('queen', 'pep/items', { what: [JSON.stringify([ALICE, 'urn:xmpp:avatar:data'])] })).toMatchObject({
    state: 'done',
  });
  expect(await person.act('alice', 'pep/avatar-metadata', { id: [''] })).toMatchObject({ state: 'done' });
});
