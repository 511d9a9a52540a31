/** The owner's requests: XEP-0045 §10.1 and §10.2 configuration, §10.9 destruction. */
import { parseJid } from '../../../../base/jid.ts';
import { childText, el, elements, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { configForm, configured, tellCodes, wantedBy } from './config.ts';
import { FORM } from './forms.ts';
import { announce } from './presence.ts';
import { affiliationOf, keepRoom, removeRoom, visit, type Room } from './room.ts';
import { rules } from './rules.ts';
import { DEFAULTS } from './settings.ts';

export const OWNER = 'http://jabber.org/protocol/muc#owner';

export function ownerRequest(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, bare } = visit(context, event);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  if (affiliationOf(room, bare) !== 'owner')
    return context.bounce(stanza, 'forbidden', rules.notOwner, { text: 'Only owners may do this' });
  if (stanza.attrs['type'] === 'get')
    return context.reply(resultOf(stanza, el('query', OWNER, {}, configForm(room, context.party.host.modules))), rules.form);
  const query = payloadOf(stanza);
  const asked = query && elements(query)[0];
  if (!asked) return context.bounce(stanza, 'bad-request', rules.ownerRequest);
  if (asked.name === 'destroy' && asked.ns === OWNER) return destroy(context, stanza, room, asked);
  if (asked.name === 'x' && asked.ns === FORM) return configure(context, stanza, room, asked);
  return context.bounce(stanza, 'service-unavailable', rules.ownerRequest);
}

function configure(context: Context, stanza: Element, room: Room, form: Element): true {
  const { type } = form.attrs;
  if (type === 'cancel') {
    // §10.1.3; Prosody leaves the room standing.
    if (room.lockedUntil > 0 && context.profile === 'rfc') return destroy(context, stanza, room, el('destroy', OWNER));
    return context.reply(resultOf(stanza), rules.cancelled);
  }
  if (type !== 'submit')
    return context.bounce(stanza, 'bad-request', rules.ownerRequest, { type: 'cancel', text: 'This form is not submitted' });
  const wanted = wantedBy(room, form, context.party.host.modules);
  if (wanted === 'other')
    return context.bounce(stanza, 'bad-request', rules.ownerRequest, { type: 'cancel', text: 'This is a form for something else' });
  if (wanted === 'stumbles') {
    if (context.profile === 'rfc') return context.bounce(stanza, 'not-acceptable', rules.badValue);
    keepRoom(context, { ...room, lockedUntil: 0 });
    return context.drop(rules.stumbles);
  }
  const now = configured(context, { ...room, lockedUntil: 0 }, wanted.change);
  keepRoom(context, now);
  if (now.federateWith !== room.federateWith) federatesAnew(context, room, now);
  context.reply(resultOf(stanza), rules.unlocked);
  tellCodes(context, now, wanted.codes);
  return true;
}

/** XEP-0289: it has another room to join now, or none. */
function federatesAnew(context: Context, before: Room, { jid }: Room): void {
  const room = parseJid(jid);
  const occupant = { room: jid, bare: before.federateWith };
  context.fire(['muc/federates'], { stanza: el('presence', NS.client), from: room, to: room, occupant });
}

/** §10.9: everyone is out, with the reason and where to go; a persistent room leaves word at its address. */
function destroy(context: Context, stanza: Element, room: Room, asked: Element): true {
  const alternative = asked.attrs['jid'];
  const reason = childText(asked, 'reason');
  const password = childText(asked, 'password');
  const part = (name: string, text: string | undefined): Element[] =>
    text === undefined ? [] : [el(name, NS.mucUser, {}, ...(text === '' ? [] : [text]))];
  const head = [el('destroy', NS.mucUser, { jid: alternative }, ...part('reason', reason), ...part('password', password))];
  const empty = { ...room, occupants: [] };
  // Prosody says the affiliation that was.
  const none = context.profile === 'rfc' ? ({ affiliation: 'none' } as const) : {};
  for (const o of room.occupants) announce(context, { room: empty, about: { ...o, ...none, role: 'none' }, head }, rules.destroyed);
  removeRoom(context, room.jid);
  if (room.persistent) {
    const kept = { ...empty, ...DEFAULTS, listed: false, persistent: true, affiliations: {}, reserved: {}, history: [], subject: null };
    keepRoom(context, { ...kept, destroyed: { reason, alternative } });
  }
  return context.reply(resultOf(stanza), rules.destroyedResult);
}
