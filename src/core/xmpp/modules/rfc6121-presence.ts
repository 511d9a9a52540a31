/**
 * RFC 6121 (March 2011, https://www.rfc-editor.org/rfc/rfc6121) §4 presence and §8.5 its delivery: initial presence (§4.2), broadcast to who is subscribed (§4.4), directed
 * presence (§4.6), the end of a session in any way (§4.5). Subscriptions and probes are `rfc6121-subscription.ts`.
 * As Prosody does it: one's own broadcast comes back without `to`; `unavailable` is sent again for every time it is said; presence is directed
 * unless the contact is subscribed; own resources count as told directly; a `show` that is none is passed on, a priority out of range taken for the nearest.
 */
import { bareOf, formatJid, parseJid } from '../../../base/jid.ts';
import { append, childText, el, withAttrs, type Element } from '../../../base/xml/element.ts';
import type { Context, Module, StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { availableOf, keepSession, senderOf, sessionAt, sessions, type Session } from '../server/sessions.ts';
import { presenceRules as rules } from './roster/presence-rules.ts';
import { rosterOf, tiesOf } from './roster/rosters.ts';
import { post, tellLast } from './roster/tell.ts';
import { mayTell } from './roster/ties.ts';

/** §4.7.1: the types that are about availability. */
const isAvailability = (type: string | undefined): boolean => type === undefined || type === 'unavailable';

/** §4.2, §4.4, §4.5: without `to`, so for everyone who may know. */
function broadcast(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  const type = stanza.attrs['type'];
  const sender = senderOf(context, event);
  if (!sender) return false;
  if (!isAvailability(type)) {
    const from = formatJid(event.from);
    return context.bounce(withAttrs(stanza, { from }), 'bad-request', rules.noType, { text: 'Invalid presence type' });
  }
  context.deliver(sender.full, stanza, rules.own);
  if (type === 'unavailable') goAway(context, event, sender);
  else beThere(context, event, sender);
  return true;
}

/** A module may keep it from a contact. */
const withheld = (stanza: Element, { full }: Session, jid: string): StanzaEvent => ({
  stanza,
  to: parseJid(jid),
  from: parseJid(full),
  session: full,
});

/** To own resources and to who is subscribed. Answers who that was. */
function tellAllOf(context: Context, { stanza }: StanzaEvent, sender: Session): ReadonlySet<string> {
  const own = availableOf(context, sender.bare).filter((s) => s.full !== sender.full);
  const withholds = context.modules.some((m) => m.id === 'xep-0405');
  const contacts = Object.values(rosterOf(context, sender.bare).items).filter(
    (item) => mayTell(item.subscription) && !(withholds && context.fire(['presence-withheld'], withheld(stanza, sender, item.jid))),
  );
  for (const { full } of own) post(context, sender, withAttrs(stanza, { to: full }), rules.own, true);
  for (const { jid } of contacts) post(context, sender, withAttrs(stanza, { to: jid }), rules.broadcast, true);
  return new Set([...own.map((s) => s.full), ...contacts.map((item) => item.jid)]);
}

function beThere(context: Context, event: StanzaEvent, sender: Session): void {
  const { stanza } = event;
  const initial = sender.presence === null;
  const priority = priorityOf(childText(stanza, 'priority'));
  const others = availableOf(context, sender.bare).filter((s) => s.full !== sender.full);
  tellAllOf(context, event, sender);
  const now = sessionAt(context, sender.full) ?? sender;
  keepSession(context, { ...now, presence: stanza, since: context.tick, priority });
  if (!initial) return;
  // The contacts' presence is asked for; then what other resources said; then what waits for this user.
  const began: StanzaEvent = { ...event, session: sender.full };
  context.fire(['presence-initial'], began);
  for (const s of others) tellLast(context, s, sender.full, rules.others);
  context.fire(['presence-pending'], began);
  if (priority >= 0) context.fire(['session-available'], began);
}

function goAway(context: Context, event: StanzaEvent, sender: Session): void {
  const told = tellAllOf(context, event, sender);
  for (const to of sender.directed) if (!told.has(to)) context.forward(withAttrs(event.stanza, { to }), rules.gone);
  const now = sessionAt(context, sender.full) ?? sender;
  keepSession(context, { ...now, presence: null, priority: 0, directed: [] });
}

/** §4.5.2: whatever ended it, the server says for the session what it has not said itself. The stream is gone, so nothing comes back. */
function ended(context: Context, event: StanzaEvent): boolean {
  const sender = senderOf(context, event);
  if (!sender || (!sender.presence && sender.directed.length === 0)) return false;
  const status = event.reason === undefined ? [] : [el('status', NS.client, {}, event.reason)];
  const stanza = append(event.stanza, ...status);
  const said: StanzaEvent = { ...event, stanza };
  // Only directed: nobody else has ever been told of it.
  if (!sender.presence) for (const to of sender.directed) context.forward(withAttrs(stanza, { to }), rules.gone);
  else if (!context.fire(['pre-presence'], said)) goAway(context, said, sender);
  return false;
}

/** Prosody takes what is no number for 0, what is out of range for the nearest that is in it, and passes it on as it is. */
function priorityOf(text: string | undefined): number {
  const value = text !== undefined && /^[-+]?\d+$/.test(text) ? Number(text) : 0;
  return Math.min(127, Math.max(-128, value));
}

/** §4.6: who is told directly is remembered, to be told when the resource goes; not who is subscribed (§4.6.3, case 1). */
function direct(context: Context, event: StanzaEvent): boolean {
  const sender = senderOf(context, event);
  const { to, type } = event.stanza.attrs;
  if (!sender || to === undefined || (!isAvailability(type) && type !== 'error')) return false;
  if (tiesOf(rosterOf(context, sender.bare), bareOf(event.to)).from) return false;
  const known = sender.directed.includes(to);
  if (type === undefined && !known) keepSession(context, { ...sender, directed: [...sender.directed, to] });
  else if (type !== undefined && known) keepSession(context, { ...sender, directed: sender.directed.filter((d) => d !== to) });
  return false;
}

export const rfc6121Presence: Module = {
  id: 'rfc-6121-presence',
  title: 'Presence',
  spec: 'RFC 6121',
  version: '2011-03',
  places: ['server'],
  rules,
  hooks: [
    { event: 'pre-presence', run: direct },
    { event: 'presence/self', run: broadcast },
    { event: 'session-end', priority: -10, run: ended },
    {
      event: 'presence/bare',
      run(context, event) {
        const able = availableOf(context, bareOf(event.to));
        for (const s of able) context.deliver(s.full, event.stanza, rules.bare);
        if (able.length === 0) context.decline(rules.ignored);
        return true;
      },
    },
    {
      event: 'presence/full',
      run(context, event) {
        const full = formatJid(event.to);
        if (!sessionAt(context, full)) return context.drop(rules.ignored);
        context.deliver(full, event.stanza, rules.full);
        return true;
      },
    },
    {
      event: 'presence/host',
      run(context, { stanza, from }) {
        const { type, id } = stanza.attrs;
        if (type !== 'probe' && type !== 'subscribe') return false;
        const answer = el('presence', NS.client, { id, from: context.party.name, to: bareOf(from) });
        if (type === 'subscribe') context.reply(withAttrs(answer, { type: 'subscribed' }), rules.host);
        return context.reply(answer, rules.host);
      },
    },
  ],
  inspect: ({ party, get }) =>
    party.place !== 'server'
      ? []
      : [
          {
            type: 'table',
            key: 'sessions',
            title: 'Sessions',
            columns: ['Resource', 'Presence', 'Priority', 'Asked for the roster', 'Told directly'],
            rows: Object.values(get(sessions))
              .flat()
              .map((s) => ({
                key: s.full,
                cells: [s.full, describe(s), s.presence ? String(s.priority) : '', s.interested ? 'yes' : 'no', s.directed.join(', ')].map(
                  (text) => ({ text }),
                ),
              })),
            empty: 'Nobody is connected.',
          },
        ],
};

function describe(session: Session): string {
  if (!session.presence) return 'not available';
  const show = childText(session.presence, 'show') ?? 'available';
  const status = childText(session.presence, 'status');
  return status === undefined ? show : `${show}, “${status}”`;
}
