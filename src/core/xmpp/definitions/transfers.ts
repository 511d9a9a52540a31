/** What clients do with each other over the servers, and pieces that are published: XEP-0009, 0047, 0080, 0084, 0107, 0118. */
import { conditions, define, type Declarations } from './model.ts';

const block = { sid: 'nmtoken! The bytestream.' };
export const IBB = define('http://jabber.org/protocol/ibb', 'XEP-0047', {
  open: [
    '§2.1',
    'A stream of bytes inside stanzas is asked for.',
    '=',
    { ...block, 'block-size': 'unsignedShort! The most bytes in one piece.', stanza: 'iq|message In what the pieces travel.' },
  ],
  data: ['§2.2', 'A piece of it, in base64.', '=base64', { ...block, seq: 'unsignedShort! Its number; after 65535 comes 0.' }],
  close: ['§2.3', 'The stream ends.', '=', block],
});

const VALUE = 'mixed (i4 | int | string | double | base64 | boolean | dateTime.iso8601 | array | struct)';
export const RPC = define('jabber:iq:rpc', 'XEP-0009', {
  query: ['§2', 'A procedure is called by way of XML-RPC, or answers.', '(methodCall | methodResponse)?'],
  methodCall: ['§2', 'The call.', '(methodName, params?) | (params, methodName)'],
  'methodCall/methodName': ['§2', 'Which procedure.', '=method'],
  'methodCall/params': ['§2', 'What it is given.', 'param*'],
  methodResponse: ['§2', 'The answer.', 'params | fault'],
  'methodResponse/params': ['§2', 'What came of it.', 'param'],
  'methodResponse/fault': ['§2', 'What went wrong.', 'value'],
  'methodResponse/fault/value': ['§2', 'A code and a text.', 'struct'],
  'methodResponse/fault/value/struct': ['§2', 'A code and a text.', 'member, member'],
  '/param': ['§2', 'One value.', 'value'],
  '/value': ['§2', 'A value, in an element that names its type.', VALUE],
  '/i4': ['§2', 'A whole number.', '=int'],
  '/int': ['§2', 'A whole number.', '=int'],
  '/string': ['§2', 'A text.', '=ascii'],
  '/double': ['§2', 'A number.', '=decimal'],
  '/base64': ['§2', 'Bytes.', '=base64'],
  '/boolean': ['§2', 'Yes (1) or no (0).', '=bit'],
  '/dateTime.iso8601': ['§2', 'A date and time.', '=dateTime'],
  '/array': ['§2', 'A row of values.', 'data'],
  '/data': ['§2', 'The values.', 'value*'],
  '/struct': ['§2', 'Values by name.', 'member+'],
  '/member': ['§2', 'A name and its value.', 'name, value'],
  '/name': ['§2', 'The name.', '=string'],
});

const pieces = (section: string, parent: string, types: Readonly<Record<string, string>>): Declarations =>
  Object.fromEntries(
    Object.entries(types).map(([name, text]) => [
      `${parent}/${name}`,
      [section, text.slice(text.indexOf(' ') + 1), `=${text.split(' ')[0]!}`],
    ]),
  );
const optional = (names: Readonly<Record<string, string>>): string =>
  `(${Object.keys(names)
    .map((name) => `${name}?`)
    .join(', ')})?`;

const TUNE = {
  artist: 'string Who plays it.',
  composer: 'string Who composed it.',
  date: 'string When it is from.',
  genre: 'string What sort of music it is.',
  language: 'string In which language.',
  length: 'unsignedShort How long it is, in seconds.',
  lyricist: 'string Who wrote the words.',
  performer: 'string Who performs it.',
  rating: 'int{1,10} How well the listener likes it.',
  source: 'string The album.',
  title: 'string What it is called.',
  track: 'string Its number.',
  uri: 'uri Where to read about it.',
};
export const TUNES = define('http://jabber.org/protocol/tune', 'XEP-0118', {
  tune: ['§2.1', 'What the publisher is listening to; empty, nothing.', optional(TUNE)],
  ...pieces('§2.1', 'tune', TUNE),
});

const PLACE = {
  accuracy: 'decimal How exact it is, in metres.',
  alt: 'decimal The height, in metres.',
  altaccuracy: 'decimal How exact the height is.',
  area: 'string An area.',
  bearing: 'decimal Which way one goes.',
  building: 'string A building.',
  country: 'string The country.',
  countrycode: 'string The code of the country.',
  datum: 'string The geodetic datum.',
  description: 'string The place in words.',
  error: 'decimal How inexact it is; of an older version.',
  floor: 'string The floor.',
  lat: 'decimal The latitude.',
  locality: 'string The town.',
  lon: 'decimal The longitude.',
  postalcode: 'string The postal code.',
  region: 'string The region.',
  regioncode: 'string The code of the region.',
  room: 'string The room.',
  speed: 'decimal How fast one goes.',
  street: 'string The street.',
  text: 'string Anything else.',
  timestamp: 'dateTime When one was there.',
  tzo: 'string The time zone.',
  uri: 'uri Where to read about it.',
};
export const GEOLOC = define('http://jabber.org/protocol/geoloc', 'XEP-0080', {
  geoloc: [
    '§3',
    'Where the publisher is; empty, that is not told.',
    optional(PLACE),
    { 'xml:lang': 'language The language of the texts.' },
  ],
  ...pieces('§3', 'geoloc', PLACE),
});

const MOODS = `afraid amazed angry amorous annoyed anxious aroused ashamed bored brave calm cautious cold confident confused contemplative
contented cranky crazy creative curious dejected depressed disappointed disgusted dismayed distracted embarrassed envious excited
flirtatious frustrated grumpy guilty happy hopeful hot humbled humiliated hungry hurt impressed in_awe in_love indignant interested
intoxicated invincible jealous lonely lucky mean moody nervous neutral offended outraged playful proud relaxed relieved remorseful
restless sad sarcastic serious shocked shy sick sleepy spontaneous stressed strong surprised thankful thirsty tired undefined weak
worried`.split(/\s+/);
export const MOOD = define('http://jabber.org/protocol/mood', 'XEP-0107', {
  mood: ['§2', 'How the publisher feels.', `(${MOODS.join(' | ')})?, text?`],
  'mood/text': ['§2', 'The same in words.', '=string'],
  ...conditions('§3', Object.fromEntries(MOODS.map((mood) => [`mood/${mood}`, `The publisher feels ${mood.replace('_', ' ')}.`]))),
});

export const AVATAR_DATA = define('urn:xmpp:avatar:data', 'XEP-0084', { data: ['§4.1', 'A picture, in base64.', '=base64'] });
export const AVATAR_METADATA = define('urn:xmpp:avatar:metadata', 'XEP-0084', {
  metadata: ['§4.2', 'Which picture the publisher has; empty, none.', '(info+, pointer*)?'],
  info: [
    '§4.2.1',
    'One form of the picture.',
    '=',
    {
      bytes: 'unsignedInt! Its length.',
      id: 'string! Its SHA-1, under which it is published.',
      type: 'string! Its media type.',
      height: 'unsignedShort Its height in pixels.',
      width: 'unsignedShort Its width in pixels.',
      url: 'uri Where else it can be had.',
    },
  ],
  pointer: ['§4.2.2', 'The picture is somewhere else.', 'other'],
});
