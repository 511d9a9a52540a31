/** What an occupant's presence does after the join: change of nick (XEP-0045 §7.6) and leaving (§7.14), with several clients under one nick too. */
import { append, el } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { announce, item, mucUser, parting, showTo, status } from './presence.ts';
import { affiliationOf, keepRoom, withOccupant, type Client, type Occupant, type Room, type Visit } from './room.ts';
import { rules } from './rules.ts';

/** @param holder whoever has the new nick: another client of the same person. */
export function changeNick(context: Context, event: StanzaEvent, v: Visit, room: Room, old: Occupant, holder: Occupant | undefined): Room {
  const client: Client = { full: v.full, presence: event.stanza };
  const staying = old.clients.filter((c) => c.full !== v.full);
  const renamed: Occupant = holder ? { ...holder, clients: [...holder.clients, client] } : { ...old, nick: v.nick, clients: [client] };
  const rest: Occupant = { ...old, clients: staying };
  const without = staying.length > 0 ? withOccupant(room, old, rest) : withOccupant(room, old, undefined);
  const now = place(room, without, old, holder, renamed, staying.length > 0);
  const isWhole = !holder && staying.length === 0;

  if (holder) joinsSession(context, room, v, holder);
  if (isWhole) {
    // What the client is told itself has no occupant id, as in every parting that is not an end.
    const gone = { ...old, clients: [parting(v.full)] };
    announce(context, { room, about: gone, head: [status(303)], newNick: v.nick, before: old.role, source: event.via }, rules.oldNick);
  } else {
    const x = mucUser(item(affiliationOf(room, old.bare), old.role, v.full, { nick: v.nick }), status(303), status(110));
    const attrs = { type: 'unavailable', from: `${room.jid}/${old.nick}`, to: v.full };
    context.originate(append(el('presence', NS.client, attrs), x), rules.oldNick);
    const about: Occupant = staying.length > 0 ? rest : { ...rest, role: 'none' };
    announce(context, { room: without, about, before: old.role }, staying.length > 0 ? rules.sharedLeft : rules.left);
  }
  keepRoom(context, now);
  announce(context, { room: now, about: renamed, before: old.role, carried: event.stanza, source: event.via }, rules.newNick);
  if (staying.length > 0) showTo(context, now, rest, renamed, v.full, rules.newNick);
  return now;
}

function place(room: Room, without: Room, old: Occupant, holder: Occupant | undefined, renamed: Occupant, split: boolean): Room {
  if (holder) return withOccupant(without, holder, renamed);
  return split ? { ...without, occupants: [...without.occupants, renamed] } : withOccupant(room, old, renamed);
}

/** Before a client is under a nick that another of its user's has, it is shown that nick as going. */
function joinsSession(context: Context, room: Room, v: Visit, holder: Occupant): void {
  const words = el('status', NS.client, {}, `you are joining pre-existing session ${holder.nick}`);
  const attrs = { from: `${room.jid}/${holder.nick}`, to: v.full, type: 'unavailable' };
  const x = mucUser(item(affiliationOf(room, v.bare), 'none', undefined));
  context.originate(append(el('presence', NS.client, attrs, words), x), rules.sharedNick);
}

/** §7.14; what ends a stream comes the same way, because the user's server says unavailable for it. */
export function leave(context: Context, event: StanzaEvent, v: Visit): true {
  const { stanza } = event;
  const { room, sender, full } = v;
  if (!room || !sender) return context.drop(rules.notThere);
  const rest = sender.clients.filter((c) => c.full !== full);
  const gone: Client = { full, presence: stanza };
  if (rest.length === 0) {
    const now = withOccupant(room, sender, undefined);
    keepRoom(context, now);
    const about: Occupant = { ...sender, role: 'none', clients: [gone] };
    announce(context, { room: now, about, before: sender.role, carried: stanza }, rules.left, rules.selfLeft);
  } else {
    const now = withOccupant(room, sender, { ...sender, clients: rest });
    keepRoom(context, now);
    // The items still name the client that goes: Prosody tells of it with the last of its presences.
    announce(
      context,
      { room: now, about: { ...sender, clients: [...rest, gone] }, before: sender.role, carried: stanza },
      rules.sharedLeft,
    );
  }
  return true;
}
