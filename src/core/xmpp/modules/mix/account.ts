/** What an account's server keeps of MIX: the channels that its users take part in, which of their clients know MIX, and requests under way. XEP-0405 §2. */
import { store, slice } from '../../slice.ts';
import type { Context } from '../../module.ts';
import { availableOf, type Session } from '../../server/sessions.ts';

export const PAM = 'urn:xmpp:mix:pam:2';
export const ANNOTATE = 'urn:xmpp:mix:roster:0';

/** By account and channel: the identifier with which the account takes part. */
export const memberships = store<Readonly<Record<string, Readonly<Record<string, string>>>>>('mix-memberships', {});

/** Full addresses of clients that have shown that they know MIX; those of them that want the roster annotated. */
export const knowing = slice<readonly string[]>('mix-clients', []);
export const annotating = slice<readonly string[]>('mix-annotating', []);

/** A request of a client that was passed on to a channel in the name of its account. */
export interface Asked {
  readonly bare: string;
  readonly channel: string;
  readonly id: string;
  readonly full: string;
  readonly kind: 'client-join' | 'client-leave';
  /** Row of the client's request. */
  readonly row: number;
}
export const asked = slice<readonly Asked[]>('mix-asked', []);

export const channelsOf = (context: Pick<Context, 'get'>, bare: string): Readonly<Record<string, string>> =>
  context.get(memberships)[bare] ?? {};

export function keepMembership(context: Context, bare: string, channel: string, id: string | undefined): void {
  const { [channel]: _, ...others } = channelsOf(context, bare);
  const now = id === undefined ? others : { ...others, [channel]: id };
  context.set(memberships, { ...context.get(memberships), [bare]: now });
}

export const knowsMix = (context: Context, full: string): boolean => context.get(knowing).includes(full);

/** §2.1: those that messages and presence of channels go to. */
export const mixClients = (context: Context, bare: string): readonly Session[] =>
  availableOf(context, bare).filter((s) => knowsMix(context, s.full));
