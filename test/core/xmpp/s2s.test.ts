/** Streams between servers and dialback; rule numbers are those of the conformance checklist. */
import { expect, test } from 'vitest';
import { el, withAttrs, type Element } from '../../../src/base/xml/element.ts';
import { parseXml } from '../../../src/base/xml/codec.ts';
import { dialbackKey } from '../../../src/core/xmpp/modules/xep0220.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { CONNECT, END } from '../../../src/core/xmpp/wire.ts';
import type { ClientAct, XmppScenario } from '../../../src/protocol/scenario.ts';
import { LinkKind } from '../../../src/protocol/scene.ts';
import { chat, logsIn, MS, scene, sends } from '../../../src/scenarios/xmpp/parts.ts';
import { byHand, db, header } from './by-hand.ts';
import { play, type Played, type SentRow } from './host.ts';

const ALICE = 'alice@wonderland.lit/tea';
const SISTER = 'sister@realworld.lit/bank';
const two = (alice: readonly ClientAct[], sister: readonly ClientAct[] = [], more: Partial<XmppScenario> = {}): XmppScenario =>
  scene({
    id: 'federation',
    title: 'Two servers',
    summary: '',
    streams: { clients: 'down', servers: 'down' },
    servers: [{ domain: 'wonderland.lit' }, { domain: 'realworld.lit' }],
    clients: [logsIn(ALICE, 0, ...alice), logsIn(SISTER, 0, ...sister)],
    ...more,
  });
const between = (played: Played): SentRow[] => played.sent.filter((r) => played.model.stage.links.kind[r.link] === LinkKind.s2s);
const names = (rows: readonly SentRow[]): string[] => rows.map((r) => r.stanza.name);
const answersTo = (played: Played, id: string): string[] =>
  played.sent.filter((r) => r.to === ALICE && r.stanza.attrs['id'] === id).map((r) => r.xml);

const talk = play(
  two(
    [chat(2000, SISTER, 'm1', 'one'), chat(2000, SISTER, 'm2', 'two'), chat(2010, SISTER, 'm3', 'three'), chat(6000, SISTER, 'm4', 'four')],
    [chat(5000, ALICE, 'n1', 'answer')],
  ),
);

test('R32, R14, K02: what is sent before the stream is ready waits, then goes in order, and later stanzas find the stream there', () => {
  const ids = talk.sent.filter((r) => r.to === SISTER && r.stanza.name === 'message').map((r) => r.stanza.attrs['id']);
  expect(ids).toEqual(['m1', 'm2', 'm3', 'm4']);
  expect(between(talk).filter((r) => r.stanza.name === 'connect')).toHaveLength(4);
  expect(talk.silences.filter((s) => s.rule === 'rfc-6120/10.4/queued')).toHaveLength(3 + 1);
});

test('K03, K05: each direction is verified by itself, and no stanza goes before its own stream is', () => {
  for (const from of ['wonderland.lit', 'realworld.lit']) {
    const link = between(talk).find((r) => r.from === from && r.stanza.name === 'message')!.link;
    const verdict = between(talk).find((r) => r.from !== from && r.stanza.name === 'result' && r.stanza.attrs['type'] === 'valid')!;
    const first = between(talk).find((r) => r.link === link && r.stanza.name === 'message')!;
    expect(first.tick).toBeGreaterThanOrEqual(verdict.tick + 48 * MS);
    const opened = between(talk).filter((r) => r.link === link);
    expect(names(opened).slice(0, 3)).toEqual(['connect', 'stream', 'result']);
  }
  // Of one pair of domains there is one connection for each direction, and stanzas never share it.
  const links = (id: string): number[] =>
    between(talk)
      .filter((r) => r.stanza.attrs['id'] === id && r.stanza.name === 'message')
      .map((r) => r.link);
  expect(links('m4')).toEqual(links('m1'));
  expect(links('n1')).not.toEqual(links('m1'));
});

test('K08: elements of dialback have the prefix that the header declares, and the stream is in jabber:server', () => {
  const { wireText } = talk.model.stage;
  const texts = between(talk).map((r) => wireText?.({ ...r, kind: r.kind, to: 0, from: 0, code: 0, a: 0, b: 0, data: [] } as never) ?? '');
  expect(texts.find((t) => t.includes('<stream:stream'))).toContain("xmlns='jabber:server'");
  expect(texts.find((t) => t.includes('<stream:stream'))).toContain("xmlns:db='jabber:server:dialback'");
  expect(texts.some((t) => /^<db:result from='wonderland.lit' to='realworld.lit'>[0-9a-f]{64}<\/db:result>$/.test(t))).toBe(true);
});

test('XEP-0185 §2: the key is that of its example', () => {
  expect(dialbackKey('s3cr3tf0rd14lb4ck', 'xmpp.example.com', 'example.org', 'D60000229F')).toBe(
    '37c69b1cf07a3f67c04a5ef5902fa5114f2c76fe4a2686482ba5b89323075643',
  );
});

test('K01: another stream has another key', () => {
  const keys = between(talk)
    .filter((r) => r.stanza.name === 'result' && r.stanza.attrs['type'] === undefined)
    .map((r) => r.stanza.children[0]);
  expect(new Set(keys).size).toBe(2);
});

test('A01, XEP-0178 §3: with TLS the certificates tell who is who, and no key is given', () => {
  const servers = [
    { domain: 'wonderland.lit', tls: true },
    { domain: 'realworld.lit', tls: true },
  ];
  const played = play(two([chat(2000, SISTER, 'm1', 'one')], [], { servers }));
  const first = names(between(played)).filter((n) => n !== 'presence');
  expect(first.slice(0, 17).join(' ')).toBe(
    'connect connect stream stream features starttls proceed tls tls stream stream features auth success stream stream features',
  );
  expect(first[17]).toBe('message');
  expect(first).not.toContain('result');
});

test.each(['wonderland.lit', 'realworld.lit'])('RFC 6120 §5.3.1: a server with TLS (%s) speaks to none without', (tls) => {
  const servers = ['wonderland.lit', 'realworld.lit'].map((domain) => ({ domain, tls: domain === tls }));
  const played = play(two([chat(2000, SISTER, 'm1', 'one')], [], { servers }));
  expect(answersTo(played, 'm1')[0]).toContain("<error type='wait' by='wonderland.lit'><remote-server-timeout");
  expect(between(played).some((r) => r.xml.includes('policy-violation') && r.from === tls)).toBe(true);
  expect(played.sent.filter((r) => r.to === SISTER && r.stanza.name === 'message')).toEqual([]);
});

test.each([
  ['prosody', 'nowhere.lit', 'remote-server-not-found'],
  ['rfc', 'nowhere.lit', 'remote-server-not-found'],
  ['prosody', 'refused.lit', 'remote-server-not-found'],
  ['rfc', 'refused.lit', 'remote-server-timeout'],
] as const)('R33 (%s): what is for %s comes back with %s, one error for each stanza', (profile, domain, condition) => {
  const to = `x@${domain}`;
  const acts = [
    chat(2000, to, 'm1', 'one'),
    sends(2000, `<iq to='${to}/r' type='get' id='i1'><ping xmlns='urn:xmpp:ping'/></iq>`),
    sends(2000, `<presence to='${to}' id='p1'/>`),
  ];
  const played = play(two(acts, [], { profile, refusing: ['refused.lit'] }));
  for (const id of ['m1', 'i1', 'p1']) {
    expect(answersTo(played, id)).toHaveLength(1);
    expect(answersTo(played, id)[0]).toContain(`by='wonderland.lit'><${condition} `);
    expect(answersTo(played, id)[0]).toContain(`from='${to}`);
  }
});

test('R10, R08: an error or a result that finds no way is dropped, and that is said', () => {
  const error = `<message to='x@nowhere.lit' type='error' id='e1'><error type='cancel'><gone xmlns='${NS.stanzas}'/></error></message>`;
  const played = play(two([sends(2000, error), sends(2000, "<iq to='x@nowhere.lit' type='result' id='r1'/>")]));
  expect([...answersTo(played, 'e1'), ...answersTo(played, 'r1')]).toEqual([]);
  expect(played.silences.filter((s) => s.rule === 'rfc-6120/8.3.1/discarded')).toHaveLength(2);
});

test('a service of a server has streams of its own', () => {
  const components = [{ domain: 'rooms.wonderland.lit', service: 'muc' as const }];
  const ping = "<iq to='rooms.wonderland.lit' type='get' id='i1'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>";
  const played = play(two([], [sends(2000, ping)], { servers: [{ domain: 'wonderland.lit', components }, { domain: 'realworld.lit' }] }));
  const headers = between(played).filter((r) => r.stanza.name === 'stream' && r.stanza.attrs['id'] === '');
  expect(headers.map((r) => `${r.stanza.attrs['from']} ${r.stanza.attrs['to']}`)).toEqual([
    'realworld.lit rooms.wonderland.lit',
    'rooms.wonderland.lit realworld.lit',
  ]);
  expect(played.sent.find((r) => r.to === SISTER && r.stanza.attrs['id'] === 'i1')!.xml).toContain("type='result'");
});

const taker = (profile: 'prosody' | 'rfc' = 'prosody') => {
  const hand = byHand(two([], [], { profile }), 'wonderland.lit', 'realworld.lit');
  hand.say(CONNECT);
  return hand;
};
const message = (from: string, to: string) => el('message', NS.server, { from, to, id: 'm' }, el('body', NS.server, {}, 'x'));

/** A stream whose opener has been believed. */
function verified(profile: 'prosody' | 'rfc' = 'prosody') {
  const hand = taker(profile);
  const id = /id='([^']+)'/.exec(hand.say(header('wonderland.lit', 'realworld.lit')).back[0]!)![1]!;
  hand.say(db('result', { from: 'wonderland.lit', to: 'realworld.lit' }, 'the key'));
  hand.wait();
  hand.reply(CONNECT, header('wonderland.lit', 'realworld.lit', 's1'), el('features', NS.streams, {}));
  const verdict = db('verify', { from: 'wonderland.lit', to: 'realworld.lit', id, type: 'valid' }, 'the key');
  const { elsewhere } = hand.reply(verdict);
  expect(elsewhere.map((e) => e.attrs['type'])).toContain('valid');
  return hand;
}

test('A02, A05: the header is answered before a stream error ends the stream', () => {
  const { back } = taker().say(header('wonderland.lit', 'elsewhere.lit'));
  expect(back.map((x) => x.startsWith('<?xml'))).toEqual([true, false, false, false]);
  expect(back[1]).toContain('<host-unknown');
  expect(back.slice(2)).toEqual(['</stream:stream>', 'close']);
});

test.each([
  ['prosody', message('sister@realworld.lit', 'x@realworld.lit'), 'not-authorized'],
  ['rfc', message('x@elsewhere.lit', 'x@realworld.lit'), 'invalid-from'],
  ['prosody', withAttrs(message('x@wonderland.lit', ''), { to: undefined }), 'improper-addressing'],
  ['rfc', withAttrs(message('', 'x@realworld.lit'), { from: undefined }), 'improper-addressing'],
  ['prosody', message('x@wonderland.lit', 'x@elsewhere.lit'), 'host-unknown'],
] as const)('R03, R04, K06 (%s): a stanza with the wrong addresses ends the stream', (profile, stanza, condition) => {
  const { back } = verified(profile).say(stanza);
  expect(back[0]).toContain(`<${condition} `);
  expect(back.slice(1)).toEqual(['</stream:stream>', 'close']);
});

test('K03: before the key is found valid no stanza is taken', () => {
  const hand = taker();
  hand.say(header('wonderland.lit', 'realworld.lit'));
  expect(hand.say(message('x@wonderland.lit', 'sister@realworld.lit')).back[0]).toContain('<not-authorized ');
});

test.each([
  ['prosody', 1],
  ['rfc', 3],
] as const)('K02, K03 (%s): whoever gave a key that is not valid is told, and by the book the stream is closed', (profile, items) => {
  const hand = taker(profile);
  const id = /id='([^']+)'/.exec(hand.say(header('wonderland.lit', 'realworld.lit')).back[0]!)![1]!;
  hand.say(db('result', { from: 'wonderland.lit', to: 'realworld.lit' }, 'forged'));
  hand.wait();
  hand.reply(CONNECT, header('wonderland.lit', 'realworld.lit', 's1'), el('features', NS.streams, {}));
  const { elsewhere } = hand.reply(db('verify', { from: 'wonderland.lit', to: 'realworld.lit', id, type: 'invalid' }, 'forged'));
  expect(elsewhere[0]).toMatchObject({ name: 'result', attrs: { type: 'invalid', to: 'wonderland.lit' } });
  expect(elsewhere).toHaveLength(items);
});

/** The other server has taken the connection, and has this to say of the key, and more; the sister's message waits for it. */
function asking(profile: 'prosody' | 'rfc', verdict: Readonly<Record<string, string>>, content?: Element, ...more: readonly Element[]) {
  const clients = [{ jid: SISTER, acts: [] }];
  const hand = byHand(scene({ ...two([]), clients, profile, streams: { servers: 'down' } }), 'wonderland.lit', 'realworld.lit');
  hand.client(SISTER, el('message', NS.client, { to: ALICE, id: 'm1', type: 'chat' }, el('body', NS.client, {}, 'x')));
  hand.wait();
  hand.reply(CONNECT);
  const { back } = hand.reply(header('wonderland.lit', 'realworld.lit', 's1'), el('features', NS.streams, {}));
  expect(back).toEqual([expect.stringMatching(/^<db:result from='realworld.lit' to='wonderland.lit'>[0-9a-f]{64}</)]);
  const result = db('result', { from: 'wonderland.lit', to: 'realworld.lit', ...verdict });
  return hand.reply(content ? { ...result, children: [content] } : result, ...more);
}
const timeout = el('error', NS.server, { type: 'wait' }, el('remote-server-timeout', NS.stanzas));

test.each([
  ['prosody', { type: 'invalid' }, undefined],
  ['rfc', { type: 'invalid' }, undefined],
  ['prosody', { type: 'error' }, timeout],
  ['rfc', { type: 'error' }, timeout],
] as const)('K02 (%s): whose key is not believed (%o) gets back what has waited, as remote-server-timeout', (profile, verdict, content) => {
  const [back, ...more] = asking(profile, verdict, content).elsewhere.filter((e) => e.name === 'message');
  expect(more).toEqual([]);
  expect(back?.attrs).toMatchObject({ type: 'error', id: 'm1', to: SISTER, from: ALICE });
  expect(JSON.stringify(back)).toContain('remote-server-timeout');
});

test.each([
  ['prosody', 'from', 'invalid-id'],
  ['rfc', 'from', 'invalid-from'],
  ['prosody', 'to', 'host-unknown'],
  ['rfc', 'to', 'host-unknown'],
] as const)(
  'K04 (%s): a verdict with another `%s` ends the stream with %s, and what has waited comes back',
  (profile, which, condition) => {
    const { back, elsewhere } = asking(profile, { [which]: 'elsewhere.lit', type: 'valid' });
    expect(back[0]).toContain(`<${condition} `);
    expect(back.slice(1)).toEqual(['</stream:stream>', 'close']);
    expect(elsewhere.filter((e) => e.name === 'message').map((e) => e.attrs['type'])).toEqual(['error']);
  },
);

test.each(['prosody', 'rfc'] as const)(
  'K05 (%s): who is believed on a stream has not made the other side speak on it: each direction has its own',
  (profile) => {
    const theirs = el('message', NS.server, { from: ALICE, to: SISTER, id: 'back' }, el('body', NS.server, {}, 'x'));
    const { back, elsewhere } = asking(profile, { type: 'valid' }, undefined, theirs);
    expect(back[0]).toContain("id='m1'");
    expect(back[1]).toContain('<not-authorized ');
    expect(elsewhere.filter((e) => e.attrs['id'] === 'back')).toEqual([]);
  },
);

test('K02: the right verdict lets go what has waited', () => {
  const { back, elsewhere } = asking('rfc', { type: 'valid' });
  expect(elsewhere).toEqual([]);
  expect(back).toEqual([expect.stringMatching(/^<message (?=[^>]*id='m1')(?=[^>]*from='sister@realworld.lit\/bank')(?=[^>]*type='chat')/)]);
});

test('K04: a verdict that was not asked for changes nothing', () => {
  const hand = verified();
  const { elsewhere } = hand.reply(db('verify', { from: 'wonderland.lit', to: 'realworld.lit', id: 'made-up', type: 'valid' }, 'k'));
  expect(elsewhere).toEqual([]);
  expect(hand.silences).toContain('xep-0220/2.1.2/ignored');
});

test('K01: the authoritative server knows its own key, and no other', () => {
  const hand = verified();
  const ask = (key: string) => hand.say(db('verify', { from: 'wonderland.lit', to: 'realworld.lit', id: 's1' }, key)).back[0];
  expect(ask('forged')).toContain("type='invalid'");
});

test.each([
  ['prosody', '<host-unknown '],
  ['rfc', '<item-not-found '],
] as const)('K07 (%s): a key for a domain that is not served', (profile, answer) => {
  const hand = taker(profile);
  const features = hand.say(header('wonderland.lit', 'realworld.lit')).back[1]!;
  expect(features.includes('<errors/>')).toBe(profile === 'rfc');
  const { back } = hand.say(db('result', { from: 'wonderland.lit', to: 'elsewhere.lit' }, 'key'));
  expect(back[0]).toContain(answer);
  expect(back).toHaveLength(profile === 'rfc' ? 1 : 3);
});

test('K07 (rfc): where the domain that the key is of cannot be asked, its bearer is told', () => {
  const hand = taker('rfc');
  hand.say(header('nowhere.lit', 'realworld.lit'), db('result', { from: 'nowhere.lit', to: 'realworld.lit' }, 'key'));
  expect(hand.wait().back[0]).toContain("<error type='cancel'><remote-server-not-found ");
});

test('s2s_timeout: a stream on which nobody has proved who they are does not stay', () => {
  const hand = taker();
  hand.say(header('wonderland.lit', 'realworld.lit'));
  expect(hand.wait(90_000_000).back[0]).toContain('<connection-timeout ');
  const lasting = verified();
  expect(lasting.wait(90_000_000).back).toEqual([]);
});

test('A05: the end of a stream is answered by its end, a stream error by nothing else', () => {
  expect(verified().say(END).back).toEqual(['</stream:stream>', 'close']);
  const error = parseXml(`<error xmlns='${NS.streams}'><system-shutdown xmlns='${NS.streamErrors}'/></error>`);
  expect(verified().say(error).back).toEqual(['</stream:stream>', 'close']);
});

test('a slow way between the servers only takes longer: sixteen times its latency, and the lookups', () => {
  const played = play(
    two([chat(2000, SISTER, 'm1', 'one')], [], { params: {}, latency: { client: 0, federation: 2000 * MS, component: 0 } }),
  );
  const arrived = played.sent.find((r) => r.to === SISTER && r.stanza.attrs['id'] === 'm1' && r.stanza.name === 'message')!;
  // Both servers look each other up.
  expect(arrived.tick).toBe(2000 * MS + 16 * 2000 * MS + 2000 * MS + 2 * MS);
});

test.each([
  ['prosody', ['from', 'to', 'id', 'type'], 1],
  ['rfc', ['from', 'to', 'type'], 0],
] as const)('XEP-0220 §2.2.1 (%s): what the verdict carries', (profile, attributes, children) => {
  const played = play(two([chat(2000, SISTER, 'm1', 'one')], [], { profile }));
  const verdict = between(played).find((r) => r.stanza.name === 'result' && r.stanza.attrs['type'] === 'valid')!;
  expect(Object.keys(verdict.stanza.attrs)).toEqual(attributes);
  expect(verdict.stanza.children).toHaveLength(children);
});
