/** The link to the room that this one joins: begun with the first who comes, lost, tried again, joined. XEP-0289 §5.1, and what §8 leaves open. */
import { bareOf, parseJid } from '../../../../base/jid.ts';
import { append, el, withAttrs, type Element } from '../../../../base/xml/element.ts';
import type { Rule } from '../../../kernel/model.ts';
import type { Condition } from '../../errors.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { presenceToOccupant } from '../muc/join.ts';
import { forRoom } from '../muc/presence.ts';
import { affiliationOf, defaultRole, keepRoom, type Occupant, type Room } from '../muc/room.ts';
import { delay, stampOf } from '../xep0203.ts';
import {
  change,
  cleaned,
  federationOf,
  federations,
  fmuc,
  FMUC,
  fullOf,
  ownSide,
  payload,
  PATIENCE,
  RETRY,
  roomOf,
  TRIES,
  turnTo,
  type Held,
} from './federation.ts';
import { loseRemote, shownIn } from './remote.ts';
import { rules } from './rules.ts';

/** §5.1: the other room is joined for this occupant, who is here already or waits to be. */
function ask(context: Context, room: Room, about: Occupant, isNew: boolean): void {
  const { heard } = federationOf(context, room.jid);
  const said = cleaned(about.clients[0]?.presence ?? el('presence', NS.client));
  const wish = isNew || heard === 0 ? [] : [el('history', NS.muc, { since: stampOf(heard) })];
  const { children, ...plain } = forRoom(room, about, said, []);
  const content = [...children.slice(0, -1), fmuc(fullOf(about)), el('x', NS.muc, {}, ...wish), ...children.slice(-1)];
  const attrs = { from: `${room.jid}/${about.nick}`, to: `${room.federateWith}/${about.nick}` };
  const stanza = withAttrs({ ...plain, children: content }, attrs);
  if (isNew) context.forward(stanza, rules.ask);
  else context.originate(stanza, rules.rejoin);
  const { number } = change(context, room.jid, { asker: fullOf(about) });
  turnTo(context, room.jid, isNew ? 'joining' : 'rejoining');
  context.later(PATIENCE, 'fmuc-wait', number);
}

/** Somebody joins this room, or another room does, while nobody is in it: they wait until the room that this one joins has answered. */
export function begin(context: Context, room: Room, held: Held): void {
  const from = parseJid(held.full);
  const bare = `${from.local}@${from.domain}`;
  const nick = parseJid(held.stanza.attrs['to'] ?? room.jid).resource;
  const clients = [{ full: held.full, presence: held.stanza }];
  // Who comes by a room that joins this one is what that room says.
  const shown = payload(held.stanza)
    ? shownIn(held.stanza)
    : { role: defaultRole(room, affiliationOf(room, bare)), affiliation: undefined };
  ask(context.as(held.row), room, { nick, bare, role: shown.role, affiliation: shown.affiliation, clients }, true);
}

/** The room tries again, for the first of those who are here. */
function retry(context: Context, room: Room): void {
  const { phase, tries } = federationOf(context, room.jid);
  const first = ownSide(room)[0];
  if (phase !== 'lost') return;
  if (!first) {
    turnTo(context, room.jid, 'none');
    return;
  }
  change(context, room.jid, { tries: tries + 1 });
  ask(context, room, first, false);
}

/** The room has been set up to join another one, or none: it leaves the one before, and joins the new one for those who are here. */
export function federatesAnew(context: Context, jid: string, before: string): void {
  const room = roomOf(context, jid);
  const { phase, number } = federationOf(context, jid);
  if (!room) return;
  const own = room.occupants.filter((o) => o.via === undefined || o.via !== before);
  if (before !== '' && (phase === 'joined' || phase === 'rejoining'))
    for (const o of own) {
      const gone = forRoom(room, { ...o, role: 'none' }, el('presence', NS.client, { type: 'unavailable' }), []);
      context.originate(append(withAttrs(gone, { to: `${before}/${o.nick}` }), fmuc(fullOf(o))), rules.presence);
    }
  loseRemote(context, jid, before);
  change(context, jid, { tries: 0, heard: 0 });
  turnTo(context, jid, own.length > 0 && room.federateWith !== '' ? 'lost' : 'none');
  release(context, jid);
  context.later(0, 'fmuc-retry', number);
}

/** The room that was joined, or one that has joined, is out of reach. */
export function lose(context: Context, jid: string, peer: string): void {
  const f = federationOf(context, jid);
  const room = roomOf(context, jid);
  if (f.below.includes(peer)) {
    change(context, jid, { below: f.below.filter((b) => b !== peer) });
    loseRemote(context, jid, peer);
  }
  if (peer !== room?.federateWith || f.phase === 'none' || f.phase === 'lost' || f.phase === 'refused') return;
  if (f.phase === 'leaving') turnTo(context, jid, 'none');
  else {
    context.decline(rules.cut);
    const { tries, number } = change(context, jid, { tries: f.phase === 'rejoining' ? f.tries : 0 });
    turnTo(context, jid, 'lost');
    loseRemote(context, jid, peer);
    if (tries < TRIES) context.later(RETRY, 'fmuc-retry', number);
  }
  release(context, jid);
}

/** What waited goes on as things are now: in a room that goes on by itself, or back to who sent it. */
export function release(context: Context, jid: string): void {
  const { held, phase } = federationOf(context, jid);
  change(context, jid, { held: [] });
  for (const h of held) {
    if (h.key === '') resume(context, h, undefined);
    else refuse(context, h, phase === 'refused' ? 'not-allowed' : 'recipient-unavailable');
  }
}

/** @param via the room that has sent it back, or that knows of it already. */
export function resume(context: Context, { row, stanza, full }: Held, via: string | undefined): void {
  const to = parseJid(stanza.attrs['to'] ?? full);
  if (payload(stanza)) {
    context.as(row).fire(['presence/full'], { stanza, from: parseJid(stanza.attrs['from'] ?? full), to });
    return;
  }
  presenceToOccupant(row === context.row ? context : context.as(row), { stanza, from: parseJid(full), to, via });
}

export function refuse(context: Context, { row, stanza }: Held, condition: Condition): void {
  const { to = '', from = '' } = stanza.attrs;
  if (condition === 'not-allowed' && payload(stanza)) {
    reject(context, bareOf(parseJid(to)), bareOf(parseJid(from)), 'The room that this one would join does not take it.', rules.reject);
    return;
  }
  const text = condition === 'recipient-unavailable' ? 'The primary of this room cannot be reached' : undefined;
  const details = text === undefined ? {} : ({ type: 'wait', text } as const);
  context.as(row).bounce(stanza, condition, REFUSALS[condition] ?? rules.noPrimary, details);
}

const REFUSALS: Readonly<Partial<Record<Condition, Rule>>> = {
  conflict: rules.collision,
  forbidden: rules.banned,
  'not-allowed': rules.rejected,
};

/** §5.1, §8: everything of the other room is here; now it learns what it does not know of this one, and those who waited come in. */
export function joined(context: Context, jid: string): void {
  const { phase, asker, heard, held } = federationOf(context, jid);
  turnTo(context, jid, 'joined');
  change(context, jid, { tries: 0, heard: context.tick, held: [] });
  const room = roomOf(context, jid);
  if (!room) return;
  for (const o of phase === 'rejoining' ? ownSide(room) : []) {
    if (fullOf(o) === asker) continue;
    const stanza = forRoom(room, o, cleaned(o.clients[0]?.presence ?? el('presence', NS.client)), []);
    context.originate(upward(room, stanza, o.nick, fullOf(o)), rules.upward);
  }
  if (phase === 'rejoining') askerGone(context, room, asker);
  // A replica has said nothing by itself.
  for (const said of phase === 'rejoining' && !room.replica ? room.history : []) {
    if (said.via === room.federateWith || said.tick < heard) continue;
    const stanza = append(said.stanza, delay(said.tick, room.jid));
    context.originate(upward(room, stanza, '', said.author), rules.upward);
  }
  keepRoom(context, { ...room, history: room.history.slice(-room.historyLength) });
  for (const h of held) {
    if (h.key === '') resume(context, h, h.full === asker ? room.federateWith : undefined);
    else change(context, jid, { held: [...federationOf(context, jid).held, h] });
  }
}

/** The one for whom the room has joined again has left before it was answered. */
function askerGone(context: Context, room: Room, asker: string): void {
  if (ownSide(room).some((o) => fullOf(o) === asker)) return;
  if (ownSide(room).length > 0) takeBack(context, room, asker);
  else askerLeft(context, room, asker);
}

/** The other room is told that the one for whom it was joined has gone. */
function takeBack(context: Context, room: Room, asker: string): void {
  const from = parseJid(asker);
  const about: Occupant = { nick: from.local, bare: `${from.local}@${from.domain}`, role: 'none', clients: [] };
  const stanza = forRoom(room, about, el('presence', NS.client, { type: 'unavailable' }), []);
  context.originate(upward(room, stanza, about.nick, asker), rules.presence);
}

/** §5.1: the room that is being joined has somebody who is here by another way: this link would close a circle. */
export function withdraw(context: Context, room: Room): void {
  context.decline(rules.circle);
  takeBack(context, room, federationOf(context, room.jid).asker);
  turnTo(context, room.jid, 'refused');
  loseRemote(context, room.jid, room.federateWith);
  release(context, room.jid);
}

/** §5.1 */
export function reject(context: Context, room: string, peer: string, words: string, rule: Rule): true {
  const word = el('reject', FMUC, {}, words);
  context.originate(el('presence', NS.client, { from: room, to: peer }, fmuc(undefined, word)), rule);
  return true;
}

/** The one who waits first, and for whom the other room is being joined, has gone. */
export function askerLeft(context: Context, room: Room, full: string): void {
  takeBack(context, room, full);
  const { number } = turnTo(context, room.jid, 'leaving');
  context.later(PATIENCE, 'fmuc-wait', number);
}

/** To the room that this one has joined. */
export function upward(room: Room, stanza: Element, nick: string, full: string | undefined): Element {
  const to = nick === '' ? room.federateWith : `${room.federateWith}/${nick}`;
  return append(withAttrs(cleanedOfIds(stanza), { to }), fmuc(full));
}

/** Occupant ids are each room's own (XEP-0421). */
const cleanedOfIds = (stanza: Element): Element => ({
  ...stanza,
  children: stanza.children.filter((c) => typeof c === 'string' || c.ns !== NS.occupantId),
});

function named(context: Context, number: number): Room | undefined {
  const all = context.get(federations);
  const jid = Object.keys(all).find((room) => all[room]!.number === number);
  return jid === undefined ? undefined : roomOf(context, jid);
}

/** Timers: it is time to try again; it is time that an answer had come. */
export function retryNow(context: Context, number: number): void {
  const room = named(context, number);
  if (room) retry(context, room);
}

export function waitedLong(context: Context, number: number): void {
  const room = named(context, number);
  if (!room) return;
  const { phase, since, held } = federationOf(context, room.jid);
  const before = context.tick - PATIENCE;
  const isLate = (phase === 'joining' || phase === 'rejoining' || phase === 'leaving') && since <= before;
  if (!isLate && !(phase === 'joined' && held.some((h) => h.since <= before))) return;
  context.decline(rules.late);
  lose(context, room.jid, room.federateWith);
}
