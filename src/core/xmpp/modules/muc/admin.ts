/** muc#admin: roles by nick, affiliations by address, and their lists. XEP-0045 §8.2 to §8.5, §9, §10.3 to §10.8, §17.3. */
import { childText, el, elements, type Element } from '../../../../base/xml/element.ts';
import { formatJid, tryParseJid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import type { Condition, ErrorDetails } from '../../errors.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { item as itemOf, itemsOf } from './presence.ts';
import { setAffiliation, setRole, type Deed } from './privileges.ts';
import { refuseAffiliation, refuseRole, type Refusal } from './refusals.ts';
import {
  AFFILIATIONS,
  affiliationOf,
  byNick,
  defaultRole,
  keepRoom,
  rankOf,
  ROLES,
  visit,
  type Affiliation,
  type Occupant,
  type Role,
  type Room,
} from './room.ts';
import { rules } from './rules.ts';

export const ADMIN = 'http://jabber.org/protocol/muc#admin';

const isAffiliation = (word: string): word is Affiliation => (AFFILIATIONS as readonly string[]).includes(word);
const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word);

/** What one item of a request asks for. */
type Wish =
  | { readonly who: string; readonly affiliation: Affiliation; readonly nick: string | undefined; readonly reason: string | undefined }
  | { readonly occupant: Occupant; readonly role: Role; readonly reason: string | undefined }
  | { readonly condition: Condition; readonly details: ErrorDetails };

const wrong = (condition: Condition, type: NonNullable<ErrorDetails['type']>, text?: string): Wish => ({
  condition,
  details: text === undefined ? { type } : { type, text },
});

export function adminSet(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, full } = visit(context, event);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  const items = elements(payloadOf(stanza) ?? stanza);
  if (items.length === 0) return context.bounce(stanza, 'bad-request', rules.adminRequest, { type: 'cancel' });
  // Prosody reads the first item and no other; the specification wants all of them or none (§9.2, §9.5).
  const wishes = (context.profile === 'rfc' ? items : items.slice(0, 1)).map((i) => wishOf(room, i));
  for (const wish of wishes) {
    if ('condition' in wish) return context.bounce(stanza, wish.condition, rules.adminRequest, wish.details);
    const refused = refusal(context, room, full, wish);
    if (refused) return context.bounce(stanza, refused.condition, rules.privileges, { type: refused.type });
  }
  let isAnswered = false;
  const reply = (): void => {
    if (!isAnswered) context.reply(resultOf(stanza), rules.granted);
    isAnswered = true;
  };
  const answer = context.profile === 'rfc' ? reply : undefined;
  keepRoom(
    context,
    wishes.reduce((now, wish) => granted(context, now, { actor: full, answer }, wish), room),
  );
  reply();
  return true;
}

function wishOf(room: Room, i: Element): Wish {
  const { affiliation, role } = i.attrs;
  const address = i.attrs['jid'] === undefined ? undefined : tryParseJid(i.attrs['jid']);
  if (i.attrs['jid'] !== undefined && !address) return wrong('jid-malformed', 'modify');
  if (address && address.resource !== '') return wrong('jid-malformed', 'modify', 'An affiliation belongs to a bare address');
  const nick = i.attrs['nick'];
  const reason = childText(i, 'reason');
  const who = address ? formatJid(address) : nick === undefined ? undefined : byNick(room, nick)?.bare;
  if (affiliation !== undefined && who !== undefined && role === undefined)
    return isAffiliation(affiliation) ? { who, affiliation, nick, reason } : wrong('not-acceptable', 'modify');
  if (role === undefined || nick === undefined || affiliation !== undefined) return wrong('bad-request', 'cancel');
  const occupant = byNick(room, nick);
  if (!occupant) return wrong('item-not-found', 'modify');
  return isRole(role) ? { occupant, role, reason } : wrong('not-acceptable', 'modify');
}

function refusal({ profile }: Context, room: Room, actor: string, wish: Wish): Refusal | undefined {
  if ('condition' in wish) return undefined;
  if ('who' in wish) return refuseAffiliation(profile, room, actor, wish.who, wish.affiliation);
  return refuseRole(profile, room, actor, wish.occupant, wish.role);
}

function granted(context: Context, room: Room, deed: Deed, wish: Wish): Room {
  if ('condition' in wish) return room;
  const { reason } = wish;
  if (!('who' in wish)) {
    // What an item before this one has made of the occupant counts.
    const occupant = byNick(room, wish.occupant.nick);
    return occupant ? setRole(context, room, occupant, wish.role, { ...deed, reason }) : room;
  }
  const { who, affiliation, nick } = wish;
  const holder = nick === undefined ? undefined : byNick(room, nick);
  const free =
    holder && holder.bare !== who ? setRole(context, room, holder, 'none', { reason: 'This nick is kept for somebody else now' }) : room;
  return setAffiliation(context, free, who, affiliation, { ...deed, reason, nick });
}

export function adminGet(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, bare, sender } = visit(context, event);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  const asked = elements(payloadOf(stanza) ?? stanza)[0];
  // Prosody stumbles over a request without an item, and says nothing.
  if (!asked) return context.profile === 'rfc' ? context.bounce(stanza, 'bad-request', rules.adminRequest) : context.drop(rules.stumbles);
  const { affiliation, role } = asked.attrs;
  const own = affiliationOf(room, bare);
  const answer = (items: readonly Element[]): true => context.reply(resultOf(stanza, el('query', ADMIN, {}, ...items)), rules.lists);
  if (affiliation !== undefined && role === undefined && isAffiliation(affiliation)) {
    const isAdmin = rankOf(own) >= rankOf('admin') && rankOf(own) >= rankOf(affiliation);
    const isMember = room.membersOnly && room.whois === 'anyone' && rankOf(own) >= rankOf('member');
    if (!isAdmin && !isMember) return context.bounce(stanza, 'forbidden', rules.privileges);
    const named = Object.entries(room.affiliations).filter(([, a]) => a === affiliation);
    return answer(named.map(([jid]) => itemOf(affiliation, undefined, jid, { nick: room.reserved[jid] }, ADMIN)));
  }
  if (role !== undefined && affiliation === undefined && isRole(role)) {
    if ((sender?.role ?? defaultRole(room, own)) !== 'moderator') return context.bounce(stanza, 'forbidden', rules.privileges);
    return answer(room.occupants.filter((o) => o.role === role).flatMap((o) => itemsOf(room, o, true, { nick: o.nick }, ADMIN)));
  }
  return context.bounce(stanza, 'bad-request', rules.adminRequest, { type: 'cancel' });
}
