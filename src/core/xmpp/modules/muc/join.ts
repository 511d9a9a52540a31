/** Presence to an occupant's address. XEP-0045 §7.1 and §7.2 joining, with its failures in the order in which Prosody finds them; §7.7; §17.3. */
import { child, childText, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { sendHistory } from './history.ts';
import { changeNick, leave } from './occupancy.ts';
import { announce, showTo, status } from './presence.ts';
import { desynchronised } from './desynchronised.ts';
import { probe } from './probe.ts';
import { mustUse } from './register.ts';
import { isArchived } from './archived.ts';
import { absentMembers } from './absent.ts';
import {
  affiliationOf,
  byNick,
  defaultRole,
  isFederated,
  isLocked,
  keepRoom,
  newRoom,
  reservedBy,
  visit,
  withOccupant,
  type Occupant,
  type Room,
  type Visit,
} from './room.ts';
import { rules } from './rules.ts';

/** What is only of Prosody's time before XEP-0186 and is passed over. */
const PASSED_OVER: ReadonlySet<string> = new Set(['visible', 'invisible', 'result']);

export function presenceToOccupant(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { type } = stanza.attrs;
  const v = visit(context, event);
  if (type === 'error') return context.drop(rules.errorIgnored);
  if (!v.room)
    return type === undefined && child(stanza, 'x', NS.muc)
      ? create(context, event, v)
      : context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  if (type === 'unavailable') return leave(context, event, v);
  if (type === 'probe') return probe(context, event, v.room, v.sender);
  if (type === undefined) return available(context, event, v, v.room);
  return PASSED_OVER.has(type)
    ? context.drop(rules.presenceType)
    : context.bounce(stanza, 'bad-request', rules.presenceType, { by: v.roomJid });
}

/** §10.1.1: there was no such room, so it is made by joining it. */
function create(context: Context, event: StanzaEvent, v: Visit): true {
  const { stanza } = event;
  if (isBlank(v.nick)) return blank(context, stanza, v.roomJid);
  const room: Room = {
    ...newRoom(v.roomJid, v.bare, context.tick),
    password: passwordOf(stanza),
    language: stanza.attrs['xml:lang'] ?? '',
  };
  enter(context, event, v, room, undefined, 'created');
  return true;
}

/** @param how the nick is not the one that was asked for. */
function available(context: Context, event: StanzaEvent, v: Visit, room: Room, how?: 'renamed'): true {
  const { stanza } = event;
  const { sender, nick } = v;
  const by = room.jid;
  const joins = child(stanza, 'x', NS.muc) !== undefined;
  if (!sender && !joins) return desynchronised(context, stanza, room, v);
  if (sender?.nick === nick) return isHeld(context, event, v, room) || update(context, event, v, room, sender, joins);
  if (isBlank(nick)) return blank(context, stanza, by);
  const keeper = reservedBy(room, nick);
  if (keeper !== undefined && keeper !== v.bare) return context.bounce(stanza, 'conflict', rules.reserved, { by });
  const own = mustUse(context, room, v.bare);
  if (own !== undefined && own !== nick) {
    if (sender) return context.bounce(stanza, 'not-acceptable', rules.nickHeld, { by, type: 'cancel' });
    return available(context, { ...event, to: { ...event.to, resource: own } }, { ...v, nick: own }, room, 'renamed');
  }
  if (!sender && !mayEnter(context, stanza, v, room)) return true;
  const holder = byNick(room, nick);
  if (holder && (holder.bare !== v.bare || holder.via !== undefined)) return context.bounce(stanza, 'conflict', rules.conflict, { by });
  if (isHeld(context, event, v, room)) return true;
  if (!sender) enter(context, event, v, room, holder, how);
  else {
    const now = changeNick(context, event, v, room, sender, holder);
    if (joins) catchUp(context, event, v, now);
  }
  return true;
}

/** XEP-0289: other rooms may have to be asked, or told, first. */
function isHeld(context: Context, event: StanzaEvent, v: Visit, room: Room): boolean {
  return isFederated(room) && context.fire(['muc/enter'], { ...event, occupant: { room: room.jid, bare: v.bare, full: v.full } });
}

/** §7.2.5 to §7.2.10; answers the one who may not. */
function mayEnter(context: Context, stanza: Element, v: Visit, room: Room): boolean {
  const by = room.jid;
  const affiliation = affiliationOf(room, v.bare);
  if (room.membersOnly && (affiliation === 'none' || affiliation === 'outcast'))
    return !context.bounce(stanza, 'registration-required', rules.membersOnly, { by });
  if (affiliation === 'outcast') return !context.bounce(stanza, 'forbidden', rules.banned, { by });
  if (room.password !== '' && passwordOf(stanza) !== room.password)
    return !context.bounce(stanza, 'not-authorized', rules.password, { by });
  return !isLocked(room, context.tick) || !context.bounce(stanza, 'item-not-found', rules.locked, { by: context.party.name });
}

function enter(
  context: Context,
  event: StanzaEvent,
  v: Visit,
  room: Room,
  holder: Occupant | undefined,
  how?: 'created' | 'renamed',
): void {
  const client = { full: v.full, presence: event.stanza };
  const occupant: Occupant = holder
    ? { ...holder, clients: [...holder.clients, client] }
    : { nick: v.nick, bare: v.bare, role: defaultRole(room, affiliationOf(room, v.bare)), clients: [client] };
  const now: Room = holder ? withOccupant(room, holder, occupant) : { ...room, occupants: [...room.occupants, occupant] };
  keepRoom(context, now);
  listOccupants(context, now, occupant, v.full, false);
  const codes = [
    ...(how === 'created' ? [201] : []),
    ...(now.whois === 'anyone' ? [100] : []),
    ...(how === 'renamed' ? [210] : []),
    // Prosody says it to those only who are inside when it changes.
    ...(context.profile === 'rfc' && isArchived(context, now) ? [170] : []),
  ];
  announce(
    context,
    { room: now, about: occupant, ownHead: codes.map(status), carried: event.stanza, source: event.via },
    rules.joined,
    how === 'created' ? rules.created : how === 'renamed' ? rules.nickGiven : rules.self,
  );
  sendHistory(context, now, event.stanza, v.full);
}

/** §7.7 another presence; §7.2.18 where it joins once more, everything once more. */
function update(context: Context, event: StanzaEvent, v: Visit, room: Room, sender: Occupant, again: boolean): true {
  const { stanza } = event;
  const clients = sender.clients.map((c) => (c.full === v.full ? { full: v.full, presence: stanza } : c));
  const changed = { ...sender, clients };
  const now = withOccupant(room, sender, changed);
  keepRoom(context, now);
  const told = { room: now, about: changed, before: sender.role, carried: stanza, source: event.via };
  if (again) listOccupants(context, now, changed, v.full, true);
  if (again) announce(context, told, rules.joined, rules.self);
  else announce(context, told, rules.update);
  if (again) sendHistory(context, now, stanza, v.full);
  return true;
}

/** A change of nick that is a join too: the list, the history. */
function catchUp(context: Context, event: StanzaEvent, v: Visit, room: Room): void {
  const viewer = byNick(room, v.nick);
  if (viewer) listOccupants(context, room, viewer, v.full, true);
  sendHistory(context, room, event.stanza, v.full);
}

function listOccupants(context: Context, room: Room, viewer: Occupant, to: string, again: boolean): void {
  for (const other of room.occupants) {
    const own = other.bare === viewer.bare;
    if (other.clients.some((c) => c.full === to) || (!own && !room.broadcast.includes(other.role))) continue;
    showTo(context, room, other, viewer, to, again ? rules.resync : rules.list);
  }
  absentMembers(context, room, viewer, to);
}

function passwordOf(stanza: Element): string {
  const x = child(stanza, 'x', NS.muc);
  return (x && childText(x, 'password')) ?? '';
}

const isBlank = (nick: string): boolean => nick.trim() === '';
const blank = (context: Context, stanza: Element, by: string): true =>
  context.profile === 'rfc'
    ? context.bounce(stanza, 'jid-malformed', rules.emptyNick, { by })
    : context.bounce(stanza, 'not-allowed', rules.emptyNick, { by, type: 'modify', text: 'A nick must be visible' });
