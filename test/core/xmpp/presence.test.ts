/** RFC 6121 §3 and §4 in play: subscriptions between two accounts, presence to who may see it. In brackets the rules of the shared checklist. */
import { expect, test } from 'vitest';
import type { ClientAct, RosterEntry, XmppScenario } from '../../../src/protocol/scenario.ts';
import { play, type Played } from './host.ts';

const ALICE = 'alice@wonderland.lit/tea';
const SECOND = 'alice@wonderland.lit/second';
const HATTER = 'madhatter@wonderland.lit/hat';
const CAT = 'cat@realworld.lit/tree';
const bare = (jid: string): string => jid.split('/', 1)[0]!;

/** Who does what, one step after the other; a step is 1,000 ticks. */
type Script = readonly (readonly [who: string, what: string | ClientAct['do']])[];
const friends: readonly RosterEntry[] = [ALICE, HATTER, CAT].flatMap((one) =>
  [ALICE, HATTER, CAT]
    .filter((other) => other !== one)
    .map((other) => ({ account: one.split('@', 1)[0]!, contact: bare(other), subscription: 'both' as const })),
);

function run(
  script: Script,
  profile: 'prosody' | 'rfc' = 'prosody',
  rosters: readonly RosterEntry[] = [],
): (step: number, to: string) => string[] {
  const actsOf = (jid: string): ClientAct[] =>
    script.flatMap(([who, what], i): ClientAct[] =>
      who === jid
        ? [what.startsWith('<') ? { at: (i + 1) * 1000, do: 'send', xml: what } : ({ at: (i + 1) * 1000, do: what } as ClientAct)]
        : [],
    );
  const of = (domain: string): RosterEntry[] => rosters.filter((r) => (r.account === 'cat') === (domain === 'realworld.lit'));
  const scenario: XmppScenario = {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    profile,
    id: 'presence',
    title: '',
    summary: '',
    seed: '1',
    servers: ['wonderland.lit', 'realworld.lit'].map((domain) => ({ domain, rosters: of(domain) })),
    clients: [ALICE, SECOND, HATTER, CAT].map((jid) => ({ jid, acts: actsOf(jid) })),
    latency: { client: 10, federation: 10, component: 10 },
  };
  const played: Played = play(scenario);
  // As `type from to`, pushes as `push contact subscription`.
  return (step, to) =>
    played.sent
      .filter((s) => s.to === to && Math.floor(s.tick / 1000) === step && s.rule !== 'rfc-6121/2.1.4/result')
      .map(({ stanza, xml }) => {
        const delayed = xml.includes('urn:xmpp:delay') ? ' delayed' : '';
        const show = /<(?:show|status)>(.*?)</.exec(xml)?.[1];
        if (stanza.name === 'iq')
          return `push ${/jid='(.*?)'/.exec(xml)?.[1]} ${/subscription='(.*?)'/.exec(xml)?.[1]}${xml.includes('ask=') ? ' ask' : ''}`;
        const { type = 'available', from = '', to: addressed = '-' } = stanza.attrs;
        return `${type} ${from} ${addressed}${delayed}${show === undefined ? '' : ` ${show}`}`;
      });
}
const to = (jid: string, type: string): string => `<presence to='${jid}' type='${type}'/>`;
const ROSTER = `<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>`;

test('§4.2, §4.3 [P01, P02, P03, P04, P06, P07]: who comes online is told of contacts, and they of it, here and on another server', () => {
  const got = run(
    [
      [HATTER, '<presence><show>chat</show></presence>'],
      [CAT, '<presence/>'],
      [ALICE, '<presence/>'],
      [ALICE, '<presence><show>away</show></presence>'],
    ],
    'prosody',
    friends,
  );
  expect(got(3, ALICE)).toEqual([
    `available ${ALICE} -`,
    // §4.3.2: the answers to probes are to the full address, with the time of saying.
    `available ${HATTER} ${ALICE} delayed chat`,
    `available ${CAT} ${ALICE} delayed`,
  ]);
  expect(got(3, HATTER)).toEqual([`available ${ALICE} ${bare(HATTER)}`]);
  expect(got(3, CAT)).toEqual([`available ${ALICE} ${bare(CAT)}`]);
  // §4.4.2 [P06]: later presence is broadcast, and probes nobody.
  expect(got(4, 'realworld.lit')).toEqual([`available ${ALICE} ${bare(CAT)} away`]);
});

test('§4.2.2, §4.4.2 [P02, P06]: own resources are told as contacts are, of the first presence and of every later one', () => {
  const got = run(
    [
      [SECOND, '<presence/>'],
      [ALICE, '<presence/>'],
      [ALICE, '<presence><show>away</show></presence>'],
      [SECOND, `<presence><show>dnd</show></presence>`],
    ],
    'prosody',
    [],
  );
  expect(got(2, SECOND)).toEqual([`available ${ALICE} ${SECOND}`]);
  expect(got(2, ALICE)).toEqual([`available ${ALICE} -`, `available ${SECOND} ${ALICE} delayed`]);
  expect(got(3, SECOND)).toEqual([`available ${ALICE} ${SECOND} away`]);
  expect(got(3, ALICE)).toEqual([`available ${ALICE} - away`]);
  expect(got(4, ALICE)).toEqual([`available ${SECOND} ${ALICE} dnd`]);
  expect([...got(3, HATTER), ...got(3, CAT)]).toEqual([]);
});

test('§4.4.2, 6120 §10.3.2 [R21, P06]: presence without `to` is for who may see it; who is only seen is told nothing', () => {
  const rosters: readonly RosterEntry[] = [
    { account: 'alice', contact: bare(CAT), subscription: 'from' },
    { account: 'cat', contact: bare(ALICE), subscription: 'to' },
    { account: 'alice', contact: bare(HATTER), subscription: 'to' },
    { account: 'madhatter', contact: bare(ALICE), subscription: 'from' },
  ];
  const away = '<presence><show>away</show></presence>';
  const gone = `<presence type='unavailable'/>`;
  const got = run(
    [
      [CAT, '<presence/>'],
      [HATTER, '<presence/>'],
      [ALICE, '<presence/>'],
      [ALICE, away],
      [ALICE, gone],
    ],
    'prosody',
    rosters,
  );
  expect([3, 4, 5].map((step) => got(step, CAT).length)).toEqual([1, 1, 1]);
  expect([3, 4, 5].flatMap((step) => got(step, HATTER))).toEqual([]);
});

test('§4.5.2, §4.6.3 [P08, P10, P12, P13]: unavailable to friends, own resources and who was told directly; then presence is initial again', () => {
  const some = friends.filter((f) => f.contact !== bare(CAT) && f.account !== 'cat');
  const direct = `<presence to='${bare(CAT)}'><show>dnd</show></presence>`;
  const got = run(
    [
      [CAT, '<presence/>'],
      [HATTER, '<presence/>'],
      [SECOND, '<presence/>'],
      [ALICE, '<presence/>'],
      [ALICE, direct],
      [ALICE, '<presence><show>xa</show></presence>'],
      [ALICE, `<presence type='unavailable'><status>bye</status></presence>`],
      [ALICE, '<presence/>'],
    ],
    'prosody',
    some,
  );
  expect(got(5, CAT)).toEqual([`available ${ALICE} ${bare(CAT)} dnd`]);
  expect(got(6, CAT)).toEqual([]);
  expect(got(6, HATTER)).toEqual([`available ${ALICE} ${bare(HATTER)} xa`]);
  for (const [jid, addressed] of [
    [CAT, bare(CAT)],
    [HATTER, bare(HATTER)],
    [SECOND, SECOND],
    [ALICE, '-'],
  ] as const)
    expect(got(7, jid)).toEqual([`unavailable ${ALICE} ${addressed} bye`]);
  expect(got(8, ALICE)).toContain(`available ${HATTER} ${ALICE} delayed`);
  expect(got(8, CAT)).toEqual([]);
});

test('§4.6.3 [P13]: a friend who is told directly is a friend as before: every later word comes once, the last one too', () => {
  const got = run(
    [
      [HATTER, '<presence/>'],
      [ALICE, '<presence/>'],
      [ALICE, `<presence to='${HATTER}'><show>dnd</show></presence>`],
      [ALICE, '<presence><show>xa</show></presence>'],
      [ALICE, `<presence type='unavailable'/>`],
    ],
    'prosody',
    friends,
  );
  expect(got(3, HATTER)).toEqual([`available ${ALICE} ${HATTER} dnd`]);
  expect(got(4, HATTER)).toEqual([`available ${ALICE} ${bare(HATTER)} xa`]);
  expect(got(5, HATTER)).toEqual([`unavailable ${ALICE} ${bare(HATTER)}`]);
});

test.each(['close', 'kill'] as const)('§4.5.2 [P09]: a session that ends by %s is unavailable for everyone who knew of it', (how) => {
  const got = run(
    [
      [CAT, '<presence/>'],
      [ALICE, '<presence/>'],
      [ALICE, how],
    ],
    'prosody',
    friends,
  );
  expect(got(3, CAT)).toEqual([`unavailable ${ALICE} ${bare(CAT)}`]);
});

test('§4.5.2, §4.6.3 [P09]: a session that had told one address only tells that one', () => {
  const got = run(
    [
      [CAT, '<presence/>'],
      [HATTER, '<presence/>'],
      [ALICE, `<presence to='${CAT}'/>`],
      [ALICE, 'kill'],
    ],
    'prosody',
    friends.filter((f) => f.account !== 'alice'),
  );
  expect(got(4, CAT)).toEqual([`unavailable ${ALICE} ${CAT}`]);
  expect(got(4, HATTER)).toEqual([]);
});

test('§3.1 [T20, T21, T22, T25, T26, T34]: asking, and being let in, across two servers', () => {
  const got = run([
    [ALICE, ROSTER],
    [ALICE, '<presence/>'],
    [CAT, ROSTER],
    [CAT, '<presence/>'],
    [ALICE, to(`${bare(CAT)}/cut-off`, 'subscribe')],
    [CAT, to(bare(ALICE), 'subscribed')],
  ]);
  expect(got(5, CAT)).toEqual([`subscribe ${bare(ALICE)} ${bare(CAT)}`]);
  expect(got(5, ALICE)).toEqual([`push ${bare(CAT)} none ask`, `unavailable ${bare(CAT)} ${bare(ALICE)}`]);
  expect(got(6, CAT)).toEqual([`push ${bare(ALICE)} from`]);
  expect(got(6, ALICE)).toEqual([
    `subscribed ${bare(CAT)} ${bare(ALICE)}`,
    `push ${bare(CAT)} to`,
    `available ${CAT} ${bare(ALICE)} delayed`,
  ]);
});

test('§3.1.3 [T23]: a request waits through every login of every resource until it is answered, and is put once for each', () => {
  const ask = `<presence to='${bare(ALICE)}' type='subscribe'><status>please</status></presence>`;
  const got = run([
    [CAT, ask],
    [CAT, ask],
    [ALICE, '<presence/>'],
    [SECOND, '<presence/>'],
    [ALICE, `<presence type='unavailable'/>`],
    [ALICE, '<presence/>'],
    [SECOND, to(bare(CAT), 'unsubscribed')],
    [ALICE, `<presence type='unavailable'/>`],
    [ALICE, '<presence/>'],
  ]);
  const waits = `subscribe ${bare(CAT)} ${bare(ALICE)} please`;
  const times = (step: number, jid: string): number => got(step, jid).filter((line) => line === waits).length;
  expect([times(3, ALICE), times(4, SECOND), times(6, ALICE), times(9, ALICE)]).toEqual([1, 1, 1, 0]);
  // §3.2.3 [T29]: the denial reaches the resources that have asked for the roster; here none has.
  expect(got(7, CAT)).toEqual([]);
});

test('§3.4 [T33]: approved beforehand, a request is answered at once and not put to the user', () => {
  const got = run([
    [ALICE, ROSTER],
    [ALICE, '<presence/>'],
    [CAT, ROSTER],
    [CAT, '<presence/>'],
    [ALICE, to(bare(CAT), 'subscribed')],
    [CAT, to(bare(ALICE), 'subscribe')],
  ]);
  expect(got(5, CAT)).toEqual([]);
  expect(got(6, ALICE)).toEqual([`push ${bare(CAT)} from`]);
  expect(got(6, CAT)).toEqual([
    `push ${bare(ALICE)} none ask`,
    `subscribed ${bare(ALICE)} ${bare(CAT)}`,
    `push ${bare(ALICE)} to`,
    `available ${ALICE} ${bare(CAT)} delayed`,
  ]);
});

test.each(['prosody', 'rfc'] as const)('§3.1.3 [T24]: who is subscribed and asks again is answered by the server (%s)', (profile) => {
  const got = run(
    [
      [ALICE, ROSTER],
      [ALICE, '<presence/>'],
      [CAT, to(bare(ALICE), 'subscribe')],
    ],
    profile,
    friends,
  );
  expect(got(3, ALICE).filter((line) => line.startsWith('subscribe') || line.startsWith('push'))).toEqual([]);
  expect(got(3, 'realworld.lit').filter((line) => line.startsWith('subscribe'))).toEqual([
    `subscribe  ${bare(ALICE)}`,
    `subscribed ${bare(ALICE)} ${bare(CAT)}`,
  ]);
});

test('§3.1.6 [T27]: a word that nobody asked for changes nothing', () => {
  const got = run([
    [ALICE, ROSTER],
    [ALICE, '<presence/>'],
    [CAT, to(bare(ALICE), 'unsubscribe')],
    [HATTER, to(bare(ALICE), 'unsubscribe')],
  ]);
  expect([...got(3, ALICE), ...got(4, ALICE)]).toEqual([]);
});

test('§4.3.2, §8.5.1: a stranger’s probe, and a request to nobody, tell nothing that is not told of everyone', () => {
  const script: Script = [
    [ALICE, '<presence/>'],
    [CAT, '<presence/>'],
    [CAT, to(bare(ALICE), 'probe')],
    [CAT, to('nobody@wonderland.lit', 'probe')],
    [CAT, to(bare(HATTER), 'subscribe')],
    [CAT, to('nobody@wonderland.lit', 'subscribe')],
  ];
  const got = run(script);
  expect([...got(3, CAT), ...got(4, CAT)]).toEqual([]);
  expect(got(5, CAT)).toEqual([`unavailable ${bare(HATTER)} ${bare(CAT)}`]);
  expect(got(6, CAT)).toEqual([`unavailable nobody@wonderland.lit ${bare(CAT)}`]);
  // conflicts.ts, presence-probe-stranger [P04]
  expect(run(script, 'rfc')(3, 'realworld.lit')).toEqual([`probe  ${bare(ALICE)}`, `unsubscribed ${bare(ALICE)} ${bare(CAT)}`]);
});

test('§4.3.2 [P05]: a probe of one resource tells of that one by the RFC, of all as Prosody', () => {
  const script: Script = [
    [ALICE, '<presence/>'],
    [SECOND, '<presence/>'],
    [CAT, to(ALICE, 'probe')],
  ];
  expect(run(script, 'rfc', friends)(3, CAT)).toEqual([`available ${ALICE} ${CAT} delayed`]);
  expect(run(script, 'prosody', friends)(3, CAT)).toHaveLength(2);
});

test('§4.7.1 [P17]: a type that is none comes back as bad-request; an error without a word of why goes nowhere', () => {
  // There is no type “available” either.
  for (const type of ['teatime', 'available']) {
    const got = run([
      [ALICE, `<presence type='${type}'/>`],
      [ALICE, to(bare(HATTER), type)],
      [HATTER, '<presence/>'],
      [ALICE, to(bare(HATTER), 'error')],
    ]);
    expect(got(1, ALICE)).toEqual([`error  ${ALICE}`]);
    expect(got(2, ALICE)).toEqual([`error ${bare(HATTER)} ${bare(ALICE)}`]);
    expect(got(4, HATTER)).toEqual([]);
  }
});

test('§4.7.2.3 [P16]: a negative priority gets no messages for the account; one out of range is the nearest', () => {
  const message = `<message to='${bare(ALICE)}' type='chat'><body>?</body></message>`;
  const got = run([
    [ALICE, '<presence><priority>-200</priority></presence>'],
    [SECOND, '<presence><priority>300</priority></presence>'],
    [CAT, message],
  ]);
  expect(got(3, ALICE)).toEqual([]);
  expect(got(3, SECOND)).toHaveLength(1);
  const alone = run([
    [ALICE, '<presence><priority>-200</priority></presence>'],
    [CAT, message],
  ]);
  expect(alone(2, ALICE)).toEqual([]);
  const highest = run([
    [ALICE, '<presence><priority>127</priority></presence>'],
    [SECOND, '<presence><priority>300</priority></presence>'],
    [CAT, message],
  ]);
  expect([highest(3, ALICE).length, highest(3, SECOND).length]).toEqual([1, 1]);
});
