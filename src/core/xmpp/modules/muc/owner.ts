/** The owner's requests: XEP-0045 §10.1 and §10.2. Simplified: the form has the title and whether the room stays; the rest is as it is. */
import { child, childText, el, elements, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { affiliationOf, keepRoom, visit, type Room } from './room.ts';
import { rules } from './rules.ts';

export const OWNER = 'http://jabber.org/protocol/muc#owner';
const FORM = 'jabber:x:data';
const CONFIG = 'http://jabber.org/protocol/muc#roomconfig';

export function ownerRequest(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  const { room, bare } = visit(context, event);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom);
  if (affiliationOf(room, bare) !== 'owner')
    return context.bounce(stanza, 'forbidden', rules.notOwner, { text: 'Only owners can configure rooms' });
  if (stanza.attrs['type'] === 'get') return context.reply(resultOf(stanza, el('query', OWNER, {}, formOf(room))), rules.form);
  const query = payloadOf(stanza);
  const form = query && child(query, 'x', FORM);
  if (!form) return false;
  if (form.attrs['type'] === 'cancel') return context.reply(resultOf(stanza), rules.cancelled);
  keepRoom(context, { ...room, ...settingsOf(form), locked: false });
  return context.reply(resultOf(stanza), rules.unlocked);
}

const field = (type: string, name: string, label: string | undefined, ...values: readonly string[]): Element =>
  el('field', FORM, { type, var: name, label }, ...values.map((v) => el('value', FORM, {}, v)));

function formOf(room: Room): Element {
  return el(
    'x',
    FORM,
    { type: 'form' },
    el('title', FORM, {}, `Configuration for ${room.jid}`),
    field('hidden', 'FORM_TYPE', undefined, CONFIG),
    field('text-single', 'muc#roomconfig_roomname', 'Title', room.title),
    field('boolean', 'muc#roomconfig_persistentroom', 'The room stays when it is empty', room.persistent ? '1' : '0'),
  );
}

function settingsOf(form: Element): Partial<Room> {
  const given = new Map(elements(form).map((f) => [f.attrs['var'], childText(f, 'value') ?? '']));
  const title = given.get('muc#roomconfig_roomname');
  const persistent = given.get('muc#roomconfig_persistentroom');
  return {
    ...(title === undefined ? {} : { title }),
    ...(persistent === undefined ? {} : { persistent: persistent === '1' || persistent === 'true' }),
  };
}
