/** Another room joins this one: refused with the reason, or shown everything that is here. XEP-0289 §5.1. */
import { append, el, withAttrs, type Element } from '../../../../base/xml/element.ts';
import { bareOf, parseJid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { limited } from '../muc/history.ts';
import { forRoom } from '../muc/presence.ts';
import { affiliationOf, byNick, type Room } from '../muc/room.ts';
import { delay } from '../xep0203.ts';
import { byFull, change, cleaned, federationOf, fmuc, fullOf, roomOf, type Held } from './federation.ts';
import { begin, refuse, reject } from './links.ts';
import { enterRemote, loseRemote } from './remote.ts';
import { rules } from './rules.ts';

const accepts = (room: Room, peer: string): boolean =>
  room.federateFrom.some((a) => a === '*' || a === peer || a === peer.slice(peer.indexOf('@') + 1));

export function welcome(context: Context, event: StanzaEvent, room: Room, full: string): true {
  const { stanza } = event;
  const peer = bareOf(event.from);
  const nick = event.from.resource;
  const { below, phase, asker, held } = federationOf(context, room.jid);
  const isUp = peer === room.federateWith && phase !== 'none' && phase !== 'lost' && phase !== 'refused';
  if (!accepts(room, peer)) return reject(context, room.jid, peer, 'This room lets no such room join it.', rules.reject);
  if (isUp) return reject(context, room.jid, peer, 'This room joins yours.', rules.both);
  const known = byFull(room, full);
  const isWaiting = held.some((h) => h.full === full) || (phase === 'joining' && asker === full);
  if (isWaiting || (known && known.via !== peer))
    return reject(context, room.jid, peer, `${full} is here already, by another way: a circle.`, rules.circle);
  if (affiliationOf(room, bareOf(parseJid(full))) === 'outcast') return context.bounce(stanza, 'forbidden', rules.banned, { by: room.jid });
  if (room.federateWith !== '' && (phase === 'none' || phase === 'joining' || phase === 'leaving')) {
    const waiting: Held = { row: context.row, stanza, full, key: '', since: context.tick };
    change(context, room.jid, { held: [...held, waiting] });
    if (phase === 'none') begin(context, room, waiting);
    else context.decline(rules.waits);
    return true;
  }
  if (room.replica && room.federateWith !== '' && phase !== 'joined') {
    refuse(
      context,
      { row: context.row, stanza, full, key: '', since: context.tick },
      phase === 'refused' ? 'not-allowed' : 'recipient-unavailable',
    );
    return true;
  }
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
