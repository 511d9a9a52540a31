/**
 * Streams between servers: RFC 6120 §4 for both sides of each. Every domain has streams of its own, and each carries stanzas one way; what is
 * negotiated on it is the modules': `s2s-in/NAMESPACE:NAME` at the side that took the connection, `s2s-out/…` at the one that opened it.
 */
import { tryParseJid } from '../../../base/jid.ts';
import { el, withAttrs, type Element } from '../../../base/xml/element.ts';
import { cutRules } from '../cuts.ts';
import { rule, type Context, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { isStanza } from '../stanza.ts';
import { CLOSE, CONNECT, END, headerItem, isHeader, isWire, wireText, WIRE } from '../wire.ts';
import { receiveFromHost } from './receive.ts';
import { giveUp, keepOutbound, nextConnection, outboundTo, TIMEOUT } from './s2s-out.ts';
import { dropStream, endStream, keepStream, newStream, streamOn, streamRules, streams, type Stream } from './streams.ts';

export const s2sRules = {
  accepted: rule(
    'rfc-6120/3/s2s-accepted',
    'RFC 6120 §3',
    'The server takes the connection of another one: something may be said on it now.',
  ),
  header: rule(
    'rfc-6120/4.7/s2s-header',
    'RFC 6120 §4.7',
    'The connection is up, so the server that opened it begins the stream: from which domain, to which one.',
  ),
  answer: rule(
    'rfc-6120/4.7/s2s-response-header',
    'RFC 6120 §4.7',
    'The server answers with a header of its own and gives the stream an id, of which dialback makes use.',
  ),
  features: rule(
    'rfc-6120/4.3.2/s2s-features',
    'RFC 6120 §4.3.2',
    'After its header the server says how the other one may prove who it is.',
  ),
  error: rule(
    'rfc-6120/4.9.1/s2s-stream-error',
    'RFC 6120 §4.9.1',
    'A stream error cannot be mended: it is told, the stream is ended and the connection closed.',
  ),
  passedOver: rule('rfc-6120/4.6.1/s2s-white-space', 'RFC 6120 §4.6.1', 'White space only keeps the connection alive.'),
  late: rule('rfc-6120/4.4/s2s-late', 'RFC 6120 §4.4', 'No stream is up on this connection any more, so this is not looked at.'),
};

/** At the side that took the connection. @param link on which it answers. */
export function receiveFromOpener(context: Context, item: Element, link: number): void {
  if (isWire(item, 'connect')) {
    const number = nextConnection(context);
    keepStream(context, { ...newStream(link, 's2s-in', context.party.name), number });
    context.put(link, CONNECT, s2sRules.accepted);
    context.later(TIMEOUT, 's2s-timeout', number);
    return;
  }
  const stream = streamOn(context, link);
  if (!stream) return void context.drop(s2sRules.late);
  if (isHeader(item)) answerHeader(context, stream, item);
  else if (!common(context, stream, item)) {
    if (stream.phase !== 'open') closeLink(context, stream, 'not-well-formed');
    else if (isStanza(item)) receiveStanza(context, stream, item);
    else closeLink(context, stream, 'unsupported-stanza-type');
  }
}

/** At the side that opened it. */
export function receiveFromTaker(context: Context, item: Element, link: number): void {
  const stream = streamOn(context, link);
  if (!stream) return void context.drop(s2sRules.late);
  if (stream.phase === 'connecting') {
    if (isWire(item, 'connect')) beginStream(context, stream);
    else if (isWire(item, 'refused')) ended(context, stream, 'connection refused');
    else context.drop(s2sRules.late);
  } else if (isHeader(item)) {
    const { id = '', 'xml:lang': lang = '' } = item.attrs;
    const out = outboundTo(context, stream.remote);
    if (out) keepOutbound(context, { ...out, answered: true });
    const opened = { content: item.attrs['xmlns'] ?? NS.server, prefixes: { stream: NS.streams } };
    if (id === '') closeLink(context, stream, 'undefined-condition', 'Missing stream ID');
    else keepStream(context, { ...stream, id, lang, opened, phase: 'open' });
  } else if (!common(context, stream, item)) {
    // Each direction has a stream of its own, so nothing but answers may come here.
    closeLink(context, stream, isStanza(item) ? 'not-authorized' : 'unsupported-stanza-type');
  }
}

/** What is the same on both sides. Answers whether it was dealt with. */
function common(context: Context, stream: Stream, item: Element): boolean {
  if (isWire(item, 'close') || isWire(item, 'reset')) ended(context, stream, 'closed');
  else if (isWire(item, END.name)) answerEnd(context, stream, 'stream closed');
  else if (item.ns === NS.streams && item.name === 'error') answerEnd(context, stream, wordsOf(item));
  else if (isWire(item, 'text')) {
    if (wireText(item, NS.server).trim() === '') context.drop(s2sRules.passedOver);
    else closeLink(context, stream, 'not-well-formed');
  } else {
    if (item.ns !== WIRE && stream.phase !== 'open') return false;
    const event: StanzaEvent = { stanza: item, to: context.party.jid, from: context.party.jid, stream };
    return context.fire([`${stream.kind}/${item.ns}:${item.name}`], event);
  }
  return true;
}

/** The opener's header; after TLS and after SASL once more. */
export function beginStream(context: Context, stream: Stream): void {
  keepStream(context, { ...stream, phase: 'connected', id: '', opened: undefined });
  const attrs = { from: stream.host, to: stream.remote, id: '', version: '1.0', 'xml:lang': 'en' };
  context.put(stream.link, headerItem(NS.server, attrs), s2sRules.header);
}

function answerHeader(context: Context, stream: Stream, { attrs }: Element): void {
  const { to, from, version, 'xml:lang': lang = '' } = attrs;
  const [host, remote] = [tryParseJid(to ?? '')?.domain, tryParseJid(from ?? '')?.domain];
  if (host === undefined || remote === undefined) return closeLink(context, stream, 'improper-addressing');
  if (stream.remote !== '' && remote !== stream.remote)
    return closeLink(context, stream, 'improper-addressing', "New stream 'from' attribute does not match original");
  if (remote === context.party.name || context.wayTo(remote) === 'link')
    return closeLink(context, stream, 'undefined-condition', 'Attempt to connect from a host we serve');
  const opened = { content: attrs['xmlns'] ?? NS.server, prefixes: { stream: NS.streams } };
  const now = keepStream(context, { ...stream, host, remote, lang, opened, id: context.makeId('stream'), phase: 'open' });
  putHeader(context, now, version !== undefined);
  if (host !== context.party.name) return closeLink(context, now, 'host-unknown', `This host does not serve ${to}`);
  if (version === undefined) return;
  const features = context.modules.flatMap((m) => m.hostFeatures?.(context, now) ?? []);
  context.put(stream.link, el('features', NS.streams, {}, ...features), s2sRules.features);
}

function putHeader(context: Context, { link, host, remote, id }: Stream, versioned: boolean): void {
  const attrs = { from: host, to: remote || undefined, id, version: versioned ? '1.0' : undefined, 'xml:lang': 'en' };
  context.put(link, headerItem(NS.server, attrs), s2sRules.answer);
}

/** §8.1.1.2, §8.1.2.2: from the domain that has proved to be who it is, for one that is served here. The conditions are Prosody's. */
function receiveStanza(context: Context, stream: Stream, stanza: Element): void {
  const [to, from] = [tryParseJid(stanza.attrs['to'] ?? ''), tryParseJid(stanza.attrs['from'] ?? '')];
  const rfc = context.profile === 'rfc';
  if (!to || !from) closeLink(context, stream, 'improper-addressing');
  else if (stream.user === '') closeLink(context, stream, 'not-authorized');
  else if (from.domain !== stream.user) closeLink(context, stream, rfc ? 'invalid-from' : 'not-authorized');
  else if (context.wayTo(to.domain) !== 'here') closeLink(context, stream, 'host-unknown');
  else {
    const said = stream.lang !== '' && stanza.attrs['xml:lang'] === undefined ? withAttrs(stanza, { 'xml:lang': stream.lang }) : stanza;
    receiveFromHost(context, said, stream.user, to, from);
  }
}

/** The other side ends the stream: it is answered in kind. */
function answerEnd(context: Context, stream: Stream, reason: string): void {
  endStream(context, stream, streamRules.closed);
  ended(context, stream, reason);
}

/** A stream error, or none, from this side. @param reason in the words of an error to those who wait, where those of the stream error do not tell. */
export function closeLink(context: Context, stream: Stream, condition: string, text?: string, reason = text ?? condition): void {
  // Before TCP is up nothing can be said.
  if (stream.phase === 'connecting') {
    context.put(stream.link, CLOSE, s2sRules.error);
    return ended(context, stream, reason);
  }
  if (stream.phase === 'connected' && stream.kind === 's2s-in') putHeader(context, stream, true);
  const content = [el(condition, NS.streamErrors)];
  if (text !== undefined) content.push(el('text', NS.streamErrors, {}, text));
  endStream(context, stream, s2sRules.error, el('error', NS.streams, {}, ...content));
  ended(context, stream, reason);
}

/** The network to those domains is cut. */
export function breakStreams(context: Context, domains: readonly string[]): void {
  for (const stream of Object.values(context.get(streams))) {
    if (stream.kind === 'c2s' || stream.kind === 'component' || !domains.includes(stream.remote)) continue;
    context.decline(cutRules.broken);
    ended(context, stream, 'No route to host');
  }
}

/** The stream is over, whoever ended it. */
function ended(context: Context, stream: Stream, reason: string): void {
  dropStream(context, stream);
  const out = stream.kind === 's2s-out' ? outboundTo(context, stream.remote) : undefined;
  if (out?.number === stream.number) giveUp(context, out, reason);
}

/** A stream error as Prosody repeats it. */
function wordsOf(error: Element): string {
  const parts = error.children.filter((c): c is Element => typeof c !== 'string');
  const condition = parts.find((c) => c.name !== 'text')?.name ?? 'undefined-condition';
  const text = parts.find((c) => c.name === 'text')?.children.join('') ?? '';
  return text === '' ? condition : `${condition} (${text})`;
}
