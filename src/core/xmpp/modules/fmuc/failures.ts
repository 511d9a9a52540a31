/** Errors that come back from, or instead of, a room that this one is linked to: it is out of reach, or has something against one occupant. */
import { bareOf } from '../../../../base/jid.ts';
import { child, elements, withAttrs } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { byNick, localClients, type Room } from '../muc/room.ts';
import { change, federationOf, roomOf, turnTo } from './federation.ts';
import { begin, lose, refuse } from './links.ts';
import { expel } from './remote.ts';
import { rules } from './rules.ts';

/** What another room has against somebody of this one. */
const PERSONAL: ReadonlySet<string> = new Set(['conflict', 'forbidden']);

export function failed(context: Context, event: StanzaEvent): boolean {
  const { stanza, to } = event;
  if (stanza.attrs['type'] !== 'error') return false;
  const room = roomOf(context, `${to.local}@${to.domain}`);
  const peer = bareOf(event.from);
  if (!room) return false;
  const { phase, below } = federationOf(context, room.jid);
  if (!below.includes(peer) && (peer !== room.federateWith || phase === 'none')) return false;
  const error = child(stanza, 'error');
  const condition = error && elements(error).find((c) => c.ns === NS.stanzas && c.name !== 'text')?.name;
  const occupant = byNick(room, to.resource);
  if (stanza.name === 'presence' && condition !== undefined && PERSONAL.has(condition)) return against(context, event, room, condition);
  if (stanza.name === 'message' && to.resource !== '' && event.from.resource !== '' && occupant) {
    const from = `${room.jid}/${event.from.resource}`;
    for (const c of localClients(occupant)) context.forward(withAttrs(stanza, { from, to: c.full }), rules.private);
    if (condition === 'item-not-found') return true;
  }
  lose(context, room.jid, peer);
  return true;
}

/** §8: who waits is told so; who is here already is told so, and taken out. */
function against(context: Context, { stanza, to, from }: StanzaEvent, room: Room, condition: string): true {
  const { held, phase } = federationOf(context, room.jid);
  const nick = to.resource;
  const waiting = held.find((h) => h.key === '' && h.stanza.attrs['to'] === `${room.jid}/${nick}`);
  const word = condition === 'conflict' ? 'conflict' : 'forbidden';
  const rest = held.filter((h) => h !== waiting);
  if (waiting) {
    change(context, room.jid, { held: rest });
    refuse(context, waiting, word);
  }
  // Who had given up already was not taken: there is nobody there to leave.
  if (phase === 'joining' || phase === 'leaving') {
    turnTo(context, room.jid, 'none');
    if (rest[0]) begin(context, room, rest[0]);
    return true;
  }
  if (waiting) return true;
  const occupant = byNick(room, nick);
  if (!occupant || occupant.via !== undefined) {
    if (occupant?.via !== undefined && occupant.via !== bareOf(from))
      context.forward(withAttrs(stanza, { from: `${room.jid}/${nick}`, to: `${occupant.via}/${nick}` }), rules.collision);
    return true;
  }
  for (const c of localClients(occupant)) context.forward(withAttrs(stanza, { from: `${room.jid}/${nick}`, to: c.full }), rules.collision);
  expel(context, room, occupant, [], 'Another room of the federation does not take this occupant', bareOf(from));
  if (phase === 'rejoining') lose(context, room.jid, room.federateWith);
  return true;
}
