/** What an occupant's presence does after the join: change of nick (XEP-0045 §7.6), of presence (§7.7), leaving (§7.14). */
import { el, withAttrs } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { announce, announceTo } from './presence.ts';
import { byNick, keepRoom, visit, withOccupant, type Occupant, type Room } from './room.ts';
import { rules } from './rules.ts';

/** Presence without a type from somebody who is in the room, or believes so. */
export function changePresence(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  if (stanza.attrs['type'] !== undefined) return false;
  const { room, sender, nick, full, roomJid } = visit(context, event);
  if (!room || !sender)
    return context.bounce(stanza, 'item-not-found', rules.notJoined, { by: roomJid, text: 'You are not currently connected to this chat' });
  const clients = sender.clients.map((c) => (c.full === full ? { full, presence: stanza } : c));
  if (nick !== sender.nick) return changeNick(context, event, room, sender, { nick, bare: sender.bare, clients });
  const changed: Occupant = { ...sender, clients };
  const now = withOccupant(room, sender, changed);
  keepRoom(context, now);
  announce(context, { room: now, about: changed, base: stanza }, rules.update);
  return true;
}

function changeNick(context: Context, event: StanzaEvent, room: Room, old: Occupant, renamed: Occupant): true {
  if (renamed.nick.trim() === '') return context.bounce(event.stanza, 'jid-malformed', rules.emptyNick, { by: room.jid });
  if (byNick(room, renamed.nick)) return context.bounce(event.stanza, 'conflict', rules.conflict, { by: room.jid });
  const now = withOccupant(room, old, renamed);
  const base = el('presence', NS.client, { type: 'unavailable' });
  announce(context, { room, about: old, base, retold: true, newNick: renamed.nick, codes: [303], bareSelf: true }, rules.oldNick);
  keepRoom(context, now);
  announce(context, { room: now, about: renamed, base: event.stanza }, rules.newNick);
  return true;
}

/** §7.14; what ends a stream comes the same way, because the user's server says unavailable for it. */
export function leave(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  if (stanza.attrs['type'] !== 'unavailable') return false;
  const { room, sender, full } = visit(context, event);
  if (!room || !sender) return context.drop(rules.notThere);
  const rest = sender.clients.filter((c) => c.full !== full);
  const staying: Occupant | undefined = rest.length > 0 ? { ...sender, clients: rest } : undefined;
  keepRoom(context, withOccupant(room, sender, staying));
  const parting = { room, about: sender, base: stanza, gone: true };
  if (!staying) {
    announce(context, parting, rules.left, rules.selfLeft);
    return true;
  }
  const said = rest[0]?.presence ?? withAttrs(stanza, { type: undefined });
  announce(context, { room, about: staying, base: said, retold: true }, rules.sharedLeft);
  announceTo(context, parting, sender, full, rules.selfLeft);
  return true;
}
