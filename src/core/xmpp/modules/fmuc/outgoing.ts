/** From this room to those that it is linked to: what its occupants do. XEP-0289 §5.2 messages, §5.3 presence, §5.4 leaving, §5.6 private messages. */
import { append, withAttrs } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { forRoom } from '../muc/presence.ts';
import { byClient, type Room } from '../muc/room.ts';
import { change, cleaned, federationOf, fmuc, keyOf, ownSide, PATIENCE, RETRY, roomOf, TRIES, turnTo, type Held } from './federation.ts';
import { begin, refuse, upward } from './links.ts';
import { hasCode, shownIn } from './remote.ts';
import { rules } from './rules.ts';

/** Somebody's presence is about to be that of an occupant. Answers whether it has to wait. */
export function entering(context: Context, event: StanzaEvent): boolean {
  const { stanza, occupant, via } = event;
  const room = occupant && roomOf(context, occupant.room);
  if (!room || room.federateWith === '' || via !== undefined || occupant.full === undefined) return false;
  const { phase, held } = federationOf(context, room.jid);
  const waiting: Held = { row: context.row, stanza, full: occupant.full, key: '', since: context.tick };
  const hold = (): void => void change(context, room.jid, { held: [...held, waiting] });
  const known = byClient(room, occupant.full);
  if (phase === 'joining' || phase === 'leaving' || (phase === 'none' && !known)) {
    hold();
    if (phase === 'none') begin(context, room, waiting);
    else context.decline(rules.waits);
    return true;
  }
  if (!room.replica) {
    goOn(context, room);
    return false;
  }
  if (phase !== 'joined') {
    refuse(context, waiting, phase === 'refused' ? 'not-allowed' : 'recipient-unavailable');
    return true;
  }
  const nick = event.to.resource;
  const about = known ?? { bare: occupant.bare, role: 'participant' as const };
  const clients = [{ full: occupant.full, presence: stanza }];
  const shown = forRoom(room, { ...about, nick, clients }, cleaned(stanza), []);
  context.forward(upward(room, shown, nick, occupant.full), rules.toPrimary);
  hold();
  context.later(PATIENCE, 'fmuc-wait', federationOf(context, room.jid).number);
  return true;
}

/** Who has given up trying begins again when somebody does something. */
function goOn(context: Context, room: Room): void {
  const { phase, tries, number } = federationOf(context, room.jid);
  if (phase !== 'lost' || tries < TRIES) return;
  change(context, room.jid, { tries: 0 });
  context.later(RETRY, 'fmuc-retry', number);
}

/** The rooms that are told of what came by `via`: all but that one, unless it is a replica that waits for just that. */
function told(context: Context, room: Room, via: string | undefined, about?: string): readonly string[] {
  const { below, phase, asker, since } = federationOf(context, room.jid);
  // The one for whom the other room has just been joined is known there.
  const isKnown = about === asker && since === context.tick;
  const up = phase === 'joined' && via !== room.federateWith && !isKnown ? [room.federateWith] : [];
  return [...up, ...below.filter((b) => b !== via || room.replica)];
}

/** All in the room have been told of an occupant. */
export function presenceTold(context: Context, event: StanzaEvent): boolean {
  const { stanza, occupant, via } = event;
  const room = occupant && roomOf(context, occupant.room);
  if (!room) return false;
  const nick = event.from.resource;
  for (const peer of told(context, room, via, occupant.full)) {
    const copy = append(withAttrs(stanza, { to: `${peer}/${nick}` }), fmuc(occupant.full));
    if (event.relays === undefined) context.originate(copy, rules.presence);
    else context.forward(copy, rules.presence);
  }
  const ends = stanza.attrs['type'] === 'unavailable' && !hasCode(shownIn(stanza), 303);
  if (ends && room.federateWith !== '' && via !== room.federateWith) afterLeaving(context, room, nick);
  return false;
}

/** §5.4: with the last for whom it was there this room has left the other one, too. */
function afterLeaving(context: Context, room: Room, nick: string): void {
  const { phase, held, number } = federationOf(context, room.jid);
  if (held.length > 0 || ownSide(room).some((o) => o.nick !== nick)) return;
  if (phase === 'joined') {
    turnTo(context, room.jid, 'leaving');
    context.later(PATIENCE, 'fmuc-wait', number);
  } else if (phase === 'lost' || phase === 'refused') turnTo(context, room.jid, 'none');
}

/** A message is about to be reflected. Answers whether the primary has to do that first. */
export function said(context: Context, event: StanzaEvent): boolean {
  const { stanza, reflected, occupant, via } = event;
  const room = occupant && roomOf(context, occupant.room);
  if (!room || !reflected) return false;
  const { phase, held, number } = federationOf(context, room.jid);
  if (room.replica && room.federateWith !== '' && via !== room.federateWith) {
    const waiting: Held = { row: context.row, stanza, full: occupant.full ?? '', key: keyOf(reflected), since: context.tick };
    if (phase !== 'joined') {
      refuse(context, waiting, phase === 'refused' ? 'not-allowed' : 'recipient-unavailable');
      return true;
    }
    context.forward(upward(room, reflected, '', occupant.full), rules.toPrimary);
    if (via === undefined) {
      change(context, room.jid, { held: [...held, waiting] });
      context.later(PATIENCE, 'fmuc-wait', number);
    }
    return true;
  }
  for (const peer of told(context, room, via))
    context.forward(withAttrs(upward(room, reflected, '', occupant.full), { to: peer }), rules.message);
  goOn(context, room);
  return false;
}

/** §5.6 */
export function privately(context: Context, event: StanzaEvent): boolean {
  const { stanza, occupant, via, to } = event;
  const room = occupant && roomOf(context, occupant.room);
  const sender = room && byClient(room, occupant.full ?? '');
  if (!room || !sender || via === undefined) return false;
  const own = stanza.children.filter((c) => typeof c === 'string' || c.ns !== NS.mucUser);
  const attrs = { from: `${room.jid}/${sender.nick}`, to: `${via}/${to.resource}` };
  context.forward(append(withAttrs({ ...stanza, children: own }, attrs), fmuc(occupant.full)), rules.private);
  return true;
}

/** Who waited to come in, or for an echo, has gone meanwhile. */
export function givenUp(context: Context, { stanza, from, to }: StanzaEvent): boolean {
  if (stanza.attrs['type'] !== 'unavailable') return false;
  const room = roomOf(context, `${to.local}@${to.domain}`);
  const full = `${from.local}@${from.domain}/${from.resource}`;
  const f = room && federationOf(context, room.jid);
  if (!room || !f?.held.some((h) => h.full === full)) return false;
  change(context, room.jid, { held: f.held.filter((h) => h.full !== full) });
  if (byClient(room, full)) return false;
  const waiting = f.held.find((h) => h.full === full && h.key === '');
  const wasTold = f.phase === 'joined' || (f.phase === 'joining' && f.asker === full);
  if (waiting && wasTold) {
    const nick = waiting.stanza.attrs['to']?.slice(room.jid.length + 1) ?? '';
    const gone = forRoom(
      room,
      { nick, bare: `${from.local}@${from.domain}`, role: 'none', clients: [{ full, presence: stanza }] },
      cleaned(stanza),
      [],
    );
    context.forward(upward(room, gone, nick, full), rules.presence);
    if (f.phase === 'joining') turnTo(context, room.jid, 'leaving');
  }
  return context.drop(rules.waits);
}
