/** Presence as occupants see it. XEP-0045 §7.2.2 to §7.2.4: from the occupant's address, real addresses for who may see them. */
import { append, el, sharing, withAttrs, withChildren, type Element } from '../../../../base/xml/element.ts';
import type { Rule } from '../../../kernel/model.ts';
import { parseJid } from '../../../../base/jid.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import {
  affiliationOf,
  byClient,
  isFederated,
  localClients,
  seesAddresses,
  type Client,
  type Occupant,
  type Role,
  type Room,
} from './room.ts';

export interface Announcement {
  /** As it is now: its occupants are told. */
  readonly room: Room;
  /** Who it is about; with the role `none` where they are going, and the clients that are to be told then. */
  readonly about: Occupant;
  /** Before the item: what everyone sees, and what the one it is about sees instead. */
  readonly head?: readonly Element[];
  readonly ownHead?: readonly Element[];
  /** Nick to come (§7.6). */
  readonly newNick?: string | undefined;
  /** Full address of who has done it; the nick is shown to all, the address to who sees addresses. */
  readonly actor?: string | undefined;
  readonly reason?: string | undefined;
  /** What comes between telling the one it is about and telling the others. */
  readonly between?: (() => void) | undefined;
  /** The role so far, where it may be that others saw this presence and do not any more. */
  readonly before?: Role | undefined;
  /** Unavailable to others, though the occupant stays (§7.2.2, presence not broadcast any more). */
  readonly hide?: boolean | undefined;
  /** The room of another service by which it has come (XEP-0289). */
  readonly source?: string | undefined;
  /** The stanza being handled, where it is this presence that goes on to others. */
  readonly carried?: Element | undefined;
}

export const status = (code: number): Element => el('status', NS.mucUser, { code: String(code) });
export const mucUser = (...children: readonly Element[]): Element => el('x', NS.mucUser, {}, ...children);

export interface ItemDetails {
  readonly nick?: string | undefined;
  readonly actor?: { readonly nick?: string | undefined; readonly jid?: string | undefined } | undefined;
  readonly reason?: string | undefined;
}

export function item(
  affiliation: string,
  role: string | undefined,
  jid: string | undefined,
  details: ItemDetails = {},
  ns: string = NS.mucUser,
): Element {
  const { nick, actor, reason } = details;
  const content: Element[] = [];
  if (actor?.nick !== undefined || actor?.jid !== undefined) content.push(el('actor', ns, { nick: actor.nick, jid: actor.jid }));
  if (reason !== undefined) content.push(el('reason', ns, {}, ...(reason === '' ? [] : [reason])));
  return el('item', ns, { affiliation, role, jid, nick }, ...content);
}

/** One item for each client where addresses are shown, otherwise one. */
export function itemsOf(room: Room, about: Occupant, addresses: boolean, details: ItemDetails = {}, ns: string = NS.mucUser): Element[] {
  const affiliation = about.affiliation ?? affiliationOf(room, about.bare);
  if (!addresses) return [item(affiliation, about.role, undefined, details, ns)];
  return about.clients.map((c) => item(affiliation, about.role, c.full, details, ns));
}

/** To every client of every occupant; the one it is about last of all (§7.2.2), or first of all where somebody else has done it. */
export function announce(context: Context, a: Announcement, rule: Rule, ownRule: Rule = rule): void {
  const others = (): void => tellOthers(context, a, rule);
  if (a.actor === undefined) others();
  tellOwn(context, a, ownRule);
  a.between?.();
  if (a.actor !== undefined) others();
  if (isFederated(a.room)) tellRooms(context, a);
}

/** XEP-0289 §5.3: the other rooms, once each. Real addresses stand in the item only where everyone may see them (§5.1). */
function tellRooms(context: Context, a: Announcement): void {
  const { room, about } = a;
  if (!room.broadcast.includes(about.role) && !a.hide && !(a.before !== undefined && room.broadcast.includes(a.before))) return;
  const said = baseOf(a);
  const details = { nick: a.newNick, reason: a.reason, actor: { nick: actorNick(a) } };
  const stanza = forRoom(room, about, said, a.head ?? [], details);
  const full = about.clients[0]?.full ?? about.bare;
  const to = parseJid(room.jid);
  const from = parseJid(`${room.jid}/${about.nick}`);
  const relays = said === a.carried ? context.row : undefined;
  context.fire(['muc/told'], { stanza, from, to, occupant: { room: room.jid, bare: about.bare, full }, via: a.source, relays });
}

/** Presence of an occupant as another room is told it. */
export function forRoom(room: Room, about: Occupant, said: Element, head: readonly Element[], details: ItemDetails = {}): Element {
  const jid = room.whois === 'anyone' ? about.clients[0]?.full : undefined;
  const affiliation = about.affiliation ?? affiliationOf(room, about.bare);
  return append(addressed(room, about, said), mucUser(...head, item(affiliation, about.role, jid, details)));
}

function tellOthers(context: Context, a: Announcement, rule: Rule): void {
  const { room, about } = a;
  const shown = room.broadcast.includes(about.role) || a.hide === true;
  if (!shown && !(a.before !== undefined && room.broadcast.includes(a.before))) return;
  const source = baseOf(a);
  const said = shown ? source : withAttrs(source, { type: 'unavailable' });
  const base = stamped(context, a.room, about, said);
  const details = { nick: a.newNick, reason: a.reason };
  const nick = actorNick(a);
  const made = new Map<string, Element>();
  const variant = (kind: 'full' | 'own' | 'anonymous'): Element => {
    const before = made.get(kind);
    if (before) return before;
    const actor = { nick, jid: kind === 'full' ? a.actor : undefined };
    const whole = append(base, mucUser(...(a.head ?? []), ...itemsOf(room, about, kind !== 'anonymous', { ...details, actor })));
    made.set(kind, sharing(whole));
    return whole;
  };
  for (const viewer of room.occupants) {
    if (viewer.nick === about.nick) continue;
    const kind = seesAddresses(room, viewer) ? 'full' : viewer.bare === about.bare ? 'own' : 'anonymous';
    for (const c of localClients(viewer)) send(context, a, withAttrs(variant(kind), { to: c.full }), source, rule);
  }
}

/** One always sees one's own addresses; each client is shown the presence that it has sent itself. */
function tellOwn(context: Context, a: Announcement, rule: Rule): void {
  const { room, about } = a;
  const items = itemsOf(room, about, true, { nick: a.newNick, actor: { nick: actorNick(a) }, reason: a.reason });
  const x = mucUser(...(a.ownHead ?? a.head ?? []), ...items, status(110));
  for (const c of localClients(about)) {
    const said = about.role === 'none' ? baseOf(a) : c.presence;
    const isParting = about.role !== 'none' && said.attrs['type'] === 'unavailable';
    // Prosody puts no occupant id into what it tells a client that goes while the occupant stays.
    const base = isParting ? addressed(room, about, said) : stamped(context, room, about, said);
    send(context, a, append(withAttrs(base, { to: c.full }), x), said, rule);
  }
}

const send = (context: Context, a: Announcement, stanza: Element, said: Element, rule: Rule): void =>
  said === a.carried ? context.forward(stanza, rule) : context.originate(stanza, rule);

const actorNick = (a: Announcement): string | undefined => (a.actor === undefined ? undefined : byClient(a.room, a.actor)?.nick);

function baseOf({ about, hide }: Announcement): Element {
  const said = about.clients[0]?.presence;
  return said && !hide && (about.role !== 'none' || said.attrs['type'] === 'unavailable') ? said : UNAVAILABLE;
}
const UNAVAILABLE = el('presence', NS.client, { type: 'unavailable' });

/** Presence of one occupant to one client, outside of any announcement: for the list at the join, for a probe. */
export function showTo(context: Context, room: Room, about: Occupant, viewer: Occupant, to: string, rule: Rule): void {
  const addresses = seesAddresses(room, viewer) || viewer.bare === about.bare;
  context.originate(withAttrs(shownAs(context, room, about, addresses), { to }), rule);
}

interface Shown {
  readonly affiliation: string;
  readonly withAddresses: Element;
  readonly without: Element;
}
/** What each occupant is shown as until something about them changes: everyone who comes is shown the same. Nobody else's state is in it. */
const shown = new WeakMap<Occupant, Shown>();

function shownAs(context: Context, room: Room, about: Occupant, addresses: boolean): Element {
  const affiliation = affiliationOf(room, about.bare);
  let as = shown.get(about);
  if (as?.affiliation !== affiliation) {
    const said = stamped(context, room, about, about.clients[0]?.presence ?? UNAVAILABLE);
    const made = (all: boolean): Element => sharing(append(said, mucUser(...itemsOf(room, about, all))));
    shown.set(about, (as = { affiliation, withAddresses: made(true), without: made(false) }));
  }
  return addresses ? as.withAddresses : as.without;
}

function stamped(context: Context, room: Room, about: Occupant, said: Element): Element {
  const stanza = addressed(room, about, said);
  const to = parseJid(room.jid);
  const from = parseJid(`${room.jid}/${about.nick}`);
  return context.decorate('muc-presence', { stanza, from, to, occupant: { room: room.jid, bare: about.bare } });
}

/** What only the room may say is taken out of what a client said. */
function addressed(room: Room, about: Occupant, said: Element): Element {
  const kept = said.children.filter((c) => typeof c === 'string' || (c.ns !== NS.muc && c.ns !== NS.mucUser && c.ns !== HATS));
  return withAttrs(withChildren(said, kept), { from: `${room.jid}/${about.nick}`, to: room.jid });
}
/** Prosody's predecessor of XEP-0317, which only the room may give. */
const HATS = 'xmpp:prosody.im/protocol/hats:1';

/** The client has gone, or has this presence from now on. */
export const parting = (full: string, ...children: readonly Element[]): Client => ({ full, presence: withChildren(UNAVAILABLE, children) });
