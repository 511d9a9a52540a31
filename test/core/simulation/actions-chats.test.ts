/** Answers in a chat, by the form of a client's panel: RFC 6121 §5.1; checklist R44. */
import { expect, test } from 'vitest';
import type { ClientAct, XmppScenario } from '../../../src/protocol/scenario.ts';
import { acting } from './acting.ts';

const ALICE = 'alice@wonderland.lit';
const HATTER = 'madhatter@wonderland.lit';
const ACTION = `chat/${HATTER}`;
const says = (at: number, text: string, type = 'chat', more = ''): ClientAct => ({
  at,
  do: 'send',
  xml: `<message to='${ALICE}' type='${type}'><body>${text}</body>${more}</message>`,
});
const shows = (at: number, show: string): ClientAct => ({
  at,
  do: 'send',
  xml: `<presence to='${ALICE}'><show>${show}</show></presence>`,
});
/** The Hatter has a hat and a cup, and may write from both. */
const scene = (hat: readonly ClientAct[], cup: readonly ClientAct[] = []): XmppScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  id: 'chats',
  title: '',
  summary: '',
  seed: '1',
  servers: [{ domain: 'wonderland.lit' }],
  clients: [
    { jid: `${ALICE}/tea`, acts: [{ at: 0, do: 'presence' }] },
    { jid: `${HATTER}/hat`, acts: [{ at: 0, do: 'presence' }, ...hat] },
    { jid: `${HATTER}/cup`, acts: [{ at: 0, do: 'presence' }, ...cup] },
  ],
  latency: { client: 10, federation: 10, component: 10 },
});
/** Where Alice’s answer would go; nothing where she has none to give. */
async function answered(...acts: Parameters<typeof scene>): Promise<string | undefined> {
  const person = await acting(scene(...acts));
  const actions = (await person.actions(`${ALICE}/tea`)).groups.flatMap((g) => g.actions);
  if (!actions.some((a) => a.id === ACTION)) return undefined;
  const { xml } = await person.compose(`${ALICE}/tea`, ACTION, { body: ['Why?'] });
  expect(xml).toContain('<body>Why?</body>');
  expect(xml).toMatch(/type='chat'/);
  return / to='([^']+)'/.exec(xml)?.[1];
}

test('[R44] who has written is answered where they wrote from, the last time that they did', async () => {
  expect(await answered([says(1000, 'a')])).toBe(`${HATTER}/hat`);
  expect(await answered([says(1000, 'a')], [says(2000, 'b')])).toBe(`${HATTER}/cup`);
  expect(await answered([says(1000, 'a'), says(3000, 'c')], [says(2000, 'b')])).toBe(`${HATTER}/hat`);
});

test('[R44] a presence of theirs, of whatever resource, and they are answered at their account; until they write again', async () => {
  expect(await answered([says(1000, 'a'), shows(2000, 'away')])).toBe(HATTER);
  expect(await answered([says(1000, 'a')], [shows(2000, 'dnd')])).toBe(HATTER);
  expect(await answered([says(1000, 'a'), shows(2000, 'away'), says(3000, 'b')])).toBe(`${HATTER}/hat`);
});

test('what is no chat has no answer: other types, and private messages of rooms', async () => {
  expect(await answered([])).toBeUndefined();
  for (const type of ['normal', 'headline']) expect(await answered([says(1000, 'a', type)])).toBeUndefined();
  expect(await answered([says(1000, 'a', 'chat', "<x xmlns='http://jabber.org/protocol/muc#user'/>")])).toBeUndefined();
});
