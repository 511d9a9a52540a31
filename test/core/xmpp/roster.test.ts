/** RFC 6121 §2: what a server keeps and tells of rosters. In brackets the rules of the shared checklist. */
import { expect, test } from 'vitest';
import type { Part } from '../../../src/protocol/parts.ts';
import type { ClientAct, RosterEntry, XmppScenario } from '../../../src/protocol/scenario.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import { play, type Played } from './host.ts';

const ALICE = 'alice@wonderland.lit/tea';
const SECOND = 'alice@wonderland.lit/second';
const HATTER = 'madhatter@wonderland.lit';
const CAT = 'cat@realworld.lit';

function scene(
  acts: Readonly<Record<string, readonly string[]>>,
  more: Partial<XmppScenario> = {},
  rosters: readonly RosterEntry[] = [],
): XmppScenario {
  const own = (xml: string, i: number): ClientAct => ({ at: (i + 1) * 1000, do: 'send', xml });
  return {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: 'roster',
    title: '',
    summary: '',
    seed: '1',
    servers: [
      { domain: 'wonderland.lit', rosters: rosters.filter((r) => r.account !== 'cat') },
      { domain: 'realworld.lit', rosters: rosters.filter((r) => r.account === 'cat') },
    ],
    clients: Object.entries(acts).map(([jid, list]) => ({ jid, acts: list.map(own).filter((act) => act.do !== 'send' || act.xml !== '') })),
    latency: { client: 10, federation: 10, component: 10 },
    ...more,
  };
}
const GET = (id = 'g'): string => `<iq type='get' id='${id}'><query xmlns='jabber:iq:roster'/></iq>`;
const SET = (item: string, id = 's'): string => `<iq type='set' id='${id}'><query xmlns='jabber:iq:roster'>${item}</query></iq>`;
const received = (played: Played, jid: string): string[] =>
  played.sent.filter((s) => s.to === jid).map((s) => s.xml.replace(/ id='[^']{12}'/, ` id='…'`));
const friend = (account: string, contact: string): RosterEntry => ({ account, contact, subscription: 'both' });

test('§2.1.4, §2.2 [T01, T02]: the roster of the scenario, and pushes for those who asked only', () => {
  const rosters = [
    { account: 'alice', contact: 'MadHatter@wonderland.lit', subscription: 'to', name: 'Hat', groups: ['Tea', 'Mad'] } as const,
  ];
  const played = play(scene({ [ALICE]: [GET(), SET(`<item jid='${CAT}' subscription='both'/>`)], [SECOND]: [] }, {}, rosters));
  expect(received(played, ALICE)).toEqual([
    `<iq type='result' id='g' to='${ALICE}'><query xmlns='jabber:iq:roster' ver='1'><item jid='${HATTER}' name='Hat' subscription='to'><group>Tea</group><group>Mad</group></item></query></iq>`,
    // §2.3.2 [T04, T05, T09]: result, then push; what the client wrote as subscription does not count.
    `<iq type='result' id='s' to='${ALICE}'/>`,
    `<iq type='set' id='…'><query xmlns='jabber:iq:roster' ver='2'><item jid='${CAT}' subscription='none'/></query></iq>`,
  ]);
  expect(received(played, SECOND)).toEqual([]);
  // §2.1.6 [T07]: the client answers the push, and its roster is as the server’s.
  expect(played.sent.filter((s) => s.from === ALICE && s.rule === 'rfc-6121/2.1.6/answer')).toHaveLength(1);
  expect(tableOf(played, ALICE, 'contacts')).toEqual([`${HATTER} Hat to Tea, Mad`, `${CAT}  none `]);
});

function tableOf(played: Played, jid: string, key: string): string[] {
  const part: Part | undefined = played.model.inspect(played.model.stage.entities.jid.indexOf(jid)).find((p) => p.key === key);
  return part?.type === 'table' ? part.rows.map((r) => r.cells.map((c) => c.text).join(' ')) : [];
}

test('§2.6.2 [T13]: who has this version gets an empty result; each change is a new one', () => {
  const get = (id: string, ver: string): string => `<iq type='get' id='${id}'><query xmlns='jabber:iq:roster' ver='${ver}'/></iq>`;
  const steps = [get('a', ''), SET(`<item jid='${CAT}'/>`), SET(`<item jid='${CAT}' name='x'/>`), get('b', '2'), get('c', '1')];
  const result = (played: Played, id: string): string | undefined => received(played, ALICE).find((xml) => xml.includes(`id='${id}'`));
  const prosody = play(scene({ [ALICE]: steps }));
  expect(result(prosody, 'a')).toContain(`ver='1'`);
  const pushed = received(prosody, ALICE).flatMap((xml) => /^<iq type='set'.* ver='(\d+)'/.exec(xml)?.[1] ?? []);
  expect(pushed).toEqual(['1', '2']);
  expect(result(prosody, 'b')).toBe(`<iq type='result' id='b' to='${ALICE}'/>`);
  expect(result(prosody, 'c')).toContain(`<item jid='${CAT}' name='x' subscription='none'/>`);
  // conflicts.ts, roster-first-version
  expect(result(play(scene({ [ALICE]: steps }, { profile: 'rfc' })), 'b')).toContain(`ver='3'`);
});

test.each([
  ['§2.3.3 [T08] two items', `<item jid='${CAT}'/><item jid='${HATTER}'/>`, 'bad-request', 'bad-request'],
  ['§2.1.5 no item', '', 'bad-request', 'bad-request'],
  ['§2.1.2.4 a full address', `<item jid='${CAT}/x'/>`, 'bad-request', 'bad-request'],
  ['§2.1.2.4 no address', `<item/>`, 'bad-request', 'bad-request'],
  ['§2.3.3 oneself', `<item jid='alice@wonderland.lit'/>`, 'not-allowed', 'not-allowed'],
  ['§2.5.3 [T08] the removal of nobody', `<item jid='${CAT}' subscription='remove'/>`, 'item-not-found', 'item-not-found'],
  ['§2.3.3 [T08] a group twice', `<item jid='${CAT}'><group>a</group><group>a</group></item>`, '', 'bad-request'],
  ['§2.3.3 [T08] a group without a name', `<item jid='${CAT}'><group/></item>`, '', 'not-acceptable'],
  ['§2.3.3 [T08] a name that is too long', `<item jid='${CAT}' name='${'x'.repeat(2000)}'/>`, '', 'not-acceptable'],
])('%s: as Prosody and by the RFC', (_name, item, prosody, rfc) => {
  for (const [profile, condition] of [
    ['prosody', prosody],
    ['rfc', rfc],
  ] as const) {
    const [answer, ...rest] = received(play(scene({ [ALICE]: [SET(item)] }, { profile })), ALICE);
    if (condition === '') expect(answer).toBe(`<iq type='result' id='s' to='${ALICE}'/>`);
    else expect(answer).toContain(`<${condition} `);
    expect(rest).toEqual([]);
  }
});

test('§2.1.3: nobody reads the roster of another, and an account’s own address is the account', () => {
  const played = play(
    scene({
      [ALICE]: [
        `<iq type='get' id='a' to='${HATTER}'><query xmlns='jabber:iq:roster'/></iq>`,
        `<iq type='get' id='b' to='alice@wonderland.lit'><query xmlns='jabber:iq:roster'/></iq>`,
      ],
    }),
  );
  expect(received(played, ALICE)[0]).toContain('service-unavailable');
  expect(received(played, ALICE)[1]).toBe(`<iq type='result' id='b' to='${ALICE}'><query xmlns='jabber:iq:roster' ver='1'/></iq>`);
});

test.each([
  ['prosody', 'service-unavailable'],
  ['rfc', 'forbidden'],
] as const)('§2.3.3 [T08]: nobody changes the roster of another: %s, %s', (profile, condition) => {
  const set = `<iq type='set' id='s' to='${HATTER}'><query xmlns='jabber:iq:roster'><item jid='${CAT}'/></query></iq>`;
  const played = play(scene({ [ALICE]: [set], [`${HATTER}/hat`]: [GET()] }, { profile }));
  expect(received(played, ALICE)).toEqual([expect.stringContaining(`<${condition} `)]);
  expect(received(played, `${HATTER}/hat`)).toEqual([expect.not.stringContaining('<item')]);
});

test.each(['prosody', 'rfc'] as const)('§2.5.2 [T10, T34]: removing a friend on another server ends both subscriptions (%s)', (profile) => {
  const rosters = [friend('alice', CAT), friend('cat', 'alice@wonderland.lit')];
  const steps = {
    [ALICE]: [GET(), '<presence/>', SET(`<item jid='${CAT}' subscription='remove'/>`)],
    [`${CAT}/tree`]: [GET(), '<presence/>'],
  };
  const played = play(scene(steps, { profile }, rosters));
  expect(tableOf(played, 'wonderland.lit', 'roster/alice@wonderland.lit')).toEqual([]);
  expect(tableOf(played, 'realworld.lit', `roster/${CAT}`)).toEqual(['alice@wonderland.lit none  ']);
  expect(received(played, ALICE).filter((xml) => xml.includes(`<item jid='${CAT}' subscription='remove'/>`))).toHaveLength(1);
  const told = played.sent.filter((s) => s.to === `${CAT}/tree` && s.stanza.name === 'presence').map((s) => s.stanza.attrs['type']);
  expect(told).toEqual(expect.arrayContaining(['unsubscribed', 'unsubscribe', 'unavailable']));
  // Nobody is left to be told: what the client knows of the other has gone, too.
  expect(tableOf(played, `${CAT}/tree`, 'contacts-presence')).toEqual([]);
});

test('§2.1.6 [T06]: a push that is not from the own account changes nothing', () => {
  const forged = `<iq type='set' id='f' to='${ALICE}'><query xmlns='jabber:iq:roster'><item jid='evil@realworld.lit' subscription='both'/></query></iq>`;
  const played = play(scene({ [ALICE]: [GET()], [`${CAT}/tree`]: ['', forged] }));
  expect(tableOf(played, ALICE, 'contacts')).toEqual([]);
  expect(received(played, `${CAT}/tree`)[0]).toContain('service-unavailable');
});

test.each<[string, RosterEntry, RegExp]>([
  [
    'an account that is not there',
    { account: 'nobody', contact: CAT, subscription: 'both' },
    /roster of "nobody": there is no such account/,
  ],
  ['a full address', { account: 'alice', contact: `${CAT}/x`, subscription: 'both' }, /"cat@realworld.lit\/x" is no bare address/],
  ['the account itself', { account: 'alice', contact: 'Alice@wonderland.lit', subscription: 'both' }, /lists the account itself/],
])('a roster of a scenario is refused in words: %s', (_name, entry, message) => {
  expect(() => createXmppWorld(scene({ [ALICE]: [] }, {}, [entry]), {})).toThrow(message);
});
test('a contact twice is refused', () => {
  expect(() => createXmppWorld(scene({ [ALICE]: [] }, {}, [friend('alice', CAT), friend('alice', CAT)]), {})).toThrow(/is there twice/);
});

test('a client knows who of its contacts is there, and how', () => {
  const rosters = [friend('alice', HATTER.split('/')[0]!), friend('madhatter', 'alice@wonderland.lit')];
  const hat = `${HATTER.split('/')[0]!}/hat`;
  const played = play(
    scene({ [ALICE]: [GET(), '<presence/>'], [hat]: [GET(), '<presence><show>away</show><status>tea</status></presence>'] }, {}, rosters),
  );
  expect(tableOf(played, ALICE, 'contacts-presence')).toContain(`${hat} away tea`);
});
