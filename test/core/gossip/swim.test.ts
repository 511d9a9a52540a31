/** SWIM against the formulas of Das, Gupta and Motivala, DSN 2002. */
import { expect, test } from 'vitest';
import { overrides } from '../../../src/core/gossip/swim-table.ts';
import { Journal } from '../../../src/core/kernel/journal.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { isReply, methodOf } from '../../../src/core/rpc/xep0009.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

const PERIOD = 1000;
const [ALIVE, SUSPECT, FAILED] = [0, 1, 2];
const [PING] = [0];

function play(values: ParamValues, seed: string, journal?: Journal) {
  const all = { nodes: 60, latency: 'constant(10)', period: PERIOD, wait: 100, clocks: 'common', ...values };
  const e = experimentOf(gossipScenario('swim', { id: 'complete' }), seed, all);
  const { kernel, world } = playExperiment(e, seed, { stage: bareStage, bytes: () => 0, journal });
  const state = world.layers[0]!.state as Record<string, Uint8Array>;
  const untilTick = (tick: number): void => {
    while (kernel.nextTick <= tick) if (!kernel.step()) return;
  };
  return { kernel, world, n: e.topology.nodes, state, untilTick };
}
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const sdOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

/** Periods from the crash to its first detection and to the last confirmation. */
function detection(values: ParamValues, seed: string): { readonly first: number; readonly last: number } {
  const { kernel, world } = play({ suspicion: 0, crashAfter: 3, horizon: 200, ...values }, seed);
  kernel.run(1e7);
  const times = [...world.spread.learnedAt].filter((tick) => tick >= 0).map((tick) => tick / PERIOD - 3);
  expect(times.length).toBe(world.population.live);
  return { first: Math.min(...times), last: Math.max(...times) };
}

/**
 * §3.1: a given failure is detected in T'·1/(1 − (1 − 1/n)^n) → T'·e/(e−1) in the mean, at the end of the period in
 * which somebody probed it; here with n−1 members that each choose among n−1.
 */
test.each(['random', 'round-robin'])('first detection takes e/(e−1) periods in the mean: %s probing', (probing) => {
  const n = 60;
  const firsts = Array.from({ length: 300 }, (_, run) => detection({ probing, nodes: n }, `first${run}`).first);
  const expected = 1 / (1 - (1 - 1 / (n - 1)) ** (n - 1));
  expect(Math.abs(expected - Math.E / (Math.E - 1))).toBeLessThan(0.01);
  expect(Math.abs(meanOf(firsts) - expected)).toBeLessThan((3.5 * sdOf(firsts)) / Math.sqrt(300));
  // Detected only where a period ends, never before the first one does.
  expect(Math.min(...firsts)).toBe(1);
});

/** §4.3: successive probes of a member by the same other are at most 2n−1 periods apart, n being the length of the list. */
test('round-robin probing: every member once in each pass, never more than 2n−1 periods apart; random probing breaks that', () => {
  const gaps = (probing: string): { worst: number; passes: boolean } => {
    const journal = new Journal();
    const { kernel, n, untilTick } = play({ nodes: 20, probing, crashAfter: 0, horizon: 200 }, 'gaps', journal);
    untilTick(190 * PERIOD);
    expect(kernel.tick).toBeGreaterThan(180 * PERIOD);
    const [last, targets]: [Map<number, number>, number[]] = [new Map(), []];
    let worst = 0;
    const m = journal.messages;
    for (let id = 0; id < journal.messageCount; id++) {
      if (isReply(m.code.get(id)) || methodOf(m.code.get(id)) !== PING) continue;
      const pair = m.from.get(id) * n + m.to.get(id);
      worst = Math.max(worst, m.sent.get(id) / PERIOD - (last.get(pair) ?? 0));
      last.set(pair, m.sent.get(id) / PERIOD);
      if (m.from.get(id) === 7) targets.push(m.to.get(id));
    }
    const passes = Array.from({ length: 9 }, (_, i) => new Set(targets.slice(i * (n - 1), (i + 1) * (n - 1))).size);
    return { worst, passes: passes.every((size) => size === n - 1) };
  };
  const inTurn = gaps('round-robin');
  expect(inTurn.passes).toBe(true);
  expect(inTurn.worst).toBeLessThanOrEqual(2 * 19 - 1);
  // The order is a new one in each pass: else no gap would be longer than one.
  expect(inTurn.worst).toBeGreaterThan(19);
  const random = gaps('random');
  expect(random.passes).toBe(false);
  expect(random.worst).toBeGreaterThan(2 * 19 - 1);
});

/** §3.1: a probe of a member that is up fails with (1 − q²)·(1 − q⁴)^k, q being the share of messages that arrive. */
test.each([
  [0.1, 1],
  [0.2, 1],
  [0.2, 3],
  [0.3, 2],
])('false positives at loss %d with %i helpers are as the formula says', (loss, helpers) => {
  let failures = 0;
  const [runs, nodes] = [60, 100];
  for (let run = 0; run < runs; run++) {
    const { untilTick, state } = play({ nodes, loss, helpers, crashAfter: 0, suspicion: 0 }, `false${run}`);
    untilTick(PERIOD);
    failures += [...state['failures']!].reduce((sum, count) => sum + count, 0);
  }
  const q = 1 - loss;
  const expected = (1 - q ** 2) * (1 - q ** 4) ** helpers;
  const probes = runs * nodes;
  expect(Math.abs(failures / probes - expected)).toBeLessThan(3.5 * Math.sqrt((expected * (1 - expected)) / probes));
  expect(failures).toBeGreaterThan(30);
});

test('without loss nobody is ever suspected, and only the crashed member is', () => {
  const { kernel, state, n } = play({ crashAfter: 4, horizon: 60, clocks: 'own', latency: 'uniform(1,90)' }, 'quiet');
  const victims = new Set<number>();
  while (kernel.step())
    if (kernel.ordinal % 50 === 0) for (let at = 0; at < n * n; at++) if (state['status']![at] !== ALIVE) victims.add(at % n);
  expect([...victims]).toEqual([state['watched']![0]! - 1]);
});

/** §4.2. */
test('suspicion lowers false positives: members clear themselves in time', () => {
  const wrong = (suspicion: number): { failed: number; raised: number } => {
    let [failed, raised] = [0, 0];
    for (let run = 0; run < 5; run++) {
      const { untilTick, state, n } = play({ suspicion, loss: 0.1, helpers: 1, carried: 50, crashAfter: 0 }, `suspicion${run}`);
      untilTick(20 * PERIOD);
      const isFailed = Array.from({ length: n }, (_, member) => state['status']!.some((s, at) => at % n === member && s === FAILED));
      failed += isFailed.filter(Boolean).length;
      for (let node = 0; node < n; node++) if (state['number']![node * n + node]! > 0) raised++;
    }
    return { failed, raised };
  };
  // Long enough for the suspicion to reach its member and the refutation everybody: 3·log n, as the paper's experiments have it.
  const [plain, patient] = [wrong(0), wrong(12)];
  expect(plain.failed).toBeGreaterThan(200);
  expect(plain.raised).toBe(0);
  expect(patient.failed).toBeLessThan(plain.failed / 20);
  expect(patient.raised).toBeGreaterThan(100);
});

/** §4.1: news reaches everybody within λ·log n periods, so detection by all takes O(log n) more than by one. */
test('a confirmed failure spreads in O(log n) periods', () => {
  const spread = (nodes: number): number => {
    const all = Array.from({ length: 12 }, (_, run) => detection({ nodes, clocks: 'own' }, `spread${run}`));
    return meanOf(all.map(({ first, last }) => last - first));
  };
  const [small, large] = [spread(32), spread(256)];
  // x = n / (1 + (n−1)·e^(−(2−1/n)·t)) reaches n − 1/2 at about ln n: with three doublings, some two periods more.
  expect(small).toBeLessThan(2 * Math.log(32));
  expect(large).toBeLessThan(2 * Math.log(256));
  expect(large - small).toBeGreaterThan(0.3);
  expect(large - small).toBeLessThan(2 * Math.log(8));
});

test('suspicion puts the confirmation off by its time', () => {
  const plain = detection({}, 'delay').first;
  expect(detection({ suspicion: 4 }, 'delay').first).toBe(plain + 4);
});

test('what overrides what (§4.2)', () => {
  const cases: readonly (readonly [number, number, number, number, boolean])[] = [
    [ALIVE, 2, SUSPECT, 1, true],
    [ALIVE, 1, SUSPECT, 1, false],
    [ALIVE, 2, ALIVE, 1, true],
    [ALIVE, 1, ALIVE, 1, false],
    [SUSPECT, 2, SUSPECT, 1, true],
    [SUSPECT, 1, SUSPECT, 1, false],
    [SUSPECT, 1, ALIVE, 1, true],
    [SUSPECT, 0, ALIVE, 1, false],
    [FAILED, 0, ALIVE, 9, true],
    [FAILED, 0, SUSPECT, 9, true],
    [FAILED, 1, FAILED, 1, false],
    [ALIVE, 9, FAILED, 1, false],
    [SUSPECT, 9, FAILED, 1, false],
    // A later life: the number of one that came back.
    [ALIVE, 4096, FAILED, 7, true],
    [FAILED, 7, ALIVE, 4096, false],
  ];
  for (const [status, number, oldStatus, oldNumber, expected] of cases)
    expect(overrides(status, number, oldStatus, oldNumber), JSON.stringify([status, number, oldStatus, oldNumber])).toBe(expected);
});

test('a piece of news is carried by at most λ·ln n messages of each member', () => {
  const { kernel, world, n } = play({ crashAfter: 2, suspicion: 0, lambda: 1, horizon: 40, nodes: 30 }, 'often');
  kernel.run(1e7);
  // One piece of news, carried by at most ⌈ln 30⌉ = 4 messages of each of the 29.
  expect(world.spread.updatesSent).toBeLessThanOrEqual(4 * (n - 1));
  expect(world.spread.updatesSent).toBeGreaterThan(2 * (n - 1));
});

test('one that comes back is taken in again, with a new life’s number', () => {
  const scenario = gossipScenario(
    'swim',
    { id: 'complete' },
    {
      changes: [
        { at: 2000, do: 'crash', node: '5' },
        { at: 30_000, do: 'join', node: '5' },
      ],
    },
  );
  const values = { nodes: 12, latency: 'constant(10)', period: PERIOD, wait: 100, crashAfter: 0, suspicion: 1, horizon: 60 };
  const { kernel, world } = playExperiment(experimentOf(scenario, 'back', values), 'back', { stage: bareStage, bytes: () => 0 });
  const { status, number } = world.layers[0]!.state as Record<string, Uint16Array>;
  const about5 = (column: Uint16Array): number[] =>
    Array.from({ length: 12 }, (_, node) => column[node * 12 + 5]!).filter((_, node) => node !== 5);
  const everybody = (value: number): number[] => Array.from({ length: 11 }, () => value);
  while (kernel.nextTick < 30_000) kernel.step();
  expect(about5(status!)).toEqual(everybody(FAILED));
  kernel.run(1e6);
  expect(about5(status!)).toEqual(everybody(ALIVE));
  expect(about5(number!)).toEqual(everybody(4096));
});

test('more than 3000 members are refused in words', () => {
  expect(() => play({ nodes: 3001 }, 'many')).toThrow(/gossip\/swim: .*`nodes` must be at most 3000, got 3001/);
});
