/** Small requests: discovery (XEP-0030), ping, version, time, last activity, vCards, private storage. In brackets the rules of the shared checklist. */
import { describe, expect, test } from 'vitest';
import { connect, send, talk, type Step } from './conversation.ts';

const A = 'alice@wonderland.lit';
const M = 'madhatter@wonderland.lit';
const PROFILES = ['prosody', 'rfc'] as const;
const cat: Step = { op: 'connect', as: 'cat', user: 'cat@realworld.lit', resource: 'tree', presence: '' };
const begin: readonly Step[] = [connect('a', 'alice', 'tea'), connect('m', 'madhatter', 'hat'), cat];
const get = (content: string, to?: string): string => `<iq type='get' id='q'${to === undefined ? '' : ` to='${to}'`}>${content}</iq>`;
const set = (content: string, to?: string): string => get(content, to).replace("'get'", "'set'");
const INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
const ITEMS = INFO.replace('#info', '#items');
const refused = (condition: string) => [expect.stringMatching(new RegExp(`^<iq [^>]*type='error'.*<${condition} `))];
/** Step 4 and on; the answer of the last. */
const asked = (profile: 'prosody' | 'rfc', ...steps: readonly Step[]): readonly string[] =>
  talk([...begin, ...steps], { profile }).got(String(steps.at(-1)!['as']), begin.length + steps.length);
/** The Mad Hatter may see Alice’s presence. */
const friends: readonly Step[] = [
  send('m', `<presence to='${A}' type='subscribe'/>`),
  send('a', `<presence to='${M}' type='subscribed'/>`),
];

describe.each(PROFILES)('discovery: XEP-0030 (%s)', (profile) => {
  test.each([undefined, 'wonderland.lit', 'rooms.wonderland.lit', 'notify.wonderland.lit', 'upload.wonderland.lit', 'realworld.lit'])(
    '§3.1 [D01, D04] each entity says what it is, once, and what it can: %s',
    (to) => {
      const [answer = ''] = asked(profile, send('a', get(INFO, to)));
      expect(answer).toContain("type='result'");
      const identities = [...answer.matchAll(/<identity category='([^']+)' type='([^']+)'/g)].map((m) => `${m[1]}/${m[2]}`);
      expect(identities.length).toBeGreaterThan(0);
      expect(new Set(identities).size).toBe(identities.length);
      const features = [...answer.matchAll(/<feature var='([^']+)'/g)].map((m) => m[1]);
      expect(features).toContain('http://jabber.org/protocol/disco#info');
      expect(new Set(features).size).toBe(features.length);
    },
  );
  test('§4.1 [D02] a server lists its services; who has nothing to list lists nothing', () => {
    const [list = ''] = asked(profile, send('a', get(ITEMS, 'wonderland.lit')));
    expect([...list.matchAll(/<item jid='([^']+)'/g)].map((m) => m[1]).sort()).toEqual([
      'notify.wonderland.lit',
      'rooms.wonderland.lit',
      'upload.wonderland.lit',
    ]);
    expect(asked(profile, send('a', get(ITEMS, 'upload.wonderland.lit')))).toEqual([
      expect.stringMatching(/type='result'.*<query xmlns='http:\/\/jabber.org\/protocol\/disco#items'\/><\/iq>/),
    ]);
  });
  test('§3.1, §8 [D03] the server answers for an account, to those who may see its presence', () => {
    expect(asked(profile, send('m', get(INFO, A)))).toEqual(refused('service-unavailable'));
    expect(asked(profile, send('cat', get(INFO, A)))).toEqual(refused('service-unavailable'));
    expect(asked(profile, ...friends, send('m', get(INFO, A)))).toEqual([
      expect.stringContaining("<identity category='account' type='registered'/>"),
    ]);
  });
  test('§7 [D05] a node that is not there is item-not-found', () => {
    for (const to of ['wonderland.lit', 'rooms.wonderland.lit'])
      expect(asked(profile, send('a', get(INFO.replace('/>', " node='none'/>"), to)))).toEqual(refused('item-not-found'));
  });
});

describe.each(PROFILES)('small requests (%s)', (profile) => {
  test('XEP-0199 §4 [Q05] ping: an answer or an error, both say that somebody is there', () => {
    const ping = "<ping xmlns='urn:xmpp:ping'/>";
    for (const to of [undefined, 'wonderland.lit', 'realworld.lit'])
      expect(asked(profile, send('a', get(ping, to)))).toEqual([expect.stringContaining("type='result'")]);
    expect(asked(profile, send('a', get(ping, 'rooms.wonderland.lit')))).toEqual(refused('service-unavailable'));
  });
  test('XEP-0203 §2 [Q06], XEP-0082 §3.2 the time of a delay is in UTC, with the server that delayed', () => {
    const t = talk(
      [
        connect('m', 'madhatter', 'hat'),
        send('m', `<message to='${A}' type='chat' id='x'><body>x</body></message>`),
        connect('a', 'alice', 'tea'),
      ],
      { profile },
    );
    const stamped = t.got('a', 3).find((xml) => xml.includes('<delay'));
    expect(stamped).toContain("<delay xmlns='urn:xmpp:delay' from='wonderland.lit' stamp='T'/>");
  });
  test('XEP-0092 §3, XEP-0202 §3 [Q10] version and time of the server', () => {
    expect(asked(profile, send('a', get("<query xmlns='jabber:iq:version'/>", 'wonderland.lit')))).toEqual([
      expect.stringMatching(/<name>[^<]+<\/name><version>[^<]+<\/version>/),
    ]);
    expect(asked(profile, send('a', get("<time xmlns='urn:xmpp:time'/>", 'wonderland.lit')))).toEqual([
      expect.stringMatching(/<tzo>[+-]\d\d:\d\d<\/tzo><utc>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<\/utc>/),
    ]);
  });
  test('XEP-0012 §3 to §5: since when, for those who may see presence', () => {
    const last = "<query xmlns='jabber:iq:last'/>";
    expect(asked(profile, send('a', get(last, 'wonderland.lit')))).toEqual([
      expect.stringMatching(/<query xmlns='jabber:iq:last' seconds='\d+'\/>/),
    ]);
    expect(asked(profile, send('m', get(last, A)))).toEqual(refused('forbidden'));
    const away = send('a', "<presence type='unavailable'><status>tea</status></presence>");
    expect(asked(profile, ...friends, away, { op: 'wait', ms: 5000 }, send('m', get(last, A)))).toEqual([
      expect.stringMatching(/seconds='\d+'>tea<\/query>/),
    ]);
  });
  test('XEP-0054 §3 [Q11] a vCard: kept whole for its owner, empty or refused for who has none, never set by others', () => {
    const card = "<vCard xmlns='vcard-temp'><FN>Alice</FN></vCard>";
    const empty = "<vCard xmlns='vcard-temp'/>";
    expect(asked(profile, send('a', get(empty)))).toEqual([expect.stringContaining(empty)]);
    expect(asked(profile, send('a', set(card)), send('a', get(empty)))).toEqual([expect.stringContaining('<FN>Alice</FN>')]);
    expect(asked(profile, send('a', set(card)), send('m', get(empty, A)))).toEqual([expect.stringContaining('<FN>Alice</FN>')]);
    expect(asked(profile, send('m', set(card, A)))).toEqual([expect.stringMatching(/type='error'/)]);
    expect(asked(profile, send('m', set(card, A)), send('a', get(empty)))).toEqual([expect.stringContaining(empty)]);
  });
  test('XEP-0049 §3: private storage is by namespace, and the account’s own', () => {
    const own = "<query xmlns='jabber:iq:private'><tea xmlns='urn:tea'><cup/></tea></query>";
    const empty = "<query xmlns='jabber:iq:private'><tea xmlns='urn:tea'/></query>";
    expect(asked(profile, send('a', set(own)), send('a', get(empty)))).toEqual([expect.stringContaining('<cup/>')]);
    expect(asked(profile, send('a', set(own)), send('m', get(empty)))).toEqual([expect.not.stringContaining('<cup/>')]);
    expect(asked(profile, send('a', get("<query xmlns='jabber:iq:private'/>")))).toEqual([expect.stringContaining('<bad-')]);
  });
});
