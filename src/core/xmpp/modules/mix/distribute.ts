/** What a channel sends to the accounts of those who are subscribed: messages, changes of the participants node, presence. XEP-0369 §7.1.6, XEP-0403 §3. */
import { append, el, withAttrs, withChildren, type Element } from '../../../../base/xml/element.ts';
import { bareOf, parseJid } from '../../../../base/jid.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { CORE, PARTICIPANTS, PRESENCE, PRESENCES, MESSAGES, presences, whoIs, type Channel, type Participant } from './channel.ts';
import { coreRules, presenceRules } from './rules.ts';

const EVENT = 'http://jabber.org/protocol/pubsub#event';
const STANZA_ID = 'urn:xmpp:sid:0';

const readers = (channel: Channel, node: string): readonly Participant[] => channel.participants.filter((p) => p.nodes.includes(node));

export const participantItem = (p: Participant, ns: string): Element =>
  el('item', ns, { id: p.id }, el('participant', CORE, {}, ...whoIs(CORE, p)));

/** §7.1.2, §7.1.3, §7.1.5: somebody has come, is called otherwise, or has gone. */
export function tellParticipants(context: Context, channel: Channel, about: Participant, isGone = false): void {
  const item = isGone ? el('retract', EVENT, { id: about.id }) : participantItem(about, EVENT);
  const event = el('event', EVENT, {}, el('items', EVENT, { node: PARTICIPANTS }, item));
  for (const { bare } of readers(channel, PARTICIPANTS)) {
    const attrs = { from: channel.jid, to: bare, id: context.makeId('mix-event').slice(0, 12) };
    context.originate(el('message', NS.client, attrs, event), coreRules.participants);
  }
}

/** §7.1.6 */
export function reflect(context: Context, channel: Channel, stanza: Element, author: Participant): void {
  // Only the channel says who has written, and how it calls the message.
  const own = (c: Element): boolean => c.ns === CORE || (c.ns === STANZA_ID && c.name === 'stanza-id' && c.attrs['by'] === channel.jid);
  const said = withChildren(
    stanza,
    stanza.children.filter((c) => typeof c === 'string' || !own(c)),
  );
  const id = context.makeId('mix-message').slice(0, 12);
  const marked = append(said, el('mix', CORE, {}, ...whoIs(CORE, author)), el('stanza-id', STANZA_ID, { by: channel.jid, id }));
  const from = `${channel.jid}/${author.id}`;
  for (const { bare } of readers(channel, MESSAGES)) context.forward(withAttrs(marked, { from, to: bare }), coreRules.reflected);
}

/** XEP-0403 §2.2: a client of a participant. */
const encoded = (channel: Channel, { id }: Participant, full: string): string => `${id}#${channel.jid}/${parseJid(full).resource}`;

function presenceOf(channel: Channel, about: Participant, full: string, said: Element): Element {
  const mix = el('mix', PRESENCE, {}, ...whoIs(PRESENCE, about, full));
  const kept = said.children.filter((c) => typeof c === 'string' || c.ns !== PRESENCE);
  return append(withAttrs(withChildren(said, kept), { from: encoded(channel, about, full), to: undefined }), mix);
}

/** §3.1, §3.3 */
export function tellPresence(context: Context, channel: Channel, about: Participant, full: string, said: Element, isCarried = true): void {
  const isGone = said.attrs['type'] === 'unavailable';
  const stanza = presenceOf(channel, about, full, said);
  const rule = isGone ? presenceRules.gone : presenceRules.kept;
  for (const { bare } of readers(channel, PRESENCES)) {
    const copy = withAttrs(stanza, { to: bare });
    if (isCarried) context.forward(copy, rule);
    else context.originate(copy, rule);
  }
}

/** §3.2, XEP-0405 §2.8.3: everything that is known, to one account. */
export function tellAllPresence(context: Context, channel: Channel, to: string): void {
  for (const [full, said] of Object.entries(context.get(presences)[channel.jid] ?? {})) {
    const about = channel.participants.find((p) => p.bare === bareOf(parseJid(full)));
    if (about) context.originate(withAttrs(presenceOf(channel, about, full, said), { to }), presenceRules.all);
  }
}

export function keepPresence(context: Context, channel: string, full: string, said: Element | undefined): void {
  const { [full]: _, ...others } = context.get(presences)[channel] ?? {};
  context.set(presences, { ...context.get(presences), [channel]: said ? { ...others, [full]: said } : others });
}

/** XEP-0403 §3.4: whoever leaves is not seen any more, with any client. */
export function dropPresence(context: Context, channel: Channel, gone: Participant): void {
  const known = Object.keys(context.get(presences)[channel.jid] ?? {}).filter((full) => bareOf(parseJid(full)) === gone.bare);
  for (const full of known) {
    keepPresence(context, channel.jid, full, undefined);
    tellPresence(context, channel, gone, full, el('presence', NS.client, { type: 'unavailable' }), false);
  }
}
