/**
 * Roles and affiliations change. XEP-0045 §8.2 to §8.5, §9, §10.3 to §10.8: what becomes of the room, and who is told what (who may do it to whom: `refusals.ts`).
 * Both are pure but for what they tell: they answer the room as it is then, for the caller to keep.
 */
import { append, el } from '../../../../base/xml/element.ts';
import type { Rule } from '../../../kernel/model.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { announce, item, mucUser, showTo, status } from './presence.ts';
import { defaultRole, listed, localClients, rankOf, roleRank, type Affiliation, type Occupant, type Role, type Room } from './room.ts';
import { rules } from './rules.ts';

export interface Deed {
  /** Full address; none where the room does it of itself. */
  readonly actor?: string | undefined;
  readonly reason?: string | undefined;
  /** A nick to reserve; `null`: none any more. */
  readonly nick?: string | null | undefined;
  /** Answers who has asked for it, once whoever is removed has been told (§8.2, §9.1). */
  readonly answer?: (() => void) | undefined;
}

export function setAffiliation(context: Context, before: Room, who: string, affiliation: Affiliation, deed: Deed = {}): Room {
  const was = listed(before, who) ?? 'none';
  const { [who]: _a, ...others } = before.affiliations;
  const { [who]: _n, ...nicks } = before.reserved;
  // §9.2: nothing is kept for who is banned; Prosody keeps the nick.
  const isOut = affiliation === 'none' || (affiliation === 'outcast' && context.profile === 'rfc');
  const cleared = isOut || deed.nick === null;
  const nick = cleared ? undefined : (deed.nick ?? before.reserved[who]);
  const listedNow: Room = {
    ...before,
    affiliations: affiliation === 'none' ? others : { ...others, [who]: affiliation },
    reserved: nick === undefined ? nicks : { ...nicks, [who]: nick },
  };
  const role = defaultRole(listedNow, affiliation);
  const isDown = rankOf(was) > rankOf(affiliation);
  const concerns = (o: Occupant): boolean =>
    o.bare === who || (affiliation === 'outcast' && !who.includes('@') && o.bare.endsWith(`@${who}`));
  const roleNow = (o: Occupant): Role => (isDown || roleRank(o.role) < roleRank(role) ? role : o.role);
  const concerned = before.occupants.filter(concerns).map((o) => ({ was: o, now: { ...o, role: roleNow(o) } }));
  const room = { ...listedNow, occupants: listedNow.occupants.flatMap((o) => replaced(o, concerned.find((c) => c.was === o)?.now)) };
  const head = role === 'none' ? [status(affiliation === 'outcast' ? 301 : 321)] : [];

  if (concerned.length === 0) tellOfAbsent(context, room, who, affiliation, head, deed.reason);
  for (const { was: old, now } of concerned) {
    const rule = now.role === 'none' ? (affiliation === 'outcast' ? rules.bannedOut : rules.removed) : rules.affiliated;
    announce(context, { room, about: now, head, actor: deed.actor, reason: deed.reason, between: deed.answer, before: old.role }, rule);
    // Who may see real addresses now, or may not any more, is shown everybody once more.
    const moved = (old.role === 'moderator') !== (now.role === 'moderator');
    if (now.role === 'none' || room.whois !== 'moderators' || !moved) continue;
    for (const c of localClients(now))
      for (const o of room.occupants)
        if (o.bare !== who && room.broadcast.includes(o.role)) showTo(context, room, o, now, c.full, rules.shownAgain);
  }
  return room;
}

const replaced = (before: Occupant, after: Occupant | undefined): readonly Occupant[] =>
  after === undefined ? [before] : after.role === 'none' ? [] : [after];

/** §9.3 ff.: of somebody who is not in the room only those are told who see real addresses. */
function tellOfAbsent(
  context: Context,
  room: Room,
  who: string,
  affiliation: Affiliation,
  head: readonly ReturnType<typeof status>[],
  reason: string | undefined,
): void {
  const message = append(el('message', NS.client, { from: room.jid }), mucUser(...head, item(affiliation, undefined, who, { reason })));
  for (const o of room.occupants) {
    if (room.whois === 'moderators' && o.role !== 'moderator') continue;
    for (const c of localClients(o)) context.originate({ ...message, attrs: { ...message.attrs, to: c.full } }, rules.absentAffiliated);
  }
}

/** @param why where it is another rule than that of the deed. */
export function setRole(context: Context, before: Room, occupant: Occupant, role: Role, deed: Deed = {}, why?: Rule): Room {
  const now = { ...occupant, role };
  const room = { ...before, occupants: before.occupants.flatMap((o) => replaced(o, o === occupant ? now : undefined)) };
  const head = role === 'none' ? [status(307)] : [];
  const rule = why ?? (role === 'none' ? rules.kicked : rules.roleSet);
  announce(context, { room, about: now, head, actor: deed.actor, reason: deed.reason, between: deed.answer, before: occupant.role }, rule);
  return room;
}
