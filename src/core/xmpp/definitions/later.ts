/**
 * Messages about messages (XEP-0308, 0424, 0425, 0428, 0444), small things beside them (XEP-0131, 0231, 0300), bytes beside the
 * streams (XEP-0065), and login in one step (XEP-0388, 0386). The schemas of the last two are not among
 * those that the tests have; here `user-agent` may be left out, as §2.3 of XEP-0388 has it, and `bound` may hold more than the archive.
 */
import { define } from './model.ts';

export const CORRECTION = define('urn:xmpp:message-correct:0', 'XEP-0308', {
  replace: ['§3', 'The message takes the place of an earlier one.', '=string', { id: 'string! The earlier one.' }],
});
export const RETRACTION = define('urn:xmpp:message-retract:1', 'XEP-0424', {
  retract: ['§3', 'An earlier message is taken back.', 'any*', { id: 'string The earlier one.' }],
  retracted: [
    '§4',
    'Here was a message that was taken back.',
    '=string',
    { id: 'string! The message that took it back.', by: 'string Who took it back.', stamp: 'dateTime When.' },
  ],
});
export const MODERATION = define('urn:xmpp:message-moderate:1', 'XEP-0425', {
  moderate: ['§3.1', 'A moderator has a message taken out of the room.', 'any*', { id: 'string! That message.' }],
  reason: ['§3.1', 'Why, in words.', '=string'],
  moderated: ['§3.1', 'A moderator did it.', 'any*', { by: 'string Which moderator.' }],
});
export const FALLBACK = define('urn:xmpp:fallback:0', 'XEP-0428', {
  fallback: [
    '§2.2',
    'Text that is only there for clients that do not know better.',
    'subject*, body*',
    { for: 'string What they would have to know.' },
  ],
  'fallback/subject': [
    '§2.2',
    'Which part of the subject.',
    '',
    { start: 'unsignedInt Its first character.', end: 'unsignedInt The one after its last.' },
  ],
  'fallback/body': [
    '§2.2',
    'Which part of the body.',
    '',
    { start: 'unsignedInt Its first character.', end: 'unsignedInt The one after its last.' },
  ],
});
export const REACTIONS = define('urn:xmpp:reactions:0', 'XEP-0444', {
  reactions: ['§3.1', 'All of the sender’s reactions to a message.', 'reaction*', { id: 'string! That message.' }],
  'reactions/reaction': ['§3.1', 'One of them: an emoji.', '=string'],
});

export const HASHES = define('urn:xmpp:hashes:2', 'XEP-0300', {
  hash: ['§3', 'The hash of something, in base64.', '=base64', { algo: 'nmtoken! How it is made.' }],
  'hash-used': ['§3', 'How the hash will be made.', '=', { algo: 'nmtoken! How.' }],
});
export const BOB = define('urn:xmpp:bob', 'XEP-0231', {
  data: [
    '§2',
    'A few bytes, in base64; empty, they are asked for.',
    '=base64',
    { cid: 'string! Their name.', 'max-age': 'count For how many seconds to keep them.', type: 'string Their media type.' },
  ],
});
export const HEADERS = define('http://jabber.org/protocol/shim', 'XEP-0131', {
  headers: ['§4', 'Headers like those of e-mail.', 'header*'],
  header: ['§4', 'One of them.', '=string', { name: 'string! Which.' }],
});

export const BYTESTREAMS = define('http://jabber.org/protocol/bytestreams', 'XEP-0065', {
  query: [
    '§9.1',
    'A connection beside the streams is arranged.',
    'streamhost* | streamhost-used? | activate?',
    { sid: 'string Which bytestream.', dstaddr: 'string What to ask the proxy for.', mode: 'tcp|udp How it is carried.' },
  ],
  'query/activate': ['§9.4', 'The proxy is to let bytes through, to this address.', '=string'],
  streamhost: ['§9.2', 'Somewhere to connect to.', '=', { jid: 'jid! Whose it is.', host: 'string! The host.', port: 'string The port.' }],
  'streamhost-used': ['§9.3', 'Which of them was reached.', '=', { jid: 'jid! Whose it is.' }],
  udpsuccess: ['§9.5', 'A packet came through.', '=', { dstaddr: 'string! What was asked for.' }],
});

export const SASL_2 = define('urn:xmpp:sasl:2', 'XEP-0388', {
  authentication: ['§2.1', 'The ways to log in that the server offers, and what can be done in the same step.', 'mechanism+, inline?'],
  'authentication/mechanism': ['§2.1', 'One way to log in.', '=string{1,20}'],
  'authentication/inline': ['§2.1', 'What can be done in the same step.', 'other+'],
  authenticate: [
    '§2.3',
    'The client chooses a way to log in, and says what else is to be done.',
    'initial-response?, user-agent?, other*',
    { mechanism: 'string{1,20} The way chosen.' },
  ],
  'authenticate/initial-response': ['§2.3', 'Its first word, in base64.', '=base64'],
  'authenticate/user-agent': ['§2.3', 'Which client it is.', 'software?, device?', { id: 'string What tells it from all others.' }],
  'authenticate/user-agent/software': ['§2.3', 'The software.', '=string'],
  'authenticate/user-agent/device': ['§2.3', 'The device.', '=string'],
  challenge: ['§2.5', 'What the server asks, in base64.', '=base64'],
  response: ['§2.5', 'What the client answers, in base64.', '=base64'],
  abort: ['§2.5', 'The client gives this attempt up.', 'text?, other*'],
  failure: ['§2.6.2', 'The attempt failed.', '(text | other)*'],
  success: [
    '§2.6.1',
    'The client is who it says; the stream goes on without a restart.',
    'other*, additional-data?, authorization-identifier, other*',
  ],
  'success/authorization-identifier': ['§2.6.1', 'The address that the client has now.', '=string{0,3071}'],
  continue: ['§2.6.3', 'One more task is to be done.', 'additional-data?, tasks, text?'],
  'continue/tasks': ['§2.6.3', 'The tasks to choose from.', 'task+'],
  'continue/tasks/task': ['§2.6.3', 'One of them.', '=string{1,20}'],
  next: ['§2.6.3', 'The client begins a task.', 'other*', { task: 'string{1,20} Which.' }],
  'task-data': ['§2.6.3', 'What the task says.', 'other*'],
  '/additional-data': ['§2.6.1', 'The last word of the mechanism, in base64.', '=base64'],
  '/text': ['§2.6.2', 'Why, in words.', '=string'],
});
export const BIND_2 = define('urn:xmpp:bind:0', 'XEP-0386', {
  bind: ['§3.2', 'A name for this device is asked for in the login itself, or that this can be done.', 'inline | (tag?, other*)'],
  tag: ['§3.2.1', 'What the name is to begin with.', '=string'],
  inline: ['§3.1', 'What can be switched on with it.', 'feature+'],
  feature: ['§3.1', 'One of these.', '', { var: 'string Its namespace.' }],
  bound: ['§3.2', 'The device has its name.', 'other*'],
});
