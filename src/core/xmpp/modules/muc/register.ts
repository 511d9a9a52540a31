/**
 * Nicks that are kept for members: XEP-0045 §7.10 registering with a room, §7.12 asking for one's own, with the form of §15.5.1 in the payload of XEP-0077.
 * As Prosody has it, only who has an affiliation already can register; the nick that is kept has to be used where the host is set up for it (`muc-registered-nicks`).
 */
import { child, el } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { field, form, formIn, formType, valuesOf } from './forms.ts';
import { setAffiliation, setRole } from './privileges.ts';
import { affiliationOf, byNick, keepRoom, reservedBy, visit, type Room, type Visit } from './room.ts';
import { rules } from './rules.ts';

export const REGISTER = 'jabber:iq:register';
const FORM_NAME = 'http://jabber.org/protocol/muc#register';

/** Host setting: who has registered a nick has to use it, as with Prosody's `enforce_registered_nickname`. */
export const REGISTERED_NICKS = 'muc-registered-nicks';

/** The nick that somebody has to use here; none where any will do. */
export const mustUse = ({ party }: Context, room: Room, who: string): string | undefined =>
  party.host.modules.includes(REGISTERED_NICKS) && Object.hasOwn(room.reserved, who) ? room.reserved[who] : undefined;

export function register(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const v = visit(context, event);
  const { room } = v;
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  const affiliation = affiliationOf(room, v.bare);
  if (affiliation === 'outcast') return context.bounce(stanza, 'forbidden', rules.mayNotRegister);
  if (affiliation === 'none') return context.bounce(stanza, 'registration-required', rules.mayNotRegister);
  return stanza.attrs['type'] === 'get' ? offer(context, event, room, v) : submit(context, event, room, v);
}

function offer(context: Context, { stanza }: StanzaEvent, room: Room, v: Visit): true {
  const nick = room.reserved[v.bare];
  const content =
    nick === undefined
      ? [form('form', FORM_NAME, [field('text-single', 'muc#register_roomnick', [], { label: 'Nick' })])]
      : [el('registered', REGISTER), el('username', REGISTER, {}, nick)];
  return context.reply(resultOf(stanza, el('query', REGISTER, {}, ...content)), rules.registration);
}

function submit(context: Context, { stanza }: StanzaEvent, room: Room, v: Visit): true {
  const query = payloadOf(stanza);
  const affiliation = affiliationOf(room, v.bare);
  if (query && child(query, 'remove')) {
    keepRoom(context, setAffiliation(context, room, v.bare, affiliation === 'member' ? 'none' : affiliation, { nick: null }));
    return context.reply(resultOf(stanza), rules.unregistered);
  }
  const x = query && formIn(query);
  if (!x || formType(x) !== FORM_NAME) return context.bounce(stanza, 'bad-request', rules.badRegistration, { text: 'The form is missing' });
  const nick = valuesOf(x).get('muc#register_roomnick')?.[0] ?? '';
  if (nick.trim() === '') return context.bounce(stanza, 'bad-request', rules.badRegistration, { text: 'This is no nick' });
  const holder = byNick(room, nick)?.bare ?? v.bare;
  if (holder !== v.bare || (reservedBy(room, nick) ?? v.bare) !== v.bare) return context.bounce(stanza, 'conflict', rules.reserved);
  const now = withoutOtherNicks(context, room, v.bare, nick);
  if (now !== room || room.reserved[v.bare] !== nick) keepRoom(context, setAffiliation(context, now, v.bare, affiliation, { nick }));
  return context.reply(resultOf(stanza), rules.registered);
}

/** Where the nick has to be used, who is in the room by another has to come in again. */
function withoutOtherNicks(context: Context, room: Room, who: string, nick: string): Room {
  if (!context.party.host.modules.includes(REGISTERED_NICKS)) return room;
  const others = room.occupants.filter((o) => o.bare === who && o.nick !== nick);
  return others.reduce((now, o) => setRole(context, now, o, 'none', {}, rules.nickKick), room);
}
