/** A probe of one occupant by another: not in XEP-0045 itself, Prosody answers it with what the occupant said last; RFC 6121 §4.3.2 for the idea. */
import { append, el } from '../../../../base/xml/element.ts';
import { formatJid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { item, mucUser, showTo } from './presence.ts';
import { affiliationOf, byNick, reservedBy, seesAddresses, type Occupant, type Room } from './room.ts';
import { rules } from './rules.ts';

export function probe(context: Context, event: StanzaEvent, room: Room, sender: Occupant | undefined): true {
  const { stanza } = event;
  if (!sender)
    return context.bounce(stanza, 'not-acceptable', rules.outsider, { by: room.jid, type: 'cancel', text: 'You are not in this room' });
  const nick = event.to.resource;
  const about = byNick(room, nick);
  if (about) {
    for (const c of sender.clients) showTo(context, room, about, sender, c.full, rules.probed);
    return true;
  }
  const keeper = reservedBy(room, nick);
  if (keeper === undefined) return context.drop(rules.probedNobody);
  const jid = seesAddresses(room, sender) ? keeper : undefined;
  const x = mucUser(item(affiliationOf(room, keeper), 'none', jid, { nick }));
  const attrs = { to: formatJid(event.from), from: `${room.jid}/${nick}`, type: 'unavailable' };
  context.originate(append(el('presence', NS.client, attrs), x), rules.probed);
  return true;
}
