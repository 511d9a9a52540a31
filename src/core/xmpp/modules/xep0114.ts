/**
 * XEP-0114 Jabber Component Protocol 1.6 (2012-01-25, https://xmpp.org/extensions/xep-0114.html) §3: a service that is no part of its server connects to it, and proves by
 * a digest of the stream's id and a secret that it may speak for its domain. What is for a service that is not connected comes back, as Prosody has it, with
 * service-unavailable of the type `wait`. Simplified: a service that was cut off tries again every five seconds, for as long as the run lasts.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { utf8 } from '../../../base/utf8.ts';
import { el, textOf } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { receiveFromHost } from '../server/receive.ts';
import { dropStream, endStream, keepStream, newStream, streamOn } from '../server/streams.ts';
import { isStanza } from '../stanza.ts';
import { CONNECT, headerItem, isHeader, isWire } from '../wire.ts';

const TIMER = 'component-connect';
const RETRY = 5_000_000;

const rules = {
  connect: rule(
    'xep-0114/3/connect',
    'XEP-0114 §3',
    'The service is a program of its own, so it connects to the server whose domain it extends.',
  ),
  accepted: rule('xep-0114/3/accepted', 'XEP-0114 §3', 'The server takes the connection on the port that is for services.'),
  header: rule('xep-0114/3/header', 'XEP-0114 §3', 'The service opens a stream of its own kind, and names the domain that it wants to be.'),
  answer: rule('xep-0114/3/response-header', 'XEP-0114 §3', 'The server answers with an id, which the service needs to prove itself.'),
  handshake: rule(
    'xep-0114/3/handshake',
    'XEP-0114 §3',
    'The digest of the stream’s id and the secret that both know: the secret itself is never said.',
  ),
  welcome: rule(
    'xep-0114/3/welcome',
    'XEP-0114 §3',
    'The digest is right: from now on the service speaks for its domain, and stanzas go both ways.',
  ),
  refused: rule(
    'xep-0114/3/not-authorized',
    'XEP-0114 §3',
    'The digest is not that of the secret, so the stream ends with not-authorized.',
  ),
  unknown: rule(
    'xep-0114/3/host-unknown',
    'XEP-0114 §3',
    'The server is not told of a service with this domain, so the stream ends with host-unknown.',
  ),
  early: rule('xep-0114/3/early', 'XEP-0114 §3', 'Before the handshake nothing is taken from a service.'),
};

const isServer = (context: Context): boolean => context.party.place === 'server';
const digest = (id: string, secret: string): string => [...sha1(utf8(id + secret))].map((b) => b.toString(16).padStart(2, '0')).join('');

function connect(context: Context): void {
  const link = [...context.party.links.values()][0];
  if (link === undefined || streamOn(context, link)) return;
  keepStream(context, { ...newStream(link, 'component', context.party.name), phase: 'connecting' });
  context.put(link, CONNECT, rules.connect);
}

function item(context: Context, event: StanzaEvent): boolean {
  const { stanza, from } = event;
  const link = event.link!;
  if (isWire(stanza, 'connect')) return connected(context, link, from.domain);
  const stream = streamOn(context, link);
  if (isWire(stanza, 'close') || isWire(stanza, 'reset') || isWire(stanza, 'refused')) {
    if (stream) dropStream(context, stream);
    if (!isServer(context)) context.later(RETRY, TIMER);
    return true;
  }
  if (!stream) return context.drop(rules.early);
  if (isWire(stanza, 'end')) {
    endStream(context, stream);
    return true;
  }
  if (isHeader(stanza)) return opened(context, link, stanza.attrs);
  if (stanza.name === 'handshake' && stanza.ns === NS.component) return proved(context, link, textOf(stanza));
  if (!isStanza(stanza) || stream.user === '') return context.drop(rules.early);
  receiveFromHost(context, stanza, from.domain);
  return true;
}

function connected(context: Context, link: number, remote: string): true {
  const { name } = context.party;
  keepStream(context, { ...newStream(link, 'component', name), remote });
  if (isServer(context)) context.put(link, CONNECT, rules.accepted);
  else context.put(link, headerItem('jabber:component:accept', { to: name }), rules.header);
  return true;
}

function opened(context: Context, link: number, attrs: Readonly<Record<string, string>>): true {
  const stream = streamOn(context, link)!;
  const { secrets } = context.party.host;
  if (!isServer(context)) {
    const id = attrs['id'] ?? '';
    keepStream(context, { ...stream, phase: 'open', id });
    context.put(link, el('handshake', NS.component, {}, digest(id, secrets[context.party.name] ?? '')), rules.handshake);
    return true;
  }
  const id = context.makeId('stream');
  const open = keepStream(context, { ...stream, phase: 'open', id });
  context.put(link, headerItem('jabber:component:accept', { from: attrs['to'], id }), rules.answer);
  if (attrs['to'] !== stream.remote || secrets[stream.remote] === undefined)
    endStream(context, open, rules.unknown, el('error', NS.streams, {}, el('host-unknown', NS.streamErrors)));
  return true;
}

/** To the service: it is welcome. To the server: the proof. */
function proved(context: Context, link: number, text: string): true {
  const stream = streamOn(context, link)!;
  if (!isServer(context)) {
    keepStream(context, { ...stream, user: stream.remote });
    return true;
  }
  if (stream.phase !== 'open' || text !== digest(stream.id, context.party.host.secrets[stream.remote] ?? '')) {
    endStream(context, stream, rules.refused, el('error', NS.streams, {}, el('not-authorized', NS.streamErrors)));
    return true;
  }
  keepStream(context, { ...stream, user: stream.remote });
  context.put(link, el('handshake', NS.component), rules.welcome);
  return true;
}

export const xep0114: Module = {
  id: 'xep-0114',
  title: 'External services',
  spec: 'XEP-0114',
  version: '1.6',
  places: ['server', 'muc', 'mix', 'pubsub', 'upload'],
  rules,
  timers: [{ name: TIMER, summary: 'connects to its server', run: connect }],
  hooks: [{ event: 'component/item', run: item }],
};
