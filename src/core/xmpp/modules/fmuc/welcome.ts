/** Another room joins this one: refused with the reason, or shown everything that is here. XEP-0289 §5.1. */
import { append, el, withAttrs, type Element } from '../../../../base/xml/element.ts';
import { bareOf, parseJid } from '../../../../base/jid.ts';
import type { Rule } from '../../../kernel/model.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { limited } from '../muc/history.ts';
import { forRoom } from '../muc/presence.ts';
import { affiliationOf, byNick, type Room } from '../muc/room.ts';
import { delay } from '../xep0203.ts';
import { byFull, change, cleaned, federationOf, fmuc, FMUC, fullOf, roomOf } from './federation.ts';
import { enterRemote, loseRemote } from './remote.ts';
import { rules } from './rules.ts';

const accepts = (room: Room, peer: string): boolean =>
  room.federateFrom.some((a) => a === '*' || a === peer || a === peer.slice(peer.indexOf('@') + 1));

export function welcome(context: Context, event: StanzaEvent, room: Room, full: string): true {
  const { stanza } = event;
  const peer = bareOf(event.from);
  const nick = event.from.resource;
  const { below, phase } = federationOf(context, room.jid);
  const isUp = peer === room.federateWith && phase !== 'none' && phase !== 'lost' && phase !== 'refused';
  if (!accepts(room, peer)) return reject(context, room, peer, 'This room lets no such room join it.', rules.reject);
  if (isUp) return reject(context, room, peer, 'This room joins yours.', rules.both);
  const known = byFull(room, full);
  if (known && known.via !== peer) return reject(context, room, peer, `${full} is here already, by another way: a circle.`, rules.circle);
  if (affiliationOf(room, bareOf(parseJid(full))) === 'outcast') return context.bounce(stanza, 'forbidden', rules.banned, { by: room.jid });
  // §8: what is known of a room that joins anew is of no use any more.
  if (below.includes(peer)) change(context, room.jid, { below: below.filter((b) => b !== peer) });
  loseRemote(context, room.jid, peer);
  const now = roomOf(context, room.jid) ?? room;
  if (byNick(now, nick)) return context.bounce(stanza, 'conflict', rules.collision, { by: room.jid });
  enterRemote(context, now, stanza, full, nick, peer);
  show(context, stanza, room.jid, peer);
  const { below: others } = federationOf(context, room.jid);
  change(context, room.jid, { below: [...others, peer] });
  return true;
}

function reject(context: Context, room: Room, peer: string, words: string, rule: Rule): true {
  const word = el('reject', FMUC, {}, words);
  context.originate(el('presence', NS.client, { from: room.jid, to: peer }, fmuc(undefined, word)), rule);
  return true;
}

/** Occupants, history, subject: the order of XEP-0045 §7.1. */
function show(context: Context, join: Element, jid: string, to: string): void {
  const room = roomOf(context, jid);
  if (!room) return;
  for (const o of room.occupants) {
    const said = cleaned(o.clients[0]?.presence ?? el('presence', NS.client));
    const shown = withAttrs(forRoom(room, o, said, []), { to });
    context.originate(append(shown, fmuc(fullOf(o))), rules.occupants);
  }
  for (const said of limited(room, join, to, context.tick))
    context.originate(append(cleaned(said.stanza), fmuc(said.author)), rules.history);
  const { subject } = room;
  const text = el('subject', NS.client, {}, ...(subject?.text ? [subject.text] : []));
  const when = subject ? [delay(subject.tick, room.jid)] : [];
  const attrs = { type: 'groupchat', from: subject?.by ?? room.jid, to };
  context.originate(el('message', NS.client, attrs, text, ...when, fmuc(undefined)), rules.subject);
}
