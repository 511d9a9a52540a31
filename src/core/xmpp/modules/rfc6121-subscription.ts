/**
 * RFC 6121 (March 2011, https://www.rfc-editor.org/rfc/rfc6121) §3 subscriptions, by the tables of appendix A (`roster/ties.ts`): asking, approving, denying, cancelling,
 * pre-approval (§3.4), requests that wait for an answer (§3.1.3), and probes (§4.3). A contact here and one on another server go the same way: only the stanzas between them.
 * As Prosody does it: the item is pushed even where nothing of it has changed; a request is acknowledged by `unavailable` of the account; one that is
 * not needed is answered by `subscribed` and presence; `unsubscribe` is not answered; a stranger's probe is not answered.
 * By the profile `rfc` the tables and §3 are followed to the letter.
 */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { el, withAttrs, type Element } from '../../../base/xml/element.ts';
import type { Rule } from '../../kernel/model.ts';
import { errorOf } from '../errors.ts';
import type { Context, Module, StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { availableOf, sessionAt, sessionsOf } from '../server/sessions.ts';
import { subscriptionRules as rules } from './roster/rules.ts';
import { keepItem, keepTies, newItem, push, rosterOf, tiesOf } from './roster/rosters.ts';
import { post, tellAll, tellGone, tellLast } from './roster/tell.ts';
import { inbound, isTie, outbound, type Ties, type TieType } from './roster/ties.ts';

const PRE_APPROVAL = 'urn:xmpp:features:pre-approval';

const presenceOf = (type: string | undefined, from: string, to: string): Element => el('presence', NS.client, { type, from, to });

const same = (a: Ties, b: Ties): boolean => a.to === b.to && a.from === b.from && a.ask === b.ask && a.pending === b.pending;
/** What of them the item shows: a request that waits for the user is no part of it. */
const sameItem = (a: Ties, b: Ties): boolean => same({ ...a, pending: false }, { ...b, pending: false });

/** §3.1.2, §3.1.5, §3.2.2, §3.3.2: an account's own word to a contact. @param relayed it is the stanza being handled that goes on. */
function say(context: Context, type: TieType, stanza: Element, relayed: boolean): void {
  const { from: bare = '', to: contact = '' } = stanza.attrs;
  const rfc = context.profile === 'rfc';
  const before = rosterOf(context, bare);
  const now = tiesOf(before, contact);
  const { next, goesOn } = outbound(type, now);
  const item = before.items[contact];
  const send = (why: Rule): void => (relayed ? context.forward(stanza, why) : context.originate(stanza, why));

  if (type === 'subscribed' && !now.pending && !now.from) {
    if (rfc && item?.approved === true) return context.decline(rules.approvedAlready);
    keepItem(context, bare, { ...(item ?? newItem(contact)), approved: true });
    push(context, bare, contact);
    if (now.to && !rfc) context.originate(presenceOf('probe', bare, contact), rules.probe);
    return context.decline(rules.approved);
  }
  const revoked = rfc && type === 'unsubscribed' && item?.approved === true;
  // §3.2.2: before the contact is told that it is over, it is over.
  if (rfc && type === 'unsubscribed' && now.from) tellGone(context, bare, contact, rules.gone);
  if (!same(now, next)) keepTies(context, bare, contact, next);
  if (revoked && item) keepItem(context, bare, { ...(rosterOf(context, bare).items[contact] ?? item), approved: false });
  const told = rosterOf(context, bare).items[contact] !== undefined && pushes();
  // The RFC has the push last; Prosody has it first.
  if (told && !rfc) push(context, bare, contact);
  if (goesOn || (type === 'subscribed' && !rfc)) send(rules[type]);
  else context.decline(type === 'subscribed' ? rules.subscribedAlready : rules.nothingToEnd);
  if (told && rfc) push(context, bare, contact);
  if (type === 'subscribed' && (goesOn || !rfc)) {
    tellAll(context, bare, contact, rules.told);
    if (next.to && !rfc) context.originate(presenceOf('probe', bare, contact), rules.probe);
  }
  if (type === 'unsubscribed' && now.from && !rfc) tellGone(context, bare, contact, rules.gone);

  function pushes(): boolean {
    if (rfc) return !sameItem(now, next) || revoked;
    if (type === 'unsubscribed') return now.from;
    return type !== 'subscribed' || !same(now, next);
  }
}

/** From a session of this server; what is no subscription and no availability is nothing. */
function leaving(context: Context, event: StanzaEvent): boolean {
  const { type, to } = event.stanza.attrs;
  if (to === undefined || type === undefined || type === 'unavailable' || type === 'error' || type === 'probe') return false;
  const bare = bareOf(event.from);
  const contact = bareOf(event.to);
  if (bare === contact) return false;
  const stanza = withAttrs(event.stanza, { from: bare, to: contact });
  if (!isTie(type)) {
    if (event.session === undefined || context.profile === 'rfc') return context.bounce(event.stanza, 'bad-request', rules.noType, INVALID);
    // Prosody answers on the stream, though with the addresses that a subscription would have had.
    context.deliver(event.session, errorOf(stanza, 'bad-request', INVALID), rules.noType, false);
    return true;
  }
  say(context, type, stanza, true);
  return true;
}
const INVALID = { text: 'Invalid presence type' };

/** §3.1.3, §3.1.6, §3.2.3, §3.3.3: a contact's word to an account of this server. */
function arriving(context: Context, event: StanzaEvent): boolean {
  const { type } = event.stanza.attrs;
  if (type === undefined || type === 'unavailable' || type === 'error') return false;
  const bare = bareOf(event.to);
  const contact = bareOf(event.from);
  if (type === 'probe') return probed(context, event, bare, contact);
  const stanza = withAttrs(event.stanza, { from: contact, to: bare });
  if (!isTie(type)) return context.bounce(stanza, 'bad-request', rules.noType, INVALID);
  if (type === 'subscribe') return asked(context, stanza, bare, contact);
  const roster = rosterOf(context, bare);
  const now = tiesOf(roster, contact);
  const { next, goesOn } = inbound(type, now);
  if (!goesOn) return context.drop(rules.noEffect);
  keepTies(context, bare, contact, next);
  for (const s of sessionsOf(context, bare)) if (s.interested) context.deliver(s.full, stanza, rules.delivered);
  if (context.profile !== 'rfc' || !sameItem(now, next)) push(context, bare, contact);
  if (context.profile !== 'rfc' || type !== 'unsubscribe') return true;
  if (now.from) tellGone(context, bare, contact, rules.gone);
  context.originate(presenceOf('unsubscribed', bare, contact), rules.unsubscribedBack);
  return true;
}

/** §3.1.3: nobody is let in without the user's word, given now or beforehand. */
function asked(context: Context, stanza: Element, bare: string, contact: string): true {
  const roster = rosterOf(context, bare);
  const now = tiesOf(roster, contact);
  const local = bare.slice(0, bare.indexOf('@'));
  const exists = context.party.host.accounts.some((a) => a.name === local) || sessionsOf(context, bare).length > 0;
  if (now.from) {
    const answer = presenceOf('subscribed', bare, contact);
    if (context.profile === 'rfc') context.originate(answer, rules.already);
    else say(context, 'subscribed', answer, false);
    return tellAll(context, bare, contact, rules.told) || gone(context, bare, contact);
  }
  const wait = (): void => keepTies(context, bare, contact, inbound('subscribe', now).next, stanza);
  if (roster.items[contact]?.approved === true) {
    if (now.pending) return context.drop(rules.waits);
    wait();
    say(context, 'subscribed', presenceOf('subscribed', bare, contact), false);
    return true;
  }
  context.originate(presenceOf('unavailable', bare, contact), rules.acknowledged);
  if (!exists || now.pending) return (context.decline(exists ? rules.waits : rules.nobody), true);
  wait();
  const able = availableOf(context, bare);
  for (const s of able) context.deliver(s.full, stanza, rules.asked);
  if (able.length === 0) context.decline(rules.kept);
  return true;
}

const gone = (context: Context, bare: string, to: string): true => {
  context.originate(presenceOf('unavailable', bare, to), rules.away);
  return true;
};

/** §4.3.2: only who is subscribed learns anything. */
function probed(context: Context, event: StanzaEvent, bare: string, contact: string): true {
  const asking = formatJid(event.from);
  if (tiesOf(rosterOf(context, bare), contact).from) {
    const one = context.profile === 'rfc' && event.to.resource !== '' ? sessionAt(context, formatJid(event.to)) : undefined;
    if (one?.presence) tellLast(context, one, asking, rules.probed);
    else if (!tellAll(context, bare, asking, rules.probed)) gone(context, bare, asking);
    return true;
  }
  const refusal = presenceOf('unsubscribed', bare, contact);
  if (context.profile === 'rfc') return context.reply(refusal, rules.refused);
  // Prosody sends it through the tables, where it has an effect only on who has asked.
  if (tiesOf(rosterOf(context, bare), contact).pending) say(context, 'unsubscribed', refusal, false);
  return context.drop(rules.stranger);
}

/** What a resource that has just become available is told and asks (§3.1.3, §4.3.1). */
function arrived(context: Context, { session, from }: StanzaEvent): boolean {
  if (session === undefined) return false;
  const bare = bareOf(from);
  for (const item of Object.values(rosterOf(context, bare).items))
    if (item.subscription === 'to' || item.subscription === 'both')
      post(context, { full: session }, presenceOf('probe', session, item.jid), rules.probe, false);
  return false;
}

function waiting(context: Context, { session, from }: StanzaEvent): boolean {
  if (session === undefined) return false;
  const bare = bareOf(from);
  const { pending, items } = rosterOf(context, bare);
  for (const request of Object.values(pending)) context.deliver(session, request, rules.again, false);
  for (const item of Object.values(items)) if (item.ask) say(context, 'subscribe', presenceOf('subscribe', bare, item.jid), false);
  return false;
}

export const rfc6121Subscription: Module = {
  id: 'rfc-6121-subscription',
  title: 'Presence subscriptions',
  spec: 'RFC 6121',
  version: '2011-03',
  places: ['server'],
  rules,
  streamFeatures: (_context, stream) => (stream.user === '' || stream.full !== '' ? [] : [el('sub', PRE_APPROVAL)]),
  hooks: [
    { event: 'pre-presence', run: leaving },
    { event: 'presence/bare', priority: 10, run: arriving },
    { event: 'presence/full', priority: 10, run: arriving },
    { event: 'presence-initial', run: arrived },
    { event: 'presence-pending', run: waiting },
    {
      // Other modules fire this when the user will not answer any more.
      event: 'forget-request',
      run(context, { to, from }) {
        const ties = tiesOf(rosterOf(context, bareOf(to)), bareOf(from));
        if (ties.pending) keepTies(context, bareOf(to), bareOf(from), { ...ties, pending: false });
        return ties.pending;
      },
    },
  ],
};
