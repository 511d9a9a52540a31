/** XEP-0045 in play: what the tables do not cover. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { CONFLICTS } from '../../../src/core/xmpp/conflicts.ts';
import { send, talk, type Step } from './conversation.ts';
import { admin, affiliate, bareOf, configure, iq, join, online, owner, presence, role, ROOM, say, user } from './rooms.ts';

const open = [...online('q', 'a', 'm'), join('q'), configure('q')];
const last = (steps: readonly Step[], who: string, profile: 'prosody' | 'rfc' = 'prosody'): readonly string[] =>
  talk(steps, { profile }).got(who, steps.length);
const asked = (of: 'invite' | 'decline', to: string, content = ''): string =>
  `<message to='${ROOM}' id='s'>${user(`<${of} to='${to}'>${content}</${of}>`)}</message>`;

describe('invitations', () => {
  test('[M32] the room passes it on in its own name, adds the password and words for clients that know nothing of it', () => {
    const steps = [...open, configure('q', { roomsecret: 'pw' }), send('q', asked('invite', bareOf('m'), '<reason>Tea</reason>'))];
    const [invitation, ...more] = last(steps, 'm');
    expect(more).toEqual([]);
    for (const part of [
      `from='${ROOM}'`,
      `<invite from='${ROOM}/Queen'><reason>Tea</reason></invite><password>pw</password>`,
      "xmlns='jabber:x:conference'",
      '<body>',
    ])
      expect(invitation).toContain(part);
  });

  test('§9.4: an invitation to a members-only room makes a member, and moderators are told before', () => {
    const steps = [...open, configure('q', { membersonly: '1' }), send('q', asked('invite', bareOf('m'))), join('m')];
    const seen = talk(steps);
    expect(seen.got('q', steps.length - 1)).toEqual([expect.stringMatching(`affiliation='member'.*jid='${bareOf('m')}'.*Invited by`)]);
    expect(seen.got('m', steps.length).some((xml) => xml.includes("affiliation='member' role='participant'"))).toBe(true);
  });

  test('§7.8.2: where members may not invite, a member is refused and nobody is invited', () => {
    const steps = [
      ...open,
      configure('q', { membersonly: '1' }),
      affiliate('q', 'a', 'member'),
      join('a'),
      send('a', asked('invite', bareOf('m'))),
    ];
    expect(last(steps, 'a')).toEqual([expect.stringContaining('<forbidden')]);
    expect(last(steps, 'm')).toEqual([]);
  });

  test('[M33] a decline goes to who has invited, by the address in the room too', () => {
    const steps = [...open, send('q', asked('invite', bareOf('m'))), send('m', asked('decline', `${ROOM}/Queen`, '<reason>no</reason>'))];
    expect(last(steps, 'q')).toEqual([expect.stringMatching(`from='${ROOM}'.*<decline from='${bareOf('m')}/x'><reason>no`)]);
  });

  test('XEP-0249 §2: a direct invitation passes the room by and opens nothing', () => {
    const steps = [
      ...open,
      configure('q', { membersonly: '1' }),
      send('q', `<message to='${bareOf('m')}'><x xmlns='jabber:x:conference' jid='${ROOM}'/></message>`),
      join('m'),
    ];
    const seen = talk(steps);
    expect(seen.got('m', steps.length - 1)).toEqual([expect.stringContaining(`jid='${ROOM}'`)]);
    expect(seen.got('m', steps.length)).toEqual([expect.stringContaining('<registration-required')]);
  });
});

describe('configuration and destruction', () => {
  test('[M55] the form has its type and a field for everything that can be configured; [M56] it is for owners only', () => {
    const get = (who: 'q' | 'a'): Step => iq(who, 'get', "<query xmlns='http://jabber.org/protocol/muc#owner'/>");
    const [form] = last([...open, get('q')], 'q');
    const fields = [
      'roomname',
      'roomdesc',
      'lang',
      'persistentroom',
      'publicroom',
      'roomsecret',
      'membersonly',
      'changesubject',
      'moderatedroom',
      'whois',
      'presencebroadcast',
      'historylength',
    ];
    for (const name of fields) expect(form).toContain(`var='muc#roomconfig_${name}'`);
    expect(form).toContain('<value>http://jabber.org/protocol/muc#roomconfig</value>');
    expect(last([...open, get('a')], 'a')).toEqual([expect.stringContaining('<forbidden')]);
  });

  test('[M55] the first form is cancelled: Prosody leaves the room standing, the specification has it destroyed', () => {
    const steps = [
      ...online('q', 'a'),
      join('q'),
      owner('q', "<x xmlns='jabber:x:data' type='cancel'/>"),
      presence('q', '', 'unavailable'),
      join('a'),
    ];
    const left = (profile: 'prosody' | 'rfc'): boolean =>
      talk(steps, { profile })
        .got('q', 4)
        .some((xml) => xml.includes('<destroy'));
    expect([left('prosody'), left('rfc')]).toEqual([false, true]);
  });

  test('§10.9: everyone is told, and a persistent room leaves word where people meet now', () => {
    const steps = [
      ...open,
      configure('q', { persistentroom: '1' }),
      join('a'),
      owner('q', `<destroy jid='x@rooms.wonderland.lit'><reason>Off</reason></destroy>`),
      join('m'),
    ];
    const seen = talk(steps);
    expect(seen.got('a', steps.length - 1)).toEqual([
      expect.stringMatching(/type='unavailable'.*<destroy jid='x@rooms.wonderland.lit'><reason>Off.*code='110'/),
    ]);
    expect(seen.got('m', steps.length)).toEqual([expect.stringMatching(/<gone [^>]*>xmpp:x@rooms\.wonderland\.lit\?join<\/gone>/)]);
  });

  test('a form for something else is refused, and of one with an unknown field only the known ones count', () => {
    const form = (type: string): Step =>
      owner(
        'q',
        `<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>${type}</value></field><field var='x'><value>1</value></field></x>`,
      );
    expect(last([...open, form('other')], 'q')).toEqual([expect.stringContaining('<bad-request')]);
    expect(last([...open, form('http://jabber.org/protocol/muc#roomconfig')], 'q')).toEqual([
      expect.stringMatching(/^<iq[^>]*type='result'/),
    ]);
  });

  test('a value that means nothing: Prosody says nothing at all, the specification has it refused', () => {
    const steps = [...open, configure('q', { whois: 'nobody' })];
    expect(last(steps, 'q')).toEqual([]);
    expect(last(steps, 'q', 'rfc')).toEqual([expect.stringContaining('<not-acceptable')]);
  });

  test('§6.3, §6.4: only public rooms are listed, and a room’s features are its configuration', () => {
    const listed = (publicroom: string): readonly string[] =>
      last(
        [
          ...open,
          configure('q', { publicroom }),
          iq('a', 'get', "<query xmlns='http://jabber.org/protocol/disco#items'/>", 'rooms.wonderland.lit'),
        ],
        'a',
      );
    expect(listed('1')[0]).toContain(`jid='${ROOM}'`);
    expect(listed('0')[0]).not.toContain(ROOM);
    const [info] = last(
      [
        ...open,
        configure('q', { moderatedroom: '1', roomsecret: 'x' }),
        iq('a', 'get', "<query xmlns='http://jabber.org/protocol/disco#info'/>"),
      ],
      'a',
    );
    for (const feature of ['muc_moderated', 'muc_passwordprotected', 'muc_hidden', 'muc_temporary', 'muc_semianonymous', 'muc_open'])
      expect(info).toContain(`var='${feature}'`);
  });
});

describe('privileges', () => {
  test('[M52] the last owner stays owner', () => {
    expect(last([...open, affiliate('q', 'q', 'none')], 'q')).toEqual([expect.stringContaining('<conflict')]);
  });

  test('[M40] a kick is answered last of all by Prosody; by the specification before the others are told', () => {
    const steps = [...open, join('a'), role('q', 'a', 'none')];
    const order = (profile: 'prosody' | 'rfc'): readonly (string | undefined)[] =>
      last(steps, 'q', profile).map((xml) => /^<(\w+)/.exec(xml)?.[1]);
    expect(order('prosody')).toEqual(['presence', 'iq']);
    expect(order('rfc')).toEqual(['iq', 'presence']);
  });

  test('[M43] role and affiliation at once are refused', () => {
    expect(last([...open, join('a'), admin('q', "<item nick='Alice' role='visitor' affiliation='member'/>")], 'q')).toEqual([
      expect.stringContaining('<bad-request'),
    ]);
  });

  test('[M46] of several items Prosody does the first; by the specification it is all of them, or none where one is not allowed', () => {
    const two = `<item jid='${bareOf('a')}' affiliation='member'/><item jid='${bareOf('m')}' affiliation='member'/>`;
    const list = admin('q', "<item affiliation='member'/>", 'get');
    const members = (set: Step, profile: 'prosody' | 'rfc'): number =>
      last([...open, set, list], 'q', profile)[0]?.split('<item').length ?? 0;
    expect([members(admin('q', two), 'prosody'), members(admin('q', two), 'rfc')]).toEqual([2, 3]);
    const bad = admin('q', `<item jid='${bareOf('a')}' affiliation='member'/><item jid='${bareOf('q')}' affiliation='none'/>`);
    expect([members(bad, 'prosody'), members(bad, 'rfc')]).toEqual([2, 1]);
  });

  test('[M06] who becomes an admin is shown everybody once more, with addresses', () => {
    const steps = [...open, join('m'), join('a'), affiliate('q', 'a', 'admin')];
    expect(last(steps, 'a').filter((xml) => xml.includes(`jid='${bareOf('m')}/x'`))).toHaveLength(1);
  });

  test('[M35] a visitor asks for voice, a moderator gives it', () => {
    const form = (fields: Readonly<Record<string, string>>): string =>
      `<message to='${ROOM}'><x xmlns='jabber:x:data' type='submit'>${Object.entries({
        FORM_TYPE: 'http://jabber.org/protocol/muc#request',
        'muc#role': 'participant',
        ...fields,
      })
        .map(([name, value]) => `<field var='${name}'><value>${value}</value></field>`)
        .join('')}</x></message>`;
    const request = [...open, configure('q', { moderatedroom: '1' }), join('a'), send('a', form({}))];
    expect(last(request, 'q')).toEqual([expect.stringContaining(`<value>${bareOf('a')}/x</value>`)]);
    const granted = [...request, send('q', form({ 'muc#jid': `${bareOf('a')}/x`, 'muc#roomnick': 'Alice', 'muc#request_allow': '1' }))];
    expect(last(granted, 'a')).toEqual([expect.stringContaining("role='participant'")]);
  });

  test('[M22] a visitor is not heard, in an unmoderated room either', () => {
    const steps = [...open, join('a'), role('q', 'a', 'visitor'), say('a')];
    expect(last(steps, 'a')).toEqual([expect.stringContaining('<forbidden')]);
    expect(last(steps, 'q')).toEqual([]);
  });

  test('§7.10, §7.2.8: a nick that a member has registered is nobody else’s', () => {
    const register = iq(
      'a',
      'set',
      "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field><field var='muc#register_roomnick'><value>Hare</value></field></x></query>",
    );
    const steps = [...open, affiliate('q', 'a', 'member'), register, join('m', undefined, 'Hare')];
    expect(last(steps, 'm')).toEqual([expect.stringContaining('<conflict')]);
  });
});

describe('history', () => {
  test('[M09] as many as the room sends to those who wish for nothing; by XEP-0334 some is not kept', () => {
    const words = ['1', '2', '3'].map((w) => say('q', `<body>${w}</body>`));
    const steps = [
      ...open,
      configure('q', { historylength: '3', defaulthistorymessages: '2' }),
      ...words,
      say('q', "<body>4</body><no-store xmlns='urn:xmpp:hints'/>"),
      join('a'),
    ];
    expect(last(steps, 'a').flatMap((xml) => /<body>(.)/.exec(xml)?.[1] ?? [])).toEqual(['2', '3']);
  });

  test('§7.2.13: a delay that a client has written in the room’s name is taken out', () => {
    const steps = [
      ...open,
      join('a'),
      say('a', `<body>x</body><delay xmlns='urn:xmpp:delay' from='${ROOM}' stamp='2002-09-10T23:08:25Z'/>`),
    ];
    expect(last(steps, 'q')[0]).not.toContain('<delay');
  });
});

test('every conflict about rooms is named once', () => {
  const ids = CONFLICTS.map((c) => c.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id.startsWith('room-')).length).toBeGreaterThan(8);
});
