/** XEP-0289 where something goes wrong: links that are cut, servers that die, circles, nicks that two people have, rooms that refuse. */
import { expect, test } from 'vitest';
import { InputError } from '../../../src/base/result.ts';
import { heardInRooms } from '../../../src/core/xmpp/client/rooms.ts';
import { createXmppWorld } from '../../../src/core/xmpp/world.ts';
import { cut, federate, join, leave, mend, P_P, P_R, roomAt, say, scenarioOf, xml, type Person, type Set } from './fmuc.ts';

const PAIR = { with: { a: undefined, b: 'a' } } as const;
const SEPARATED: readonly Person[] = [
  ['ada@a.lit', join(100, 'a', 'Ada'), say(2500, 'a', 'a0'), say(5000, 'a', 'a1'), say(20_000, 'a', 'a2')],
  ['bob@b.lit', join(1000, 'b', 'Bob'), say(4000, 'b', 'b1'), say(6000, 'b', 'b2'), say(21_000, 'b', 'b3')],
];

test.each([
  ['up', undefined],
  ['down', { servers: 'down' }],
] as const)('XEP-0289 §2, streams %s: each room goes on through a cut, nothing is lost, the order is', (_, streams) => {
  const t = federate({ ...PAIR, network: [cut(3000, 'a', 'b'), mend(12_000, 'a', 'b')], ...(streams ? { streams } : {}) }, ...SEPARATED);
  expect(t.heard('ada@a.lit')).toEqual(['a0', 'a1', '~b1', '~b2', 'a2', 'b3']);
  expect(t.heard('bob@b.lit')).toEqual(['a0', 'b1', 'b2', '~a1', 'a2', 'b3']);
  expect(t.saw('ada@a.lit', 2900)).toEqual(['-Bob 333', '+Bob']);
  expect(t.saw('bob@b.lit', 2900)).toEqual(['-Ada 333', '+Ada']);
});

test('a client keeps what it has heard in rooms, in its own order', () => {
  const t = federate({ ...PAIR, network: [cut(3000, 'a', 'b'), mend(12_000, 'a', 'b')] }, ...SEPARATED);
  const scenario = scenarioOf(PAIR, SEPARATED);
  const world = createXmppWorld(scenario, {});
  world.load(t.model.save());
  const entity = world.stage.entities.jid.indexOf('bob@b.lit/x');
  const host = { tick: 0 } as Parameters<typeof world.contextOf>[0];
  const ids: string[] = [];
  for (let h = world.contextOf(host, entity).get(heardInRooms); h; h = h.before) ids.unshift(`${h.late ? '~' : ''}${h.id}`);
  expect(ids).toEqual(t.heard('bob@b.lit'));
});

test('XEP-0289 §8 (resync): only what the room’s history still holds is caught up', () => {
  const t = federate({ ...PAIR, history: 1, network: [cut(3000, 'a', 'b'), mend(12_000, 'a', 'b')] }, ...SEPARATED);
  expect(t.heard('ada@a.lit')).toEqual(['a0', 'a1', '~b2', 'a2', 'b3']);
});

test('a person who comes while the network is cut is admitted at once, and told of when it is mended', () => {
  const t = federate({ ...PAIR, network: [cut(3000, 'a', 'b'), mend(12_000, 'a', 'b')] }, ...SEPARATED, [
    'bea@b.lit',
    join(7000, 'b', 'Bea'),
  ]);
  expect(t.saw('bea@b.lit')).toEqual(['+Bob', '+Bea 110', '+Ada']);
  expect(t.saw('ada@a.lit', 12_000)).toEqual(['+Bob', '+Bea']);
});

test('the first who comes while the other room cannot be reached waits, then is alone, and is joined when it can be', () => {
  const t = federate(
    { ...PAIR, network: [cut(0, 'a', 'b'), mend(6000, 'a', 'b')] },
    ['ada@a.lit', join(100, 'a', 'Ada'), say(500, 'a', 'a1')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(2000, 'b', 'b1')],
  );
  expect(t.saw('bob@b.lit')).toEqual(['+Bob 110', '+Ada']);
  expect(t.heard('bob@b.lit')).toEqual(['b1', '~a1']);
  expect(t.heard('ada@a.lit')).toEqual(['a1', '~b1']);
});

const DOWN: Partial<Set> = { streams: { servers: 'down' } };
test.each(['crash', 'stop'] as const)(
  'RFC 6120 §4.4, a %s of the joined room’s server: the other goes on, and joins again when it is up',
  (how) => {
    const acts = {
      a: [
        { at: 3_000_000, do: how },
        { at: 10_000_000, do: 'start' as const },
      ],
    };
    const t = federate(
      { ...PAIR, ...DOWN, acts },
      ['ada@a.lit', join(100, 'a', 'Ada')],
      ['bob@b.lit', join(1000, 'b', 'Bob'), say(5000, 'b', 'b1')],
    );
    expect(t.heard('bob@b.lit')).toEqual(['b1']);
    expect(t.saw('bob@b.lit', 2900).filter((x) => x.startsWith('-Ada'))).toHaveLength(1);
    expect(t.between('b', 'a', 10_000).map((r) => r.rule)).toContain('xep-0289/8/rejoin');
    expect(t.between('a', 'b', 10_000).map((r) => r.rule)).toContain('xep-0289/5.1/subject');
  },
);

test('RFC 6120 §4.4: after a crash of the joining room’s server its people are gone from the other as soon as something is sent there', () => {
  const acts = { b: [{ at: 3_000_000, do: 'crash' as const }] };
  const t = federate(
    { ...PAIR, ...DOWN, acts },
    ['ada@a.lit', join(100, 'a', 'Ada'), say(5000, 'a', 'a1'), say(6000, 'a', 'a2')],
    ['bob@b.lit', join(1000, 'b', 'Bob')],
  );
  expect(t.saw('ada@a.lit', 2900)).toEqual(['-Bob 333']);
  expect(t.heard('ada@a.lit')).toEqual(['a1', 'a2']);
});

test('XEP-0289 §8: a room that has forgotten the link answers not-acceptable, and is joined again', () => {
  const acts = {
    a: [
      { at: 3_000_000, do: 'crash' as const },
      { at: 3_500_000, do: 'start' as const },
    ],
  };
  const t = federate(
    { ...PAIR, acts },
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(4000, 'b', 'b1'), say(9000, 'b', 'b2')],
  );
  expect(t.between('b', 'a', 4000).map((r) => r.rule)).toContain('xep-0289/8/rejoin');
  expect(t.between('a', 'b', 4000).map((r) => r.rule)).toContain('xep-0289/5.1/subject');
});

test.each([P_P, P_R])('XEP-0289 §8, %s: a nick that somebody has in the other room is refused', (mode) => {
  const t = federate(
    { ...PAIR, mode },
    ['ada@a.lit', join(100, 'a', 'Twin')],
    ['bob@b.lit', join(1000, 'b', 'Twin'), join(3000, 'b', 'Bob')],
    ['bea@b.lit', join(5000, 'b', 'Twin')],
  );
  expect(t.saw('bob@b.lit')).toEqual(['!Twin', '+Twin', '+Bob 110']);
  expect(t.got('bob@b.lit', 900, 2900).join('')).toContain('<conflict ');
  expect(t.saw('bea@b.lit')).toEqual(['!Twin']);
});

test('XEP-0289 §8: two take one nick at once: who is in the room that was joined keeps it, the other is told and taken out', () => {
  const t = federate(
    PAIR,
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob')],
    ['ann@a.lit', join(3000, 'a', 'Twin')],
    ['bea@b.lit', join(3000, 'b', 'Twin')],
  );
  expect(t.saw('ann@a.lit')).toEqual(['+Ada', '+Bob', '+Twin 110']);
  expect(t.saw('bea@b.lit')).toEqual(['+Ada', '+Bob', '+Twin 110', '!Twin', '-Twin 307 110']);
  expect(t.saw('bob@b.lit', 2900)).toEqual(['+Twin', '-Twin 307', '+Twin']);
  expect(t.saw('ada@a.lit', 2900)).toEqual(['+Twin']);
});

test('XEP-0289 §5.1: a room that takes no other one says why, and the other goes on by itself', () => {
  const t = federate(
    { ...PAIR, accepts: ['rooms.c.lit'] },
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(2000, 'b', 'b1')],
  );
  expect(t.between('a', 'b').map((r) => r.xml)).toEqual([
    `<presence from='${roomAt('a')}' to='${roomAt('b')}'><fmuc xmlns='http://isode.com/protocol/fmuc'><reject>This room lets no such room join it.</reject></fmuc></presence>`,
  ]);
  expect(t.saw('bob@b.lit')).toEqual(['+Bob 110']);
  expect(t.heard('bob@b.lit')).toEqual(['b1']);
});

test('XEP-0289 §5.1: rooms may be let in by address or by domain', () => {
  for (const accepts of [[roomAt('b')], ['rooms.b.lit']])
    expect(
      federate({ ...PAIR, accepts }, ['ada@a.lit', join(100, 'a', 'Ada')], ['bob@b.lit', join(1000, 'b', 'Bob')]).saw('ada@a.lit'),
    ).toContain('+Bob');
});

test('XEP-0289 §5.1: who is banned from the joined room does not come in by the other', () => {
  const ban = `<iq to='${roomAt('a')}' type='set' id='k'><query xmlns='http://jabber.org/protocol/muc#admin'><item jid='bob@b.lit' affiliation='outcast'/></query></iq>`;
  const t = federate(PAIR, ['owner@a.lit', join(100, 'a', 'Own'), xml(500, ban)], ['bob@b.lit', join(1000, 'b', 'Bob')]);
  expect(t.got('bob@b.lit', 1000).join('')).toContain('<forbidden ');
  expect(t.saw('owner@a.lit')).toEqual(['+Own 110']);
});

const CIRCLE = { with: { a: 'c', b: 'a', c: 'b' } } as const;
const INTO_CIRCLE: readonly Person[] = [
  ['ada@a.lit', join(100, 'a', 'Ada'), say(8000, 'a', 'a1')],
  ['bob@b.lit', join(2000, 'b', 'Bob'), say(9000, 'b', 'b1')],
  ['cid@c.lit', join(4000, 'c', 'Cid'), say(10_000, 'c', 'c1')],
];
test('three rooms set up in a circle: the link that would close it is given up, and each message comes once to everybody', () => {
  const t = federate(CIRCLE, ...INTO_CIRCLE);
  expect(t.sent.filter((r) => r.rule === 'xep-0289/5.1/circle').map((r) => r.from)).toEqual(['rooms.a.lit']);
  for (const who of ['ada@a.lit', 'bob@b.lit', 'cid@c.lit']) expect(t.heard(who), who).toEqual(['a1', 'b1', 'c1']);
  expect(t.saw('cid@c.lit')).toEqual(['+Ada', '+Bob', '+Cid 110']);
  for (const id of ['a1', 'b1', 'c1'])
    expect(
      ['ab', 'ba', 'bc', 'cb', 'ac', 'ca'].flatMap((x) => t.between(x[0]!, x[1]!)).filter((r) => r.stanza.attrs['id'] === id),
    ).toHaveLength(2);
});

test('primary–replica, set up in a circle: there is no primary, so everybody is refused, and nothing goes round', () => {
  const t = federate({ ...CIRCLE, mode: P_R }, ...INTO_CIRCLE);
  expect(t.sent.some((r) => r.rule === 'xep-0289/5.1/circle')).toBe(true);
  for (const [who, nick] of [
    ['ada@a.lit', 'Ada'],
    ['bob@b.lit', 'Bob'],
    ['cid@c.lit', 'Cid'],
  ] as const) {
    expect(t.saw(who)).toEqual([`!${nick}`]);
    expect(t.got(who).join('')).toContain('<not-allowed ');
  }
});

test('three rooms in a circle whose first users come at once: whatever comes of it, nothing goes round', () => {
  const t = federate(
    CIRCLE,
    ['ada@a.lit', join(1000, 'a', 'Ada'), say(30_000, 'a', 'a1')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(31_000, 'b', 'b1')],
    ['cid@c.lit', join(1000, 'c', 'Cid'), say(32_000, 'c', 'c1')],
  );
  expect(t.sent.length).toBeLessThan(600);
  for (const [who, own] of [
    ['ada@a.lit', 'a1'],
    ['bob@b.lit', 'b1'],
    ['cid@c.lit', 'c1'],
  ] as const) {
    expect(t.heard(who)).toContain(own);
    const others = ['+Ada', '+Bob', '+Cid'];
    const present = others.filter(
      (o) => t.saw(who).filter((x) => x.startsWith(o)).length > t.saw(who).filter((x) => x.startsWith(o.replace('+', '-'))).length,
    );
    expect(present, who).toEqual(others);
    expect(new Set(t.heard(who)).size).toBe(t.heard(who).length);
  }
});

test.each([1000, 1010])('two rooms that each join the other are linked once (the second at %i ms)', (second) => {
  const t = federate(
    { with: { a: 'b', b: 'a' } },
    ['ada@a.lit', join(1000, 'a', 'Ada'), say(5000, 'a', 'a1')],
    ['bob@b.lit', join(second, 'b', 'Bob'), say(6000, 'b', 'b1')],
  );
  for (const who of ['ada@a.lit', 'bob@b.lit']) expect(t.heard(who), who).toEqual(['a1', 'b1']);
  expect(t.saw('ada@a.lit').filter((x) => x.startsWith('+Bob'))).toHaveLength(1);
});

test('who gives up waiting to come in is not let in, and the other room is told', () => {
  const t = federate(
    PAIR,
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), leave(1010, 'b', 'Bob')],
    ['bea@b.lit', join(3000, 'b', 'Bea')],
  );
  expect(t.saw('bob@b.lit')).toEqual([]);
  expect(t.saw('ada@a.lit')).toEqual(['+Ada 110', '+Bob', '-Bob', '+Bea']);
  expect(t.saw('bea@b.lit')).toEqual(['+Ada', '+Bea 110']);
});

test('a room that is not there is out of reach; one that federates with itself is refused by name', () => {
  const t = federate({ with: { a: undefined, b: 'z' } }, ['bob@b.lit', join(1000, 'b', 'Bob'), say(20_000, 'b', 'b1')]);
  expect(t.heard('bob@b.lit')).toEqual(['b1']);
  expect(() => federate({ with: { a: 'a' } }, ['ada@a.lit'])).toThrow(InputError);
});

test('a room tries thirty times to join one that is out of reach, and again when somebody speaks', () => {
  const t = federate(
    { ...PAIR, network: [cut(3000, 'a', 'b')] },
    ['ada@a.lit', join(100, 'a', 'Ada')],
    ['bob@b.lit', join(1000, 'b', 'Bob'), say(4000, 'b', 'b1'), say(90_000, 'b', 'b2')],
  );
  const lost = t.rulesAt('b').filter((rule) => rule === 'xep-0289/8/cut').length;
  expect(lost).toBe(1 + 30 + 30);
});
