/** RFC 6120 §8 and RFC 6121: message, presence and iq between client and server, and between servers; stanza errors. */
import { NS } from '../namespaces.ts';
import { conditions, define, LANG, type Declarations } from './model.ts';

const ERROR_TYPES = 'auth|cancel|continue|modify|wait';

/** Between servers both addresses must stand (RFC 6120 §8.1). */
const stanzas = (must: '' | '!'): Declarations => {
  const addresses = {
    from: `jid${must} Who sends it; the server of the sender sees to it that it is true. §8.1.2`,
    to: `jid${must} Whom it is for; without it, it is for the sender's own account. §8.1.1`,
  };
  const common = { ...addresses, ...LANG, 'xml:lang': 'language The language of the text for people in it. §8.1.5' };
  const id = 'What answers and receipts refer to; it is chosen by the sender. §8.1.3';
  return {
    message: [
      '§8.2.1',
      'A message pushes something to somebody, and nothing need come back.',
      '(subject | body | thread | other | error)*',
      {
        ...common,
        id: `nmtoken ${id}`,
        type: 'chat|error|groupchat|headline|normal What sort of conversation it belongs to; a receiver takes “normal” if there is none. RFC 6121 §5.2.2',
      },
      '(subject | body | thread)*, other*, error?',
    ],
    presence: [
      '§8.2.2',
      'Presence tells those who asked for it whether somebody is there; some types of it ask and answer who may know.',
      '(show | status | priority | other | error)*',
      {
        ...common,
        id: `nmtoken ${id}`,
        type: 'error|probe|subscribe|subscribed|unavailable|unsubscribe|unsubscribed What it says; without a type, that the sender is available. RFC 6121 §4.7.1',
      },
      '(show | status | priority)*, other*, error?',
    ],
    iq: [
      '§8.2.3',
      'A question (get) or an order (set) that is always answered, by a result or an error of the same id.',
      'other?, error?',
      {
        ...common,
        id: `nmtoken! ${id}`,
        type: 'error|get|result|set! Whether it asks or answers. §8.1.4',
      },
    ],
    body: ['RFC 6121 §5.2.3', 'What people are to read.', '=string', LANG],
    subject: ['RFC 6121 §5.2.4', 'What it is about; alone in a room, the subject of the room.', '=string', LANG],
    thread: [
      'RFC 6121 §5.2.5',
      'Which conversation it belongs to.',
      '=nmtoken',
      { parent: 'nmtoken The conversation that this one came out of.' },
    ],
    show: [
      'RFC 6121 §4.7.2.1',
      'How available somebody is: away, xa (for long), dnd (not to be disturbed) or chat (ready to talk).',
      '=away|chat|dnd|xa',
    ],
    status: ['RFC 6121 §4.7.2.2', 'How available somebody is, in words of their own.', '=string{1,1024}', LANG],
    priority: ['RFC 6121 §4.7.2.3', 'Which of the devices of an account gets what is for the account; below zero, never.', '=byte'],
    error: [
      '§8.3',
      'Why a stanza was not done, in one defined condition, perhaps a text, perhaps one condition of an application.',
      'other{1,3}',
      {
        by: 'string Who found it, if it is not the one in “from”.',
        type: `${ERROR_TYPES}! What can be done: prove who one is, give up, go on, change it, or wait.`,
      },
    ],
  };
};

export const CLIENT = define(NS.client, 'RFC 6120', stanzas(''));
export const SERVER = define(NS.server, 'RFC 6120', {
  ...stanzas('!'),
  // Appendix A.6 gives it a default, and appendix A.5, for clients, does not.
  priority: ['RFC 6121 §4.7.2.3', 'Which of the devices of an account gets what is for the account; empty, it is 0.', '=byte?'],
});

export const STANZA_ERRORS = define(NS.stanzas, 'RFC 6120', {
  ...conditions('§8.3.3', {
    'bad-request': 'The stanza has no form that can be worked on.',
    conflict: 'Something of that name or address is there already.',
    'feature-not-implemented': 'What is asked for is not built here.',
    forbidden: 'The sender may not do that.',
    'internal-server-error': 'Something is wrong in the server itself.',
    'item-not-found': 'What it is about is not there, or may not be seen.',
    'jid-malformed': 'An address in it is no address.',
    'not-acceptable': 'It does not meet what the receiver asks for.',
    'not-allowed': 'Nobody may do that here.',
    'not-authorized': 'The sender has not shown yet who it is.',
    'policy-violation': 'The rules of the service forbid it.',
    'recipient-unavailable': 'The one it is for is not there just now.',
    'registration-required': 'One must be registered, or a member, first.',
    'remote-server-not-found': 'The other server could not be found.',
    'remote-server-timeout': 'The other server did not answer in time.',
    'resource-constraint': 'The receiver is too busy, or has no room for it.',
    'service-unavailable': 'Nobody here does that for the sender; no more is said.',
    'subscription-required': 'Only subscribers may do that.',
    'undefined-condition': 'None of the defined conditions; another element says which.',
    'unexpected-request': 'It came out of turn.',
  }),
  gone: ['§8.3.3.5', 'The address is no more; the text may say where to go instead.', '=string'],
  redirect: ['§8.3.3.14', 'It is to be sent to the address in the text instead.', '=string'],
  text: ['§8.3.2', 'The error in words, for people who look for its cause.', '=string', LANG],
});
