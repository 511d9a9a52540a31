/** SASL2 with Bind 2: what a login costs in steps there and back, beside the old way; and what the server answers to those that ask for more, or wrongly. */
import { expect, test } from 'vitest';
import { el, type Element } from '../../../src/base/xml/element.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import type { ClientAct, Login, XmppScenario } from '../../../src/protocol/scenario.ts';
import { play } from './host.ts';

const LATENCY = 25_000;
const MODULES = ['xep-0388', 'xep-0386'];
const SASL2 = 'urn:xmpp:sasl:2';

const scenario = (
  acts: readonly ClientAct[],
  more: Partial<XmppScenario> & { readonly modules?: readonly string[]; readonly tls?: boolean } = {},
): XmppScenario => {
  const { modules = MODULES, tls = false, ...rest } = more;
  return {
    format: 'stanzascope/scenario',
    version: 1,
    id: 'sasl2',
    title: 'SASL2',
    summary: 'SASL2',
    seed: 'step',
    model: 'xmpp',
    streams: { clients: 'down' },
    servers: [{ domain: 'wonderland.lit', modules, tls }],
    clients: [{ jid: 'alice@wonderland.lit', acts }],
    latency: { client: LATENCY, federation: 0, component: 0 },
    ...rest,
  };
};
const ALICE = 'alice@wonderland.lit';
const login = (as: Login, more: Parameters<typeof scenario>[1] = {}) => play(scenario([{ at: 0, do: 'connect', ...as }], more));
type Played = ReturnType<typeof play>;
const toAlice = (run: Played): readonly Element[] => run.sent.filter((row) => row.to === ALICE).map((row) => row.stanza);
/** When she was told what is bound, in journeys of one item there or back. */
const journeys = (run: Played): number => {
  const told = run.sent.find((row) => row.to === ALICE && /(<jid>|<authorization-identifier>)alice@wonderland\.lit\//.test(row.xml));
  return (told!.tick + LATENCY) / LATENCY;
};
const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((c): c is Element => typeof c !== 'string' && c.name === name);
const textOf = (element: Element | undefined): string => element?.children.join('') ?? '';
const successOf = (run: Played): Element | undefined => toAlice(run).find((s) => s.name === 'success');

test('a login takes four journeys less in SASL2 with Bind 2 than by RFC 6120: a restart and a request (XEP-0388 §1, XEP-0386 §2)', () => {
  const scram = { mechanism: 'SCRAM-SHA-1', resource: 'tea' } as const;
  expect(journeys(login(scram))).toBe(12);
  expect(journeys(login({ ...scram, sasl2: true }))).toBe(8);
  expect(journeys(login({ mechanism: 'PLAIN', resource: 'tea' }))).toBe(10);
  expect(journeys(login({ mechanism: 'PLAIN', resource: 'tea', sasl2: true }))).toBe(6);
});

test('the features say what may be asked for in the same step, where the modules are loaded (XEP-0388 §2.1, XEP-0386 §3.1)', () => {
  const features = (more?: Parameters<typeof scenario>[1]) => toAlice(login({}, more)).filter((s) => s.name === 'features');
  const offer = child(features()[0], 'authentication');
  expect(offer?.ns).toBe(SASL2);
  const bind = child(child(offer, 'inline'), 'bind');
  expect(child(bind, 'inline')?.children.map((c) => (c as Element).attrs['var'])).toEqual([
    'urn:xmpp:carbons:2',
    'urn:xmpp:csi:0',
    'urn:xmpp:sm:3',
  ]);
  expect(child(child(offer, 'inline'), 'sm')?.ns).toBe('urn:xmpp:sm:3');
  expect(child(features({ modules: [] })[0], 'authentication')).toBeUndefined();
  expect(child(child(features({ modules: ['xep-0388'] })[0], 'authentication'), 'inline')).toBeUndefined();
  // Not in the clear where TLS is offered.
  expect(features({ tls: true }).map((f) => child(f, 'authentication') !== undefined)).toEqual([false, true, false]);
});

test('success says as whom, and is followed by features on the same stream (XEP-0388 §2.6.1)', () => {
  const run = login({ mechanism: 'SCRAM-SHA-1', resource: 'tea', sasl2: true });
  const down = toAlice(run).map((s) => s.name);
  expect(down).toEqual(['connect', 'stream', 'features', 'challenge', 'success', 'features']);
  const success = successOf(run);
  expect(textOf(child(success, 'authorization-identifier'))).toMatch(/^alice@wonderland\.lit\/tea~[\w+/=-]+$/);
  expect(child(success, 'bound')?.ns).toBe(NS.bind2);
  expect(run.silences.map((s) => s.rule)).not.toContain('rfc-5802/5/forged');
});

test('the resource is the tag and what is always the same for one client; the RFC profile puts a slash between (XEP-0386 §3.2.1)', () => {
  const full = (as: Login, profile: 'prosody' | 'rfc') =>
    textOf(child(successOf(login({ ...as, sasl2: true }, { profile })), 'authorization-identifier'));
  expect(full({ resource: 'tea' }, 'prosody')).toBe(full({ resource: 'tea' }, 'prosody'));
  expect(full({ resource: 'tea' }, 'rfc')).toMatch(/^alice@wonderland\.lit\/tea\/.+/);
  expect(full({}, 'prosody')).toMatch(/^alice@wonderland\.lit\/[\w-]{12}$/);
});

const typed = (...texts: readonly string[]): ClientAct[] => [
  { at: 0, do: 'open' },
  { at: 100_000, do: 'header' },
  ...texts.map((text, i) => ({ at: 200_000 + i * 100_000, do: 'type', text }) as const),
];
const PLAIN = '{{b64:\0alice\0pw-alice}}';
const authenticate = (content: string, mechanism = 'PLAIN', response = PLAIN) =>
  `<authenticate xmlns='${SASL2}' mechanism='${mechanism}'><initial-response>${response}</initial-response>${content}</authenticate>`;
const answers = (...texts: readonly string[]) => toAlice(play(scenario(typed(...texts), { modules: [...MODULES, 'xep-0313'] }))).slice(3);

test('stream management is enabled with the binding, and <bound/> says so; carbons need no answer (XEP-0386 §3.2)', () => {
  const wishes = "<enable xmlns='urn:xmpp:sm:3' resume='true'/><enable xmlns='urn:xmpp:carbons:2'/><inactive xmlns='urn:xmpp:csi:0'/>";
  const [success, features] = answers(authenticate(`<bind xmlns='${NS.bind2}'><tag>tea</tag>${wishes}</bind>`));
  const bound = child(success, 'bound');
  expect(child(bound, 'enabled')?.attrs).toMatchObject({ resume: 'true', id: expect.any(String) });
  expect(bound?.children.map((c) => (c as Element).name)).toEqual(['metadata', 'enabled']);
  expect(features?.name).toBe('features');
});

test('carbons are enabled with the binding: what another resource sends comes, too (XEP-0386 §3.2, XEP-0280 §4)', () => {
  const other: ClientAct[] = [
    { at: 0, do: 'connect', resource: 'hat' },
    { at: 1_000_000, do: 'send', xml: "<message to='hatter@wonderland.lit' type='chat'><body>Tea?</body></message>" },
  ];
  const copies = (wish: string) => {
    const acts = typed(authenticate(`<bind xmlns='${NS.bind2}'><tag>tea</tag>${wish}</bind>`));
    const clients = [
      { jid: ALICE, acts },
      { jid: ALICE, name: 'alice#2', acts: other },
    ];
    const servers = [
      { domain: 'wonderland.lit', modules: MODULES, accounts: ['alice', 'hatter'].map((name) => ({ name, password: `pw-${name}` })) },
    ];
    return play(scenario([], { clients, servers })).sent.filter((row) => child(row.stanza, 'sent')?.ns === 'urn:xmpp:carbons:2').length;
  };
  expect(copies('')).toBe(0);
  expect(copies("<enable xmlns='urn:xmpp:carbons:2'/>")).toBe(1);
});

test('without <bind/> the account is authenticated, and binds as of old', () => {
  const iq = "<iq type='set' id='b1'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>tea</resource></bind></iq>";
  const [success, features, result] = answers(authenticate(''), iq);
  expect(textOf(child(success, 'authorization-identifier'))).toBe('alice@wonderland.lit');
  expect(child(features, 'bind')?.ns).toBe(NS.bind);
  expect(result?.attrs).toMatchObject({ type: 'result', id: 'b1' });
});

test('what cannot be resumed is told, and then a resource is bound (XEP-0386 §3.2, XEP-0198 §5)', () => {
  const [success] = answers(authenticate(`<resume xmlns='urn:xmpp:sm:3' previd='gone' h='0'/><bind xmlns='${NS.bind2}'/>`));
  expect(success?.children.map((c) => (c as Element).name)).toEqual(['failed', 'bound', 'authorization-identifier']);
});

test.each([
  ['another password', authenticate('', 'PLAIN', '{{b64:\0alice\0hat}}'), 'not-authorized'],
  ['a mechanism that is not offered', authenticate('', 'X-HAT'), 'invalid-mechanism'],
  ['what is no Base64', authenticate('', 'PLAIN', '!'), 'incorrect-encoding'],
  ['a response to nothing', `<response xmlns='${SASL2}'>aGF0</response>`, 'malformed-request'],
  ['an end of what was begun', `<abort xmlns='${SASL2}'/>`, 'aborted'],
])('%s fails, binds nothing, and the stream stays (XEP-0388 §2.6.2)', (_what, text, condition) => {
  const [failure, success] = answers(text, authenticate(`<bind xmlns='${NS.bind2}'/>`));
  expect(failure).toMatchObject({ name: 'failure', ns: SASL2 });
  expect((failure?.children[0] as Element | undefined) ?? el('none', '')).toMatchObject({ name: condition, ns: NS.sasl });
  expect(success?.name).toBe('success');
});

test('an exchange goes on in the profile in which it began', () => {
  const begun = `<authenticate xmlns='${SASL2}' mechanism='SCRAM-SHA-1'><initial-response>{{b64:n,,n=alice,r=hat}}</initial-response></authenticate>`;
  const [challenge, failure] = answers(begun, `<response xmlns='${NS.sasl}'>aGF0</response>`);
  expect(challenge).toMatchObject({ name: 'challenge', ns: SASL2 });
  expect(failure).toMatchObject({ name: 'failure', ns: NS.sasl });
});
