/** Messages: to the room (XEP-0045 §7.4), its subject (§8.1), and between occupants (§7.5). */
import { append, child, childText, el, withAttrs, withChildren, type Element } from '../../../../base/xml/element.ts';
import type { Rule } from '../../../kernel/model.ts';
import { parseJid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { remembered } from './history.ts';
import { makeId } from './ids.ts';
import { byNick, keepRoom, roleOf, visit, type Occupant, type Room } from './room.ts';
import { rules } from './rules.ts';

const NOT_CONNECTED = 'You are not currently connected to this chat';
const NOT_IN_ROOM = 'Recipient not in room';

export function toRoom(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, sender } = visit(context, event);
  const { type } = stanza.attrs;
  if (type === 'error') return context.drop(rules.errorIgnored);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom);
  if (type !== 'groupchat') return context.bounce(stanza, 'service-unavailable', rules.notForRoom);
  if (!sender) return context.bounce(stanza, 'not-acceptable', rules.outsider, { type: 'cancel', text: NOT_CONNECTED });
  return isSubjectChange(stanza) ? changeSubject(context, stanza, room, sender) : reflect(context, stanza, room, sender);
}

function reflect(context: Context, stanza: Element, room: Room, sender: Occupant): true {
  const from = `${room.jid}/${sender.nick}`;
  // A client that gave none cannot find its own message again, but the others need one to refer to.
  const id = stanza.attrs['id'] ?? makeId(context);
  const said = stamped(context, withAttrs(stanza, { from, to: room.jid, id }), room, sender);
  if (child(stanza, 'body')) keepRoom(context, remembered(room, context.tick, said));
  toAll(context, said, room, rules.reflect);
  return true;
}

/** §8.1: a subject and neither body nor thread. */
const isSubjectChange = (m: Element): boolean => child(m, 'subject') !== undefined && !child(m, 'body') && !child(m, 'thread');

/** Prosody sends what it keeps, the subject and nothing else, without the id. */
function changeSubject(context: Context, stanza: Element, room: Room, sender: Occupant): true {
  if (roleOf(room, sender) !== 'moderator')
    return context.bounce(stanza, 'forbidden', rules.subjectDenied, { text: 'You are not allowed to change the subject' });
  const by = `${room.jid}/${sender.nick}`;
  const text = childText(stanza, 'subject') ?? '';
  keepRoom(context, { ...room, subject: { text, by, tick: context.tick } });
  const subject = el('subject', NS.client, {}, ...(text === '' ? [] : [text]));
  toAll(context, el('message', NS.client, { type: 'groupchat', from: by }, subject), room, rules.subjectSet);
  return true;
}

function toAll(context: Context, stanza: Element, room: Room, rule: Rule): void {
  for (const o of room.occupants) for (const c of o.clients) context.forward(withAttrs(stanza, { to: c.full }), rule);
}

export function toOccupant(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, sender, nick } = visit(context, event);
  const { type } = stanza.attrs;
  if (type === 'error') return context.drop(rules.errorIgnored);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom);
  const by = room.jid;
  if (!sender) return context.bounce(stanza, 'not-acceptable', rules.outsider, { by, type: 'cancel', text: NOT_CONNECTED });
  if (type === 'groupchat') return context.bounce(stanza, 'bad-request', rules.privateType, { by });
  const addressee = byNick(room, nick);
  if (!addressee) return context.bounce(stanza, 'item-not-found', rules.nobody, { by, text: NOT_IN_ROOM });
  const own = stanza.children.filter((c) => typeof c === 'string' || c.ns !== NS.mucUser);
  const marked = append(withChildren(stanza, own), el('x', NS.mucUser));
  const said = stamped(context, withAttrs(marked, { from: `${room.jid}/${sender.nick}` }), room, sender);
  for (const c of addressee.clients) context.forward(withAttrs(said, { to: c.full }), rules.private);
  return true;
}

function stamped(context: Context, stanza: Element, room: Room, sender: Occupant): Element {
  const from = parseJid(`${room.jid}/${sender.nick}`);
  return context.decorate('muc-message', { stanza, from, to: parseJid(room.jid), occupant: { room: room.jid, bare: sender.bare } });
}
