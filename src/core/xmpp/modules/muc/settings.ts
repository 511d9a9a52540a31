/**
 * What an owner can configure of a room: the fields of the form in Prosody's order and words of our own, and what each means. XEP-0045 §10.2, §15.5.3.
 * Not offered, because Prosody 0.12 has none of it: limits of occupants, private messages by role, owners and admins by form.
 */
import { formatJid, tryParseJid } from '../../../../base/jid.ts';
import { ROOM_ARCHIVES } from './archived.ts';
import type { Role } from './room.ts';

export interface Settings {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** It stays when the last one has left. */
  readonly persistent: boolean;
  /** It is in the service's list. */
  readonly listed: boolean;
  /** Empty: none is asked for. */
  readonly password: string;
  readonly membersOnly: boolean;
  readonly memberInvites: boolean;
  readonly changeSubject: boolean;
  readonly moderated: boolean;
  readonly whois: 'moderators' | 'anyone';
  readonly historyLength: number;
  /** How much of the history is sent to those who do not say how much they want. */
  readonly historyDefault: number;
  /** Address of the room of another service that this one joins when somebody joins it (XEP-0289); empty: none. */
  readonly federateWith: string;
  /** Rooms, or domains, that may join this one so; `*`: all. */
  readonly federateFrom: readonly string[];
  /** Primary–replica: what is said here is said when the room that this one has joined sends it back. Else primary–primary. */
  readonly replica: boolean;
  /** What is said is archived, where the service can (XEP-0313). */
  readonly archived: boolean;
  /** Whose presence others see. */
  readonly broadcast: readonly Role[];
}

/** What Prosody keeps where nothing else is configured. */
const HISTORY = 20;

export const DEFAULTS: Settings = {
  title: '',
  description: '',
  language: '',
  persistent: false,
  listed: true,
  password: '',
  membersOnly: false,
  memberInvites: false,
  changeSubject: false,
  moderated: false,
  whois: 'moderators',
  historyLength: HISTORY,
  historyDefault: HISTORY,
  federateWith: '',
  federateFrom: [],
  replica: false,
  archived: true,
  broadcast: ['visitor', 'participant', 'moderator'],
};
/** Rooms that users make are not in the list until they say so. */
export const HIDDEN_BY_DEFAULT = { listed: false };

export type Change = Partial<Settings>;

export interface SettingField {
  readonly name: string;
  readonly type: 'text-single' | 'text-private' | 'boolean' | 'list-single' | 'list-multi';
  readonly label: string;
  readonly options?: readonly string[];
  show(settings: Settings): readonly string[];
  /** The change that these values ask for; `undefined` where they mean nothing at all. A field without a value asks for its default. */
  read(values: readonly string[], settings: Settings): Change | undefined;
  /** Prosody says so to the occupants even if it was the same before. */
  readonly alwaysTold?: boolean;
  /** Prosody does not tell the occupants of a change. */
  readonly neverTold?: boolean;
}

const CONFIG = 'muc#roomconfig_';
type Named<T> = { [K in keyof Settings]: Settings[K] extends T ? K : never }[keyof Settings];

const text = (
  name: string,
  key: Named<string> & string,
  label: string,
  type: 'text-single' | 'text-private' = 'text-single',
): SettingField => ({
  name: CONFIG + name,
  type,
  label,
  show: (s) => [s[key]],
  read: ([value = '']) => ({ [key]: value }),
});

/** XEP-0004 §3.3; what is neither yes nor no counts as no. */
const yes = (values: readonly string[]): boolean => values[0] === '1' || values[0] === 'true';
const flag = (name: string, key: Named<boolean>, label: string): SettingField => ({
  name: name.startsWith('{') ? name : CONFIG + name,
  type: 'boolean',
  label,
  show: (s) => [s[key] ? '1' : '0'],
  read: (values) => ({ [key]: yes(values) }),
});

/** A number that is none asks for the usual one. */
function whole(values: readonly string[]): number {
  const value = values[0] ?? '';
  return /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : HISTORY;
}

const ALL: readonly Role[] = ['none', 'visitor', 'participant', 'moderator'];

export interface Section {
  readonly title: string;
  readonly fields: readonly SettingField[];
}

const SECTIONS: readonly Section[] = [
  {
    title: 'About the room',
    fields: [
      text('roomname', 'title', 'Title'),
      text('roomdesc', 'description', 'Description'),
      text('lang', 'language', 'Language (a tag such as en or de)'),
      flag('persistentroom', 'persistent', 'The room stays when it is empty'),
      flag('publicroom', 'listed', 'The room is in the service’s public list'),
    ],
  },
  {
    title: 'Who may enter',
    fields: [
      text('roomsecret', 'password', 'Password', 'text-private'),
      flag('membersonly', 'membersOnly', 'Members only'),
      flag('{http://prosody.im/protocol/muc}roomconfig_allowmemberinvites', 'memberInvites', 'Members may invite new members'),
    ],
  },
  {
    title: 'What they may do',
    fields: [
      flag('changesubject', 'changeSubject', 'Everyone who may speak may change the subject'),
      flag('moderatedroom', 'moderated', 'Newcomers have to be given voice'),
      {
        name: `${CONFIG}whois`,
        type: 'list-single',
        label: 'Real addresses are shown to',
        options: ['moderators', 'anyone'],
        show: (s) => [s.whois],
        read: ([value]) => (value === 'moderators' || value === 'anyone' ? { whois: value } : undefined),
      },
    ],
  },
  {
    title: 'Other',
    fields: [
      {
        name: `${CONFIG}presencebroadcast`,
        type: 'list-multi',
        label: 'Others see the presence of',
        options: ALL,
        show: (s) => s.broadcast,
        read: (values) => (values.length === 0 ? undefined : { broadcast: ALL.filter((role) => values.includes(role)) }),
      },
      {
        name: `${CONFIG}historylength`,
        type: 'text-single',
        label: 'How many messages are kept for newcomers',
        alwaysTold: true,
        show: (s) => [String(s.historyLength)],
        read: (values) => ({ historyLength: whole(values) }),
      },
      {
        name: `${CONFIG}defaulthistorymessages`,
        type: 'text-single',
        label: 'How many of them are sent to those who do not say how many they want',
        neverTold: true,
        show: (s) => [String(s.historyDefault)],
        read: (values, s) => ({ historyDefault: Math.min(whole(values), s.historyLength) }),
      },
    ],
  },
];

/** XEP-0289 §5.1 suggests the form for it and names no fields; these are our own. Offered where the host is set up for it, or the room is already. */
const FEDERATION: Section = {
  title: 'Federation with rooms of other services',
  fields: [
    {
      name: '{http://isode.com/protocol/fmuc}roomconfig_federatewith',
      type: 'text-single',
      label: 'Room that this one joins when somebody joins it (name@domain, or nothing)',
      show: (s) => [s.federateWith],
      read: ([value = '']) => {
        const room = tryParseJid(value.trim());
        if (value.trim() === '') return { federateWith: '' };
        return room && room.local !== '' && room.resource === '' ? { federateWith: formatJid(room) } : undefined;
      },
    },
    {
      name: '{http://isode.com/protocol/fmuc}roomconfig_federatefrom',
      type: 'text-single',
      label: 'Rooms and domains that may join this one (with spaces between; * for all)',
      show: (s) => [s.federateFrom.join(' ')],
      read: ([value = '']) => ({ federateFrom: value.split(/\s+/).filter((word) => word !== '') }),
    },
    flag(
      '{http://isode.com/protocol/fmuc}roomconfig_replica',
      'replica',
      'The room that was joined orders all that is said (primary–replica)',
    ),
  ],
};

/** Prosody's name for it, where §15.5.3 has `enablelogging`; offered where archives are kept at all. */
const ARCHIVE: Section = {
  title: 'Archive',
  fields: [{ ...flag('enablearchiving', 'archived', 'What is said is archived'), alwaysTold: true }],
};

/** @param host ids of the modules that the scenario asks for. */
export function sectionsOf(settings: Settings, host: readonly string[]): readonly Section[] {
  const federates = settings.federateWith !== '' || settings.federateFrom.length > 0 || host.includes('xep-0289');
  return [...SECTIONS, ...(federates ? [FEDERATION] : []), ...(host.includes(ROOM_ARCHIVES) ? [ARCHIVE] : [])];
}
