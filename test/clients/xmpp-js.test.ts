/** @xmpp/client, as it is installed, in simulated worlds. */
import { client, xml, type Client, type XmlElement } from '@xmpp/client';
import { afterEach, expect, test, vi } from 'vitest';
import { createOutside, type Outside } from '../support/memory-websocket.ts';
import { SERVICE, scene } from './scene.ts';

const own = globalThis.WebSocket;
afterEach(() => {
  globalThis.WebSocket = own;
});

interface Session {
  readonly outside: Outside;
  readonly xmpp: Client;
  readonly stanzas: XmlElement[];
  readonly statuses: string[];
}
function session(modules: readonly string[] = []): Session {
  const outside = createOutside(scene(modules));
  Object.assign(globalThis, { WebSocket: outside.WebSocket });
  const xmpp = client({ service: SERVICE, domain: 'wonderland.lit', resource: 'tea', username: 'alice', password: 'pw-alice' });
  const stanzas: XmlElement[] = [];
  const statuses: string[] = [];
  xmpp.on('stanza', (stanza) => void stanzas.push(stanza));
  xmpp.on('status', (status) => void statuses.push(status));
  xmpp.on('error', (error) => void statuses.push(`error ${error.message}`));
  return { outside, xmpp, stanzas, statuses };
}
const found = (stanzas: readonly XmlElement[], wanted: (stanza: XmlElement) => boolean): Promise<XmlElement> =>
  vi.waitFor(() => {
    const it = stanzas.find(wanted);
    if (!it) throw new Error(`not among ${stanzas.join('\n')}`);
    return it;
  });

test('it logs in by SCRAM, binds, sees its roster and its contact, chats across the federation, asks and answers, and leaves', async () => {
  const { outside, xmpp, stanzas, statuses } = session();
  await xmpp.start();
  expect(xmpp.jid.toString()).toBe('alice@wonderland.lit/tea');
  expect(outside.frames.some((f) => f.startsWith('> ') && f.includes('mechanism="SCRAM-SHA-1"'))).toBe(true);

  const roster = await xmpp.iqCaller.get(xml('query', { xmlns: 'jabber:iq:roster' }));
  expect(roster.getChildren('item').map((item) => item.attrs)).toEqual([
    expect.objectContaining({ jid: 'bob@realworld.lit', subscription: 'both', name: 'Bob' }),
  ]);
  await xmpp.send(xml('presence'));
  await found(stanzas, (s) => s.is('presence') && s.attrs['from'] === 'bob@realworld.lit/desk');

  await xmpp.send(xml('message', { to: 'bob@realworld.lit', type: 'chat', id: 'm1' }, xml('body', {}, 'Are you asleep?')));
  const answer = await found(stanzas, (s) => s.is('message') && s.getChildText('body') === 'Are you asleep?');
  expect(answer.attrs).toMatchObject({ from: 'bob@realworld.lit/desk', to: 'alice@wonderland.lit/tea', type: 'chat' });

  const info = await xmpp.iqCaller.get(xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' }), 'wonderland.lit');
  expect(info.getChild('identity')?.attrs).toMatchObject({ category: 'server', type: 'im' });
  expect(info.getChildren('feature').map((f) => f.attrs['var'])).toContain('urn:xmpp:ping');
  for (const to of ['wonderland.lit', 'realworld.lit']) {
    const pong = await xmpp.iqCaller.request(xml('iq', { type: 'get', to }, xml('ping', { xmlns: 'urn:xmpp:ping' })));
    expect(pong.attrs).toMatchObject({ type: 'result', from: to });
  }
  await xmpp.stop();
  expect(statuses.filter((s) => s.startsWith('error'))).toEqual([]);
  expect(statuses.at(-1)).toBe('offline');
  // Its contact was told.
  expect(outside.arrivedAt('bob').at(-1)).toMatch(/<presence[^>]*type='unavailable'/);
  const { lived, replayed } = outside.hashes();
  expect(replayed).toBe(lived);
});

test('its connection is cut: it resumes its stream, and gets what was for it meanwhile', async () => {
  const { outside, xmpp, stanzas } = session();
  xmpp.reconnect.delay = 10;
  await xmpp.start();
  await xmpp.send(xml('presence'));
  await vi.waitFor(() => expect(xmpp.streamManagement.enabled).toBe(true));
  let resumed = 0;
  xmpp.streamManagement.on('resumed', () => void resumed++);
  outside.cut('alice');
  await vi.waitFor(() => expect(resumed).toBe(1));
  expect(xmpp.jid.toString()).toBe('alice@wonderland.lit/tea');
  expect(outside.sockets).toHaveLength(2);
  await xmpp.send(xml('message', { to: 'bob@realworld.lit', type: 'chat' }, xml('body', {}, 'I am back.')));
  await found(stanzas, (s) => s.is('message') && s.getChildText('body') === 'I am back.');
  await xmpp.stop();
  const { lived, replayed } = outside.hashes();
  expect(replayed).toBe(lived);
});
