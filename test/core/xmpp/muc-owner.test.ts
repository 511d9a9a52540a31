/** Configuration, destruction, discovery, and occupants who are gone: XEP-0045 §6, §10.2, §10.9, §11.1. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { send, talk, type Step } from './conversation.ts';
import { briefly } from './briefly.ts';
import { affiliate, bareOf, configure, iq, join, online, owner, presence, ROOM, say } from './rooms.ts';

const PROFILES = ['prosody', 'rfc'] as const;
const SERVICE = 'rooms.wonderland.lit';
const INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
const ITEMS = "<query xmlns='http://jabber.org/protocol/disco#items'/>";
/** The queen owns a room in which Alice and the Hatter are; the King is online. */
const inside: readonly Step[] = [...online('q', 'a', 'm', 'k'), join('q'), configure('q'), join('a'), join('m')];

describe.each(PROFILES)('owners (%s)', (profile) => {
  const got = (who: string, steps: readonly Step[], modules: readonly string[] = []): readonly string[] =>
    talk([...inside, ...steps], { profile, modules }).got(who, inside.length + steps.length);
  const lines = (...of: Parameters<typeof got>): readonly string[] => got(...of).map(briefly);

  test.each([
    ['addresses for everyone', [configure('q', { whois: 'anyone' })], '172', []],
    ['addresses for moderators', [configure('q', { whois: 'anyone' }), configure('q', { whois: 'moderators' })], '173', []],
    ['something else', [configure('q', { roomname: 'Tea' })], '104', []],
    ['addresses and something else', [configure('q', { whois: 'anyone', roomname: 'Tea' })], '104 172', []],
    ['an archive', [configure('q', { enablearchiving: '0' }), configure('q', { enablearchiving: '1' })], '170', ['xep-0313-muc']],
    ['no archive', [configure('q', { enablearchiving: '0' })], '171', ['xep-0313-muc']],
  ] as const)('§10.2.1 [M57] occupants are told what has changed: %s', (_name, steps, codes, modules) => {
    for (const who of ['a', 'm']) expect(lines(who, steps, modules), who).toEqual([`notice ${codes}`]);
    expect(lines('q', steps, modules)).toEqual(['iq result', `notice ${codes}`]);
    expect(lines('k', steps, modules)).toEqual([]);
  });

  test('§10.2 [M58] a room becomes members-only: who is none is out, by 322, the others stay', () => {
    const steps = [affiliate('q', 'm', 'member'), configure('q', { membersonly: '1' })];
    expect(lines('a', steps)).toEqual(['-Alice none/none jid 110 322']);
    expect(lines('m', steps).filter((line) => line.startsWith('-Hatter'))).toEqual([]);
    expect(lines('m', [...steps, say('m')])).toEqual(['Hatter: word']);
    expect(lines('a', [...steps, say('a')])).toEqual(['message not-acceptable/cancel']);
  });

  test('§10.9 [M59] a room is destroyed: everyone is out, with where to go and why, and then the owner is answered', () => {
    const steps = [owner('q', `<destroy jid='other@${SERVICE}'><reason>Off</reason></destroy>`)];
    const destroyed = `<destroy jid='other@${SERVICE}'><reason>Off</reason></destroy>`;
    for (const who of ['a', 'm']) {
      const [out, ...more] = got(who, steps);
      expect(more).toEqual([]);
      expect(out).toContain(destroyed);
    }
    expect(lines('a', steps)).toEqual(['-Alice none/none jid 110']);
    expect(lines('m', steps)).toEqual(['-Hatter none/none jid 110']);
    expect(got('q', steps)[0]).toContain(destroyed);
    // conflicts.ts, room-destroyed-affiliation
    expect(lines('q', steps)).toEqual([`-Queen ${profile === 'rfc' ? 'none' : 'owner'}/none jid 110`, 'iq result']);
    expect(lines('k', [...steps, join('k')])).toContain('+King owner/moderator jid 110 201');
    expect(lines('a', [owner('a', '<destroy/>')])).toEqual(['iq forbidden/auth']);
    expect(lines('m', [owner('a', '<destroy/>'), say('a')])).toEqual(['Alice: word']);
  });

  test.each([
    ['leaves', [presence('a', '', 'unavailable')], '110'],
    ['is kicked', [send('q', adminSet("<item nick='Alice' role='none'/>"))], '110 307'],
    ['is banned', [affiliate('q', 'a', 'outcast')], '110 301'],
    [
      'is no member any more',
      [affiliate('q', 'a', 'member'), affiliate('q', 'm', 'member'), configure('q', { membersonly: '1' }), affiliate('q', 'a', 'none')],
      '110 321',
    ],
    ['is no member', [configure('q', { membersonly: '1' })], '110 322'],
    ['has lost the room', [owner('q', '<destroy/>')], '110'],
    ['has an address that is dead', [bounce()], '110 333'],
  ] as const)('[M60] who is out because one %s has the role none, and is told so by 110 beside the reason', (_name, steps, codes) => {
    const [out, ...more] = lines('a', steps);
    expect(more).toEqual([]);
    expect(out).toMatch(new RegExp(`^-Alice \\w+/none .*jid ${codes}$`));
  });

  test('§11.1 [M61] an error from an occupant’s address puts the occupant out, by 333, for all to know', () => {
    const steps = [bounce()];
    expect(lines('m', steps)).toEqual(['-Alice none/none 333']);
    expect(lines('q', steps)).toEqual(['-Alice none/none jid 333']);
    expect(lines('m', [...steps, say('m', '<body>x</body>', `${ROOM}/Alice`, 'chat')])).toEqual(['message item-not-found/cancel']);
    // What a living client says to one message is not the end of it.
    const living = send(
      'a',
      `<message to='${ROOM}/Hatter' type='error'><error type='cancel'><not-acceptable ${STANZAS}/></error></message>`,
    );
    expect(lines('q', [living])).toEqual([]);
    expect(lines('m', [living, say('a')])).toEqual(['Alice: word']);
  });

  test('§6.2, §6.4 [M62] a service is a conference, and each room says what it is like', () => {
    const [service] = got('k', [iq('k', 'get', INFO, SERVICE)]);
    expect(service).toMatch(/<identity (?=[^>]*category='conference')(?=[^>]*type='text')/);
    expect(service).toContain("<feature var='http://jabber.org/protocol/muc'/>");
    const kinds: readonly (readonly [Readonly<Record<string, string>>, string, string])[] = [
      [{ membersonly: '1' }, 'muc_membersonly', 'muc_open'],
      [{ moderatedroom: '1' }, 'muc_moderated', 'muc_unmoderated'],
      [{ whois: 'anyone' }, 'muc_nonanonymous', 'muc_semianonymous'],
      [{ roomsecret: 'x' }, 'muc_passwordprotected', 'muc_unsecured'],
      [{ persistentroom: '1' }, 'muc_persistent', 'muc_temporary'],
      [{ publicroom: '1' }, 'muc_public', 'muc_hidden'],
    ];
    for (const [fields, is, otherwise] of kinds) {
      const [before] = got('k', [iq('k', 'get', INFO)]);
      const [after] = got('k', [configure('q', fields), iq('k', 'get', INFO)]);
      const has = (xml: string | undefined, feature: string): boolean => xml?.includes(`<feature var='${feature}'/>`) ?? false;
      expect([has(before, otherwise), has(before, is), has(after, otherwise), has(after, is)], is).toEqual([true, false, false, true]);
    }
  });

  test('§6.3, §6.5 [M63] the public rooms are listed, and who is in them is not told outside', () => {
    const shown = (publicroom: string): readonly string[] => got('k', [configure('q', { publicroom }), iq('k', 'get', ITEMS, SERVICE)]);
    expect(shown('1')[0]).toContain(`<item jid='${ROOM}'`);
    expect(shown('0')[0]).not.toContain(ROOM);
    expect(got('k', [iq('k', 'get', ITEMS)])).toEqual([
      expect.stringMatching(/type='result'.*<query xmlns='http:\/\/jabber.org\/protocol\/disco#items'\/>/),
    ]);
  });

  test('§6.6 [M63] an occupant is asked by occupants only: bad-request, as Prosody not-acceptable', () => {
    const asked = (who: 'k' | 'm', content: string): Step => iq(who, 'get', content, `${ROOM}/Alice`);
    for (const content of [INFO, ITEMS])
      expect(lines('k', [asked('k', content)])).toEqual([profile === 'rfc' ? 'iq bad-request/modify' : 'iq not-acceptable/cancel']);
    expect(lines('k', [asked('k', "<ping xmlns='urn:xmpp:ping'/>")])).toEqual(['iq not-acceptable/cancel']);
    expect(got('a', [asked('m', INFO)])).toEqual([expect.stringMatching(new RegExp(`^<iq [^>]*from='${ROOM}/Hatter'`))]);
    expect(got('a', [asked('m', INFO)]).join('')).not.toContain(bareOf('m'));
  });
});

const STANZAS = "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'";
function adminSet(item: string): string {
  return `<iq to='${ROOM}' type='set' id='i'><query xmlns='http://jabber.org/protocol/muc#admin'>${item}</query></iq>`;
}
/** As Alice’s server would answer what it cannot deliver to her. */
function bounce(): Step {
  return send(
    'a',
    `<message to='${ROOM}' type='error'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
  );
}
