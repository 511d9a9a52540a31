/** XEP-0114: a service that is no part of its server. */
import { expect, test } from 'vitest';
import { el, type Element } from '../../../src/base/xml/element.ts';
import type { Host } from '../../../src/core/kernel/model.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { CLOSE, CONNECT, END, headerItem, wireText } from '../../../src/core/xmpp/wire.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import { externalService } from '../../../src/scenarios/xmpp/external-service.ts';
import { play } from './host.ts';

test('§3: header, id, digest of id and secret, and both may send', () => {
  const { sent } = play(externalService);
  const rules = sent.map(({ rule }) => rule).filter((rule) => rule.startsWith('xep-0114'));
  expect(rules).toEqual(
    ['connect', 'accepted', 'header', 'not-connected', 'response-header', 'handshake', 'welcome'].map((name) => `xep-0114/3/${name}`),
  );
  const header = sent.find(({ rule }) => rule === 'xep-0114/3/response-header')!;
  const proof = sent.find(({ rule }) => rule === 'xep-0114/3/handshake')!;
  // §3, example 3: lower-case hexadecimal SHA-1.
  expect(header.stanza.attrs['id']).not.toBe('');
  expect(String(proof.stanza.children[0])).toMatch(/^[0-9a-f]{40}$/);
});

test('stanzas are in the namespace of the stream, and in that of the client behind it', () => {
  const { sent } = play(externalService);
  const reflected = sent.filter(({ rule }) => rule === 'xep-0045/7.4/reflect');
  expect(reflected.map(({ stanza }) => stanza.ns)).toEqual(['jabber:component:accept', 'jabber:component:accept']);
  const told = sent.filter(({ stanza, to }) => stanza.attrs['id'] === 'tea' && to.includes('/'));
  expect(told.map(({ stanza }) => stanza.ns)).toEqual(['jabber:client', 'jabber:client']);
});

test('what is for a service that is not connected comes back: try again later', () => {
  const { sent } = play(externalService);
  const refused = sent.find(({ rule }) => rule === 'xep-0114/3/not-connected')!;
  expect(refused.xml).toContain("<error type='wait'><service-unavailable");
  expect(refused.to).toBe('alice@wonderland.lit/tea');
});

/** The server alone, spoken to on the link of its service; or the service alone, on that of its server. */
function alone(place: 'server' | 'service') {
  const model = createXmppWorld(externalService, {});
  const { entities, links } = model.stage;
  const [server, service] = ['wonderland.lit', 'rooms.wonderland.lit'].map((name) => entities.jid.indexOf(name)) as [number, number];
  const [from, to] = place === 'server' ? [service, server] : [server, service];
  const link = links.from.findIndex((f, i) => f === from && links.to[i] === to);
  const silences: string[] = [];
  const timers: number[] = [];
  let back: Element[] = [];
  const host: Host = {
    tick: 0,
    send: ({ stanza }) => back.push(stanza),
    timer: (_entity, delay) => void timers.push(delay),
    silence: (_entity, rule) => void silences.push(rule),
    show: () => undefined,
    showLink: () => undefined,
    reached: () => undefined,
  };
  const say = (...items: readonly Element[]): readonly string[] => {
    back = [];
    for (const stanza of items) model.arrive(host, { id: 0, from, to, link, kind: 0, stanza });
    return back.map((item) => wireText(item, 'jabber:component:accept') || item.name);
  };
  return { say, silences, timers };
}
const header = (to: string): Element => headerItem('jabber:component:accept', { to });

test('§3: with the wrong digest the stream ends with not-authorized; before it, nothing is taken', () => {
  const { say, silences } = alone('server');
  say(CONNECT, header('rooms.wonderland.lit'));
  expect(say(el('message', NS.component, { from: 'rooms.wonderland.lit', to: 'alice@wonderland.lit' }))).toEqual([]);
  expect(silences).toEqual(['xep-0114/3/early']);
  expect(say(el('handshake', NS.component, {}, '0'.repeat(40)))).toEqual([
    "<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>",
    '</stream:stream>',
    'close',
  ]);
  expect(say(el('handshake', NS.component, {}, '0'.repeat(40)))).toEqual([]);
});

test('§3: a domain that the server has no service for is host-unknown', () => {
  const { say } = alone('server');
  const [, , error] = say(CONNECT, header('other.wonderland.lit'));
  expect(error).toBe("<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
});

test('a stream that is ended is ended from both sides', () => {
  const { say } = alone('server');
  say(CONNECT, header('rooms.wonderland.lit'));
  expect(say(END)).toEqual(['</stream:stream>', 'close']);
});

test('a service that is cut off tries again after five seconds', () => {
  const { say, timers } = alone('service');
  expect(say(CONNECT)[0]).toContain("to='rooms.wonderland.lit'");
  expect(say(CLOSE)).toEqual([]);
  expect(timers).toEqual([5_000_000]);
});
