/** Rosters, private storage, vCards, blocking, and small questions: RFC 6121, XEP-0012, 0049, 0054, 0092, 0153, 0172, 0191, 0199, 0202. */
import { NS } from '../namespaces.ts';
import { define, type Declarations } from './model.ts';

export const ROSTER = define('jabber:iq:roster', 'RFC 6121', {
  query: [
    '§2.1',
    'The list of contacts, whole or as far as it changes.',
    'item*, other?',
    { ver: 'string The version of the list. §2.1.1' },
  ],
  item: [
    '§2.1.2',
    'One contact.',
    '(group | other)*',
    {
      jid: 'jid! Whom it is about. §2.1.2.3',
      name: 'string What the owner calls the contact. §2.1.2.4',
      subscription:
        'both|from|none|remove|to Who sees whose presence: “to” the owner the contact’s, “from” the contact the owner’s. §2.1.2.5',
      ask: 'only:subscribe The owner has asked and waits for an answer. §2.1.2.2',
      approved: 'boolean The contact may subscribe without asking again. §2.1.2.1',
    },
  ],
  group: ['§2.1.2.6', 'A group that the owner has put the contact in.', '=string'],
});

export const PRIVATE = define('jabber:iq:private', 'XEP-0049', {
  query: ['§2', 'One piece of data that the server keeps for the owner of the account.', 'other?'],
});
export const BOOKMARKS = define('storage:bookmarks', 'XEP-0048', {
  storage: ['§2', 'Rooms and pages to come back to.', 'conference | url'],
  conference: [
    '§2.1',
    'A room.',
    'nick?, password?',
    { jid: 'jid! The room.', name: 'string! What it is called in the list.', autojoin: 'boolean Whether to enter it after login.' },
  ],
  'conference/nick': ['§2.1', 'The name to enter it under.', '=string'],
  'conference/password': ['§2.1', 'Its password.', '=string'],
  url: ['§2.2', 'A page.', '=', { name: 'string! What it is called.', url: 'string! Where it is.' }],
});
export const BOOKMARKS_2 = define('urn:xmpp:bookmarks:1', 'XEP-0402', {
  conference: [
    '§3',
    'A room to come back to.',
    'nick?, password?, extensions?',
    { autojoin: 'boolean Whether to enter it at once.', name: 'string What it is called.' },
  ],
  'conference/nick': ['§3', 'The name to enter it under.', '=string'],
  'conference/password': ['§3', 'Its password.', '=string'],
  extensions: ['§3', 'What clients keep beside it.', 'other*'],
});

const texts = (section: string, meanings: Readonly<Record<string, string>>, content = '=string'): Declarations =>
  Object.fromEntries(Object.entries(meanings).map(([name, means]) => [name, [section, means, content]]));
const PICTURE = '(TYPE | BINVAL | EXTVAL)*';

export const VCARD = define(NS.vcard, 'XEP-0054', {
  vCard: [
    '§3',
    'What somebody tells of themselves.',
    `(VERSION | FN | N | NICKNAME | PHOTO | BDAY | ADR | LABEL | TEL | EMAIL | JABBERID | MAILER | TZ | GEO | TITLE | ROLE | LOGO | AGENT | ORG |
      CATEGORIES | NOTE | PRODID | REV | SORT-STRING | SOUND | UID | URL | CLASS | KEY | DESC)*`,
    { version: 'string The version of the format.' },
  ],
  N: ['§3', 'The name in its parts.', '(FAMILY | GIVEN | MIDDLE | PREFIX | SUFFIX)*'],
  PHOTO: ['§3', 'A picture of the person.', PICTURE],
  LOGO: ['§3', 'A picture of what they work for.', PICTURE],
  ADR: [
    '§3',
    'A postal address.',
    '(HOME | WORK | POSTAL | PARCEL | DOM | INTL | PREF | POBOX | EXTADD | STREET | LOCALITY | REGION | PCODE | CTRY)*',
  ],
  LABEL: ['§3', 'A postal address as it stands on a letter.', '(HOME | WORK | POSTAL | PARCEL | DOM | INTL | PREF | LINE)*'],
  TEL: ['§3', 'A telephone.', '(HOME | WORK | VOICE | FAX | PAGER | MSG | CELL | VIDEO | BBS | MODEM | ISDN | PCS | PREF | NUMBER)*'],
  EMAIL: ['§3', 'An e-mail address.', '(HOME | WORK | INTERNET | PREF | X400 | USERID)*'],
  GEO: ['§3', 'A place on the earth.', '(LAT | LON)*'],
  AGENT: ['§3', 'Somebody who acts for the person.', '(vCard | EXTVAL)*'],
  ORG: ['§3', 'What the person works for.', '(ORGNAME | ORGUNIT)*'],
  CATEGORIES: ['§3', 'Words to file the person under.', 'KEYWORD*'],
  SOUND: ['§3', 'How the name is spoken.', '(PHONETIC | BINVAL | EXTVAL)*'],
  CLASS: ['§3', 'Whom the card is for.', '(PUBLIC | PRIVATE | CONFIDENTIAL)*'],
  KEY: ['§3', 'A public key.', '(TYPE | CRED)*'],
  ...texts('§3', {
    VERSION: 'The version of vCard.',
    FN: 'The name as it is to be shown.',
    FAMILY: 'The family name.',
    GIVEN: 'The given name.',
    MIDDLE: 'The middle name.',
    PREFIX: 'What stands before the name.',
    SUFFIX: 'What stands after the name.',
    NICKNAME: 'The name among friends.',
    BDAY: 'The birthday.',
    POBOX: 'The post office box.',
    EXTADD: 'The flat or suite.',
    STREET: 'The street.',
    LOCALITY: 'The town.',
    REGION: 'The state or region.',
    PCODE: 'The postal code.',
    CTRY: 'The country.',
    LINE: 'A line of the address.',
    NUMBER: 'The number.',
    USERID: 'The address.',
    JABBERID: 'The XMPP address.',
    MAILER: 'The mail program.',
    TZ: 'The time zone.',
    LAT: 'The latitude.',
    LON: 'The longitude.',
    TITLE: 'The title at work.',
    ROLE: 'The part played at work.',
    ORGNAME: 'The name of the organisation.',
    ORGUNIT: 'The unit of the organisation.',
    KEYWORD: 'One such word.',
    NOTE: 'A note.',
    PRODID: 'What made the card.',
    REV: 'When the card was last changed.',
    'SORT-STRING': 'What the name is sorted by.',
    PHONETIC: 'The sound in letters.',
    UID: 'What tells this card from all others.',
    URL: 'A page.',
    DESC: 'A description.',
    CRED: 'The key itself.',
    TYPE: 'The media type.',
    BINVAL: 'The bytes, in base64.',
    EXTVAL: 'Where the bytes are.',
  }),
  ...texts(
    '§3',
    {
      PUBLIC: 'The card is for everybody.',
      PRIVATE: 'The card is for few.',
      CONFIDENTIAL: 'The card is to be kept secret.',
      HOME: 'It is at home.',
      WORK: 'It is at work.',
      POSTAL: 'Letters go there.',
      PARCEL: 'Parcels go there.',
      DOM: 'It is written for use inside the country.',
      INTL: 'It is written for use between countries.',
      PREF: 'It is the preferred one.',
      VOICE: 'It is for speech.',
      FAX: 'It is a fax.',
      PAGER: 'It is a pager.',
      MSG: 'It takes messages.',
      CELL: 'It is a mobile telephone.',
      VIDEO: 'It is for pictures.',
      BBS: 'It is a bulletin board.',
      MODEM: 'It is a modem.',
      ISDN: 'It is ISDN.',
      PCS: 'It is a PCS telephone.',
      INTERNET: 'It is on the internet.',
      X400: 'It is an X.400 address.',
    },
    '',
  ),
});
export const VCARD_UPDATE = define(NS.vcardUpdate, 'XEP-0153', {
  x: ['§4.1', 'Which picture the sender has in the vCard, so that others know when to fetch it.', 'photo?'],
  'x/photo': ['§4.1', 'The SHA-1 of the picture; empty, there is none.', '=hex'],
});
export const NICK = define('http://jabber.org/protocol/nick', 'XEP-0172', { nick: ['§3', 'What the sender calls themselves.', '=string'] });

export const BLOCKING = define('urn:xmpp:blocking', 'XEP-0191', {
  block: ['§3.3', 'These addresses are to be blocked.', 'item+'],
  unblock: ['§3.4', 'These addresses are blocked no more; without any, none is.', 'item*'],
  blocklist: ['§3.2', 'The addresses that are blocked.', 'item*'],
  item: ['§3.2', 'One address.', '=', { jid: 'jid! The address, a domain or a part of one.' }],
});
export const BLOCKING_ERRORS = define('urn:xmpp:blocking:errors', 'XEP-0191', {
  blocked: ['§3.3', 'The sender has blocked that address.', '='],
});

export const PING = define(NS.ping, 'XEP-0199', { ping: ['§4', 'Asks whether the other side is there; any answer is a yes.', '='] });
export const VERSION = define('jabber:iq:version', 'XEP-0092', {
  query: ['§2', 'Asks which software it is, and is told.', '(name, version, os?)?'],
  'query/name': ['§2', 'The name of the software.', '=string'],
  'query/version': ['§2', 'Its version.', '=string'],
  'query/os': ['§2', 'The operating system it runs on.', '=string'],
});
export const TIME = define('urn:xmpp:time', 'XEP-0202', {
  time: ['§2', 'Asks what time it is there, and is told.', '(tzo, utc)?'],
  'time/tzo': ['§2', 'How far local time is from UTC.', '=string'],
  'time/utc': ['§2', 'The time in UTC.', '=string'],
});
export const OLD_TIME = define('jabber:iq:time', 'XEP-0090', {
  query: ['§2', 'Asks what time it is there, as it was done before XEP-0202.', '(utc, tz?, display?)?'],
  'query/utc': ['§2', 'The time in UTC.', '=string'],
  'query/tz': ['§2', 'The time zone there.', '=string'],
  'query/display': ['§2', 'The time in words for people.', '=string'],
});
export const LAST = define('jabber:iq:last', 'XEP-0012', {
  query: [
    '§2',
    'How long ago somebody was last there; the text is what they said when they left.',
    '=string',
    { seconds: 'unsignedLong How many seconds ago; of a server, how long it has been up.' },
  ],
});
