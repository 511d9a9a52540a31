/** The end of a managed session: it hibernates, or what it had not delivered goes elsewhere. XEP-0198 §4, §5. */
import { parseJid, tryParseJid } from '../../../../base/jid.ts';
import { child, type Element } from '../../../../base/xml/element.ts';
import { errorOf } from '../../errors.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { leaveSession } from '../../server/c2s.ts';
import { sessionAt, sessionsOf } from '../../server/sessions.ts';
import { dropStream, streamOn } from '../../server/streams.ts';
import { CLOSE } from '../../wire.ts';
import { slice, store } from '../../slice.ts';
import { dropManaged, keepManaged, managed, managedAt, type Managed } from './managed.ts';
import { smRules } from './rules.ts';

/** Prosody’s: 600 seconds. */
export const HIBERNATION_S = 600;
export const EXPIRE = 'xep-0198/expire';

const hibernations = slice<number>('hibernations', 0);

interface Expired {
  readonly bare: string;
  readonly token: string;
  readonly h: number;
}
/** Of sessions that were not resumed in time: what they had handled can still be told. The latest of each account last. */
export const expired = store<readonly Expired[]>('expired-sessions', []);
/** Of one account. */
const REMEMBERED = 10;

const bareOfFull = (full: string): string => full.slice(0, full.indexOf('/'));

/** `true` where the session is kept. */
export function endManaged(context: Context, { session }: StanzaEvent): boolean {
  const m = managedAt(context, session);
  if (!m) return false;
  if (m.token === '') {
    dropManaged(context, m.full);
    giveUp(context, m);
    return false;
  }
  if (m.asleep > 0) return true;
  const number = context.get(hibernations) + 1;
  context.set(hibernations, number);
  keepManaged(context, m.full, { asleep: number, planned: false });
  context.later(HIBERNATION_S * 1_000_000, EXPIRE, number);
  context.decline(smRules.asleep);
  return true;
}

/** @param number of the hibernation: a session that was resumed since is in none, or in a later one. */
export function expire(context: Context, number: number): void {
  const m = Object.values(context.get(managed)).find((one) => one.asleep === number);
  const session = m && sessionAt(context, m.full);
  if (!m || !session) return;
  remember(context, m);
  leaveSession(context, session, undefined, 'Disconnected: Hibernating too long');
}

/** The host stops: what it has handled of each session is kept, so that the client can be told when it comes back. The connection is closed without a word. */
export function stop(context: Context): boolean {
  for (const m of Object.values(context.get(managed))) {
    const session = sessionAt(context, m.full);
    if (m.token === '' || !session) continue;
    remember(context, m);
    const stream = m.asleep === 0 ? streamOn(context, session.link) : undefined;
    if (stream) {
      context.put(stream.link, CLOSE, smRules.stopped);
      dropStream(context, stream);
    }
    leaveSession(context, session, undefined, stream ? undefined : 'Disconnected: Received SIGTERM');
  }
  return false;
}

function remember(context: Context, m: Managed): void {
  const bare = bareOfFull(m.full);
  const all = context.get(expired);
  const others = all.filter((e) => e.bare === bare).slice(1 - REMEMBERED);
  context.set(expired, [...all.filter((e) => e.bare !== bare), ...others, { bare, token: m.token, h: m.handled }]);
  keepManaged(context, m.full, { token: '' });
}

/** Each in its order: kept for later, or answered by an error. */
function giveUp(context: Context, m: Managed): void {
  for (const { stanza } of m.queue) {
    if (isKept(context, m, stanza)) continue;
    const { type, from } = stanza.attrs;
    if (type === 'error' || from === undefined || from === m.full) context.decline(smRules.lost);
    else bounce(context, m, stanza);
  }
}

/** To a user of this server it goes the way of any message, so that others may have copies of it. */
function bounce(context: Context, m: Managed, stanza: Element): void {
  const error = errorOf(stanza, 'recipient-unavailable', context.profile === 'prosody' ? { type: 'cancel' } : {});
  const to = tryParseJid(error.attrs['to'] ?? '');
  const from = tryParseJid(error.attrs['from'] ?? '');
  const event: StanzaEvent | undefined = to && from && { stanza: error, to, from, session: m.full };
  if (event && error.name === 'message' && to?.domain === context.party.name) context.fire(['message/passing'], event);
  context.originate(event?.stanza ?? error, smRules.bounced);
}

/** A message that the archive has, or that goes (back) to offline storage because nobody else of the user is there. */
function isKept(context: Context, m: Managed, stanza: Element): boolean {
  const type = stanza.attrs['type'] ?? 'normal';
  if (stanza.name !== 'message' || (type !== 'chat' && type !== 'normal')) return false;
  const bare = bareOfFull(m.full);
  const from = tryParseJid(stanza.attrs['from'] ?? '') ?? parseJid(bare);
  const event: StanzaEvent = { stanza, to: parseJid(bare), from, session: m.full };
  // What a query of the archive has brought is there still, and so is what has its mark for a client that reads it.
  if (child(stanza, 'result', 'urn:xmpp:mam:2') || context.fire(['archived-for-session'], event)) {
    context.decline(smRules.lost);
    return true;
  }
  return sessionsOf(context, bare).every((s) => s.full === m.full) && context.fire(['message/offline'], event);
}
