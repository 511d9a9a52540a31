/** Occupants who are here by another room: they come, change, leave, and all leave at once when that room is lost. XEP-0289 §5.1, §5.3, §5.4. */
import { child, childText, el, elements, type Element } from '../../../../base/xml/element.ts';
import { bareOf, parseJid } from '../../../../base/jid.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { announce, parting, status } from '../muc/presence.ts';
import { AFFILIATIONS, keepRoom, ROLES, withOccupant, type Affiliation, type Occupant, type Role, type Room } from '../muc/room.ts';
import { cleaned, roomOf } from './federation.ts';
import { rules } from './rules.ts';

interface Shown {
  readonly role: Role;
  readonly affiliation: Affiliation;
  /** Nick to come. */
  readonly nick: string | undefined;
  readonly reason: string | undefined;
  readonly codes: readonly Element[];
}

/** What the other room says of an occupant; words that mean nothing are passed over. */
export function shownIn(stanza: Element): Shown {
  const x = child(stanza, 'x', NS.mucUser);
  const item = x && child(x, 'item');
  const { role, affiliation, nick } = item?.attrs ?? {};
  return {
    role: ROLES.find((r) => r === role) ?? 'participant',
    affiliation: AFFILIATIONS.find((a) => a === affiliation) ?? 'none',
    nick,
    reason: item && childText(item, 'reason'),
    codes: x ? elements(x).filter((c) => c.name === 'status') : [],
  };
}

export const hasCode = ({ codes }: Shown, code: number): boolean => codes.some((c) => c.attrs['code'] === String(code));

/** Somebody has come by that room, or is another there from now on. */
export function enterRemote(context: Context, room: Room, stanza: Element, full: string, nick: string, peer: string): void {
  const { role, affiliation } = shownIn(stanza);
  const presence = cleaned(stanza);
  const before = room.occupants.find((o) => o.via === peer && o.clients.some((c) => c.full === full));
  const about: Occupant = { nick, bare: bareOf(parseJid(full)), role, affiliation, via: peer, clients: [{ full, presence }] };
  const now = before ? withOccupant(room, before, about) : { ...room, occupants: [...room.occupants, about] };
  if (before && before.nick !== nick) {
    const gone = { ...before, clients: [parting(full)] };
    announce(context, { room, about: gone, head: [status(303)], newNick: nick, before: before.role, source: peer }, rules.presence);
  }
  keepRoom(context, now);
  announce(context, { room: now, about, before: before?.role, carried: presence, source: peer }, rules.presence);
}

/** Somebody has gone there: of their own will, with another nick to come, or taken out. */
export function leaveRemote(context: Context, room: Room, occupant: Occupant, stanza: Element): void {
  const shown = shownIn(stanza);
  const presence = cleaned(stanza);
  const renamed = hasCode(shown, 303);
  const now = withOccupant(room, occupant, undefined);
  const clients = occupant.clients.map((c) => ({ ...c, presence }));
  const about: Occupant = { ...occupant, role: renamed ? occupant.role : 'none', clients };
  keepRoom(context, now);
  const told = { head: shown.codes, newNick: renamed ? shown.nick : undefined, reason: shown.reason };
  announce(context, { room: now, about, ...told, before: occupant.role, carried: presence, source: occupant.via }, rules.presence);
}

/** All who were here by that room are gone without a word of their own. */
export function loseRemote(context: Context, jid: string, peer: string): void {
  const why = el('status', NS.client, {}, `No way to ${peer}`);
  for (const occupant of roomOf(context, jid)?.occupants ?? []) {
    const room = roomOf(context, jid);
    if (!room || occupant.via !== peer) continue;
    if (occupant.also !== undefined) {
      keepRoom(context, withOccupant(room, occupant, { ...occupant, via: occupant.also, also: undefined }));
      continue;
    }
    const now = withOccupant(room, occupant, undefined);
    keepRoom(context, now);
    const about: Occupant = { ...occupant, role: 'none', clients: occupant.clients.map((c) => parting(c.full, why)) };
    announce(context, { room: now, about, head: [status(333)], before: occupant.role, source: peer }, rules.cut);
  }
}

/** One of this room's own, taken out for a nick that somebody else has, or because a moderator elsewhere wants it. */
export function expel(
  context: Context,
  room: Room,
  occupant: Occupant,
  codes: readonly Element[],
  reason: string | undefined,
  peer: string,
): void {
  const now = withOccupant(room, occupant, undefined);
  keepRoom(context, now);
  const rule = codes.length === 0 ? rules.collision : rules.kick;
  const head = codes.length === 0 ? [status(307)] : codes;
  announce(context, { room: now, about: { ...occupant, role: 'none' }, head, reason, before: occupant.role, source: peer }, rule);
}
