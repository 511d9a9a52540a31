/** Those who have an affiliation and are not in the room, shown where the room shows them: `none` among the roles of presencebroadcast. XEP-0045 §7.2.2, §15.5.3. */
import { append, el } from '../../../../base/xml/element.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { item, mucUser } from './presence.ts';
import { seesAddresses, type Occupant, type Room } from './room.ts';
import { rules } from './rules.ts';

export function absentMembers(context: Context, room: Room, viewer: Occupant, to: string): void {
  if (!room.broadcast.includes('none')) return;
  const addresses = seesAddresses(room, viewer);
  const present = new Set(room.occupants.map((o) => o.bare));
  for (const [who, affiliation] of Object.entries(room.affiliations)) {
    const nick = room.reserved[who];
    if (present.has(who) || (nick === undefined && !addresses)) continue;
    const from = nick === undefined ? room.jid : `${room.jid}/${nick}`;
    const x = mucUser(item(affiliation, 'none', addresses ? who : undefined, { nick }));
    context.originate(append(el('presence', NS.client, { to, from, type: 'unavailable' }), x), rules.absent);
  }
}
