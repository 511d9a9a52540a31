/**
 * RFC 6121 (March 2011, https://www.rfc-editor.org/rfc/rfc6121) §2 rosters: get (§2.2), set (§2.3, §2.4), removal with the subscriptions that it ends (§2.5), versions
 * (§2.6), pushes to the resources that have asked (§2.1.6). As Prosody does it: the result comes before the push, an empty group is taken and one that
 * is named twice is one; editing an item forgets its pre-approval. By the profile `rfc` §2.3.3 is followed.
 * Simplified: a new version is always answered by the whole roster, never by the changes since (§2.6.3 leaves the choice).
 */
import { bareOf, formatJid, tryParseJid } from '../../../base/jid.ts';
import { el, elements, textOf, type Element } from '../../../base/xml/element.ts';
import type { View, Context, Module, StanzaEvent } from '../module.ts';
import { rule } from '../module.ts';
import { NS } from '../namespaces.ts';
import { keepSession, senderOf } from '../server/sessions.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import {
  confirm,
  itemElement,
  keepItem,
  keepRoster,
  newItem,
  push,
  pushRules,
  ROSTER,
  rosterOf,
  rosters,
  tiesOf,
  versionOf,
  type Roster,
  type RosterItem,
} from './roster/rosters.ts';
import { tellGone } from './roster/tell.ts';

const VERSIONS = 'urn:xmpp:features:rosterver';
/** §2.3.3 lets a server choose; of names and groups, in characters. */
const LONGEST = 1023;

const rules = {
  ...pushRules,
  got: rule(
    'rfc-6121/2.1.4/result',
    'RFC 6121 §2.1.4, §2.2',
    'The whole roster, as it stands on the server. From now on this resource is sent every change of it.',
  ),
  same: rule(
    'rfc-6121/2.6.2/not-modified',
    'RFC 6121 §2.6.2',
    'The client has this version of the roster already, so the answer is empty: nothing has changed.',
  ),
  changed: rule(
    'rfc-6121/2.3.2/changed',
    'RFC 6121 §2.3.2, §2.4.2',
    'The server keeps the item: its name and groups are the user’s to choose, the subscription is not.',
  ),
  removed: rule(
    'rfc-6121/2.5.2/removed',
    'RFC 6121 §2.5.2',
    'The contact is no longer in the roster, and the subscriptions in both directions are ended.',
  ),
  unsubscribed: rule(
    'rfc-6121/2.5.2/unsubscribed',
    'RFC 6121 §2.5.2',
    'The contact was told of the user’s presence, or had asked to be. With the item gone that ends, so the server cancels it in the user’s name.',
  ),
  unsubscribe: rule(
    'rfc-6121/2.5.2/unsubscribe',
    'RFC 6121 §2.5.2',
    'The user was told of the contact’s presence, or had asked to be. With the item gone that ends, so the server unsubscribes in the user’s name.',
  ),
  gone: rule(
    'rfc-6121/2.5.2/unavailable',
    'RFC 6121 §2.5.2, §3.2.2',
    'The contact will hear no more of the user’s presence, so for the contact the user goes.',
  ),
  notOne: rule(
    'rfc-6121/2.3.3/not-one-item',
    'RFC 6121 §2.1.5, §2.3.3',
    'A roster is changed one item at a time, and each is of a bare address: bad-request.',
  ),
  self: rule('rfc-6121/2.3.3/self', 'RFC 6121 §2.3.3', 'Nobody is a contact of their own: not-allowed.'),
  foreign: rule('rfc-6121/2.3.3/forbidden', 'RFC 6121 §2.3.3', 'A roster is changed by its own account only: forbidden.'),
  absent: rule('rfc-6121/2.5.3/not-found', 'RFC 6121 §2.5.3', 'There is no such contact in the roster: item-not-found.'),
  twice: rule('rfc-6121/2.3.3/group-twice', 'RFC 6121 §2.3.3', 'The same group is named twice: bad-request.'),
  unfit: rule('rfc-6121/2.3.3/not-acceptable', 'RFC 6121 §2.3.3', 'A group has no name, or a name is too long: not-acceptable.'),
};

function get(context: Context, event: StanzaEvent): boolean {
  const session = senderOf(context, event);
  if (!session) return false;
  const roster = rosterOf(context, session.bare);
  const ver = versionOf(context, roster);
  const known = payloadOf(event.stanza)?.attrs['ver'];
  const items = Object.values(roster.items).map((item) => itemElement(context, item));
  if (known === ver) context.reply(resultOf(event.stanza), rules.same);
  else context.reply(resultOf(event.stanza, el('query', ROSTER, { ver }, ...items)), rules.got);
  keepSession(context, { ...session, interested: true });
  return true;
}

function set(context: Context, event: StanzaEvent): boolean {
  const session = senderOf(context, event);
  const query = payloadOf(event.stanza);
  if (!session || !query) return false;
  const { stanza } = event;
  const [item, more] = elements(query);
  const jid = item && tryParseJid(item.attrs['jid'] ?? '');
  if (!item || more || item.name !== 'item' || item.ns !== ROSTER || !jid || jid.resource !== '')
    return context.bounce(stanza, 'bad-request', rules.notOne);
  const contact = formatJid(jid);
  if (contact === session.bare) return context.bounce(stanza, 'not-allowed', rules.self);
  return item.attrs['subscription'] === 'remove'
    ? remove(context, event, session.bare, contact)
    : change(context, event, session.bare, contact, item);
}

function change(context: Context, event: StanzaEvent, bare: string, contact: string, wanted: Element): true {
  const named = elements(wanted)
    .filter((c) => c.name === 'group')
    .map(textOf);
  const groups = [...new Set(named)];
  const name = wanted.attrs['name'] ?? '';
  if (context.profile === 'rfc') {
    if (groups.length < named.length) return context.bounce(event.stanza, 'bad-request', rules.twice);
    if (groups.includes('') || [name, ...groups].some((text) => text.length > LONGEST))
      return context.bounce(event.stanza, 'not-acceptable', rules.unfit);
  }
  const before = rosterOf(context, bare).items[contact] ?? newItem(contact);
  keepItem(context, bare, { ...before, name, groups, approved: before.approved && context.profile === 'rfc' });
  context.reply(resultOf(event.stanza), rules.changed);
  push(context, bare, contact);
  return true;
}

/** §2.3.3: the roster of somebody else. Prosody does not know the request there, as it does not know any. */
function setByOthers(context: Context, event: StanzaEvent): boolean {
  return context.profile === 'rfc' && context.bounce(event.stanza, 'forbidden', rules.foreign);
}

/** §2.5.2: what the item stood for ends with it, while the contact can still be told. */
function remove(context: Context, event: StanzaEvent, bare: string, contact: string): true {
  const roster = rosterOf(context, bare);
  const details = context.profile === 'rfc' ? {} : ({ type: 'modify' } as const);
  if (!roster.items[contact]) return context.bounce(event.stanza, 'item-not-found', rules.absent, details);
  const ties = tiesOf(roster, contact);
  // Prosody leaves the resource in `from` here, though subscriptions are between accounts.
  const from = context.profile === 'rfc' ? bare : formatJid(event.from);
  const end = (type: string): Element => el('presence', NS.client, { type, from, to: contact });
  const { [contact]: _, ...items } = roster.items;
  const { [contact]: __, ...answered } = roster.pending;
  // Prosody goes on asking the user for an answer to a request that it refuses here.
  keepRoster(context, bare, context.profile === 'rfc' ? { items, pending: answered } : { items });
  if (ties.from || ties.pending) context.originate(end('unsubscribed'), rules.unsubscribed);
  if (context.profile === 'rfc' ? ties.from : ties.to || ties.ask) tellGone(context, bare, contact, rules.gone);
  if (ties.to || ties.ask) context.originate(end('unsubscribe'), rules.unsubscribe);
  context.reply(resultOf(event.stanza), rules.removed);
  push(context, bare, contact);
  return true;
}

export const rfc6121Roster: Module = {
  id: 'rfc-6121-roster',
  title: 'Rosters',
  spec: 'RFC 6121',
  version: '2011-03',
  places: ['server'],
  features: [ROSTER],
  rules,
  streamFeatures: (_context, stream) => (stream.user === '' || stream.full !== '' ? [] : [el('ver', VERSIONS)]),
  hooks: [
    { event: `iq-get/self/${ROSTER}:query`, run: get },
    { event: `iq-set/self/${ROSTER}:query`, run: set },
    { event: `iq-set/bare/${ROSTER}:query`, run: setByOthers },
    { event: 'iq/self', run: confirm },
    {
      // Who may see an account's presence may ask more about it: other modules fire this.
      event: 'may-see-presence',
      run: (context, { to, from }) => tiesOf(rosterOf(context, bareOf(to)), bareOf(from)).from,
    },
  ],
  inspect,
};

function inspect({ party, get: read }: View) {
  const kept = read(rosters);
  const accounts = [...new Set([...party.host.rosters.keys(), ...Object.keys(kept)])].sort();
  return accounts.map((bare) => {
    const roster: Roster = rosterOf({ party, get: read }, bare);
    const asking = Object.keys(roster.pending);
    return {
      type: 'table' as const,
      key: `roster/${bare}`,
      title: `Roster of ${bare}${roster.version > 0 ? `, changed ${roster.version}×` : ''}`,
      columns: ['Contact', 'Subscription', 'Name', 'Groups'],
      rows: [
        ...Object.values(roster.items).map((i) => ({
          key: i.jid,
          cells: [i.jid, describe(i, asking.includes(i.jid)), i.name, i.groups.join(', ')].map((text) => ({ text })),
        })),
        ...asking
          .filter((jid) => !(jid in roster.items))
          .map((jid) => ({ key: jid, cells: [jid, 'asks, and is not in the roster', '', ''].map((text) => ({ text })) })),
      ],
      empty: 'Nobody.',
    };
  });
}

/** The nine states of appendix A.1, and the approval given beforehand. */
function describe({ subscription, ask, approved }: RosterItem, pendingIn: boolean): string {
  const pending = ask && pendingIn ? 'pending out and in' : ask ? 'pending out' : pendingIn ? 'pending in' : '';
  return [subscription, pending, approved ? 'approved beforehand' : ''].filter((part) => part !== '').join(', ');
}
