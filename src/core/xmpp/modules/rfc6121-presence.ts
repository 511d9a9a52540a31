/**
 * RFC 6121 (March 2011, https://www.rfc-editor.org/rfc/rfc6121) §4 presence and §8.5 its delivery. As Prosody does it: one's own
 * broadcast comes back without `to`; `unavailable` is sent again for every time it is said.
 * Left: rosters, so nobody else is told of a broadcast (§4.2.2, §4.4.2), probes (§4.3) and subscriptions (§3) are ignored.
 */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { append, childText, withAttrs } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { availableOf, keepSession, senderOf, sessionAt, sessions, type Session } from '../server/sessions.ts';
import { delay } from './xep0203.ts';

const rules = {
  own: rule(
    'rfc-6121/4.4.2/own-broadcast',
    'RFC 6121 §4.2.2, §4.4.2',
    'The server set `from` and broadcast the presence. The user’s own available resources are told too, the sender among them, so it comes back; Prosody sends it back without `to`.',
  ),
  others: rule(
    'rfc-6121/4.2.2/other-resources',
    'RFC 6121 §4.2.2',
    'This resource has just become available, so it learns what the user’s other resources said last, with the time at which they said it.',
  ),
  gone: rule(
    'rfc-6121/4.6.3/directed-unavailable',
    'RFC 6121 §4.5.2, §4.6.3',
    'This address had been told directly that the resource is available, so the server tells it that it is not any more.',
  ),
  bare: rule(
    'rfc-6121/8.5.2.1.2/presence-bare',
    'RFC 6121 §8.5.2.1.2',
    'Presence for the account goes to each of its available resources.',
  ),
  full: rule(
    'rfc-6121/8.5.3.1/presence-full',
    'RFC 6121 §8.5.3.1',
    'The resource is connected, so the server delivered the presence to it.',
  ),
  ignored: rule(
    'rfc-6121/8.5.2.2.2/presence-ignored',
    'RFC 6121 §8.5.2.2.2, §8.5.3.2.2',
    'Nobody is there to be told, and presence is never answered by an error: the server ignored it.',
  ),
  noRoster: rule(
    'rfc-6121/3/no-roster',
    'RFC 6121 §3, §4.3',
    'Subscriptions and probes are between rosters, and no roster is kept here, so this was ignored.',
  ),
};

/** §4.7.1: the types that are about availability. */
const isAvailability = (type: string | undefined): boolean => type === undefined || type === 'unavailable';

/** §4.2, §4.4, §4.5: without `to`, so for everyone who may know. */
function broadcast(context: Context, event: StanzaEvent): boolean {
  const { stanza } = event;
  const type = stanza.attrs['type'];
  const sender = senderOf(context, event);
  if (!sender) return false;
  if (!isAvailability(type)) return context.drop(rules.noRoster);
  const others = availableOf(context, sender.bare).filter((s) => s.full !== sender.full);
  for (const s of others) context.deliver(s.full, withAttrs(stanza, { to: s.full }), rules.own);
  context.deliver(sender.full, stanza, rules.own);
  if (type === undefined) {
    const initial = sender.presence === null;
    keepSession(context, { ...sender, presence: stanza, since: context.tick, priority: priorityOf(childText(stanza, 'priority')) });
    if (initial) for (const s of others) tellLast(context, s, sender.full);
    // What waits for a session that can take messages: stored ones.
    if (initial && (senderOf(context, event)?.priority ?? -1) >= 0) context.fire(['session-available'], event);
  } else {
    keepSession(context, { ...sender, presence: null, priority: 0, directed: [] });
    for (const to of sender.directed) context.forward(withAttrs(stanza, { to }), rules.gone);
  }
  return true;
}

function tellLast(context: Context, of: Session, to: string): void {
  if (!of.presence) return;
  context.deliver(to, append(withAttrs(of.presence, { to }), delay(of.since, context.party.name)), rules.others, false);
}

/** Prosody takes what is no number, or out of range, for 0 and passes it on as it is. */
function priorityOf(text: string | undefined): number {
  const value = text !== undefined && /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : 0;
  return value >= -128 && value <= 127 ? value : 0;
}

/** §4.6: who is told directly is remembered, to be told when the resource goes. */
function direct(context: Context, event: StanzaEvent): boolean {
  const sender = senderOf(context, event);
  const to = event.stanza.attrs['to'];
  const type = event.stanza.attrs['type'];
  if (!sender || to === undefined || !isAvailability(type)) return false;
  const rest = sender.directed.filter((d) => d !== to);
  keepSession(context, { ...sender, directed: type === undefined ? [...rest, to] : rest });
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
    {
      event: 'presence/bare',
      run(context, event) {
        const { type } = event.stanza.attrs;
        if (type === 'error') return context.drop(rules.ignored);
        if (!isAvailability(type)) return context.drop(rules.noRoster);
        const able = availableOf(context, bareOf(event.to));
        for (const s of able) context.deliver(s.full, event.stanza, rules.bare);
        return able.length > 0 || context.drop(rules.ignored);
      },
    },
    {
      event: 'presence/full',
      run(context, event) {
        const { type } = event.stanza.attrs;
        if (!isAvailability(type) && type !== 'error') return context.drop(rules.noRoster);
        const full = formatJid(event.to);
        if (!sessionAt(context, full)) return context.drop(rules.ignored);
        context.deliver(full, event.stanza, rules.full);
        return true;
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
            columns: ['Resource', 'Presence', 'Priority', 'Told directly'],
            rows: Object.values(get(sessions))
              .flat()
              .map((s) => ({
                key: s.full,
                cells: [
                  { text: s.full },
                  { text: describe(s) },
                  { text: s.presence ? String(s.priority) : '' },
                  { text: s.directed.join(', ') },
                ],
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
