/** Presence without the muc element from a client that is not inside: it believes that it is. XEP-0045 §7.2.18 (§17.3: such presence is no join). */
import { el, type Element } from '../../../../base/xml/element.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { item, mucUser, status } from './presence.ts';
import { affiliationOf, type Room, type Visit } from './room.ts';
import { rules } from './rules.ts';

const WHY = 'You are not currently connected to this chat';

/** By the specification it is put out in so many words; as Prosody it is refused. */
export function desynchronised(context: Context, stanza: Element, room: Room, { bare, full, nick }: Visit): true {
  if (context.profile === 'prosody') return context.bounce(stanza, 'item-not-found', rules.notJoined, { by: room.jid, text: WHY });
  const own = item(affiliationOf(room, bare), 'none', undefined, { reason: WHY });
  const out = el('presence', NS.client, { type: 'unavailable', from: `${room.jid}/${nick}`, to: full });
  return context.reply({ ...out, children: [mucUser(own, ...[110, 307, 333].map(status))] }, rules.notJoined);
}
