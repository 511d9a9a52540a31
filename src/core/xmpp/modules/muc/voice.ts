/** Who has no voice asks for it, and a moderator answers by a form. XEP-0045 §7.13, §8.6. */
import { append, el, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { field, form, valuesOf } from './forms.ts';
import { setRole } from './privileges.ts';
import { refuseRole } from './refusals.ts';
import { byClient, keepRoom, localClients, ROLES, type Occupant, type Room } from './room.ts';
import { rules } from './rules.ts';

export const REQUEST = 'http://jabber.org/protocol/muc#request';

export function voice(context: Context, event: StanzaEvent, room: Room, sender: Occupant | undefined, submitted: Element): true {
  // Prosody stumbles where the one who asks is not in the room.
  if (!sender)
    return context.profile === 'rfc'
      ? context.bounce(event.stanza, 'not-acceptable', rules.outsider, { type: 'cancel' })
      : context.drop(rules.stumbles);
  return sender.role === 'moderator' ? answer(context, event, room, submitted) : ask(context, event, room, sender);
}

function ask(context: Context, { stanza }: StanzaEvent, room: Room, sender: Occupant): true {
  const moderators = room.occupants.filter((o) => o.role === 'moderator');
  if (sender.role !== 'visitor' || moderators.length === 0) return context.drop(rules.voiceUseless);
  const fields = [
    field('jid-single', 'muc#jid', [stanza.attrs['from'] ?? sender.bare], { label: 'Address' }),
    field('text-single', 'muc#roomnick', [sender.nick], { label: 'Nick' }),
    field('list-single', 'muc#role', ['participant'], { label: 'Wants to be', options: ROLES }),
    field('boolean', 'muc#request_allow', ['0'], { label: 'Give voice to this person?' }),
  ];
  const message = append(el('message', NS.client, { type: 'normal', from: room.jid }), form('form', REQUEST, fields, 'Voice Request'));
  for (const m of moderators)
    for (const c of localClients(m)) context.originate({ ...message, attrs: { ...message.attrs, to: c.full } }, rules.voiceAsked);
  return true;
}

function answer(context: Context, event: StanzaEvent, room: Room, submitted: Element): true {
  const values = valuesOf(submitted);
  const allowed = values.get('muc#request_allow')?.[0];
  const asker = byClient(room, values.get('muc#jid')?.[0] ?? '');
  if ((allowed !== '1' && allowed !== 'true') || asker?.role !== 'visitor') return context.drop(rules.voiceUseless);
  const actor = event.stanza.attrs['from'] ?? '';
  const refused = refuseRole(context.profile, room, actor, asker, 'participant');
  if (refused) return context.bounce(event.stanza, refused.condition, rules.privileges, { type: refused.type });
  keepRoom(context, setRole(context, room, asker, 'participant', { actor, reason: 'Voice granted' }));
  return true;
}
