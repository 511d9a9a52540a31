/** The stream of a client, its own side: how far it has come, and what goes up it. RFC 6120 §4. */
import { parseJid, tryParseJid, type Jid } from '../../../base/jid.ts';
import { InputError } from '../../../base/result.ts';
import { frame, frameDocument } from '../../../base/xml/framer.ts';
import type { Element } from '../../../base/xml/element.ts';
import type { Login } from '../../../protocol/scenario.ts';
import type { Rule } from '../../kernel/model.ts';
import { rule, type Context } from '../module.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';
import { isStanza } from '../stanza.ts';
import { END, headerItem, textItem } from '../wire.ts';

/** The latest first. */
export interface Received {
  readonly text: string;
  readonly before: Received | undefined;
}

export interface ClientStream {
  readonly phase: 'none' | 'connected' | 'open' | 'bound' | 'closed';
  /** The address that is bound; empty before. */
  readonly full: string;
  readonly secure: boolean;
  /** What it does by itself when the server's next item comes; `undefined` where a script writes everything. */
  readonly login: { readonly as: Login; readonly stage: string; readonly kept: string } | undefined;
  /** Kept only where something is to be saved from it. */
  readonly received: Received | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

export const clientStream = slice<ClientStream>('stream', {
  phase: 'none',
  full: '',
  secure: false,
  login: undefined,
  received: undefined,
  variables: {},
});
export const upFromTheBeginning = (full: string): ClientStream => ({ ...clientStream.initial, phase: 'bound', full });

export function changeStream(context: Context, change: Partial<ClientStream>): ClientStream {
  const now = { ...context.get(clientStream), ...change };
  context.set(clientStream, now);
  return now;
}

/** Its address as far as it is known: without a resource before one is bound. */
export function ownJid(context: Context): Jid {
  const { full } = context.get(clientStream);
  return full === '' ? { ...context.party.jid, resource: '' } : parseJid(full);
}

export const clientStreamRules = {
  connect: rule(
    'rfc-6120/3/connect',
    'RFC 6120 §3',
    'The client opens a connection to its server; nothing has been said on it yet. TCP’s own handshake is shown as one step there and one back.',
  ),
  header: rule(
    'rfc-6120/4.7/header',
    'RFC 6120 §4.7',
    'The client begins a stream on the connection, and names the domain that it is for.',
  ),
  end: rule(
    'rfc-6120/4.4/end',
    'RFC 6120 §4.4',
    'The client ends its stream in good order: the server will end its own, and close the connection.',
  ),
  dropped: rule('rfc-6120/4.4/dropped', 'RFC 6120 §4.4, §13.3', 'The client’s connection is gone without the stream’s end.'),
  closed: rule('rfc-6120/4.4/write-after-close', 'RFC 6120 §4.4', 'The connection is closed already: the client can send nothing on it.'),
};

const upLink = (context: Context): number => context.party.links.get(context.party.jid.domain) ?? -1;

/** Nothing leaves on a connection that is closed, and this is said. */
export function sendUp(context: Context, item: Element, why: Rule): void {
  if (context.get(clientStream).phase === 'closed') context.decline(clientStreamRules.closed);
  else context.put(upLink(context), item, why);
}

/** The client has nothing more to do with its connection. @param how the stream is ended; or the connection closed or reset without that. */
export function dropConnection(context: Context, how: Element): void {
  if (context.get(clientStream).phase === 'closed') return;
  sendUp(context, how, how === END ? clientStreamRules.end : clientStreamRules.dropped);
  changeStream(context, { phase: 'closed', login: undefined });
}

export function sendHeader(context: Context, why: Rule = clientStreamRules.header): void {
  const { domain } = context.party.jid;
  const lang = context.party.client.transport === 'tcp' ? { 'xml:lang': 'en' } : {};
  sendUp(context, headerItem(NS.client, { to: domain, version: '1.0', ...lang }), why);
}

export const TYPED = rule(
  'console/typed',
  'the console',
  'A person typed this for the client to send, word for word. The client takes note of it as of what it sends by itself, and adds nothing to it.',
);

/** What is typed goes out in whole items, as far as it has them; the rest as it is. */
export function sendTyped(context: Context, text: string, why: Rule): void {
  for (const item of itemsOf(text, context.party.client.transport)) sendUp(context, item, why);
}

/** The same by a person's hand: joins and requests are noted, so that the client understands what comes of them. */
export function sendByHand(context: Context, text: string): void {
  for (const item of itemsOf(text, context.party.client.transport)) {
    if (isStanza(item)) {
      const to = tryParseJid(item.attrs['to'] ?? '') ?? { ...context.party.jid, resource: '' };
      // What habits would add is left out: it is sent as it stands.
      const noted = NOTED.has(item.name) ? `sent-${item.name}` : `sent-${item.name}/by-hand`;
      context.decorate(noted, { stanza: item, to, from: ownJid(context) });
    }
    sendUp(context, item, TYPED);
  }
}
const NOTED: ReadonlySet<string> = new Set(['presence', 'iq']);

function itemsOf(text: string, transport: 'tcp' | 'websocket'): Element[] {
  if (transport === 'websocket') {
    try {
      const item = frameDocument(text);
      return item.ns === NS.framing && item.name === 'close' ? [END] : item.ns === NS.framing ? [textItem(text)] : [item];
    } catch (error) {
      if (error instanceof InputError) return [textItem(text)];
      throw error;
    }
  }
  const { items, rest, error } = frame(text, { content: NS.client, prefixes: { stream: NS.streams } });
  const left = error?.rest ?? rest;
  const whole = items.map((i) => (i.type === 'element' ? i.element : i.type === 'end' ? END : textItem(i.type === 'text' ? i.text : '')));
  return left === '' ? whole : [...whole, textItem(left)];
}
