/** What occupants do: XEP-0045 §7.4 to §7.7, §7.14, §8.1, and XEP-0410. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../../src/base/xml/codec.ts';
import { connect, send, talk, type Step } from './conversation.ts';
import { briefly } from './briefly.ts';
import { admin, bareOf, configure, iq, join, online, presence, ROOM, say } from './rooms.ts';

const PROFILES = ['prosody', 'rfc'] as const;
/** The queen, the Hatter and Alice are in an open room; the Rabbit is online. */
const inside: readonly Step[] = [...online('q', 'm', 'a', 'r'), join('q'), configure('q'), join('m'), join('a')];
const PING = "<ping xmlns='urn:xmpp:ping'/>";

describe.each(PROFILES)('inside (%s)', (profile) => {
  const played = (...steps: readonly Step[]) => talk([...inside, ...steps], { profile });
  /** What somebody got in the n-th step behind those of `inside`. */
  const lines = (who: string, steps: readonly Step[], n = steps.length): readonly string[] =>
    played(...steps)
      .got(who, inside.length + n)
      .map(briefly);
  const nobody = (whom: readonly string[], steps: readonly Step[], n = steps.length): void => {
    for (const who of whom) expect(lines(who, steps, n), who).toEqual([]);
  };

  test('§7.4 [M20] what is said comes to every client of every occupant, the speaker’s too, from the speaker’s address in the room', () => {
    const second = connect('a2', 'alice', 'y');
    const steps = [second, send('a2', `<presence to='${ROOM}/Alice'><x xmlns='http://jabber.org/protocol/muc'/></presence>`), say('m')];
    const seen = played(...steps);
    const clients = { q: `${bareOf('q')}/x`, m: `${bareOf('m')}/x`, a: `${bareOf('a')}/x`, a2: `${bareOf('a')}/y` };
    for (const [who, full] of Object.entries(clients)) {
      const got = seen.got(who, inside.length + 3);
      expect(got.map(briefly), who).toEqual(['Hatter: word']);
      expect(parseXml(got[0]!, 'jabber:client').attrs).toMatchObject({ from: `${ROOM}/Hatter`, to: full, type: 'groupchat' });
      expect(got[0]).not.toContain(`from='${bareOf('m')}`);
    }
    expect(seen.got('r', inside.length + 3)).toEqual([]);
  });

  test('§7.4 [M21] with the id that the client has given, which the room promises; one that has none is given one, the same for all', () => {
    const steps = [say('m'), send('m', `<message to='${ROOM}' type='groupchat'><body>word</body></message>`)];
    const seen = played(...steps);
    const ids = (n: number): readonly (string | undefined)[] =>
      ['q', 'm', 'a'].map((who) => /^<message [^>]*id='([^']*)'/.exec(seen.got(who, inside.length + n)[0] ?? '')?.[1]);
    expect(ids(1)).toEqual(['s', 's', 's']);
    expect(new Set(ids(2)).size).toBe(1);
    expect(ids(2)[0]).toMatch(/./);
    const info = iq('q', 'get', "<query xmlns='http://jabber.org/protocol/disco#info'/>");
    expect(played(info).got('q', inside.length + 1)[0]).toContain("<feature var='http://jabber.org/protocol/muc#stable_id'/>");
  });

  test.each(['chat', 'normal'])(
    '§7.5 [M23] a private message (%s) comes to one occupant only, from the sender’s address in the room',
    (type) => {
      const steps = [say('m', '<body>psst</body>', `${ROOM}/Alice`, type)];
      const got = played(...steps).got('a', inside.length + 1);
      expect(got).toHaveLength(1);
      expect(parseXml(got[0]!, 'jabber:client').attrs).toMatchObject({ from: `${ROOM}/Hatter`, to: `${bareOf('a')}/x`, type });
      expect(got[0]).toContain("<x xmlns='http://jabber.org/protocol/muc#user'/>");
      expect(got[0]).toContain('<body>psst</body>');
      nobody(['q', 'm', 'r'], steps);
    },
  );

  test.each([
    ['of the type groupchat', 'm', 'Alice', 'groupchat', 'message bad-request/modify'],
    ['to a nick that nobody has', 'm', 'Nobody', 'chat', 'message item-not-found/cancel'],
    ['from outside', 'r', 'Alice', 'chat', 'message not-acceptable/cancel'],
  ] as const)('§7.5 [M24] a private message %s is refused, and reaches nobody', (_name, who, nick, type, error) => {
    const steps = [say(who, '<body>psst</body>', `${ROOM}/${nick}`, type)];
    expect(lines(who, steps)).toEqual([error]);
    nobody(['q', 'a', who === 'm' ? 'r' : 'm'], steps);
  });

  test('§7.6 [M25] a change of nick: the old one goes with 303 and the new one in its item, then the new one is there', () => {
    const steps = [presence('a', '<show>away</show>', '', 'Al'), say('a')];
    expect(lines('q', steps, 1)).toEqual(['-Alice none/participant >Al jid 303', '+Al none/participant jid']);
    expect(lines('m', steps, 1)).toEqual(['-Alice none/participant >Al 303', '+Al none/participant']);
    expect(lines('a', steps, 1)).toEqual(['-Alice none/participant >Al jid 110 303', '+Al none/participant jid 110']);
    expect(played(...steps).got('m', inside.length + 1)[1]).toContain('<show>away</show>');
    expect(lines('m', steps)).toEqual(['Al: word']);
  });

  test('§7.6 [M26] a nick that somebody else has is refused, and everything is as before', () => {
    const steps = [presence('a', '', '', 'Hatter'), say('a'), say('m', '<body>psst</body>', `${ROOM}/Alice`, 'chat')];
    expect(lines('a', steps, 1)).toEqual(['presence conflict/cancel']);
    nobody(['q', 'm'], steps, 1);
    expect(lines('q', steps, 2)).toEqual(['Alice: word']);
    expect(lines('a', steps, 3)).toEqual(['Hatter: psst']);
  });

  test('§7.7 [M27] a new presence is sent on to all, from the address in the room and with the item', () => {
    const steps = [presence('a', '<show>xa</show><status>tea</status>')];
    expect(lines('q', steps)).toEqual(['+Alice none/participant jid']);
    expect(lines('m', steps)).toEqual(['+Alice none/participant']);
    expect(lines('a', steps)).toEqual(['+Alice none/participant jid 110']);
    for (const who of ['q', 'm', 'a'])
      expect(played(...steps).got(who, inside.length + 1)[0]).toMatch(/<show>xa<\/show><status>tea<\/status>/);
    nobody(['r'], steps);
  });

  test('§7.14 [M28] who leaves is unavailable for all, with the role none; the affiliation stays', () => {
    const steps = [
      admin('q', `<item jid='${bareOf('a')}' affiliation='member'/>`),
      presence('a', '<status>bye</status>', 'unavailable'),
      say('a'),
      admin('q', "<item affiliation='member'/>", 'get'),
    ];
    expect(lines('q', steps, 2)).toEqual(['-Alice member/none jid']);
    expect(lines('m', steps, 2)).toEqual(['-Alice member/none']);
    expect(lines('a', steps, 2)).toEqual(['-Alice member/none jid 110']);
    expect(played(...steps).got('m', inside.length + 2)[0]).toContain('<status>bye</status>');
    expect(lines('a', steps, 3)).toEqual(['message not-acceptable/cancel']);
    expect(played(...steps).got('q', inside.length + 4)[0]).toContain(`jid='${bareOf('a')}'`);
  });

  test.each(['close', 'kill', 'rst'])('§7.14 [M29] whose stream ends (%s) leaves like anybody', (op) => {
    const steps: readonly Step[] = [{ op, as: 'a' }, say('m', '<body>psst</body>', `${ROOM}/Alice`, 'chat')];
    expect(lines('q', steps, 1)).toEqual(['-Alice none/none jid']);
    expect(lines('m', steps, 1)).toEqual(['-Alice none/none']);
    expect(lines('m', steps, 2)).toEqual(['message item-not-found/cancel']);
  });

  test('§7.14 [M30] unavailable from who is not inside is ignored, twice from who was', () => {
    const steps = [presence('r', '', 'unavailable', 'Alice'), presence('a', '', 'unavailable'), presence('a', '', 'unavailable')];
    nobody(['q', 'm', 'a', 'r'], steps, 1);
    expect(lines('q', steps, 2)).toEqual(['-Alice none/none jid']);
    nobody(['q', 'm', 'a'], steps, 3);
  });

  test('§7.14 [M31] a room that is not persistent goes with the last one; one that is stays', () => {
    const leave = ['q', 'm', 'a'].map((who) => presence(who as 'q', '', 'unavailable'));
    const created = (...before: readonly Step[]): boolean => {
      const steps = [...before, ...leave, join('r')];
      return lines('r', steps).some((line) => line.startsWith('+Rabbit') && line.includes('201'));
    };
    expect(created()).toBe(true);
    expect(created(configure('q', { persistentroom: '1' }))).toBe(false);
    // As long as somebody is there it stays in any case.
    expect(lines('r', [...leave.slice(0, 2), join('r')])).toContain('+Rabbit none/participant jid 110');
  });

  test('§8.1 [M34] a subject without a body or a thread changes it, for everyone; who may not is told so', () => {
    const steps = [say('q', '<subject>Tea</subject>'), say('a', '<subject>Cake</subject>'), join('r')];
    for (const who of ['q', 'm', 'a']) expect(lines(who, steps, 1), who).toEqual(['subject “Tea” by Queen']);
    expect(lines('a', steps, 2)).toEqual(['message forbidden/auth']);
    nobody(['q', 'm'], steps, 2);
    expect(lines('r', steps).at(-1)).toBe('subject “Tea” by Queen (before)');
  });

  test.each(['<subject>Cake</subject><body>b</body>', '<subject>Cake</subject><thread>t</thread>'])(
    '§8.1 [M34] with either it is a message like others: %s',
    (content) => {
      const steps = [say('a', content), join('r')];
      expect(played(...steps).got('m', inside.length + 1)[0]).toContain(content);
      expect(lines('r', steps).at(-1)).toBe('subject “”');
    },
  );

  test('XEP-0410 §3 [M64] a ping to oneself says whether one is still inside', () => {
    const ping = (who: 'a' | 'r', nick: string): Step => iq(who, 'get', PING, `${ROOM}/${nick}`);
    expect(lines('a', [ping('a', 'Alice')])).toEqual(['iq result']);
    expect(lines('a', [presence('a', '', '', 'Al'), ping('a', 'Alice')])).toEqual(['iq item-not-found/cancel']);
    expect(lines('a', [presence('a', '', 'unavailable'), ping('a', 'Alice')])).toEqual(['iq not-acceptable/cancel']);
    expect(lines('r', [ping('r', 'Rabbit')])).toEqual(['iq not-acceptable/cancel']);
    // It is the room that answers: the client never sees it.
    expect(
      played(ping('a', 'Alice'))
        .got('a', inside.length + 1)
        .filter((xml) => xml.includes('<ping')),
    ).toEqual([]);
  });
});
