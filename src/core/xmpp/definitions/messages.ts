/**
 * What travels with messages and what copies, keeps and confirms them: XEP-0033, 0059, 0085, 0184, 0198, 0203, 0249, 0280, 0297, 0313,
 * 0333, 0334, 0352, 0359, 0421.
 */
import { NS } from '../namespaces.ts';
import { conditions, define } from './model.ts';
import { STANZA_ERRORS } from './stanzas.ts';

export const DELAY = define(NS.delay, 'XEP-0203', {
  delay: [
    '§2',
    'It is delivered later than it was sent; the text may say why.',
    '=string',
    { from: 'string Who kept it meanwhile.', stamp: 'dateTime! When it was sent, or came to the one who kept it.' },
  ],
});
export const RECEIPTS = define('urn:xmpp:receipts', 'XEP-0184', {
  request: ['§7', 'The sender would like to know when it has arrived.', '='],
  received: ['§7', 'The message has arrived at a client.', '=', { id: 'string! The message.' }],
});
export const CHAT_STATES = define(
  'http://jabber.org/protocol/chatstates',
  'XEP-0085',
  conditions('§2', {
    active: 'The sender attends to the conversation.',
    composing: 'The sender is writing.',
    paused: 'The sender was writing and has stopped.',
    inactive: 'The sender has not attended to the conversation for a while.',
    gone: 'The sender has left the conversation.',
  }),
);
export const MARKERS = define('urn:xmpp:chat-markers:0', 'XEP-0333', {
  markable: ['§4', 'The sender would like to know when it has been read.', '=string'],
  displayed: ['§4', 'Everything up to this message has been read.', '=string', { id: 'string The message.' }],
});
export const HINTS = define(
  'urn:xmpp:hints',
  'XEP-0334',
  conditions('§4', {
    'no-permanent-store': 'It is to be kept in no archive.',
    'no-store': 'It is to be kept nowhere, not even until the receiver is there.',
    'no-copy': 'Other devices are to get no copy.',
    store: 'It is to be kept although it looks unimportant.',
  }),
);
export const STANZA_IDS = define('urn:xmpp:sid:0', 'XEP-0359', {
  'stanza-id': [
    '§2.1',
    'The name that a service gave to the message, in its archive for instance.',
    '',
    { id: 'string! The name.', by: 'string! The service; to be believed only where that service takes out forged ones.' },
  ],
  'origin-id': ['§2.2', 'The name that the sender gave to the message.', '', { id: 'string! The name.' }],
  'referenced-stanza': ['§4', 'The message that this is about.', '', { id: 'string! Its name.', by: 'string Who gave it.' }],
});
export const OCCUPANT_ID = define(NS.occupantId, 'XEP-0421', {
  'occupant-id': [
    '§3',
    'Who the occupant is, whatever the nickname, without telling the address.',
    '',
    { id: 'string{1,128}! The same for one person in one room as long as the room stands.' },
  ],
});

export const FORWARD = define('urn:xmpp:forward:0', 'XEP-0297', {
  forwarded: [
    '§3',
    'A stanza as it was, inside another.',
    'delay:delay?, (client:message | client:presence | client:iq | server:message | server:presence | server:iq)?',
  ],
});
export const CARBONS = define('urn:xmpp:carbons:2', 'XEP-0280', {
  enable: ['§4', 'From now on this device gets copies of what the others send and receive.', '='],
  disable: ['§5', 'This device wants no copies any more.', '='],
  received: ['§7', 'A copy of what another device of the account received.', 'forward:forwarded'],
  sent: ['§8', 'A copy of what another device of the account sent.', 'forward:forwarded'],
  private: ['§9', 'No copies are to be made of this message.', '='],
});

export const RSM = define('http://jabber.org/protocol/rsm', 'XEP-0059', {
  set: ['§2', 'Which part of a long list is asked for, or given.', '(after | before | count | index | last | max | first)*'],
  'set/after': ['§2.2', 'Only what follows the item of this name.', '=string'],
  'set/before': ['§2.3', 'Only what comes before the item of this name; empty, the last page.', '=string'],
  'set/count': ['§2.7', 'How many items there are in all.', '=count'],
  'set/index': ['§2.6', 'The page is to begin with the item of this number.', '=count'],
  'set/last': ['§2.2', 'The name of the last item of this page.', '=string'],
  'set/max': ['§2.1', 'At most so many items.', '=count'],
  first: ['§2.2', 'The name of the first item of this page.', '=string', { index: 'int Its number in the whole list. §2.6' }],
});
export const MAM = define('urn:xmpp:mam:2', 'XEP-0313', {
  query: [
    '§4',
    'Asks the archive for messages.',
    'data:x?, rsm:set?, flip-page?',
    { queryid: 'string What the results will be marked with.', node: 'string The node of the archive.' },
  ],
  'query/flip-page': ['§4.3.4', 'The page is wanted with the latest first.', '='],
  result: [
    '§4.2',
    'One message of the archive.',
    'forward:forwarded',
    { id: 'string! Its name in the archive.', queryid: 'string The query that it answers.' },
  ],
  fin: [
    '§4.2',
    'The end of the answer.',
    'rsm:set',
    {
      complete: 'boolean Nothing more is there.',
      stable: 'boolean False: the order may still change.',
      queryid: 'string The query that it answers.',
    },
  ],
  metadata: ['§5', 'Where the archive begins and ends.', '(start, end)?'],
  'metadata/start': ['§5', 'Its first message.', '', { id: 'string! Its name.', timestamp: 'dateTime! When it was sent.' }],
  'metadata/end': ['§5', 'Its last message.', '', { id: 'string! Its name.', timestamp: 'dateTime! When it was sent.' }],
});

const CONDITIONS = Object.keys(STANZA_ERRORS.elements).filter((name) => name !== 'text');
const HANDLED = 'unsignedInt! How many stanzas the sender of this has handled on the stream.';
export const SM = define('urn:xmpp:sm:3', 'XEP-0198', {
  sm: ['§2', 'Stanzas can be counted and streams resumed here.', '='],
  enable: [
    '§3',
    'The client wants stanzas counted.',
    '=',
    { max: 'positive For how many seconds it would like to be waited for.', resume: 'boolean Whether it wants to come back.' },
  ],
  enabled: [
    '§3',
    'Stanzas are counted from here on.',
    '=',
    {
      id: 'string What the stream is resumed by. §5',
      location: 'string Where to connect to then. §5',
      max: 'positive For how many seconds the session waits. §5',
      resume: 'boolean Whether it can be resumed. §5',
    },
  ],
  r: ['§4', 'Asks how many stanzas the other side has handled.', '='],
  a: ['§4', 'Tells how many stanzas have been handled.', '=', { h: HANDLED }],
  resume: ['§5', 'The client comes back to a session whose connection was lost.', '=', { h: HANDLED, previd: 'string! The session.' }],
  resumed: ['§5', 'The session goes on; what was not handled is sent again.', '=', { h: HANDLED, previd: 'string! The session.' }],
  failed: [
    '§3',
    'It cannot be done.',
    `(${CONDITIONS.map((name) => `stanzas:${name}`).join(' | ')})?`,
    { h: 'unsignedInt How many stanzas of the lost session were handled. §5' },
  ],
  'handled-count-too-high': [
    '§4',
    'More was confirmed than had been sent.',
    '',
    { 'send-count': 'unsignedInt How many had been sent.', h: 'unsignedInt How many were confirmed.' },
  ],
});
/** The version before; only its feature is known to be offered still. */
export const SM_2 = define('urn:xmpp:sm:2', 'XEP-0198', { sm: ['§2', 'An older version of stream management is spoken too.', ''] });
export const CSI = define(
  'urn:xmpp:csi:0',
  'XEP-0352',
  conditions('§4.2', {
    csi: 'The server would like to know whether anybody looks at the client.',
    active: 'Somebody looks at the client: everything is to come at once.',
    inactive: 'Nobody looks at the client: what is unimportant may wait.',
  }),
);

export const ADDRESSES = define('http://jabber.org/protocol/address', 'XEP-0033', {
  addresses: ['§3', 'Whom a stanza is for, when it is for several.', 'address+'],
  address: [
    '§4',
    'One of them.',
    '=',
    {
      type: 'bcc|cc|noreply|replyroom|replyto|to|ofrom! What part it has. §4.6',
      jid: 'jid The address. §4.1',
      node: 'string A node there. §4.3',
      uri: 'string An address of another kind. §4.2',
      desc: 'string A name for people. §4.4',
      delivered: 'only:true The stanza has been sent on to it. §4.5',
    },
  ],
});
