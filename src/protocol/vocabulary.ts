/**
 * The words of filters and breakpoints: what can be asked of a row of the journal, and of the run up to it. One expression is asked
 * of one event; where that event is about a message (it arrives, or a silence says what became of it) the message's own
 * properties count too.
 */
import { closest } from '../base/closest.ts';
import type { FieldSpec, Vocabulary } from '../base/query/vocabulary.ts';
import { XPathError } from '../base/xpath/lexer.ts';
import { compileXPath } from '../base/xpath/xpath.ts';
import { KINDS, type KindName } from './scene.ts';

const KIND_HELP: Readonly<Record<KindName, string>> = {
  message: 'A message arrives',
  presence: 'A presence arrives',
  iq: 'An iq request arrives',
  result: 'The result of an iq arrives',
  error: 'An error arrives',
  push: 'Gossip that brings something arrives',
  pull: 'Gossip that asks for something arrives',
  digest: 'Gossip that says what it has arrives',
  stream: 'A part of a stream’s negotiation arrives',
};

/** Prefixes in `xpath()`. A name without one is of any namespace. */
export const PREFIXES: Readonly<Record<string, string>> = {
  client: 'jabber:client',
  server: 'jabber:server',
  stream: 'http://etherx.jabber.org/streams',
  roster: 'jabber:iq:roster',
  rpc: 'jabber:iq:rpc',
  data: 'jabber:x:data',
  info: 'http://jabber.org/protocol/disco#info',
  items: 'http://jabber.org/protocol/disco#items',
  caps: 'http://jabber.org/protocol/caps',
  muc: 'http://jabber.org/protocol/muc',
  user: 'http://jabber.org/protocol/muc#user',
  admin: 'http://jabber.org/protocol/muc#admin',
  owner: 'http://jabber.org/protocol/muc#owner',
  pubsub: 'http://jabber.org/protocol/pubsub',
  event: 'http://jabber.org/protocol/pubsub#event',
  chatstates: 'http://jabber.org/protocol/chatstates',
  receipts: 'urn:xmpp:receipts',
  carbons: 'urn:xmpp:carbons:2',
  forward: 'urn:xmpp:forward:0',
  mam: 'urn:xmpp:mam:2',
  delay: 'urn:xmpp:delay',
  sid: 'urn:xmpp:sid:0',
  sm: 'urn:xmpp:sm:3',
  ping: 'urn:xmpp:ping',
  errors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
};

/** What ought never to happen, found in the journal alone. */
export const INVARIANTS: Readonly<Record<string, string>> = {
  forgets: 'A node that had the update shows as if it had never had it',
  'answered-twice': 'A second answer to the same request arrives where the request came from',
  'out-of-order': 'On one stream a stanza overtakes an earlier one (RFC 6120 §10.1: in order)',
  'dead-acts': 'A node that is down sends a message',
  leaks: 'A link that was cut let a message through, and was cut still: told when the next one is stopped there',
  'presence-leaks': 'A server tells somebody of a presence who is not subscribed to it (RFC 6121 §4.2.2)',
};

const WORDS: Readonly<Record<string, string>> = {
  ...KIND_HELP,
  event: 'Any row',
  arrival: 'A stanza arrives',
  timer: 'A timer runs out',
  silence: 'Nothing happened, and a rule says why',
  intervention: 'Something was done by hand',
  change: 'Something can be seen to change',
  news: 'Somebody is reached for the first time',
  duplicate: 'A copy of what the receiver has already: an update, or the same message again',
  lost: 'The message was lost on the way',
  dropped: 'The message goes no further',
  cut: 'The message met a link that is cut',
  broken: 'Something that ought never to happen: any of those that broken("…") names',
};

const JID_PARTS: readonly (readonly [string, string])[] = [
  ['bare', 'its address without the resource'],
  ['local', 'the part of its address before @'],
  ['domain', 'the domain of its address'],
  ['resource', 'the part of its address after /'],
];
const withParts = (name: string, who: string): Readonly<Record<string, FieldSpec>> =>
  Object.fromEntries([
    [name, { type: 'text', help: who }] as const,
    ...JID_PARTS.map(([part, help]) => [`${name}.${part}`, { type: 'text', help: `${who}: ${help}` }] as const),
  ]);

export const OUTCOMES = ['delivered', 'dropped', 'lost', 'cut', 'expired', 'in flight'] as const;

const FIELDS: Readonly<Record<string, FieldSpec>> = {
  ...withParts('from', 'Who sends: the end of the link, or the stanza’s own from'),
  ...withParts('to', 'Who receives: the end of the link, or the stanza’s own to'),
  ...withParts('entity', 'Who takes part: sender, receiver, or where it happens'),
  link: { type: 'text', help: 'Both ends, as “alice -> wonderland.lit”' },
  kind: { type: 'text', help: 'The kind of what arrives', values: KINDS },
  outcome: { type: 'text', help: 'What became of the message', values: OUTCOMES },
  type: { type: 'text', help: 'The stanza’s type: get, set, groupchat, unavailable, …' },
  element: { type: 'text', help: 'Name or namespace of an element anywhere in the stanza' },
  text: { type: 'text', help: 'Text anywhere in the stanza' },
  what: { type: 'text', help: 'What the row says' },
  rule: { type: 'text', help: 'The rule that acted or declined: its id or its source' },
  state: { type: 'text', help: 'What an entity is shown as from this event on' },
  time: { type: 'time', help: 'Simulated time: 1.5s, 20ms, 300ticks' },
  delay: { type: 'time', help: 'How long the message was under way' },
  round: { type: 'number', help: 'Round, period, cycle or causal wave' },
  ordinal: { type: 'number', help: 'Number of the event' },
  bytes: { type: 'number', help: 'Size of the stanza’s XML in bytes' },
  coverage: { type: 'share', help: 'Share of those to be reached that are: 50%' },
  reached: { type: 'number', help: 'How many are reached' },
  inflight: { type: 'number', help: 'How many stanzas are under way after the event' },
};

function wrongXPath(text: string) {
  try {
    compileXPath(text, PREFIXES);
    return undefined;
  } catch (error) {
    if (error instanceof XPathError) return { ...error.fault, hint: 'XPath 1.0: a name without a prefix is of any namespace.' };
    throw error;
  }
}
function wrongInvariant(text: string) {
  const names = Object.keys(INVARIANTS);
  if (names.includes(text)) return undefined;
  const near = closest(text, names);
  const hint = `${near === undefined ? '' : `Did you mean “${near}”? `}There are ${names.join(', ')}.`;
  return { at: 0, message: `there is nothing called “${text}” that could be broken`, hint };
}

export const VOCABULARY: Vocabulary = {
  words: WORDS,
  fields: FIELDS,
  calls: {
    xpath: {
      help: 'An XPath expression that holds on the stanza',
      example: 'xpath("//x[@node]")',
      values: ['//body', '//error', '//x[@node]', '//query/@node', 'count(//item) > 1'],
      wrong: wrongXPath,
    },
    broken: {
      help: 'That which ought never to happen',
      example: 'broken("forgets")',
      values: Object.keys(INVARIANTS),
      wrong: wrongInvariant,
    },
  },
};
