/** The tables of XEP-0045 §5.1 and §5.2 and of its errors, cell by cell; exceptions are Prosody's and each has its reason. */
import { describe, expect, test } from 'vitest';
import { send, talk, type Step, type Talk } from './conversation.ts';
import {
  admin,
  affiliate,
  bareOf,
  configure,
  iq,
  join,
  NICKS,
  online,
  owner,
  presence,
  role,
  ROOM,
  say,
  sharedVectors,
  user,
  type Who,
} from './rooms.ts';

const tables = sharedVectors('xep-tables.json') as Readonly<Record<string, readonly (readonly string[])[]>> | undefined;
const table = (name: string): readonly (readonly string[])[] => tables?.[`0045: ${name}`] ?? [];
if (!tables) console.warn('the shared tables are not there: nothing of them is tested');

/** Each cell of a table: row, column and what stands there. */
const cells = (name: string): readonly (readonly [string, string, string])[] => {
  const [head = [], ...rows] = table(name);
  return rows.flatMap((row) => head.slice(1).map((column, i) => [row[0] ?? '', column, row[i + 1] ?? ''] as const));
};

interface Attempt {
  readonly steps: readonly Step[];
  readonly worked: (seen: Talk, last: number) => boolean;
}
const sees =
  (who: Who, what: string | RegExp) =>
  (seen: Talk, last: number): boolean =>
    seen.got(who, last).some((xml) => (typeof what === 'string' ? xml.includes(what) : what.test(xml)));
const answered = sees('a', /^<iq[^>]*type='result'/);
const REGISTER =
  "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field><field var='muc#register_roomnick'><value>Al</value></field></x></query>";

const BY_ROLE: Readonly<Record<string, Attempt>> = {
  'Present in Room': { steps: [join('k')], worked: sees('k', `from='${ROOM}/Alice'`) },
  'Receive Messages': { steps: [say('m')], worked: sees('a', '<body>word') },
  'Receive Occupant Presence': { steps: [presence('m', '<show>away</show>')], worked: sees('a', '<show>away') },
  'Broadcast Presence to All Occupants': { steps: [presence('a')], worked: sees('m', `from='${ROOM}/Alice'`) },
  'Change Availability Status': { steps: [presence('a', '<show>xa</show>')], worked: sees('m', '<show>xa') },
  'Change Room Nickname': { steps: [presence('a', '', '', 'Al')], worked: sees('m', `from='${ROOM}/Al'`) },
  'Send Private Messages': { steps: [say('a', '<body>word</body>', `${ROOM}/Hatter`, 'chat')], worked: sees('m', '<body>word') },
  'Invite Other Users': {
    steps: [send('a', `<message to='${ROOM}'>${user(`<invite to='${bareOf('k')}'/>`)}</message>`)],
    worked: sees('k', '<invite'),
  },
  'Send Messages to All': { steps: [say('a')], worked: sees('m', '<body>word') },
  'Modify Subject': { steps: [say('a', '<subject>new</subject>')], worked: sees('m', '<subject>new') },
  'Kick Participants and Visitors': { steps: [role('a', 'r', 'none')], worked: sees('r', "code='307'") },
  'Grant Voice': { steps: [role('a', 'r', 'participant')], worked: sees('r', "role='participant'") },
  'Revoke Voice': { steps: [role('a', 'm', 'visitor')], worked: sees('m', "role='visitor'") },
};
/** What the footnotes leave to the service, and Prosody decides otherwise than the cell. */
const ROLE_EXCEPTIONS: Readonly<Record<string, string>> = {
  'Invite Other Users/None': 'who is not in an open room may invite (conflict room-outsider-invites)',
  'Invite Other Users/Visitor': 'visitors may not',
  'Modify Subject/Participant': 'only where the room is configured so',
};

describe('XEP-0045 §5.1.1: privileges of roles', () => {
  test.skipIf(!tables).each(cells('Privileges Associated With Roles'))('%s as %s: %s', (privilege, name, cell) => {
    const attempt = BY_ROLE[privilege];
    if (!attempt) throw new Error(`no attempt at ${privilege}`);
    const own = name === 'None' ? [] : [join('a'), role('q', 'a', name.toLowerCase())];
    const before = [...online('q', 'a', 'm', 'r', 'k'), join('q'), configure('q'), join('m'), join('r'), role('q', 'r', 'visitor'), ...own];
    const steps = [...before, ...attempt.steps];
    const expected = ROLE_EXCEPTIONS[`${privilege}/${name}`] === undefined ? cell.startsWith('Yes') : !cell.startsWith('Yes');
    expect(attempt.worked(talk(steps), steps.length)).toBe(expected);
  });

  test('Modify Subject as a participant, where the room is configured so', () => {
    const steps = [...online('q', 'a'), join('q'), configure('q', { changesubject: '1' }), join('a'), say('a', '<subject>new</subject>')];
    expect(sees('q', '<subject>new')(talk(steps), steps.length)).toBe(true);
  });
});

describe('XEP-0045 §5.1.2: initial role by affiliation', () => {
  const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    Moderated: { moderatedroom: '1' },
    Unmoderated: {},
    'Members-Only': { membersonly: '1' },
    Open: {},
  };
  test.skipIf(!tables).each(cells('Initial Role Based on Affiliation'))('%s room, %s: %s', (type, affiliation, cell) => {
    const steps = [...online('q', 'a'), join('q'), configure('q', TYPES[type]), affiliate('q', 'a', affiliation.toLowerCase()), join('a')];
    const seen = talk(steps);
    if (cell.startsWith('N/A')) expect(seen.got('a', steps.length)).toEqual([expect.stringContaining('<registration-required')]);
    else expect(sees('a', new RegExp(`role='${cell.toLowerCase()}'.*code='110'`))(seen, steps.length)).toBe(true);
  });
});

describe('XEP-0045 §5.1.3: changes of role', () => {
  const entering: Readonly<Record<string, readonly Step[]>> = {
    Visitor: [configure('q', { moderatedroom: '1' }), join('a')],
    Participant: [configure('q'), join('a')],
    Moderator: [configure('q'), affiliate('q', 'a', 'admin'), join('a')],
  };
  test.skipIf(!tables).each(cells('Role State Chart').filter(([, , cell]) => cell !== '--'))('%s to %s', (from, to) => {
    const steps =
      from === 'None'
        ? [...online('q', 'a'), join('q'), ...(entering[to] ?? [])]
        : [...online('q', 'a'), join('q'), configure('q'), join('a'), role('q', 'a', from.toLowerCase()), role('q', 'a', to.toLowerCase())];
    expect(sees('q', `role='${to.toLowerCase()}'`)(talk(steps), steps.length)).toBe(true);
  });
});

const list = (who: Who, of: string): Step => admin(who, `<item affiliation='${of}'/>`, 'get');
const BY_AFFILIATION: Readonly<Record<string, Attempt & { readonly room?: Readonly<Record<string, string>> }>> = {
  'Enter Open Room': { steps: [join('a')], worked: sees('a', "code='110'") },
  'Register with Open Room': { steps: [iq('a', 'set', REGISTER)], worked: answered },
  'Retrieve Member List***': { room: { membersonly: '1', whois: 'anyone' }, steps: [list('a', 'member')], worked: answered },
  'Enter Members-Only Room': { room: { membersonly: '1' }, steps: [join('a')], worked: sees('a', "code='110'") },
  'Ban Members and Unaffiliated Users': { steps: [affiliate('a', 'm', 'outcast')], worked: answered },
  'Edit Member List': { steps: [affiliate('a', 'r', 'member')], worked: answered },
  'Assign and Remove Moderator Role': { steps: [join('a'), role('a', 'm', 'moderator')], worked: answered },
  'Edit Admin List': { steps: [affiliate('a', 'r', 'admin')], worked: answered },
  'Edit Owner List': { steps: [affiliate('a', 'r', 'owner')], worked: answered },
  'Change Room Configuration': { steps: [configure('a', { roomname: 'x' })], worked: answered },
  'Destroy Room': { steps: [owner('a', '<destroy/>')], worked: answered },
};

describe('XEP-0045 §5.2.1: privileges of affiliations', () => {
  test.skipIf(!tables).each(cells('Privileges Associated With Affiliations').filter(([, , cell]) => cell !== 'N/A'))(
    '%s as %s: %s',
    (privilege, name, cell) => {
      const attempt = BY_AFFILIATION[privilege];
      if (!attempt) throw new Error(`no attempt at ${privilege}`);
      const room = [configure('q', attempt.room), ...(attempt.room ? [] : [join('m')])];
      const steps = [...online('q', 'a', 'm', 'r'), join('q'), ...room, affiliate('q', 'a', name.toLowerCase()), ...attempt.steps];
      // Prosody registers nobody who has no affiliation yet: registration-required.
      const isException = privilege === 'Register with Open Room' && name === 'None';
      expect(attempt.worked(talk(steps), steps.length)).toBe(cell.startsWith('Yes') && !isException);
    },
  );
});

describe('XEP-0045 §5.2.2: changes of affiliation', () => {
  test.skipIf(!tables).each(cells('Affiliation State Chart').filter(([, , cell]) => cell !== '--'))('%s to %s', (from, to, cell) => {
    const by: Who = cell.startsWith('Owner') ? 'q' : 'a';
    const [before, after] = [from.toLowerCase(), to.toLowerCase()];
    const start = [...online('q', 'a'), join('q'), configure('q'), affiliate('q', 'a', 'admin'), join('a'), affiliate('q', 'r', before)];
    const steps = [...start, affiliate(by, 'r', after), list('q', after)];
    const seen = talk(steps);
    expect(sees(by, /^<iq[^>]*type='result'/)(seen, steps.length - 1)).toBe(true);
    expect(sees('q', bareOf('r'))(seen, steps.length)).toBe(after !== 'none');
    if (by === 'a') return;
    // What only owners do is refused to admins, and changes nothing.
    const refused = [...start, affiliate('a', 'r', after), list('q', before)];
    const other = talk(refused);
    expect(sees('a', '<not-allowed')(other, refused.length - 1)).toBe(true);
    expect(sees('q', bareOf('r'))(other, refused.length)).toBe(before !== 'none');
  });
});

describe('XEP-0045 §7.2: errors at entering a room', () => {
  const room = (fields: Readonly<Record<string, string>>): Step[] => [...online('q', 'a'), join('q'), configure('q', fields)];
  const FAILS: Readonly<Record<string, readonly Step[] | string>> = {
    '<not-authorized/>': [...room({ roomsecret: 'x' }), join('a')],
    '<forbidden/>': [...room({}), affiliate('q', 'a', 'outcast'), join('a')],
    '<item-not-found/>': [...online('q', 'a'), join('q'), join('a')],
    '<not-allowed/>': 'everybody may make rooms here',
    '<not-acceptable/>': 'who has to use a registered nick is given it (muc-join.test.ts, M05)',
    '<registration-required/>': [...room({ membersonly: '1' }), join('a')],
    '<conflict/>': [...room({}), join('a', undefined, NICKS.q)],
    '<service-unavailable/>': 'rooms have no limit of occupants',
  };
  test.skipIf(!tables).each(
    table('Error Conditions for Entering a Room')
      .slice(1)
      .map(([condition = '']) => condition),
  )('%s', (condition) => {
    const steps = FAILS[condition];
    if (typeof steps === 'string') return;
    if (!steps) throw new Error(`${condition}: neither tested nor said why not`);
    const seen = talk(steps);
    expect(seen.got('a', steps.length)).toEqual([
      expect.stringMatching(new RegExp(`^<presence[^>]*type='error'.*${condition.slice(0, -2)} `)),
    ]);
    expect(seen.got('q', steps.length), 'M14: nobody else sees anything').toEqual([]);
  });
});
