/** The streams of a host: what has been negotiated on each. RFC 6120 §4. */
import { formatJid, type Jid } from '../../../base/jid.ts';
import type { Opened } from '../../../base/xml/framer.ts';
import type { Element } from '../../../base/xml/element.ts';
import type { Rule } from '../../kernel/model.ts';
import { rule, type Context } from '../module.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';
import { CLOSE, END } from '../wire.ts';

export interface Stream {
  /** The link on which this host sends. */
  readonly link: number;
  readonly kind: 'c2s' | 's2s-in' | 's2s-out' | 'component';
  /** TCP is being opened; it is up; a header has come (and was answered, where it was the other side's to begin); this host has ended the stream. */
  readonly phase: 'connecting' | 'connected' | 'open' | 'ended';
  /** What did not make a whole item yet. */
  readonly buffer: string;
  /** What the other side's header declared. */
  readonly opened: Opened | undefined;
  readonly id: string;
  /** `xml:lang` of the other side's header. */
  readonly lang: string;
  /** The domain of this host that it is for. */
  readonly host: string;
  /** The domain at the other end, as far as it has said so; only of meaning between servers. */
  readonly remote: string;
  /** Between servers: which of this host's connections it is, and the dialback key that was given on it. */
  readonly number: number;
  readonly key: string;
  readonly secure: boolean;
  /** Who has proved to be who they are: an account's name or a domain; empty before. */
  readonly user: string;
  /** The full address that is bound; empty before. */
  readonly full: string;
}

/** By the link on which the host sends. */
export const streams = slice<Readonly<Record<number, Stream>>>('streams', {});

export const newStream = (link: number, kind: Stream['kind'], host: string): Stream => ({
  link,
  kind,
  phase: 'connected',
  buffer: '',
  opened: undefined,
  id: '',
  lang: '',
  host,
  remote: '',
  number: 0,
  key: '',
  secure: false,
  user: '',
  full: '',
});

/** One that is up and bound from the beginning. */
export const boundStream = (link: number, host: string, full: Jid): Stream => ({
  ...newStream(link, 'c2s', host),
  phase: 'open',
  opened: { content: NS.client, prefixes: { stream: NS.streams } },
  user: full.local,
  full: formatJid(full),
});

export const streamOn = (context: Pick<Context, 'get'>, link: number): Stream | undefined => context.get(streams)[link];

export function keepStream(context: Context, stream: Stream): Stream {
  context.set(streams, { ...context.get(streams), [stream.link]: stream });
  return stream;
}

export function dropStream(context: Context, stream: Stream): void {
  const { [stream.link]: gone, ...rest } = context.get(streams);
  if (gone) context.set(streams, rest);
}

export const streamRules = {
  closed: rule(
    'rfc-6120/4.4/close',
    'RFC 6120 §4.4',
    'The stream is ended by its closing tag; whoever did not begin that answers with its own, and then the connection is closed.',
  ),
};

/** The closing tag, then the connection. */
export function endStream(context: Context, stream: Stream, why: Rule = streamRules.closed, ...before: readonly Element[]): void {
  for (const item of [...before, END, CLOSE]) context.put(stream.link, item, why);
  dropStream(context, stream);
}
