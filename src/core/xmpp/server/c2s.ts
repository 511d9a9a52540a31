/**
 * A client's stream, the server's side: RFC 6120 §4 (header, features, errors, end) and RFC 7395 over WebSocket. What is negotiated on it — TLS, SASL,
 * binding — is the modules': `stream/NAMESPACE:NAME` is their event. As Prosody does it: the header is answered before an error is told, any
 * default namespace is taken, text between elements is passed over.
 */
import { parseJid, tryParseJid } from '../../../base/jid.ts';
import { InputError } from '../../../base/result.ts';
import { frame, frameDocument, type Framed } from '../../../base/xml/framer.ts';
import { el, renamespace, withAttrs, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type StanzaEvent } from '../module.ts';
import { errorOf, mayBounce } from '../errors.ts';
import { NS } from '../namespaces.ts';
import { isStanza } from '../stanza.ts';
import { CLOSE, CONNECT, END, headerItem, isHeader, isWire, RESET, TLS, WIRE, wireText, type Transport } from '../wire.ts';
import { abandonSasl } from '../sasl/server.ts';
import { receiveFromSession } from './receive.ts';
import { removeSession, sessionAt, type Session } from './sessions.ts';
import { dropStream, endStream, keepStream, newStream, streamOn, streamRules, type Stream } from './streams.ts';

/** Characters of one stanza: Prosody's limit for clients. */
const SIZE_LIMIT = 256 * 1024;

export const c2sRules = {
  accepted: rule('rfc-6120/3/accepted', 'RFC 6120 §3', 'The server takes the connection: something may be said on it now.'),
  header: rule(
    'rfc-6120/4.7/response-header',
    'RFC 6120 §4.7',
    'The server answers the stream’s header with its own: it gives the stream an id and names itself.',
  ),
  features: rule(
    'rfc-6120/4.3.2/features',
    'RFC 6120 §4.3.2',
    'After its header the server says what may be negotiated now: the features of the modules that are loaded.',
  ),
  error: rule(
    'rfc-6120/4.9.1/stream-error',
    'RFC 6120 §4.9.1',
    'A stream error cannot be mended: it is told, the stream is ended and the connection closed.',
  ),
  passedOver: rule(
    'rfc-6120/4.6.1/white-space',
    'RFC 6120 §4.6.1',
    'White space between stanzas keeps the connection alive, and says nothing else. Prosody passes over other text there, too.',
  ),
  late: rule('rfc-6120/4.4/after-end', 'RFC 6120 §4.4', 'The stream has ended: what comes after that is not looked at.'),
  unbound: rule(
    'rfc-6120/7.1/unbound',
    'RFC 6120 §7.1',
    'No resource is bound on this stream yet, so it can send no stanzas. Prosody answers by an error and goes on.',
  ),
};

const TEXTS: Readonly<Record<string, string>> = { 'policy-violation': 'XML stanza is too big' };

/** @param link on which the server sends to this client. */
export function receiveFromClient(context: Context, item: Element, link: number, transport: Transport): void {
  if (isWire(item, 'connect')) {
    const left = streamOn(context, link);
    if (left) endSession(context, left);
    // Under a WebSocket is TLS already (wss), so that none is offered on it (RFC 7395 §3.9).
    const stream = keepStream(context, { ...newStream(link, 'c2s', ''), secure: transport === 'websocket' });
    abandonSasl(context, stream);
    context.put(link, CONNECT, c2sRules.accepted);
    return;
  }
  const stream = streamOn(context, link);
  if (!stream) {
    context.drop(c2sRules.late);
    return;
  }
  if (item.ns === CLOSE.ns && (item.name === CLOSE.name || item.name === RESET.name)) {
    endSession(context, stream);
    dropStream(context, stream);
    return;
  }
  // Whatever comes is a sign of life, white space too (XEP-0352).
  if (stream.full !== '') context.fire(['from-client'], ofSession(stream, item));
  if (isWire(item, 'text') || stream.buffer !== '') receiveText(context, stream, wireText(item, NS.client, transport), transport);
  else if (isHeader(item))
    receiveHeader(context, stream, { type: 'header', element: item, content: item.attrs['xmlns'] ?? '', prefixes: {} });
  else if (isWire(item, END.name)) receiveEnd(context, stream);
  else receiveElement(context, stream, item);
}

function receiveText(context: Context, stream: Stream, text: string, transport: Transport): void {
  if (transport === 'websocket' && context.profile === 'rfc') {
    receiveFrame(context, stream, text);
    return;
  }
  // Prosody reads frames as pieces of one stream: half a stanza waits for the rest, and a header of TCP's kind will do.
  const header = /^\s*<(?:\?xml|stream:)/.test(text);
  const opened = transport === 'websocket' && !header ? { content: NS.client, prefixes: {} } : stream.opened;
  const framing = frame(stream.buffer + text, opened, SIZE_LIMIT);
  let now: Stream | undefined = keepStream(context, { ...stream, buffer: framing.rest });
  for (const item of framing.items) {
    if (item.type === 'header') receiveHeader(context, now, item);
    else if (item.type === 'element') receiveElement(context, now, item.element);
    else if (item.type === 'end') receiveEnd(context, now);
    else context.decline(c2sRules.passedOver);
    now = streamOn(context, stream.link);
    // What follows a restart is framed anew, and what follows an end is not looked at.
    if (!now) return;
  }
  if (framing.error) {
    const { condition } = framing.error;
    // Prosody has one word for whatever its parser refuses.
    const told = condition === 'restricted-xml' && context.profile === 'prosody' ? 'not-well-formed' : condition;
    streamError(context, now, told, TEXTS[told]);
  }
}

function receiveFrame(context: Context, stream: Stream, text: string): void {
  let item: Element;
  try {
    item = frameDocument(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    streamError(context, stream, 'not-well-formed');
    return;
  }
  receiveElement(context, stream, item);
}

/** RFC 7395 §3.3.2: it has a header's attributes. */
const openHeader = (open: Element): Header => ({
  type: 'header',
  element: { ...open, name: 'stream', ns: NS.streams },
  content: NS.client,
  prefixes: {},
});

type Header = Extract<Framed, { type: 'header' }>;

/** §4.7: its attributes are judged in Prosody's order. */
function receiveHeader(context: Context, stream: Stream, { element, content, prefixes }: Header): void {
  const { to, version, 'xml:lang': lang = '' } = element.attrs;
  const opened = { content: content || NS.client, prefixes: { stream: NS.streams, ...prefixes } };
  if (element.ns !== NS.streams || element.name !== 'stream') return streamError(context, stream, 'invalid-namespace');
  const host = to === undefined ? undefined : tryParseJid(to);
  if (to === undefined) return streamError(context, stream, 'improper-addressing', "A 'to' attribute is required on stream headers");
  const answered = answerHeader(context, { ...stream, opened, lang, host: host?.domain ?? to, phase: 'open' }, version !== undefined);
  if (host?.domain !== context.party.name) return streamError(context, answered, 'host-unknown', `This server does not serve ${to}`);
  offerFeatures(context, answered);
}

/** §4.3.2: what may be negotiated now. */
export function offerFeatures(context: Context, stream: Stream): void {
  const features = context.modules.flatMap((m) => m.streamFeatures?.(context, stream) ?? []);
  context.put(stream.link, el('features', NS.streams, {}, ...features), c2sRules.features);
}

/** The server's own header. An id is made for each, so also after SASL. */
function answerHeader(context: Context, stream: Stream, versioned: boolean): Stream {
  const id = context.makeId('stream');
  const attrs = { from: stream.host, id, version: versioned ? '1.0' : undefined, 'xml:lang': 'en' };
  context.put(stream.link, headerItem(NS.client, attrs), c2sRules.header);
  return keepStream(context, { ...stream, id });
}

function receiveEnd(context: Context, stream: Stream): void {
  if (stream.full !== '') context.fire(['session-close'], ofSession(stream, END));
  endSession(context, stream);
  const now = streamOn(context, stream.link);
  if (now) endStream(context, now, streamRules.closed);
}

function receiveElement(context: Context, stream: Stream, element: Element): void {
  if (element.ns === NS.framing) {
    if (element.name === 'open') receiveHeader(context, stream, openHeader(element));
    else receiveEnd(context, stream);
    return;
  }
  if (isWire(element, TLS.name))
    return void context.fire([`stream/${WIRE}:tls`], { stanza: element, to: context.party.jid, from: context.party.jid, stream });
  if (stream.phase !== 'open') return streamError(context, stream, 'not-well-formed');
  if (element.ns === NS.streams && element.name === 'error') return receiveEnd(context, stream);
  // Whatever default namespace the header had, its stanzas are the client's.
  const stanza = stream.opened && element.ns === stream.opened.content ? renamespace(element, element.ns, NS.client) : element;
  const account = parseJid(stream.user === '' ? stream.host : stream.full || `${stream.user}@${stream.host}`);
  const event: StanzaEvent = { stanza, to: parseJid(stream.host), from: account, stream };
  // Each stanza of a bound stream, whatever becomes of it: XEP-0198 counts them.
  const isOurs = isStanza(stanza) && stanza.ns === NS.client;
  if (stream.full !== '' && isOurs) context.fire(['from-session'], ofSession(stream, stanza));
  if (context.fire([`stream/${stanza.ns}:${stanza.name}`], event)) return;
  if (!isOurs) return streamError(context, stream, 'unsupported-stanza-type');
  if (stream.full === '') {
    if (!context.fire([`unbound/${stanza.name}`], event)) refuse(context, stream, stanza);
    return;
  }
  const said = stream.lang !== '' && stanza.attrs['xml:lang'] === undefined ? withAttrs(stanza, { 'xml:lang': stream.lang }) : stanza;
  receiveFromSession(context, said, parseJid(stream.full), stream);
}

/** An error on the stream itself: nobody is bound whom it could be addressed to. By §7.1 it is the end of the stream. */
function refuse(context: Context, stream: Stream, stanza: Element): void {
  if (context.profile === 'rfc') return streamError(context, stream, 'not-authorized');
  if (mayBounce(stanza)) context.put(stream.link, errorOf(stanza, 'service-unavailable'), c2sRules.unbound, -1, context.row);
  else context.drop(c2sRules.unbound);
}

/** §4.9.1.1, §4.9.1.2: it ends the stream; a header goes in front of it where none has been sent. */
export function streamError(context: Context, stream: Stream, condition: string, text?: string, ...more: readonly Element[]): void {
  if (stream.id === '') context.put(stream.link, headerItem(NS.client, { id: '', 'xml:lang': 'en' }), c2sRules.header);
  const content = [el(condition, NS.streamErrors)];
  if (text !== undefined) content.push(el('text', NS.streamErrors, {}, text));
  content.push(...more);
  if (stream.full !== '') context.fire(['session-close'], ofSession(stream, END));
  endSession(context, stream, `Disconnected: ${text ?? condition}`);
  endStream(context, stream, c2sRules.error, el('error', NS.streams, {}, ...content));
}

/** What comes on a stream, as an event of its session. */
const ofSession = (stream: Stream, stanza: Element): StanzaEvent => {
  const from = parseJid(stream.full);
  return { stanza, to: from, from, session: stream.full, stream };
};

/** The session of a stream that is over: others are told by the modules. @param reason in words, where it did not end in good order. */
function endSession(context: Context, stream: Stream, reason?: string): void {
  const session = stream.full === '' ? undefined : sessionAt(context, stream.full);
  if (!session || session.link !== stream.link) return;
  leaveSession(context, session, stream, reason);
}

/** As `endSession`, where no stream may be left (XEP-0198 keeps sessions without one). */
export function leaveSession(context: Context, session: Session, stream?: Stream, reason?: string): void {
  const from = parseJid(session.full);
  const event: StanzaEvent = {
    stanza: el('presence', NS.client, { type: 'unavailable', from: session.full }),
    to: from,
    from,
    session: session.full,
    stream,
    reason,
  };
  // A module may keep the session for a while (XEP-0198).
  if (context.fire(['session-end'], event)) return;
  removeSession(context, session);
}
