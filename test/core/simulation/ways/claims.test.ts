/** A test for each claim that the page makes: that it is made of its runs, that it is what one expects of them, and that it turns when they do. */
import { expect, test } from 'vitest';
import { claimsOf } from '../../../../src/core/simulation/ways/claims.ts';
import { planWays, runWay, tasksOf } from '../../../../src/core/simulation/ways/run.ts';
import type { Claim, Fault, WayResult, WaysSpec } from '../../../../src/protocol/ways.ts';

const SPEC: WaysSpec = { format: 'stanzascope/ways', version: 1, seed: '42' };
const results = tasksOf(planWays(SPEC)).map(({ way, fault }) => runWay(SPEC, way, fault));
const claims = claimsOf(results);
const of = (way: string, fault: Fault): WayResult => results.find((one) => one.way === way && one.fault === fault)!;
const claim = (id: string, from: readonly Claim[] = claims): Claim => from.find((one) => one.id === id)!;
/** The claim as it would be had a run come to something else. */
const had = (id: string, way: string, fault: Fault, other: (result: WayResult) => Partial<WayResult>): Claim =>
  claim(id, claimsOf(results.map((one) => (one.way === way && one.fault === fault ? { ...one, ...other(one) } : one))));
const noOrder = {
  verdict: 'causal',
  disputed: 1,
  violations: 0,
  firstDispute: { tick: 1, one: 'anna', other: 'ben', first: 0, second: 1 },
} as const;
const oneOrder = { verdict: 'total', disputed: 0, violations: 0 } as const;
const figures = (change: Readonly<Record<string, number>>) => (result: WayResult) => ({ figures: { ...result.figures, ...change } });

test('every claim rests on its own runs, and none is made without them', () => {
  expect(claimsOf([])).toEqual([]);
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  for (const { id, ways, fault } of claims) {
    const without = claimsOf(results.filter((one) => !(one.way === ways[0] && one.fault === fault)));
    expect(without.find((one) => one.id === id && one.ways.length === ways.length)).toBeUndefined();
  }
});

test('of the default group every claim is what one expects', () => {
  expect(claims.filter(({ expected }) => !expected)).toEqual([]);
  expect(claims).toHaveLength(26);
});

test('one room keeps one order', () => {
  expect(of('muc', 'none').order).toEqual(oneOrder);
  expect(claim('muc-order').text).toMatch(/kept one order for all/);
  expect(had('muc-order', 'muc', 'none', () => ({ order: noOrder }))).toMatchObject({
    expected: false,
    text: expect.stringMatching(/lost the common order: 1 pairs/),
  });
});

test('federated rooms, primary–primary: people disagree even without a fault, but no effect comes before its cause', () => {
  expect(of('fmuc-primaries', 'none').order).toMatchObject({ verdict: 'causal', violations: 0 });
  const { firstDispute } = of('fmuc-primaries', 'none').order;
  expect(claim('primaries-order').text).toContain(
    `${firstDispute!.one} saw #${firstDispute!.first + 1} before #${firstDispute!.second + 1}`,
  );
  expect(had('primaries-order', 'fmuc-primaries', 'none', () => ({ order: oneOrder }))).toMatchObject({
    expected: false,
    text: expect.stringMatching(/happened to show/),
  });
});

test('primary–replica keeps one order', () => {
  expect(of('fmuc-replicas', 'none').order).toEqual(oneOrder);
  expect(had('replicas-order', 'fmuc-replicas', 'none', () => ({ order: noOrder })).expected).toBe(false);
});

test('gossip has no common order, and who says that they disagree does', () => {
  const { order, people } = of('gossip', 'none');
  const { one, other, first, second } = order.firstDispute!;
  const seen = (name: string, among = people): readonly number[] => among.find((person) => person.name === name)!.order;
  expect(seen(one).indexOf(first)).toBeLessThan(seen(one).indexOf(second));
  expect(seen(other).indexOf(first)).toBeGreaterThan(seen(other).indexOf(second));
  // Repaired by others after a cut, effects come before their causes, too.
  const cut = of('gossip', 'link');
  expect(cut.order.verdict).toBe('none');
  const { person, effect, cause } = cut.order.firstViolation!;
  expect(seen(person, cut.people).indexOf(effect)).toBeLessThan(seen(person, cut.people).indexOf(cause));
  expect(claim('gossip-order').text).toContain(`${one} saw #${first + 1} before #${second + 1} and ${other} the other way round`);
});

test('federated rooms take fewer stanzas than one room', () => {
  expect(of('fmuc-primaries', 'none').figures['stanzas']).toBeLessThan(of('muc', 'none').figures['stanzas']!);
  expect(had('federation-cost', 'fmuc-primaries', 'none', figures({ stanzas: 10_000 }))).toMatchObject({
    expected: false,
    text: expect.stringMatching(/saved no stanzas/),
  });
});

test('gossip costs several times the stanzas of one room, and servers several times those of none', () => {
  const ratio = of('gossip', 'none').figures['stanzas']! / of('muc', 'none').figures['stanzas']!;
  expect(ratio).toBeGreaterThan(2);
  expect(claim('cost').text).toContain(`${Math.round(10 * ratio) / 10} times the stanzas`);
  expect(had('cost', 'gossip', 'none', figures({ stanzas: 10 }))).toMatchObject({
    expected: false,
    text: expect.stringMatching(/times fewer stanzas/),
  });
  expect(of('gossip', 'none').figures['stanzas']).toBeGreaterThan(of('direct', 'none').figures['stanzas']!);
  expect(had('serverless-cost', 'direct', 'none', figures({ stanzas: 1_000_000 })).expected).toBe(false);
});

test('the server of the one room bears the most', () => {
  const { servers } = of('muc', 'none');
  expect(Math.max(...servers.map(({ stanzas }) => stanzas))).toBe(servers[0]!.stanzas);
  const swapped = had('burden', 'muc', 'none', (result) => ({ servers: result.servers.map((server, i) => ({ ...server, stanzas: i })) }));
  expect(swapped).toMatchObject({ expected: false, text: expect.stringMatching(/not its own server but s3\.lit/) });
});

test('a channel keeps one order, stops with its server, and takes nobody out for a cut', () => {
  expect(of('mix', 'none').order).toEqual(oneOrder);
  expect(had('mix-order', 'mix', 'none', () => ({ order: noOrder })).expected).toBe(false);
  expect(of('mix', 'server').reach.during).toBe(0);
  expect(claim('mix-stops').text).toMatch(/^A MIX channel stopped with its server/);
  expect(had('mix-stops', 'mix', 'server', () => ({ reach: { before: 1, during: 0.5, after: null } })).expected).toBe(false);
  const { reach } = of('mix', 'link');
  expect(reach.during).toBeLessThan(1);
  expect(reach.after).toBe(1);
  expect(claim('mix-cut').text).toMatch(/nobody is taken out of it/);
  expect(had('mix-cut', 'mix', 'link', () => ({ reach: { before: 1, during: 0.5, after: 0.5 } }))).toMatchObject({ expected: false });
});

test('one room stops when its server dies', () => {
  const { reach, messages } = of('muc', 'server');
  expect(reach).toMatchObject({ before: 1, during: 0 });
  const { faultAt } = planWays(SPEC);
  expect(messages.filter(({ at }) => at >= faultAt).every(({ seen }) => seen === 0)).toBe(true);
  expect(claim('muc-stops').text).toMatch(/nobody saw anything/);
  expect(had('muc-stops', 'muc', 'server', () => ({ reach: { before: 1, during: 0.5, after: null } }))).toMatchObject({
    expected: false,
    text: expect.stringMatching(/50 %/),
  });
});

test('of rooms that federate primaries go on each by itself when the first dies, and replicas stop', () => {
  const { reach, people } = of('fmuc-primaries', 'server');
  expect(reach.during).toBeGreaterThan(0);
  expect(reach.during).toBeLessThan(1);
  // Whoever is on one server went on seeing each other.
  const { faultAt } = planWays(SPEC);
  const later = of('fmuc-primaries', 'server').messages.flatMap(({ at, author }, i) => (at >= faultAt ? [{ i, author }] : []));
  const home = (name: string): string => people.find((person) => person.name === name)!.server;
  for (const person of people.filter(({ server }) => server !== 's1.lit'))
    expect(person.order.filter((m) => later.some(({ i }) => i === m))).toEqual(
      later.filter(({ author }) => home(author) === person.server).map(({ i }) => i),
    );
  expect(of('fmuc-replicas', 'server').reach.during).toBe(0);
  expect(had('fmuc-replicas-dead', 'fmuc-replicas', 'server', () => ({ reach })).expected).toBe(false);
  expect(had('fmuc-primaries-dead', 'fmuc-primaries', 'server', () => ({ reach: { before: 1, during: 0, after: null } })).expected).toBe(
    false,
  );
});

test('gossip goes on without the dead server, and serverless nobody notices', () => {
  expect(of('gossip', 'server').reach.during).toBeGreaterThan(0.9);
  expect(had('gossip-goes-on', 'gossip', 'server', () => ({ reach: { before: 1, during: 0.2, after: null } }))).toMatchObject({
    expected: false,
    text: expect.stringContaining('20 %'),
  });
  expect(of('direct', 'server').figures['missed']).toBe(0);
  expect(had('serverless-unharmed', 'direct', 'server', figures({ missed: 3 }))).toMatchObject({
    expected: false,
    text: expect.stringContaining('3 messages were missed'),
  });
});

test('of the ways through servers gossip loses the least when one dies', () => {
  const missed = ['muc', 'fmuc-primaries', 'fmuc-replicas', 'mix', 'gossip'].map((way) => of(way, 'server').figures['missed']!);
  expect(Math.min(...missed)).toBe(missed.at(-1));
  expect(claim('least-lost').text).toMatch(/^Of the ways through servers Gossip over XMPP lost the least/);
  expect(had('least-lost', 'muc', 'server', figures({ missed: 0 }))).toMatchObject({
    expected: false,
    text: expect.stringMatching(/One room lost the least/),
  });
});

test('a cut divides the one room, and whom it has lost does not come back by itself', () => {
  const { reach } = of('muc', 'link');
  expect(reach.during).toBeLessThan(1);
  expect(reach.after).toBeLessThan(1);
  expect(claim('muc-cut').text).toContain('XEP-0410');
  expect(had('muc-cut', 'muc', 'link', () => ({ reach: { before: 1, during: 0.5, after: 1 } })).text).toMatch(/everybody was there again/);
  expect(had('muc-cut', 'muc', 'link', () => ({ reach: { before: 1, during: 1, after: 1 } })).expected).toBe(false);
});

test('primary–primary goes on through a cut and loses the common order; primary–replica keeps it and stops', () => {
  const [primaries, replicas] = [of('fmuc-primaries', 'link'), of('fmuc-replicas', 'link')];
  expect(primaries.reach).toEqual({ before: 1, during: 1, after: 1 });
  expect(primaries.order.disputed).toBeGreaterThan(of('fmuc-primaries', 'none').order.disputed);
  expect(replicas.order).toEqual(oneOrder);
  expect(replicas.reach.during).toBeLessThan(1);
  expect(had('primaries-cut', 'fmuc-primaries', 'link', () => ({ order: oneOrder })).expected).toBe(false);
  expect(had('replicas-cut', 'fmuc-replicas', 'link', () => ({ order: noOrder }))).toMatchObject({
    expected: false,
    text: expect.stringMatching(/did not keep one order/),
  });
});

test('gossip goes around the cut, if there is somebody to go by', () => {
  expect(of('gossip', 'link').reach.during).toBeGreaterThan(0.9);
  expect(had('gossip-cut', 'gossip', 'link', () => ({ reach: { before: 1, during: 0.5, after: 1 } })).expected).toBe(false);
  // Of two servers none is left to go around by.
  const two = runWay({ ...SPEC, params: { servers: 2, settle: 3, backAt: 1 } }, 'gossip', 'link');
  expect(two.reach.during).toBeLessThan(1);
});

test.each(['muc', 'fmuc-primaries', 'fmuc-replicas', 'mix', 'gossip'])('%s: those who stay miss nothing when a tenth leave', (way) => {
  const { figures: found, people } = of(way, 'leave');
  expect(found['missed']).toBe(0);
  expect(people.filter(({ left }) => left)).toHaveLength(1);
  expect(had(`${way}-leave`, way, 'leave', figures({ missed: 2 }))).toMatchObject({
    expected: false,
    text: expect.stringContaining('missed 2 messages'),
  });
});
