/**
 * XEP-0425 Moderated Message Retraction 0.3.0 (2023-03-02, https://xmpp.org/extensions/xep-0425.html) §4 what a moderator asks, §5 what all are told, and the tombstone in the archive (XEP-0424 §4),
 * whose schema has no place for a moderator’s reason: the tombstone says by whom and when, the notice says why.
 * A message is named by the id that the room gave it, so that the room must keep an archive (`xep-0313-muc`). Simplified: the history that newcomers
 * get loses the message; nobody is told again who comes later; the namespaces of version 0.2 are not spoken.
 */

import { child, childText, el, elements, withAttrs, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { STANZA_ID } from './mam/archive.ts';
import { archivedAs, emptied, keepArchived } from './mam/room-archive.ts';
import { keepRoom, localClients, visit, type Room } from './muc/room.ts';
import { rules as roomRules } from './muc/rules.ts';
import { occupantId } from './xep0421.ts';
import { stampOf } from './xep0203.ts';

const MODERATE = 'urn:xmpp:message-moderate:1';
const RETRACT = 'urn:xmpp:message-retract:1';

const rules = {
  done: rule('xep-0425/4/done', 'XEP-0425 §4', 'The message is taken out of the room, and the moderator who asked for that is told so.'),
  told: rule(
    'xep-0425/5/told',
    'XEP-0425 §5',
    'A moderator has taken a message back. Everyone in the room is told which, by whom and why; what their clients do with the copy that they have is their own business.',
  ),
  mayNot: rule('xep-0425/4/forbidden', 'XEP-0425 §4', 'Only a moderator may take back what others have said: forbidden.'),
  unknown: rule('xep-0425/4/item-not-found', 'XEP-0425 §4', 'The room has no message of this id in its archive: item-not-found.'),
  unread: rule(
    'xep-0425/4/bad-request',
    'XEP-0425 §4',
    'The request does not say which message, or not that it is to be retracted: bad-request.',
  ),
};

const named = (said: Element, room: string, id: string): boolean =>
  elements(said).some((c) => c.name === 'stanza-id' && c.ns === STANZA_ID && c.attrs['by'] === room && c.attrs['id'] === id);

function moderate(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  const asked = payloadOf(stanza);
  const { room, sender } = visit(context, event);
  if (!room) return context.bounce(stanza, 'item-not-found', roomRules.noRoom, { by: context.party.name });
  if (sender?.role !== 'moderator') return context.bounce(stanza, 'forbidden', rules.mayNot);
  const id = asked?.attrs['id'];
  if (!asked || id === undefined || !child(asked, 'retract', RETRACT)) return context.bounce(stanza, 'bad-request', rules.unread);
  const kept = archivedAs(context, room.jid, id);
  if (!kept || child(kept.stanza, 'retracted', RETRACT)) return context.bounce(stanza, 'item-not-found', rules.unknown);

  const text = childText(asked, 'reason');
  const reason = text === undefined ? [] : [el('reason', RETRACT, {}, text)];
  const by = `${room.jid}/${sender.nick}`;
  const who = el('occupant-id', NS.occupantId, { id: occupantId(room.jid, sender.bare) });
  const moderated = el('moderated', MODERATE, { by }, who);
  const notice = context.makeId('moderation');
  const stone = el('retracted', RETRACT, { id: notice, by, stamp: stampOf(context.tick) });
  keepArchived(context, room.jid, { ...kept, stanza: emptied(kept.stanza, stone) });
  const now: Room = { ...room, history: room.history.filter((said) => !named(said.stanza, room.jid, id)) };
  keepRoom(context, now);
  tell(context, now, notice, el('retract', RETRACT, { id }, moderated, ...reason));
  return context.reply(resultOf(stanza), rules.done);
}

/** It is said by the room itself. */
function tell(context: Context, room: Room, id: string, retract: Element): void {
  const message = el('message', NS.client, { type: 'groupchat', from: room.jid, to: room.jid, id }, retract);
  for (const o of room.occupants) for (const c of localClients(o)) context.originate(withAttrs(message, { to: c.full }), rules.told);
}

/** A client must not write in a moderator's name. */
function withoutForged(_context: Context, event: StanzaEvent): false {
  const isForged = (c: Element | string): boolean =>
    typeof c !== 'string' && c.ns === RETRACT && c.name === 'retract' && child(c, 'moderated', MODERATE) !== undefined;
  if (event.stanza.children.some(isForged)) event.stanza = { ...event.stanza, children: event.stanza.children.filter((c) => !isForged(c)) };
  return false;
}

export const xep0425: Module = {
  id: 'xep-0425',
  title: 'Moderation',
  spec: 'XEP-0425',
  version: '0.3.0',
  places: ['muc'],
  optional: true,
  roomFeatures: [MODERATE],
  rules,
  hooks: [
    { event: `iq-set/bare/${MODERATE}:moderate`, run: moderate },
    { event: 'muc-message', run: withoutForged },
  ],
};
