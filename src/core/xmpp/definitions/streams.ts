/** RFC 6120 §4–7 and what is like it: the stream, its features and errors, TLS, SASL, binding; RFC 7395 framing; dialback. */
import { NS } from '../namespaces.ts';
import { conditions, define, LANG } from './model.ts';

const HEADER = {
  from: 'string The one who opens it. §4.7.1',
  to: 'string The one it is opened to. §4.7.2',
  id: 'string The stream, as the one who accepted it calls it. §4.7.3',
  'xml:lang': 'language The language of texts for people in it. §4.7.4',
  version: 'decimal The version of XMPP: 1.0. §4.7.5',
};

export const STREAMS = define(NS.streams, 'RFC 6120', {
  stream: [
    '§4.2',
    'The beginning of a stream, in which everything else stands.',
    'any*',
    { ...HEADER, '*': 'string The namespaces of the stream. §4.8' },
  ],
  features: ['§4.3.2', 'What the server offers at this point of the stream; what is required comes first.', 'other*'],
  error: ['§4.9', 'Why the stream is given up; nothing can follow but its end.', 'other{1,3}'],
});

export const STREAM_ERRORS = define(NS.streamErrors, 'RFC 6120', {
  ...conditions('§4.9.3', {
    'bad-format': 'What came cannot be worked on.',
    'bad-namespace-prefix': 'A prefix is wrong or missing.',
    conflict: 'A newer stream takes the place of this one.',
    'connection-timeout': 'The other side has been silent for too long.',
    'host-gone': 'The domain is not served here any more.',
    'host-unknown': 'The domain is not served here.',
    'improper-addressing': 'A stanza between servers has no “from” or “to”.',
    'internal-server-error': 'Something is wrong in the server itself.',
    'invalid-from': 'The address in “from” is not one that this stream may use.',
    'invalid-id': 'The stream id is not the one given.',
    'invalid-namespace': 'The stream or its content is in a wrong namespace.',
    'invalid-xml': 'What came is not valid.',
    'not-authorized': 'It has not been shown yet who is at the other end.',
    'not-well-formed': 'What came is no XML.',
    'policy-violation': 'The rules of the service forbid it.',
    'remote-connection-failed': 'A server that is needed could not be reached.',
    reset: 'The stream must be negotiated anew.',
    'resource-constraint': 'The server is too busy.',
    'restricted-xml': 'It has what XMPP leaves out of XML: comments, instructions, entities, document types.',
    'system-shutdown': 'The server is going down.',
    'undefined-condition': 'None of the defined conditions; another element says which.',
    'unsupported-encoding': 'It is not encoded in UTF-8.',
    'unsupported-stanza-type': 'There is no such top-level element.',
    'unsupported-version': 'That version of XMPP is not spoken here.',
  }),
  'see-other-host': ['§4.9.3.19', 'The client is to connect to the host in the text instead.', '=string'],
  text: ['§4.9.2', 'The error in words, for people who look for its cause.', '=string', LANG],
});

export const TLS = define(NS.tls, 'RFC 6120', {
  starttls: ['§5.4.1', 'TLS is offered, or asked for.', 'required?'],
  'starttls/required': ['§5.4.1', 'Nothing else goes on before TLS.', '='],
  proceed: ['§5.4.2.3', 'The next bytes are those of the TLS handshake.', '='],
  failure: ['§5.4.2.2', 'TLS cannot be had; the stream ends.', '='],
});

export const SASL = define(NS.sasl, 'RFC 6120', {
  mechanisms: ['§6.4.1', 'The ways to log in that the server offers, best first.', 'mechanism+, other*'],
  'mechanisms/mechanism': ['§6.4.1', 'One way to log in, by its registered name.', '=nmtoken'],
  auth: [
    '§6.4.2',
    'The client chooses a way to log in; the text is its first word, in base64.',
    '=string',
    { mechanism: 'nmtoken! The way chosen.' },
  ],
  challenge: ['§6.4.3', 'What the server asks, in base64.', '=string'],
  response: ['§6.4.3', 'What the client answers, in base64.', '=string'],
  abort: ['§6.4.4', 'The client gives this attempt up.', '='],
  success: ['§6.4.6', 'The client is who it says; a new stream begins on the same connection.', '=string'],
  failure: [
    '§6.4.5',
    'The attempt failed; another may follow.',
    `(aborted | account-disabled | credentials-expired | encryption-required | incorrect-encoding | invalid-authzid | invalid-mechanism |
      malformed-request | mechanism-too-weak | not-authorized | temporary-auth-failure)?, text?`,
  ],
  text: ['§6.4.5', 'Why, in words.', '=string', LANG],
  ...conditions('§6.5', {
    'failure/aborted': 'The client gave it up.',
    'failure/account-disabled': 'The account is switched off.',
    'failure/credentials-expired': 'The password or certificate is too old.',
    'failure/encryption-required': 'This way needs TLS first.',
    'failure/incorrect-encoding': 'What the client sent is not in base64.',
    'failure/invalid-authzid': 'One cannot act for that address.',
    'failure/invalid-mechanism': 'That way was not offered.',
    'failure/malformed-request': 'What the client sent has not the form of this way.',
    'failure/mechanism-too-weak': 'That way is not safe enough for this account.',
    'failure/not-authorized': 'Name or password are wrong; which of them is not said.',
    'failure/temporary-auth-failure': 'It cannot be found out just now.',
  }),
});

export const BIND = define(NS.bind, 'RFC 6120', {
  bind: ['§7', 'A name for this one device of the account; empty, the server chooses it.', '(resource | jid)?'],
  'bind/resource': ['§7.7', 'The name that the client would like.', '=string{1,1023}'],
  'bind/jid': ['§7.6', 'The full address that the client has from now on.', '=string{8,3071}'],
});
export const SESSION = define(NS.session, 'RFC 3921', {
  session: ['§3', 'A step of old that does nothing any more, and is still answered.', '='],
});

export const FRAMING = define(NS.framing, 'RFC 7395', {
  open: ['§3.4', 'The beginning of a stream over WebSocket, a frame of its own.', '=', HEADER],
  close: ['§3.6', 'The end of a stream over WebSocket.', '=', { ...HEADER, 'see-other-uri': 'uri Where to connect instead. §3.6.1' }],
});

const KEY = {
  from: 'string! The domain that the key speaks for.',
  to: 'string! The domain it is shown to.',
  type: 'error|invalid|valid The answer.',
};
export const DIALBACK = define(NS.dialback, 'XEP-0220', {
  result: ['§2.1', 'A server shows a key for its domain, or is told whether it was right.', 'mixed (client:* | server:*)?', KEY],
  verify: [
    '§2.2',
    'Whether a key is right is asked of the domain itself, and answered.',
    'mixed (client:* | server:*)?',
    { ...KEY, id: 'string! The stream on which the key was shown.' },
  ],
});
export const DIALBACK_FEATURE = define(NS.dialbackFeature, 'XEP-0220', {
  dialback: ['§2.4.2', 'The server can do dialback.', 'errors?'],
  'dialback/errors': ['§2.4.2', 'It also tells errors of dialback, and keeps the stream.', '='],
});

export const STREAM_FEATURES = [
  define('urn:xmpp:features:rosterver', 'RFC 6121', { ver: ['§2.6.1', 'Rosters have versions here.', ''] }),
  define('urn:xmpp:features:pre-approval', 'RFC 6121', { sub: ['§3.4', 'A subscription may be approved before it is asked for.', ''] }),
];

export const COMPONENT = define('jabber:component:accept', 'XEP-0114', {
  handshake: ['§3', 'A service outside the server shows that it knows the secret; empty, that it was right.', '=string'],
});
