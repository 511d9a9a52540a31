/** The connected resources of a server's own users, with the presence that each has sent last. RFC 6121 §4. */
import type { Element } from '../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../module.ts';
import { slice } from '../slice.ts';

export interface Session {
  /** Full address. */
  readonly full: string;
  readonly bare: string;
  /** What it broadcast last, as the server stamped it; `null` while it is not available. */
  readonly presence: Element | null;
  /** When it did. */
  readonly since: number;
  /** From −128 to 127; only of meaning while available. */
  readonly priority: number;
  /** Addresses that were told of it directly and must be told when it goes (§4.6.3). */
  readonly directed: readonly string[];
}

export const sessions = slice<readonly Session[]>('sessions', []);

/** A stream that is up and bound, before any presence. */
export function boundSession(full: string, bare: string): Session {
  return { full, bare, presence: null, since: 0, priority: 0, directed: [] };
}

function sessionsOf(context: Context, bare: string): readonly Session[] {
  return context.get(sessions).filter((s) => s.bare === bare);
}

/** Those of an account that are available, in the order in which their streams came up. */
export function availableOf(context: Context, bare: string): readonly Session[] {
  return sessionsOf(context, bare).filter((s) => s.presence !== null);
}

/** The session of this server that sent the stanza. */
export function senderOf(context: Context, event: StanzaEvent): Session | undefined {
  return context.get(sessions).find((s) => s.full === event.session);
}

export function keepSession(context: Context, changed: Session): void {
  context.set(
    sessions,
    context.get(sessions).map((s) => (s.full === changed.full ? changed : s)),
  );
}
