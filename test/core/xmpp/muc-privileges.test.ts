/** What moderators, admins and owners do to others: XEP-0045 §8.2 to §8.4, §9, §10.3 to §10.8. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { connect, send, talk, type Step } from './conversation.ts';
import { briefly } from './briefly.ts';
import { admin, affiliate, bareOf, configure, iq, join, online, owner, presence, register, role, ROOM, say, type Who } from './rooms.ts';

type Profile = 'prosody' | 'rfc';
const PROFILES = ['prosody', 'rfc'] as const;
/** The queen owns a room in which Alice, the Hatter and the King are. */
const inside: readonly Step[] = [...online('q', 'a', 'm', 'k'), join('q'), configure('q'), join('a'), join('m'), join('k')];

describe.each(PROFILES)('privileges (%s)', (profile: Profile) => {
  const lines = (who: string, steps: readonly Step[], n = steps.length): readonly string[] =>
    talk([...inside, ...steps], { profile })
      .got(who, inside.length + n)
      .map(briefly);
  const members = (of: string): Step => admin('q', `<item affiliation='${of}'/>`, 'get');
  const listed = (who: Who, of: string, steps: readonly Step[]): boolean =>
    (talk([...inside, ...steps, members(of)], { profile }).got('q', inside.length + steps.length + 1)[0] ?? '').includes(bareOf(who));
  /** It is refused with this, and nobody else hears of it. */
  const refused = (who: Who, steps: readonly Step[], error: string): void => {
    expect(lines(who, steps)).toEqual([`iq ${error}`]);
    for (const other of ['q', 'a', 'm', 'k'].filter((name) => name !== who)) expect(lines(other, steps), other).toEqual([]);
  };

  test('§8.2 [M41] nobody kicks somebody of a higher affiliation', () => {
    const moderator = [role('q', 'a', 'moderator'), affiliate('q', 'k', 'admin'), affiliate('q', 'm', 'member')];
    for (const whom of ['k', 'q', 'm'] as const) refused('a', [...moderator, role('a', whom, 'none')], 'not-allowed/cancel');
    refused('k', [...moderator, role('k', 'q', 'none')], 'not-allowed/cancel');
    expect(lines('m', [...moderator, role('k', 'm', 'none')])).toEqual(['-Hatter member/none by King jid 110 307']);
  });

  test('§8.4 [M41] nor takes voice from them', () => {
    const moderator = [role('q', 'a', 'moderator'), affiliate('q', 'k', 'admin'), affiliate('q', 'm', 'member')];
    for (const whom of ['k', 'q', 'm'] as const) refused('a', [...moderator, role('a', whom, 'visitor')], 'not-allowed/cancel');
    expect(lines('m', [...moderator, role('k', 'm', 'visitor')])).toEqual(['+Hatter member/visitor by King jid 110']);
  });

  test('§8.3, §8.4 [M42] voice is taken and given: answered, and told to everybody; and it counts', () => {
    const steps = [role('q', 'a', 'visitor'), say('a'), role('q', 'a', 'participant'), say('a')];
    for (const [n, now] of [
      [1, 'visitor'],
      [3, 'participant'],
    ] as const) {
      expect(lines('q', steps, n).toSorted()).toEqual([`+Alice none/${now} by Queen jid`, 'iq result']);
      expect(lines('m', steps, n)).toEqual([`+Alice none/${now} by Queen`]);
      expect(lines('a', steps, n)).toEqual([`+Alice none/${now} by Queen jid 110`]);
    }
    expect(lines('a', steps, 2)).toEqual(['message forbidden/auth']);
    expect(lines('m', steps, 2)).toEqual([]);
    expect(lines('m', steps, 4)).toEqual(['Alice: word']);
  });

  test('§9.1 [M44, M60] who is banned is out with every client, by 301, and told so themselves by 110', () => {
    const steps = [
      connect('a2', 'alice', 'y'),
      send('a2', `<presence to='${ROOM}/Second'><x xmlns='http://jabber.org/protocol/muc'/></presence>`),
      admin('q', `<item jid='${bareOf('a')}' affiliation='outcast'><reason>Rude</reason></item>`),
      join('a'),
    ];
    expect(lines('a', steps, 3)).toEqual(['-Alice outcast/none by Queen jid 110 301']);
    expect(lines('a2', steps, 3)).toEqual(['-Second outcast/none by Queen jid 110 301']);
    expect(lines('m', steps, 3).toSorted()).toEqual(['-Alice outcast/none by Queen 301', '-Second outcast/none by Queen 301']);
    expect(lines('q', steps, 3).toSorted()).toEqual([
      '-Alice outcast/none by Queen jid 301',
      '-Second outcast/none by Queen jid 301',
      'iq result',
    ]);
    expect(talk([...inside, ...steps], { profile }).got('m', inside.length + 3)[0]).toContain('<reason>Rude</reason>');
    expect(lines('a', steps, 4)).toEqual(['presence forbidden/auth']);
    expect(listed('a', 'outcast', steps)).toBe(true);
  });

  test('§9.1 [M45] nobody bans who is higher', () => {
    const admins = [affiliate('q', 'a', 'admin')];
    refused('a', [...admins, affiliate('a', 'q', 'outcast')], 'not-allowed/cancel');
    expect(listed('q', 'owner', admins)).toBe(true);
  });

  test('§9.4 [M47] who loses the membership of a members-only room is out, by 321; of an open one only the affiliation goes', () => {
    const member = affiliate('q', 'a', 'member');
    const lost = affiliate('q', 'a', 'none');
    const all = ['a', 'm', 'k'].map((who) => affiliate('q', who as Who, 'member'));
    const closed = [...all, configure('q', { membersonly: '1' }), lost];
    expect(lines('a', closed)).toEqual(['-Alice none/none by Queen jid 110 321']);
    expect(lines('m', closed)).toEqual(['-Alice none/none by Queen 321']);
    expect(lines('a', [...closed, join('a')])).toEqual(['presence registration-required/auth']);
    expect(lines('a', [member, lost])).toEqual(['+Alice none/participant by Queen jid 110']);
    expect(lines('m', [member, lost])).toEqual(['+Alice none/participant by Queen']);
    expect(lines('m', [member, lost, say('a')])).toEqual(['Alice: word']);
  });

  test('§5.1, §5.2 [M48] an affiliation is for good, a role for as long as one is inside', () => {
    const again = (given: Step): readonly string[] =>
      lines('a', [given, presence('a', '', 'unavailable'), join('a')]).filter((l) => l.includes('110'));
    expect(again(affiliate('q', 'a', 'member'))).toEqual(['+Alice member/participant jid 110']);
    expect(again(affiliate('q', 'a', 'admin'))).toEqual(['+Alice admin/moderator jid 110']);
    expect(again(role('q', 'a', 'moderator'))).toEqual(['+Alice none/participant jid 110']);
    expect(again(role('q', 'a', 'visitor'))).toEqual(['+Alice none/participant jid 110']);
  });

  test('§9.6, §9.7 [M49] admins make moderators and unmake them, but no admin and no owner', () => {
    const admins = [affiliate('q', 'a', 'admin'), affiliate('q', 'k', 'admin')];
    const made = [...admins, role('a', 'm', 'moderator')];
    expect(lines('m', made).filter((l) => l.includes('110'))).toEqual(['+Hatter none/moderator by Alice jid 110']);
    expect(lines('k', made)).toEqual(['+Hatter none/moderator by Alice jid']);
    expect(lines('m', [...made, role('a', 'm', 'participant')]).filter((l) => l.includes('110'))).toEqual([
      '+Hatter none/participant by Alice jid 110',
    ]);
    refused('a', [...admins, role('a', 'q', 'participant')], 'not-allowed/cancel');
    // Who is only a moderator makes and unmakes nobody.
    const only = [role('q', 'a', 'moderator'), role('q', 'k', 'moderator')];
    refused('a', [...only, role('a', 'm', 'moderator')], profile === 'rfc' ? 'forbidden/auth' : 'not-allowed/cancel');
  });

  const OWNERS = "<query xmlns='http://jabber.org/protocol/muc#owner'/>";
  const lists = ['owner', 'admin', 'member', 'outcast'].map((of) => admin('a', `<item affiliation='${of}'/>`, 'get'));
  const roles = ['moderator', 'participant', 'visitor'].map((of) => admin('a', `<item role='${of}'/>`, 'get'));
  test.each<readonly [string, Step]>([
    ['the configuration', iq('a', 'get', OWNERS)],
    ['to configure', configure('a', { roomname: 'x' })],
    ['to destroy', owner('a', '<destroy/>')],
    ...[...lists, ...roles].map((step): [string, Step] => [`the list ${String(step['xml']).replace(/.*(<item.*?>).*/, '$1')}`, step]),
  ])('§9, §10 [M50] who has no right to it is told so by forbidden: %s', (_name, step) => {
    refused('a', [step], 'forbidden/auth');
  });

  test.each([
    ['to kick', role('a', 'm', 'none')],
    ['to take voice', role('a', 'm', 'visitor')],
    ['to ban', affiliate('a', 'm', 'outcast')],
    ['to make members', affiliate('a', 'm', 'member')],
    ['to make admins', affiliate('a', 'm', 'admin')],
    ['to make owners', affiliate('a', 'm', 'owner')],
  ])('§8, §9, §10 [M50] and for what is done to others: %s; Prosody says not-allowed here', (_name, step) => {
    refused('a', [step], profile === 'rfc' ? 'forbidden/auth' : 'not-allowed/cancel');
  });

  test.each([
    ['owner', 'moderator'],
    ['admin', 'moderator'],
  ])('§10.3 to §10.8 [M51] a new %s is told to everybody, and so is the end of it', (given, now) => {
    const steps = [affiliate('q', 'a', given), affiliate('q', 'a', 'none')];
    expect(lines('m', steps, 1)).toEqual([`+Alice ${given}/${now} by Queen`]);
    expect(lines('k', steps, 1)).toEqual([`+Alice ${given}/${now} by Queen`]);
    expect(lines('a', steps, 1)).toContain(`+Alice ${given}/${now} by Queen jid 110`);
    expect(lines('m', steps, 2)).toEqual(['+Alice none/participant by Queen']);
    expect(lines('a', steps, 2)).toContain('+Alice none/participant by Queen jid 110');
  });
});

describe('where Prosody goes its own way', () => {
  const last = (profile: Profile, who: string, ...steps: readonly Step[]): readonly string[] =>
    talk([...inside, ...steps], { profile })
      .got(who, inside.length + steps.length)
      .map(briefly);
  const both = (who: string, ...steps: readonly Step[]): readonly (readonly string[])[] =>
    PROFILES.map((profile) => last(profile, who, ...steps));

  test('§9.2 [M44] by the specification nothing is kept for who is banned: the nick is free', () => {
    const steps = [affiliate('q', 'a', 'member'), register('a', 'Hare'), affiliate('q', 'a', 'outcast'), presence('m', '', '', 'Hare')];
    expect(both('m', ...steps)).toEqual([
      ['presence conflict/cancel'],
      ['-Hatter none/participant >Hare jid 110 303', '+Hare none/participant jid 110'],
    ]);
  });

  test('§9.1 [M45] who bans himself: conflict, or not-allowed', () => {
    expect(both('a', affiliate('q', 'a', 'admin'), affiliate('a', 'a', 'outcast'))).toEqual([
      ['iq not-allowed/cancel'],
      ['iq conflict/cancel'],
    ]);
    expect(both('q', affiliate('q', 'q', 'outcast'))).toEqual([['iq conflict/cancel'], ['iq conflict/cancel']]);
  });

  test('§8.4, §9.7 [M41, M49] by the specification nobody makes less than moderators of admins and owners', () => {
    const admins = [affiliate('q', 'a', 'admin'), affiliate('q', 'k', 'admin')];
    for (const given of ['visitor', 'participant']) {
      const [prosody, rfc] = both('a', ...admins, role('a', 'k', given));
      expect(prosody).toContain('iq result');
      expect(rfc).toEqual(['iq not-allowed/cancel']);
    }
  });

  test('§8.4 [M41] by the specification voice is not taken from one’s equals either, unless neither is anything', () => {
    const members = [affiliate('q', 'a', 'member'), affiliate('q', 'm', 'member'), role('q', 'a', 'moderator')];
    const [prosody, rfc] = both('a', ...members, role('a', 'm', 'visitor'));
    expect(prosody).toContain('iq result');
    expect(rfc).toEqual(['iq not-allowed/cancel']);
    for (const profile of PROFILES)
      expect(last(profile, 'a', role('q', 'a', 'moderator'), role('a', 'm', 'visitor'))).toContain('iq result');
  });
});
