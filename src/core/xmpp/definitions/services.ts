/** What services are and ask: disco (XEP-0030), caps (0115), forms (0004, 0122), commands (0050), registration (0077), upload (0363). */
import { NS } from '../namespaces.ts';
import { conditions, define, type Declarations } from './model.ts';

export const DISCO_INFO = define(NS.discoInfo, 'XEP-0030', {
  query: [
    '§3',
    'What somebody is and can do: asked, or told.',
    '(identity | feature | other)*',
    { node: 'string The node that it is about.' },
  ],
  identity: [
    '§3.1',
    'What it is.',
    '=',
    { category: 'string{1,65535}! The kind of thing.', type: 'string{1,65535}! Which of that kind.', name: 'string Its name, for people.' },
  ],
  feature: ['§3.1', 'What it can do.', '=', { var: 'string! The feature, mostly a namespace.' }],
});
export const DISCO_ITEMS = define(NS.discoItems, 'XEP-0030', {
  query: ['§4', 'What belongs to somebody: asked, or told.', '(item | other)*', { node: 'string The node that it is about.' }],
  item: [
    '§4.1',
    'One thing that belongs to it.',
    '=',
    { jid: 'jid! Its address.', name: 'string Its name, for people.', node: 'string Its node there.' },
  ],
});
export const CAPS = define('http://jabber.org/protocol/caps', 'XEP-0115', {
  c: [
    '§4',
    'What the sender can do, as a hash of its disco#info: who knows the hash need not ask.',
    '=',
    {
      hash: 'nmtoken! How the hash is made.',
      node: 'string! The software.',
      ver: 'string! The hash.',
      ext: 'nmtokens Of an older version. §13',
    },
  ],
});

export const DATA_FORMS = define('jabber:x:data', 'XEP-0004', {
  x: [
    '§3',
    'A form: to fill in, filled in, given up, or with results.',
    '(instructions | title | field | reported | item | other)*',
    { type: 'cancel|form|result|submit! Which of these. §3.1' },
  ],
  'x/instructions': ['§3.1', 'What to do, in words.', '=string'],
  'x/title': ['§3.1', 'What the form is called.', '=string'],
  field: [
    '§3.2',
    'One question, or its answer.',
    '(desc | required | value | option | other)*',
    {
      var: 'string What programs call it.',
      label: 'string What people call it.',
      type: 'boolean|fixed|hidden|jid-multi|jid-single|list-multi|list-single|text-multi|text-private|text-single What sort of answer it takes. §3.3',
    },
  ],
  'field/desc': ['§3.2', 'More about it, for people.', '=string'],
  'field/required': ['§3.2', 'It must be answered.', '='],
  option: ['§3.2', 'An answer to choose.', 'value', { label: 'string What people call it.' }],
  value: ['§3.2', 'An answer.', '=string'],
  reported: ['§3.4', 'What the columns of the results are.', 'field+'],
  item: ['§3.4', 'One row of results.', 'field+'],
});
export const VALIDATE = define('http://jabber.org/protocol/xdata-validate', 'XEP-0122', {
  validate: [
    '§3.1',
    'What answers are right.',
    '(basic | open | range | regex)?, list-range?',
    { datatype: 'string The type of the answer.' },
  ],
  basic: ['§3.2.1', 'Any value of the type.', '='],
  open: ['§3.2.2', 'An option, or any other value of the type.', '='],
  range: ['§3.2.3', 'A value between two.', '=', { min: 'string The least.', max: 'string The greatest.' }],
  regex: ['§3.2.4', 'What matches this expression.', '=string'],
  'list-range': ['§3.3', 'How many may be chosen.', '=', { min: 'unsignedInt At least.', max: 'unsignedInt At most.' }],
});

export const COMMANDS = define('http://jabber.org/protocol/commands', 'XEP-0050', {
  command: [
    '§4.1',
    'A command that is carried out in steps.',
    '(actions | note | other)*',
    {
      node: 'string! Which command.',
      action: 'cancel|complete|execute|next|prev What to do with it.',
      sessionid: 'string This one run of it.',
      status: 'canceled|completed|executing How far it is.',
      'xml:lang': 'language The language of the texts.',
    },
  ],
  actions: ['§4.2', 'What may be done next.', 'prev?, next?, complete?', { execute: 'complete|next|prev What “execute” does.' }],
  ...conditions('§3.4', { 'actions/prev': 'One may go back.', 'actions/next': 'One may go on.', 'actions/complete': 'One may finish.' }),
  note: ['§4.3', 'What is to be said to people.', '=string', { type: 'error|info|warn How grave it is.' }],
  ...conditions('§4.4', {
    'bad-action': 'There is no such action.',
    'bad-locale': 'Not in that language.',
    'bad-payload': 'What came with it is wrong.',
    'bad-sessionid': 'There is no such run.',
    'malformed-action': 'The action is not understood.',
    'session-expired': 'The run has been given up.',
  }),
});

const REGISTERED: Readonly<Record<string, string>> = {
  instructions: 'What to do, in words.',
  username: 'The name of the account.',
  nick: 'The name among friends.',
  password: 'The password.',
  name: 'The full name.',
  first: 'The given name.',
  last: 'The family name.',
  email: 'The e-mail address.',
  address: 'The street.',
  city: 'The town.',
  state: 'The region.',
  zip: 'The postal code.',
  phone: 'The telephone.',
  url: 'A page.',
  date: 'A date.',
  misc: 'Something else.',
  text: 'Something else.',
  key: 'A key that is given back.',
};
const fields: Declarations = Object.fromEntries(
  Object.entries(REGISTERED).map(([name, means]) => [`query/${name}`, ['§14.1', means, '=string']]),
);
export const REGISTER = define('jabber:iq:register', 'XEP-0077', {
  query: [
    '§3',
    'An account is made, changed or removed.',
    `((registered?, ${Object.keys(REGISTERED)
      .map((name) => `${name}?`)
      .join(', ')}) | remove?)?, data:x?, oob:x?`,
  ],
  'query/registered': ['§3.1', 'One is registered already.', '='],
  'query/remove': ['§3.2', 'The account is to be removed.', '='],
  ...fields,
});
export const REGISTER_FEATURE = define('http://jabber.org/features/iq-register', 'XEP-0077', {
  register: ['§8', 'Accounts can be made on this stream.', '='],
});
const OOB: Declarations = {
  '/url': ['§2', 'Where it is.', '=string'],
  '/desc': ['§2', 'What it is, for people.', '=string'],
};
export const OOB_X = define('jabber:x:oob', 'XEP-0066', { x: ['§3', 'Something to be fetched elsewhere.', 'url, desc?'], ...OOB });
export const OOB_IQ = define('jabber:iq:oob', 'XEP-0066', {
  query: ['§2', 'A file to be fetched elsewhere is offered.', 'url, desc?', { sid: 'string The negotiation it belongs to.' }],
  ...OOB,
});

export const UPLOAD = define('urn:xmpp:http:upload:0', 'XEP-0363', {
  request: [
    '§4',
    'A place for a file is asked for.',
    'any*',
    { filename: 'string! Its name.', size: 'positive! Its length in bytes.', 'content-type': 'string Its media type.' },
  ],
  slot: ['§4', 'The place.', 'put, get'],
  'slot/put': ['§4', 'Where to put the file.', 'header*', { url: 'string! The place.' }],
  'slot/put/header': ['§4', 'A header to be sent with it.', '=string', { name: 'Authorization|Cookie|Expires! Which header.' }],
  'slot/get': ['§4', 'Where to get the file from.', '', { url: 'string! The place.' }],
  'file-too-large': ['§6', 'The file is too large.', 'max-file-size?'],
  'file-too-large/max-file-size': ['§6', 'The greatest length, in bytes.', '=positive'],
  retry: ['§6', 'Try again later.', '', { stamp: 'string! When.' }],
});
