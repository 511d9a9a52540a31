/** Messages: to the room (XEP-0045 §7.4), its subject (§8.1), and between occupants (§7.5). */
import { child, childText, el, elements, withAttrs, withChildren, type Element } from '../../../../base/xml/element.ts';
import type { Rule } from '../../../kernel/model.ts';
import { bareOf, parseJid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { formIn, formType } from './forms.ts';
import { isHistoric, remembered } from './history.ts';
import { makeId } from './ids.ts';
import { decline, invite } from './invitations.ts';
import { byNick, isFederated, keepRoom, localClients, visit, type Occupant, type Room } from './room.ts';
import { rules } from './rules.ts';
import { REQUEST, voice } from './voice.ts';

const NOT_CONNECTED = 'You are not currently connected to this chat';
const NOT_IN_ROOM = 'Recipient not in room';

export function toRoom(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, sender } = visit(context, event);
  const { type } = stanza.attrs;
  if (type === 'error') return context.drop(rules.errorIgnored);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom);
  if (type === undefined || type === 'normal') {
    const x = child(stanza, 'x', NS.mucUser);
    if (x) return mediated(context, event, room, x);
    const form = formIn(stanza);
    if (form && formType(form) === REQUEST) return voice(context, event, room, sender, form);
  }
  if (type !== 'groupchat') return context.bounce(stanza, 'service-unavailable', rules.notForRoom);
  if (!sender) return context.bounce(stanza, 'not-acceptable', rules.outsider, { type: 'cancel', text: NOT_CONNECTED });
  if (sender.role === 'visitor') return context.bounce(stanza, 'forbidden', rules.noVoice, { text: 'You may not speak in this room' });
  return isSubjectChange(stanza) ? changeSubject(context, stanza, room, sender) : reflect(context, stanza, room, sender);
}

/** §7.8.2; as Prosody reads it, the first element says what the message is for. */
function mediated(context: Context, event: StanzaEvent, room: Room, x: Element): true {
  const asked = elements(x)[0];
  if (asked?.name === 'invite' && asked.attrs['to'] !== undefined) return invite(context, event, room, asked);
  if (asked?.name === 'decline' && asked.attrs['to'] !== undefined) return decline(context, event, room, asked);
  return context.bounce(event.stanza, 'bad-request', rules.badInvitee, { type: 'cancel' });
}

/** @param via the room of another service by which it has come (XEP-0289). */
export function reflect(context: Context, stanza: Element, room: Room, sender: Occupant, via?: string): true {
  const from = `${room.jid}/${sender.nick}`;
  // A client that gave none cannot find its own message again, but the others need one to refer to.
  const id = stanza.attrs['id'] ?? makeId(context);
  const said = stamped(context, withAttrs(withoutForgedDelay(stanza, room), { from, to: room.jid, id }), room, sender);
  const author = sender.clients[0]?.full ?? sender.bare;
  if (isHeld(context, stanza, said, room, author, via)) return true;
  if (isHistoric(stanza)) keepRoom(context, remembered(room, { tick: context.tick, stanza: said, author, via }));
  toAll(context, said, room, rules.reflect);
  return true;
}

/** Other rooms are told of it, and may have the last word about when it has been said. */
function isHeld(context: Context, stanza: Element, reflected: Element, room: Room, full: string, via: string | undefined): boolean {
  if (!isFederated(room)) return false;
  const occupant = { room: room.jid, bare: bareOf(parseJid(full)), full };
  return context.fire(['muc/said'], { stanza, from: parseJid(full), to: parseJid(room.jid), occupant, via, reflected });
}

/** Only the room says that something was said in it before. */
function withoutForgedDelay(stanza: Element, room: Room): Element {
  const isForged = (c: Element): boolean => (c.ns === NS.delay || c.ns === 'jabber:x:delay') && c.attrs['from'] === room.jid;
  if (!elements(stanza).some(isForged)) return stanza;
  return withChildren(
    stanza,
    stanza.children.filter((c) => typeof c === 'string' || !isForged(c)),
  );
}

/** §8.1: a subject and neither body nor thread. */
const isSubjectChange = (m: Element): boolean => child(m, 'subject') !== undefined && !child(m, 'body') && !child(m, 'thread');

/** Prosody sends what it keeps, the subject and nothing else, without the id; a subject that is the same as before, from the same, is not sent. */
function changeSubject(context: Context, stanza: Element, room: Room, sender: Occupant): true {
  if (sender.role !== 'moderator' && !room.changeSubject)
    return context.bounce(stanza, 'forbidden', rules.subjectDenied, { text: 'You are not allowed to change the subject' });
  return setSubject(context, stanza, room, sender);
}

/** @param via the room of another service by which it has come (XEP-0289). */
export function setSubject(context: Context, stanza: Element, room: Room, sender: Occupant, via?: string): true {
  const by = sender.nick === '' ? room.jid : `${room.jid}/${sender.nick}`;
  const text = childText(stanza, 'subject') ?? '';
  const isRfc = context.profile === 'rfc';
  if (!isRfc && (room.subject?.by ?? room.jid) === by && (room.subject?.text ?? '') === text) return context.drop(rules.subjectSame);
  const subject = el('subject', NS.client, {}, ...(text === '' ? [] : [text]));
  const kept = el('message', NS.client, { type: 'groupchat', from: by }, subject);
  if (isHeld(context, stanza, kept, room, sender.clients[0]?.full ?? sender.bare, via)) return true;
  keepRoom(context, { ...room, subject: { text, by, tick: context.tick } });
  toAll(
    context,
    isRfc && sender.nick !== '' ? stamped(context, withAttrs(stanza, { from: by }), room, sender) : kept,
    room,
    rules.subjectSet,
  );
  return true;
}

function toAll(context: Context, stanza: Element, room: Room, rule: Rule): void {
  for (const o of room.occupants) for (const c of localClients(o)) context.forward(withAttrs(stanza, { to: c.full }), rule);
}

export function toOccupant(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, sender, nick } = visit(context, event);
  const { type } = stanza.attrs;
  const isError = type === 'error';
  if (!room) return isError ? context.drop(rules.errorIgnored) : context.bounce(stanza, 'item-not-found', rules.noRoom);
  const by = room.jid;
  if (!sender)
    return isError
      ? context.drop(rules.errorIgnored)
      : context.bounce(stanza, 'not-acceptable', rules.outsider, { by, type: 'cancel', text: NOT_CONNECTED });
  if (type === 'groupchat') return context.bounce(stanza, 'bad-request', rules.privateType, { by });
  const addressee = byNick(room, nick);
  if (!addressee)
    return isError ? context.drop(rules.errorIgnored) : context.bounce(stanza, 'item-not-found', rules.nobody, { by, text: NOT_IN_ROOM });
  if (addressee.via !== undefined) {
    const occupant = { room: room.jid, bare: sender.bare, full: sender.clients[0]?.full };
    return context.fire(['muc/private'], { ...event, occupant, via: addressee.via }) || context.drop(rules.nobody);
  }
  const own = stanza.children.filter((c) => typeof c === 'string' || (c.ns !== NS.mucUser && c.ns !== NS.muc));
  // RFC 6120 §8.3.1 has the error last.
  const isLast = (c: Element | string): boolean => typeof c !== 'string' && c.name === 'error' && c.ns === stanza.ns;
  const marked = withChildren(stanza, [...own.filter((c) => !isLast(c)), el('x', NS.mucUser), ...own.filter(isLast)]);
  const said = stamped(context, withAttrs(marked, { from: `${room.jid}/${sender.nick}` }), room, sender);
  for (const c of addressee.clients) context.forward(withAttrs(said, { to: c.full }), rules.private);
  return true;
}

function stamped(context: Context, stanza: Element, room: Room, sender: Occupant): Element {
  const from = parseJid(`${room.jid}/${sender.nick}`);
  return context.decorate('muc-message', { stanza, from, to: parseJid(room.jid), occupant: { room: room.jid, bare: sender.bare } });
}
