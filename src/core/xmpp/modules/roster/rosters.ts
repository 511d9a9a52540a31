/**
 * The rosters of a server's accounts: RFC 6121 §2.1.2 (items), §2.1.6 (pushes), §2.6 (versions). They stand on disk. As Prosody does it: the first change
 * makes version 1, which an untouched roster has too; `approved` (§2.1.2.1) is kept but not shown.
 */
import { el, type Element } from '../../../../base/xml/element.ts';
import { rule, type Context, type StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { keepSession, senderOf, sessionsOf } from '../../server/sessions.ts';
import { store } from '../../slice.ts';
import { isTold, mayTell, subscriptionOf, type Subscription, type Ties } from './ties.ts';

export const ROSTER = 'jabber:iq:roster';

export interface RosterItem {
  readonly jid: string;
  readonly name: string;
  readonly subscription: Subscription;
  /** `ask='subscribe'`: pending out. */
  readonly ask: boolean;
  /** Whoever asks is let in at once (§3.4). */
  readonly approved: boolean;
  readonly groups: readonly string[];
}
export interface Roster {
  /** How often it has been changed. */
  readonly version: number;
  readonly items: Readonly<Record<string, RosterItem>>;
  /** Requests that wait for an answer, by who asks: no item of the roster for that (A.1, state 3). */
  readonly pending: Readonly<Record<string, Element>>;
}

const EMPTY: Roster = { version: 0, items: {}, pending: {} };

/** By account; what is not here stands as the scenario gave it. */
export const rosters = store<Readonly<Record<string, Roster>>>('rosters', {});

export const newItem = (jid: string): RosterItem => ({ jid, name: '', subscription: 'none', ask: false, approved: false, groups: [] });

export function rosterOf(context: Pick<Context, 'get' | 'party'>, bare: string): Roster {
  return context.get(rosters)[bare] ?? context.party.host.rosters.get(bare) ?? EMPTY;
}

/** Every change is a new version. */
export function keepRoster(context: Context, bare: string, change: Partial<Pick<Roster, 'items' | 'pending'>>): void {
  const before = rosterOf(context, bare);
  context.set(rosters, { ...context.get(rosters), [bare]: { ...before, ...change, version: before.version + 1 } });
}

export function keepItem(context: Context, bare: string, item: RosterItem): void {
  keepRoster(context, bare, { items: { ...rosterOf(context, bare).items, [item.jid]: item } });
}

export function tiesOf({ items, pending }: Roster, contact: string): Ties {
  const item = items[contact];
  return { to: isTold(item?.subscription), from: mayTell(item?.subscription), ask: item?.ask === true, pending: contact in pending };
}

/** Puts a state of the tables into the roster: an item only where there is something for it to say. */
export function keepTies(context: Context, bare: string, contact: string, next: Ties, request?: Element): void {
  const { items, pending } = rosterOf(context, bare);
  const item = items[contact];
  const subscription = subscriptionOf(next);
  const { [contact]: asked, ...others } = pending;
  const waiting = next.pending ? (request ?? asked) : undefined;
  keepRoster(context, bare, {
    items:
      item || next.ask || subscription !== 'none'
        ? { ...items, [contact]: { ...(item ?? newItem(contact)), subscription, ask: next.ask } }
        : items,
    pending: waiting ? { ...others, [contact]: waiting } : others,
  });
}

/** Prosody shows the same number before the first change and after it; by §2.6.1 a version is one state of the roster. */
export const versionOf = (context: Context, { version }: Roster): string =>
  String(context.profile === 'rfc' ? version + 1 : Math.max(version, 1));

export function itemElement(context: Context, item: RosterItem): Element {
  const { jid, subscription, ask, name, approved } = item;
  const attrs = {
    approved: approved && context.profile === 'rfc' ? 'true' : undefined,
    ask: ask ? 'subscribe' : undefined,
    jid,
    name: name === '' ? undefined : name,
    subscription,
  };
  return el('item', ROSTER, attrs, ...item.groups.map((group) => el('group', ROSTER, {}, ...(group === '' ? [] : [group]))));
}

const PUSHED = rule(
  'rfc-6121/2.1.6/push',
  'RFC 6121 §2.1.6',
  'The roster has changed, so each resource that has asked for it is sent the item as it is now, the one that changed it among them.',
);
const CONFIRMED = rule(
  'rfc-6121/2.1.6/confirmed',
  'RFC 6121 §2.1.6',
  'The client confirms a push. The server does nothing with that: it would not send the push again.',
);
export const pushRules = { pushed: PUSHED, confirmed: CONFIRMED };
/** Of the pushes that a resource never answers only so many are remembered. */
const UNCONFIRMED = 16;

/** §2.1.6: one item, to the resources that have asked for the roster. What is not in it (any more) is pushed as removed. */
export function push(context: Context, bare: string, contact: string): void {
  const interested = sessionsOf(context, bare).filter((s) => s.interested);
  if (interested.length === 0) return;
  const roster = rosterOf(context, bare);
  const known = roster.items[contact];
  const item = known ? itemElement(context, known) : el('item', ROSTER, { jid: contact, subscription: 'remove' });
  const id = context.makeId('roster-push').slice(0, 12);
  const iq = el('iq', NS.client, { type: 'set', id }, el('query', ROSTER, { ver: versionOf(context, roster) }, item));
  for (const s of interested) {
    keepSession(context, { ...s, pushes: [...s.pushes, id].slice(-UNCONFIRMED) });
    context.deliver(s.full, iq, PUSHED, false);
  }
}

/** What comes back for a push. */
export function confirm(context: Context, event: StanzaEvent): boolean {
  const { type, id = '' } = event.stanza.attrs;
  const session = senderOf(context, event);
  if ((type !== 'result' && type !== 'error') || !session?.pushes.includes(id)) return false;
  keepSession(context, { ...session, pushes: session.pushes.filter((p) => p !== id) });
  context.decline(CONFIRMED);
  return true;
}
