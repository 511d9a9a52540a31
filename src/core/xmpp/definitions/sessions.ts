/** Calls, which clients negotiate over the servers (XEP-0166, 0167, 0176), and the bodies in which BOSH carries streams (XEP-0124). */
import { conditions, define, type Declarations } from './model.ts';

const REASONS = {
  busy: 'There is another call.',
  cancel: 'It was called off before it began.',
  'connectivity-error': 'No way through was found.',
  decline: 'The other does not want to.',
  expired: 'The session is too old.',
  'failed-application': 'The application could not be set up.',
  'failed-transport': 'The transport could not be set up.',
  'general-error': 'Something else went wrong.',
  gone: 'The other is not there any more.',
  'incompatible-parameters': 'There is nothing that both can.',
  'media-error': 'The media failed.',
  'security-error': 'It was not safe.',
  success: 'It is over, and all was well.',
  timeout: 'Nobody answered in time.',
  'unsupported-applications': 'None of the applications is known.',
  'unsupported-transports': 'None of the transports is known.',
};
export const JINGLE = define('urn:xmpp:jingle:1', 'XEP-0166', {
  jingle: [
    '§7.1',
    'One step in the negotiation of a session between two clients.',
    'content*, reason?, other*',
    {
      action: `content-accept|content-add|content-modify|content-reject|content-remove|description-info|security-info|session-accept|session-info|session-initiate|session-terminate|transport-accept|transport-info|transport-reject|transport-replace! Which step.`,
      sid: 'nmtoken! The session.',
      initiator: 'jid Who began it.',
      responder: 'jid Who answers.',
    },
  ],
  'jingle/content': [
    '§7.3',
    'One stream of media or data.',
    'other*',
    {
      creator: 'initiator|responder! Who added it.',
      name: 'string! What it is called.',
      disposition: 'ncname What is done with it.',
      senders: 'both|initiator|none|responder Who sends.',
    },
  ],
  'jingle/reason': ['§7.4', 'Why.', `(alternative-session | ${Object.keys(REASONS).join(' | ')}), text?, other?`],
  'jingle/reason/alternative-session': ['§7.4', 'Another session goes on instead.', 'sid?'],
  'jingle/reason/alternative-session/sid': ['§7.4', 'That session.', '=nmtoken'],
  'jingle/reason/text': ['§7.4', 'Why, in words.', '=string'],
  ...conditions('§7.4', Object.fromEntries(Object.entries(REASONS).map(([name, means]) => [`jingle/reason/${name}`, means]))),
});
export const JINGLE_ERRORS = define(
  'urn:xmpp:jingle:errors:1',
  'XEP-0166',
  conditions('§10', {
    'out-of-order': 'That step does not come now.',
    'tie-break': 'The other asked for the same first.',
    'unknown-session': 'There is no such session.',
    'unsupported-info': 'That information is not understood.',
    'security-required': 'It must be made safe.',
  }),
);

export const RTP = define('urn:xmpp:jingle:apps:rtp:1', 'XEP-0167', {
  description: [
    '§4',
    'Speech or pictures as RTP, in the formats that one can take.',
    'payload-type*, rtcp-mux?, encryption?, bandwidth?',
    { media: 'ncname! Which sort of media.', ssrc: 'unsignedInt The number of the source.' },
  ],
  'description/payload-type': [
    '§4',
    'One format.',
    'parameter*',
    {
      id: 'unsignedByte! Its number.',
      name: 'string Its name.',
      clockrate: 'unsignedInt How many samples a second.',
      channels: 'unsignedByte How many channels.',
      ptime: 'unsignedInt How many milliseconds in one packet.',
      maxptime: 'unsignedInt How many at most.',
    },
  ],
  'description/payload-type/parameter': ['§4', 'More about it.', '=', { name: 'string! What.', value: 'string! How much.' }],
  // Printed without a type: anything may stand in it.
  'description/rtcp-mux': ['§4', 'Control goes over the same port.', 'mixed any*', { '*any': 'string Anything.' }],
  'description/encryption': ['§7', 'How it is encrypted.', 'crypto*', { required: 'boolean Whether it must be.' }],
  'description/encryption/crypto': [
    '§7',
    'One way.',
    '=',
    {
      'crypto-suite': 'ncname! The algorithms.',
      'key-params': 'string! The key.',
      'session-params': 'string More about it.',
      tag: 'string! Its number.',
    },
  ],
  'description/bandwidth': ['§4', 'How much of the line it takes.', '=string', { type: 'string! In which measure.' }],
});

const CANDIDATE = { component: 'unsignedByte! Which part of the stream.', ip: 'string! The address.', port: 'unsignedShort! The port.' };
export const ICE_UDP = define('urn:xmpp:jingle:transports:ice-udp:1', 'XEP-0176', {
  transport: [
    '§5.3',
    'Ways on which packets could come through.',
    '(candidate+ | remote-candidate)?',
    { ufrag: 'string The name for the checks.', pwd: 'string The password for the checks.' },
  ],
  'transport/candidate': [
    '§5.3',
    'One way.',
    '=',
    {
      ...CANDIDATE,
      foundation: 'string! Ways of the same origin have the same.',
      generation: 'unsignedByte! How often it was begun anew.',
      id: 'ncname! Its name.',
      priority: 'positive! How much it is preferred.',
      protocol: 'ncname! The protocol.',
      type: 'host|prflx|relay|srflx! What sort of way.',
      network: 'unsignedByte The network card.',
      'rel-addr': 'string The address behind it.',
      'rel-port': 'unsignedShort The port behind it.',
    },
  ],
  'transport/remote-candidate': ['§5.5', 'The way that was found.', '=', CANDIDATE],
});

const BODY = {
  accept: 'string Encodings that the client takes. §7',
  ack: 'positive The latest request that was received in order. §9',
  authid: 'string The id of the stream. §7',
  charsets: 'nmtokens Character sets. §7',
  condition: `bad-request|host-gone|host-unknown|improper-addressing|internal-server-error|item-not-found|other-request|policy-violation|remote-connection-failed|remote-stream-error|see-other-uri|system-shutdown|undefined-condition Why the session ends. §17.2`,
  content: 'string The media type of the answers. §7',
  from: 'string Who opens the stream. §7',
  hold: 'unsignedByte How many requests the server keeps waiting. §7',
  inactivity: 'unsignedShort After how many seconds of silence it ends. §7',
  key: 'string A proof that it is the same client. §15',
  maxpause: 'unsignedShort For how many seconds one may pause. §10',
  newkey: 'string The beginning of a new row of keys. §15',
  pause: 'unsignedShort For how many seconds the client pauses. §10',
  polling: 'unsignedShort How many seconds must lie between empty requests. §7',
  report: 'positive A request that was not received in time. §9.2',
  requests: 'unsignedByte How many requests there may be at once. §7',
  rid: 'positive The number of the request. §14',
  route: 'string By which connection. §7',
  sid: 'string The session. §7',
  stream: 'string Which of several streams. §16',
  time: 'unsignedShort How long a reported request waited, in milliseconds. §9.2',
  to: 'string To which domain. §7',
  type: 'error|terminate That something is wrong, or over. §17',
  ver: 'string The version of BOSH. §7',
  wait: 'unsignedShort How many seconds a request may wait for an answer. §7',
  'xml:lang': 'language The language of the texts. §7',
  '*': 'string Attributes of other namespaces.',
};
export const BOSH = define('http://jabber.org/protocol/httpbind', 'XEP-0124', {
  body: ['§6', 'What one HTTP request or answer carries of a stream.', 'uri? | other*', BODY],
  'body/uri': ['§17.2', 'Where to go instead.', '=string'],
} satisfies Declarations);
