/** The connected resources of a server's own users, with the presence that each has sent last. RFC 6121 §4. */
import { bareOf, tryParseJid } from '../../../base/jid.ts';
import type { Element } from '../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../module.ts';
import { slice } from '../slice.ts';

export interface Session {
  /** Full address. */
  readonly full: string;
  readonly bare: string;
  /** The link down to the client. */
  readonly link: number;
  /** What it broadcast last, as the server stamped it; `null` while it is not available. */
  readonly presence: Element | null;
  /** When it did. */
  readonly since: number;
  /** From −128 to 127; only of meaning while available. */
  readonly priority: number;
  /** Addresses that were told of it directly and must be told when it goes (§4.6.3). */
  readonly directed: readonly string[];
  /** It has asked for the roster, and is sent its changes (§2.1.6). */
  readonly interested: boolean;
  /** Ids of the latest changes that it has not confirmed. */
  readonly pushes: readonly string[];
}

/** By account, those of each in the order in which they were bound. */
export const sessions = slice<Readonly<Record<string, readonly Session[]>>>('sessions', {});

/** A stream that is bound, before any presence. */
export const boundSession = (full: string, bare: string, link: number): Session => ({
  full,
  bare,
  link,
  presence: null,
  since: 0,
  priority: 0,
  directed: [],
  interested: false,
  pushes: [],
});

export const sessionsOf = (context: Pick<Context, 'get'>, bare: string): readonly Session[] => context.get(sessions)[bare] ?? [];

/** Those of an account that are available. */
export const availableOf = (context: Context, bare: string): readonly Session[] =>
  sessionsOf(context, bare).filter((s) => s.presence !== null);

export function sessionAt(context: Pick<Context, 'get'>, full: string): Session | undefined {
  const jid = tryParseJid(full);
  if (jid === undefined || jid.resource === '') return undefined;
  for (const s of sessionsOf(context, bareOf(jid))) if (s.full === full) return s;
  return undefined;
}

/** The session of this server that sent the stanza. */
export const senderOf = (context: Context, event: StanzaEvent): Session | undefined =>
  event.session === undefined ? undefined : sessionAt(context, event.session);

/** Changes it in its place, or adds it. */
export function keepSession(context: Context, changed: Session): void {
  const own = sessionsOf(context, changed.bare);
  const known = own.some((s) => s.full === changed.full);
  const next = known ? own.map((s) => (s.full === changed.full ? changed : s)) : [...own, changed];
  context.set(sessions, { ...context.get(sessions), [changed.bare]: next });
}

export function removeSession(context: Context, gone: Session): void {
  const { [gone.bare]: own = [], ...rest } = context.get(sessions);
  const left = own.filter((s) => s.full !== gone.full);
  context.set(sessions, left.length > 0 ? { ...rest, [gone.bare]: left } : rest);
}
