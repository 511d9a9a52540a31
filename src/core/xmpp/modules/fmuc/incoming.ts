/** From the rooms that this one is linked to. XEP-0289 §5.2 to §5.6; joining them and being joined: welcome.ts. */
import { append, child, childText, el, elements, withAttrs, type Element } from '../../../../base/xml/element.ts';
import { bareOf, parseJid, tryParseJid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { reflect, setSubject } from '../muc/messages.ts';
import { announce, mucUser } from '../muc/presence.ts';
import { byClient, byNick, keepRoom, localClients, visit, withOccupant, type Occupant, type Room } from '../muc/room.ts';
import { tickOf } from '../xep0203.ts';
import { byFull, change, cleaned, federationOf, fmuc, FMUC, fullOf, keyOf, payload, roomOf, turnTo } from './federation.ts';
import { askerLeft, begin, joined, reject, release, resume, withdraw } from './links.ts';
import { enterRemote, expel, hasCode, leaveRemote, loseRemote, shownIn } from './remote.ts';
import { rules } from './rules.ts';
import { welcome } from './welcome.ts';

/** The room that speaks, and whether it is linked to this one. */
function peerOf(
  context: Context,
  event: StanzaEvent,
  room: Room,
): { readonly peer: string; readonly isUp: boolean; readonly known: boolean } {
  const peer = bareOf(event.from);
  const { phase, below } = federationOf(context, room.jid);
  const isUp = peer === room.federateWith && phase !== 'none' && phase !== 'lost' && phase !== 'refused';
  if (isUp) change(context, room.jid, phase === 'joined' ? { heard: context.tick } : {});
  return { peer, isUp, known: isUp || below.includes(peer) };
}

const isOutsider = (context: Context, { stanza }: StanzaEvent, room: Room): true =>
  context.bounce(stanza, 'not-acceptable', rules.unknownRoom, { by: room.jid, type: 'cancel' });

export function presence(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  const f = payload(stanza);
  if (!f || stanza.attrs['type'] === 'error') return false;
  const { room } = visit(context, event);
  if (!room || room.destroyed) return context.bounce(stanza, 'item-not-found', rules.unknownRoom, { by: context.party.name });
  const { peer, isUp, known } = peerOf(context, event, room);
  const [word] = elements(f);
  if (word) return (isUp && told(context, room, word.name)) || context.drop(rules.unknownRoom);
  const full = f.attrs['from'];
  if (full === undefined || tryParseJid(full) === undefined || event.from.resource === '')
    return context.bounce(stanza, 'bad-request', rules.unknownRoom, { by: room.jid });
  if (child(stanza, 'x', NS.muc) && !isUp) return welcome(context, event, room, full);
  if (child(stanza, 'x', NS.muc)) return both(context, event, room, full);
  const waits = federationOf(context, room.jid).held.some((h) => h.full === full && payload(h.stanza));
  if (!known && !waits) return stanza.attrs['type'] === 'unavailable' ? context.drop(rules.unknownRoom) : isOutsider(context, event, room);
  if (stanza.attrs['type'] === 'unavailable') return gone(context, event, room, full, peer);
  return stanza.attrs['type'] === undefined ? here(context, event, room, full, peer, isUp) : context.drop(rules.unknownRoom);
}

/** What a room says of itself: this one is refused, or has left. */
function told(context: Context, room: Room, word: string): boolean {
  if (word !== 'reject' && word !== 'left') return false;
  const first = federationOf(context, room.jid).held[0];
  loseRemote(context, room.jid, room.federateWith);
  turnTo(context, room.jid, word === 'reject' ? 'refused' : 'none');
  context.decline(word === 'reject' ? rules.rejected : rules.left);
  if (word === 'reject') release(context, room.jid);
  // Somebody has come while this room was leaving.
  else if (first) begin(context, room, first);
  else change(context, room.jid, { heard: 0 });
  return true;
}

/** Each has asked the other. */
function both(context: Context, event: StanzaEvent, room: Room, full: string): true {
  const { phase } = federationOf(context, room.jid);
  const asked = phase === 'joining' || phase === 'rejoining';
  if (!asked || bareOf(event.from) > room.jid) return welcome(context, event, room, full);
  turnTo(context, room.jid, 'refused');
  context.decline(rules.both);
  welcome(context, event, room, full);
  release(context, room.jid);
  return true;
}

function here(context: Context, event: StanzaEvent, room: Room, full: string, peer: string, isUp: boolean): true {
  const { stanza } = event;
  const nick = event.from.resource;
  const known = byFull(room, full);
  const { held, phase, asker } = federationOf(context, room.jid);
  const waiting = held.find((h) => h.full === full && h.key === '');
  if (isUp && phase !== 'joined' && phase !== 'leaving' && known && known.via !== peer && full !== asker) {
    withdraw(context, room);
    return true;
  }
  if (isUp && phase === 'joined' && waiting) {
    change(context, room.jid, { held: held.filter((h) => h !== waiting) });
    context.decline(rules.echo);
    resume(context, { ...waiting, row: context.row }, peer);
    return true;
  }
  if (isUp && waiting) return context.drop(rules.own);
  if (known && known.via !== peer) return ownShown(context, room, known, stanza, peer);
  const holder = byNick(room, nick);
  if (holder && holder !== known) {
    // §8: the room that was joined is right.
    if (!isUp) return context.bounce(stanza, 'conflict', rules.collision, { by: room.jid });
    collided(context, room, holder, peer);
  }
  enterRemote(context, roomOf(context, room.jid) ?? room, stanza, full, nick, peer);
  return true;
}

/** One of this room's own has the nick of somebody in the room that was joined, which is right. */
function collided(context: Context, room: Room, holder: Occupant, peer: string): void {
  const condition = el('conflict', NS.stanzas);
  const error = el('error', NS.client, { type: 'cancel', by: room.jid }, condition);
  for (const c of localClients(holder)) {
    const attrs = { type: 'error', from: `${room.jid}/${holder.nick}`, to: c.full };
    context.originate(el('presence', NS.client, attrs, error), rules.collision);
  }
  expel(context, room, holder, [], 'Somebody in another room of the federation has this nick', peer);
}

/** §5.5: of one of this room's own another room can only change how they are shown. */
function ownShown(context: Context, room: Room, known: Occupant, stanza: Element, peer: string): true {
  const { role, affiliation } = shownIn(stanza);
  if (role === known.role || role === 'none') {
    // As long as there is a circle that nobody has found yet: who this is stays here when one of the two ways is given up.
    const isSame = known.via !== undefined && affiliation === known.affiliation && !room.replica;
    if (isSame) keepRoom(context, withOccupant(room, known, { ...known, also: peer }));
    return context.drop(room.replica ? rules.echo : rules.own);
  }
  announce(context, { room, about: { ...known, role, affiliation }, before: known.role, source: peer }, rules.role);
  return true;
}

function gone(context: Context, event: StanzaEvent, room: Room, full: string, peer: string): true {
  const { stanza } = event;
  const known = byFull(room, full);
  const shown = shownIn(stanza);
  const { held, phase, asker } = federationOf(context, room.jid);
  const waits = held.some((h) => h.full === full && payload(h.stanza));
  if (waits) {
    change(context, room.jid, { held: held.filter((h) => h.full !== full) });
    if (phase === 'joining' && asker === full) askerLeft(context, room, full);
    context.originate(el('presence', NS.client, { from: room.jid, to: peer }, fmuc(undefined, el('left', FMUC))), rules.gone);
    return true;
  }
  if (!known) context.drop(rules.own);
  else if (known.via === peer) leaveRemote(context, room, known, stanza);
  else if ([301, 307, 321, 322].some((code) => hasCode(shown, code))) expel(context, room, known, shown.codes, shown.reason, peer);
  else context.drop(rules.own);
  afterGone(context, room.jid, peer, hasCode(shown, 303));
  return true;
}

/** §5.4: a room that has nobody here any more is not in the set any more. */
function afterGone(context: Context, jid: string, peer: string, renamed: boolean): void {
  const { below } = federationOf(context, jid);
  if (renamed || !below.includes(peer) || roomOf(context, jid)?.occupants.some((o) => o.via === peer)) return;
  change(context, jid, { below: below.filter((b) => b !== peer) });
  context.originate(el('presence', NS.client, { from: jid, to: peer }, fmuc(undefined, el('left', FMUC))), rules.gone);
}

/** Messages to the room: what was said, before or now, and the subject. */
export function message(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  const f = payload(stanza);
  if (!f || stanza.attrs['type'] !== 'groupchat') return false;
  const { room } = visit(context, event);
  if (!room || room.destroyed) return context.bounce(stanza, 'item-not-found', rules.unknownRoom);
  const { peer, isUp, known } = peerOf(context, event, room);
  if (!known) return isOutsider(context, event, room);
  const full = f.attrs['from'] ?? peer;
  const nick = event.from.resource;
  const { held, phase } = federationOf(context, room.jid);
  const plain = cleaned(stanza);
  const sender: Occupant = { nick, bare: bareOf(parseJid(full)), role: 'participant', clients: [{ full, presence: stanza }] };
  if (isSubject(plain)) {
    subject(context, room, plain, sender, peer);
    if (isUp && (phase === 'joining' || phase === 'rejoining')) joined(context, room.jid);
    return true;
  }
  const stamp = child(plain, 'delay', NS.delay)?.attrs['stamp'];
  if (stamp !== undefined) return before(context, room, plain, sender, peer, tickOf(stamp) ?? context.tick);
  const waiting = isUp ? held.find((h) => h.full === full && h.key === keyOf(stanza)) : undefined;
  if (waiting) {
    change(context, room.jid, { held: held.filter((h) => h !== waiting) });
    context.decline(rules.echo);
  } else if (((byFull(room, full)?.via ?? peer) !== peer || byClient(room, full)) && !isInBoth(room, full, nick)) {
    // In a replica it may come back for one who has left, or by whom this room is a primary.
    if (!(room.replica && isUp)) return isUp ? context.drop(rules.own) : goesRound(context, room, peer);
  }
  return reflect(context, plain, room, sender, peer);
}

/** One client that has joined two rooms of the set, by two nicks: in each it is somebody. A circle would not have changed its nick. */
function isInBoth(room: Room, full: string, nick: string): boolean {
  const own = byClient(room, full);
  return own !== undefined && own.nick !== nick;
}

/** §5.1: no message of somebody who is here by another way comes from a room that has joined this one, unless there is a circle. */
function goesRound(context: Context, room: Room, peer: string): true {
  change(context, room.jid, { below: federationOf(context, room.jid).below.filter((b) => b !== peer) });
  reject(context, room.jid, peer, 'This room is in the set by another way already: a circle.', rules.circle);
  loseRemote(context, room.jid, peer);
  return true;
}

const isSubject = (m: Element): boolean => child(m, 'subject') !== undefined && !child(m, 'body') && !child(m, 'thread');

/** §5.1: SHOULD replace its own. One that nobody has set is none. */
function subject(context: Context, room: Room, stanza: Element, sender: Occupant, peer: string): void {
  const text = childText(stanza, 'subject') ?? '';
  const isNone = text === '' && sender.nick === '';
  if (isNone || (room.subject?.text ?? '') === text) context.decline(rules.again);
  else
    setSubject(
      context,
      { ...stanza, children: stanza.children.filter((c) => typeof c === 'string' || c.name !== 'delay') },
      room,
      sender,
      peer,
    );
}

/** §5.1: history of the other room, in the order of its times, to those who are here; what is known already is not said again. */
function before(context: Context, room: Room, stanza: Element, sender: Occupant, peer: string, tick: number): true {
  const full = fullOf(sender);
  const key = keyOf(stanza);
  if (room.history.some((h) => h.author === full && keyOf(h.stanza) === key)) return context.drop(rules.again);
  const from = `${room.jid}/${sender.nick}`;
  const kept = { ...stanza, children: stanza.children.filter((c) => typeof c === 'string' || c.ns !== NS.delay) };
  const entry = { tick, stanza: withAttrs(kept, { from, to: room.jid }), author: full, via: peer };
  const { below, phase } = federationOf(context, room.jid);
  const history = [...room.history, entry].sort((a, b) => a.tick - b.tick);
  // What was said here meanwhile has to be sent there first.
  keepRoom(context, { ...room, history: phase === 'rejoining' ? history : history.slice(-room.historyLength) });
  const told = withAttrs(stanza, { from });
  for (const o of room.occupants) for (const c of localClients(o)) context.forward(withAttrs(told, { to: c.full }), rules.history);
  const up = phase === 'joined' && peer !== room.federateWith ? [room.federateWith] : [];
  for (const to of [...up, ...below.filter((b) => b !== peer)]) context.forward(append(withAttrs(told, { to }), fmuc(full)), rules.history);
  return true;
}

/** §5.6: a private message that another room passes on. */
export function privateMessage(context: Context, event: StanzaEvent): boolean {
  const { stanza, to } = event;
  const f = payload(stanza);
  if (!f || stanza.attrs['type'] === 'error' || stanza.attrs['type'] === 'groupchat') return false;
  const { room } = visit(context, event);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.unknownRoom);
  const { known } = peerOf(context, event, room);
  if (!known) return isOutsider(context, event, room);
  const addressee = byNick(room, to.resource);
  if (!addressee) return context.bounce(stanza, 'item-not-found', rules.unknownRoom, { by: room.jid });
  const from = `${room.jid}/${event.from.resource}`;
  if (addressee.via !== undefined)
    context.forward(
      append(withAttrs(cleaned(stanza), { from, to: `${addressee.via}/${addressee.nick}` }), fmuc(f.attrs['from'])),
      rules.private,
    );
  for (const c of localClients(addressee))
    context.forward(append(withAttrs(cleaned(stanza), { from, to: c.full }), mucUser()), rules.privateHere);
  return true;
}
