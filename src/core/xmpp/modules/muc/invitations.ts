/** Invitations that go through the room, and what is answered to them. XEP-0045 §7.8.2, §9.4 (membership that comes with one). */
import { child, childText, el, withAttrs, withChildren, type Element } from '../../../../base/xml/element.ts';
import { bareOf, formatJid, tryParseJid, type Jid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { mucUser } from './presence.ts';
import { setAffiliation } from './privileges.ts';
import { affiliationOf, byNick, defaultRole, keepRoom, rankOf, roleRank, visit, type Room, type Visit } from './room.ts';
import { rules } from './rules.ts';

const CONFERENCE = 'jabber:x:conference';

/** @param asked the invite element of the message. */
export function invite(context: Context, event: StanzaEvent, room: Room, asked: Element): true {
  const { stanza } = event;
  const v = visit(context, event);
  const invitee = tryParseJid(asked.attrs['to'] ?? '');
  if (!invitee) return context.bounce(stanza, 'jid-malformed', rules.badInvitee, { type: 'cancel' });
  if (!mayInvite(room, v) || (context.profile === 'rfc' && !v.sender))
    return context.bounce(stanza, 'forbidden', rules.mayNotInvite, { by: room.jid });
  const isShown = room.whois === 'anyone' || defaultRole(room, affiliationOf(room, bareOf(invitee))) === 'moderator';
  const from = !isShown && v.sender ? `${room.jid}/${v.sender.nick}` : v.full;
  const reason = childText(asked, 'reason') ?? '';
  if (room.membersOnly && rankOf(affiliationOf(room, bareOf(invitee))) <= rankOf('none'))
    keepRoom(context, setAffiliation(context, room, bareOf(invitee), 'member', { reason: `Invited by ${from}` }));
  const password = room.password === '' ? [] : [el('password', NS.mucUser, {}, room.password)];
  const x = mucUser(el('invite', NS.mucUser, { from }, reasonOf(reason)), ...password);
  const words = `${from} invited you to the room ${room.jid}${inBrackets(reason)}`;
  // The reason is text in Prosody's, where XEP-0249 §2 has an attribute for it.
  const isRfc = context.profile === 'rfc' && reason !== '';
  const older = el('x', CONFERENCE, { jid: room.jid, reason: isRfc ? reason : undefined }, ...(isRfc || reason === '' ? [] : [reason]));
  context.forward(withAttrs(passedOn(stanza, x, words, [older]), { from: room.jid, to: formatJid(invitee) }), rules.invited);
  return true;
}

/** §5.1.1: a visitor may not; of a members-only room only who may make members, or any member where the room lets them. */
function mayInvite(room: Room, v: Visit): boolean {
  const own = affiliationOf(room, v.bare);
  if (roleRank(v.sender?.role ?? defaultRole(room, own)) <= roleRank('visitor')) return false;
  return !room.membersOnly || rankOf(own) >= rankOf(room.memberInvites ? 'member' : 'admin');
}

export function decline(context: Context, event: StanzaEvent, room: Room, asked: Element): true {
  const { stanza } = event;
  const v = visit(context, event);
  const to = tryParseJid(asked.attrs['to'] ?? '');
  if (!to) return context.bounce(stanza, 'jid-malformed', rules.badInvitee, { type: 'cancel' });
  const reason = childText(asked, 'reason') ?? '';
  const x = mucUser(el('decline', NS.mucUser, { from: v.full }, reasonOf(reason)));
  const words = `${v.full} declined your invite to the room ${room.jid}${inBrackets(reason)}`;
  const message = passedOn(stanza, x, words, []);
  for (const address of addressesOf(room, to)) context.forward(withAttrs(message, { from: room.jid, to: address }), rules.declined);
  return true;
}

/** Who has invited may be known by the address in the room only. */
function addressesOf(room: Room, to: Jid): readonly string[] {
  const occupant = bareOf(to) === room.jid ? byNick(room, to.resource) : undefined;
  return occupant ? occupant.clients.map((c) => c.full) : [formatJid(to)];
}

const reasonOf = (reason: string): Element => el('reason', NS.mucUser, {}, ...(reason === '' ? [] : [reason]));
const inBrackets = (reason: string): string => (reason === '' ? '' : ` (${reason})`);

/** What else was in the message stays; words for clients that know nothing of invitations, where it had none. */
function passedOn(stanza: Element, x: Element, words: string, more: readonly Element[]): Element {
  const kept = stanza.children.filter((c) => typeof c === 'string' || (c.ns !== NS.muc && c.ns !== NS.mucUser));
  const body = child(stanza, 'body') ? [] : [el('body', NS.client, {}, words)];
  return withChildren(stanza, [...body, ...kept, x, ...more]);
}
