/** Joining. XEP-0045 §7.1 and §7.2, with its failures in the order in which they are found. */
import { child } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { sendHistory } from './history.ts';
import { announce, announceTo } from './presence.ts';
import { affiliationOf, byNick, keepRoom, newRoom, visit, withOccupant, type Occupant, type Room, type Visit } from './room.ts';
import { rules } from './rules.ts';

/** Presence without a type to room/nick, with the muc element: §7.2.1. */
export function join(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  if (stanza.attrs['type'] !== undefined || !child(stanza, 'x', NS.muc)) return false;
  const v = visit(context, event);
  const { room, nick } = v;
  if (nick.trim() === '') return context.bounce(stanza, 'jid-malformed', rules.emptyNick, { by: v.roomJid });
  if (!room) {
    enter(context, event, v, newRoom(v.roomJid, '', v.bare), undefined, [201]);
    return true;
  }
  if (room.locked && affiliationOf(room, v.bare) !== 'owner')
    return context.bounce(stanza, 'item-not-found', rules.locked, { by: context.party.name });
  if (affiliationOf(room, v.bare) === 'outcast') return context.bounce(stanza, 'forbidden', rules.banned, { by: room.jid });
  const holder = byNick(room, nick);
  if (holder && holder.bare !== v.bare) return context.bounce(stanza, 'conflict', rules.conflict, { by: room.jid });
  // A client of the room that joins under another nick means to change it.
  if (v.sender && v.sender.nick !== nick) return false;
  enter(context, event, v, room, holder);
  return true;
}

function enter(
  context: Context,
  event: StanzaEvent,
  v: Visit,
  room: Room,
  holder: Occupant | undefined,
  codes: readonly number[] = [],
): void {
  const client = { full: v.full, presence: event.stanza };
  const known = holder?.clients.some((c) => c.full === v.full) ?? false;
  const clients = [client, ...(holder?.clients.filter((c) => c.full !== v.full) ?? [])];
  const occupant: Occupant = { nick: v.nick, bare: v.bare, clients };
  const now: Room = holder ? withOccupant(room, holder, occupant) : { ...room, occupants: [...room.occupants, occupant] };
  keepRoom(context, now);

  for (const other of now.occupants) {
    const said = other.clients[0];
    if (other === occupant || !said) continue;
    announceTo(
      context,
      { room: now, about: other, base: said.presence, retold: true },
      occupant,
      v.full,
      known ? rules.resync : rules.list,
    );
  }
  announce(context, { room: now, about: occupant, base: event.stanza, codes }, rules.joined, codes.length > 0 ? rules.created : rules.self);
  sendHistory(context, now, event.stanza, v.full);
}
