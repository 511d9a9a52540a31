/** Theory: each entry against its formula's known values, and beside the simulation that it is about. */
import { describe, expect, test } from 'vitest';
import { algorithms } from '../../../src/core/gossip/index.ts';
import { theories } from '../../../src/core/metrics/theory/index.ts';
import { leftOut } from '../../../src/core/metrics/theory/theory.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';
import { createSession } from '../../../src/core/simulation/session.ts';
import { theory } from '../../../src/core/simulation/theory.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import type { TheoryArgs, TheoryCurve } from '../../../src/protocol/theory.ts';

const curves = (algorithm: string, nodes: number, values: ParamValues = {}, over?: TheoryArgs['over'], topology = 'complete') =>
  theory({ algorithm, topology, nodes, values, over });
function one(list: readonly TheoryCurve[], id: string): TheoryCurve {
  const found = list.find((curve) => curve.id === id);
  if (!found) throw new Error(`no ${id} among ${list.map((curve) => curve.id).join(', ')}`);
  return found;
}
const experiment = (algorithm: string, values: ParamValues) =>
  experimentOf(gossipScenario(algorithm, { id: 'complete' }), 'theory', { latency: 'constant(0)', ...values });
const metric = (algorithm: string, values: ParamValues, name: string, runs = 20): number =>
  gossipLab(experiment(algorithm, values), 'theory', runs).metrics[name]!.mean;

/** Mean share reached after 0, 1, 2 … periods of so many runs. */
function shares(algorithm: string, values: ParamValues, runs: number, periods: number): number[] {
  const e = experiment(algorithm, values);
  const sum = Array.from({ length: periods + 1 }, () => 0);
  for (let run = 0; run < runs; run++) {
    const { kernel, world } = playExperiment(e, `shares${run}`, { stage: bareStage, bytes: () => 0 });
    while (kernel.nextTick <= periods * e.period) if (!kernel.step()) break;
    for (const tick of world.spread.learnedAt)
      for (let p = 0; p <= periods; p++)
        // What a common cycle brings is there at its end.
        if (tick >= 0 && (tick === 0 || (e.synchronous ? tick < p * e.period : tick <= p * e.period)))
          sum[p]! += 1 / (e.topology.nodes * runs);
  }
  return sum;
}
/** At which period a rising curve passes a share, between its points by a straight line. */
function passes(x: ArrayLike<number>, y: ArrayLike<number>, share: number): number {
  for (let i = 1; i < x.length; i++)
    if (y[i]! >= share) return x[i - 1]! + ((share - y[i - 1]!) / (y[i]! - y[i - 1]!)) * (x[i]! - x[i - 1]!);
  return NaN;
}

const has = (id: string): boolean => algorithms.some((algorithm) => algorithm.id === id);
const sumOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0);

/** Many unnecessary contacts: nobody stops while anybody is left. */
const TIRELESS = { k: 40 };

describe('the registry', () => {
  test('ids differ, and each entry is whole', () => {
    expect(new Set(theories.map(({ id }) => id)).size).toBe(theories.length);
    for (const entry of theories) {
      expect(entry.assumptions.length, entry.id).toBeGreaterThan(0);
      expect(entry.source, entry.id).toMatch(/\d{4}|search/);
      expect(entry.reached ?? entry.values, entry.id).toBeDefined();
    }
  });

  test('curves over time are rising shares of nodes', () => {
    const cases: [string, ParamValues][] = [
      ['uniform', {}],
      ['uniform', { latency: 'constant(0)' }],
      ['rumour', {}],
      ['rumour', { timing: 'asynchronous', fanout: 3 }],
      ['rumour', { feedback: false }],
      ['push-sum', {}],
      ['push-sum', { aggregate: 'count' }],
      ['swim', {}],
    ];
    for (const [algorithm, values] of cases) {
      const list = curves(algorithm, 500, values);
      expect(list.length, algorithm).toBeGreaterThan(0);
      for (const { id, x, y, axis, measure } of list) {
        expect([axis, measure]).toEqual(['periods', 'reached']);
        expect(x.length, id).toBe(y.length);
        expect(x.length, id).toBeGreaterThan(1);
        for (let i = 0; i < x.length; i++) {
          expect(y[i]).toBeGreaterThanOrEqual(0);
          expect(y[i]).toBeLessThanOrEqual(1);
          if (i > 0) expect(x[i]! >= x[i - 1]! && y[i]! >= y[i - 1]!, `${id} at ${x[i]}`).toBe(true);
        }
      }
    }
  });

  test('which entries apply follows from algorithm and parameters', () => {
    const ids = (list: readonly TheoryCurve[]): string[] => list.map(({ id }) => id);
    expect(ids(curves('rumour', 1000))).toEqual(['push-recurrence', 'push-tail', 'pittel', 'rumour-1987']);
    expect(ids(curves('rumour', 1000, { timing: 'asynchronous' }))).toContain('logistic');
    expect(ids(curves('rumour', 1000, { feedback: false }))).toContain('blind');
    expect(ids(curves('swim', 1000))).toEqual(['swim-detection', 'swim-dissemination']);
    expect(ids(curves('swim', 1000, { crashAfter: 0 }))).toEqual([]);
    expect(ids(curves('push-sum', 1000))).toEqual(['push-sum-halving']);
    expect(ids(curves('rumour', 1, {}))).toEqual([]);
  });

  test('where an assumption is broken, a sentence says why, and else none does', () => {
    const differs = (values: ParamValues, topology = 'complete') =>
      one(curves('rumour', 1000, { feedback: false, ...values }, undefined, topology), 'blind').differs;
    expect(differs({})).toBeUndefined();
    expect(differs({ loss: 0.1 })).toMatch(/lost/);
    expect(differs({ churn: 0.1 })).toMatch(/leave/);
    expect(differs({ droppers: 0.1 })).toMatch(/pass nothing on/);
    expect(differs({ flooders: 0.1 })).toMatch(/ten times/);
    expect(differs({}, 'ring')).toMatch(/neighbours in “ring”/);
    expect(differs({ membership: 'full' }, 'ring')).toBeUndefined();
    expect(one(curves('uniform', 100), 'logistic').differs).toMatch(/Messages take time/);
    expect(one(curves('push-sum', 100, { liars: 0.1 }), 'push-sum-halving').differs).toMatch(/Liars/);
  });
});

describe('known values', () => {
  test('s = e^(−m(1−s)) as the literature prints it', () => {
    // Demers et al. 1987, §1.4: 20 % are left out at k = 1, 6 % at k = 2.
    expect(leftOut(2)).toBeCloseTo(0.2032, 4);
    expect(leftOut(3)).toBeCloseTo(0.0595, 4);
    expect(leftOut(1)).toBe(1);
    expect(leftOut(0.5)).toBe(1);
    for (const m of [1.01, 1.2, 4, 9, 30]) expect(leftOut(m)).toBeCloseTo(Math.exp(-m * (1 - leftOut(m))), 12);
    expect(leftOut(1.01)).toBeLessThan(0.99);
  });

  test('Pittel: log₂ n + ln n, in rounds and in ticks', () => {
    const over = { name: 'nodes', values: [2 ** 10, 2 ** 17], measure: 'tLast' };
    expect([...one(curves('rumour', 10, {}, over), 'pittel').y]).toEqual(
      [10 + Math.log(2 ** 10), 17 + Math.log(2 ** 17)].map((v) => expect.closeTo(v, 9)),
    );
    const ticks = one(curves('rumour', 1024, {}, { name: 'period', values: [500, 1000], measure: 'time' }), 'pittel').y;
    expect(ticks[1]! / ticks[0]!).toBeCloseTo(2, 12);
  });

  test('the tail of push falls by e a round, and the recurrence comes to it', () => {
    const list = curves('rumour', 100_000);
    const [tail, whole] = [one(list, 'push-tail'), one(list, 'push-recurrence')];
    expect((1 - tail.y[1]!) / (1 - tail.y[0]!)).toBeCloseTo(1 / Math.E, 12);
    const last = whole.y.length - 1;
    expect((1 - whole.y[last]!) / (1 - whole.y[last - 1]!)).toBeCloseTo(1 / Math.E, 3);
  });

  test('pull squares what is left, push-pull more than that', () => {
    const entry = (id: string) => theories.find((candidate) => candidate.id === id)!;
    const chosen = { algorithm: 'rumour', topology: 'complete', values: { direction: 'pull' }, nodes: 1e6, period: 1, synchronous: true };
    expect(entry('pull-square').applies(chosen)).toBe(true);
    const left = entry('pull-square').reached!(chosen).y.map((share) => 1 - share);
    const middle = left.findIndex((share) => share < 0.7);
    expect(left[middle + 1]! / left[middle]! ** 2).toBeCloseTo(1, 4);
    const both = { ...chosen, values: { direction: 'push-pull' } };
    expect(entry('pull-square').applies(both)).toBe(false);
    // log₃ n: 12.6 rounds for a million, and a few more.
    const rounds = entry('push-pull-recurrence').reached!(both).x.length - 1;
    expect(rounds).toBeGreaterThan(12.6);
    expect(rounds).toBeLessThan(12.6 + 2 * Math.log(Math.log(1e6)));
    expect(entry('karp-rounds').values!['tLast']!(both)).toBeCloseTo(Math.log(1e6) / Math.log(3) + Math.log(Math.log(1e6)), 9);
    expect(entry('karp-transmissions').values!['traffic']!({ ...both, algorithm: 'median-counter' })).toBeCloseTo(
      Math.log(Math.log(1e6)),
      9,
    );
  });

  test('infect and die: the giant component, and the fan-out that reaches all', () => {
    const entry = (id: string) => theories.find((candidate) => candidate.id === id)!;
    const chosen = { algorithm: 'infect-and-die', topology: 'complete', values: { fanout: 3 }, nodes: 1000, period: 1, synchronous: true };
    expect(entry('giant-component').values!['residue']!(chosen)).toBeCloseTo(0.0595, 4);
    expect(entry('giant-component').reached!(chosen).y[0]).toBeCloseTo(1 - 0.0595, 4);
    expect(entry('fanout-for-all').values!['completed']!({ ...chosen, values: { fanout: Math.log(1000) } })).toBeCloseTo(1 / Math.E, 12);
  });

  test('flood: hops on graphs that look the same from every node', () => {
    const entry = theories.find(({ id }) => id === 'flood-hops')!;
    const flood = (topology: string, nodes: number, values: ParamValues) => ({
      algorithm: 'flood',
      topology,
      nodes,
      period: 100,
      synchronous: false,
      values: { latency: 'constant(50)', ...values },
    });
    expect(entry.values!['time']!(flood('complete', 100, {}))).toBe(50);
    expect(entry.values!['time']!(flood('ring', 11, { degree: 4 }))).toBe(150);
    expect(entry.values!['time']!(flood('hypercube', 64, { dimension: 6 }))).toBe(300);
    expect(entry.reached!(flood('hypercube', 8, { dimension: 3 })).y).toEqual([1, 1, 4, 4, 7, 7, 8].map((count) => count / 8));
    expect(entry.applies(flood('ring', 11, { degree: 4, ttl: 2 }))).toBe(false);
    expect(entry.applies(flood('complete', 100, { latency: 'uniform(1,9)' }))).toBe(false);
  });

  test('residue against traffic, where one measure is drawn against the other', () => {
    const drawn = one(curves('rumour', 1000, {}, { name: 'traffic', values: [1, 3.3], measure: 'residue' }), 'residue-traffic');
    expect([...drawn.y]).toEqual([Math.exp(-1), Math.exp(-3.3)].map((v) => expect.closeTo(v, 12)));
    expect(curves('rumour', 1000, {}, { name: 'k', values: [1, 2], measure: 'residue' }).map(({ id }) => id)).toEqual(['rumour-1987']);
  });
});

describe('beside the simulation', () => {
  test('push without an end follows the recurrence, and ends at Pittel’s time', () => {
    const nodes = 2000;
    const { x, y } = one(curves('rumour', nodes, TIRELESS), 'push-recurrence');
    const simulated = shares('rumour', { nodes, ...TIRELESS }, 12, 24);
    for (const share of [0.2, 0.5, 0.9, 0.99])
      expect(Math.abs(passes(x, y, share) - passes([...simulated.keys()], simulated, share))).toBeLessThan(0.5);
    for (const n of [100, 1000, 4000]) {
      const time = metric('rumour', { nodes: n, ...TIRELESS }, 'tLast');
      expect(Math.abs(time - Math.log2(n) - Math.log(n))).toBeLessThan(1.5);
    }
  });

  test.runIf(has('anti-entropy'))('pairs drawn one by one follow the logistic curve', () => {
    const values = { nodes: 500, schedule: 'global', exchange: 'one-way', period: 10, latency: 'constant(0)' };
    const { x, y } = one(curves('anti-entropy', 500, values), 'logistic');
    const simulated = shares('anti-entropy', values, 12, 10_000);
    for (const share of [0.2, 0.5, 0.9]) {
      const ratio = passes([...simulated.keys()], simulated, share) / passes(x, y, share);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
    }
  });

  test('even clocks are slower than the logistic curve by 1/ln 2: a new node waits for its turn', () => {
    const values = { nodes: 1000, ...TIRELESS, timing: 'asynchronous', latency: 'constant(0)' };
    const { x, y, differs } = one(curves('rumour', 1000, values), 'logistic');
    const simulated = shares('rumour', values, 10, 40);
    // It doubles in a period where the curve grows by e.
    const ratio = passes([...simulated.keys()], simulated, 0.5) / passes(x, y, 0.5);
    expect(Math.abs(ratio * Math.LN2 - 1)).toBeLessThan(0.15);
    expect(differs).toMatch(/equal distances/);
  });

  test.each([1, 2])('2011’s gossip with instant answers leaves out what the equation of 1987 says: tolerance %i', (tolerance) => {
    const values = { nodes: 2000, tolerance, period: 1000, latency: 'constant(1)' };
    const over = { name: 'tolerance', values: [tolerance], measure: 'residue' };
    const expected = one(curves('uniform', 2000, values, over), 'rumour-1987').y[0]!;
    expect(Math.abs(metric('uniform', values, 'residue', 30) / expected - 1)).toBeLessThan(0.08);
    const traffic = one(curves('uniform', 2000, values, { ...over, measure: 'traffic' }), 'rumour-1987').y[0]!;
    expect(Math.abs(metric('uniform', values, 'traffic', 30) / traffic - 1)).toBeLessThan(0.03);
  });

  test.each([2, 3])('blind rumours leave out s = e^(−k(1−s)): k = %i', (k) => {
    const values = { nodes: 2000, feedback: false, k };
    const expected = one(curves('rumour', 2000, values, { name: 'k', values: [k], measure: 'residue' }), 'blind').y[0]!;
    expect(Math.abs(metric('rumour', values, 'residue', 40) / expected - 1)).toBeLessThan(0.06);
  });

  test.runIf(has('infect-and-die'))('infect and die leaves out what is not in the giant component', () => {
    for (const fanout of [2, 3]) {
      const over = { name: 'fanout', values: [fanout], measure: 'residue' };
      const expected = one(curves('infect-and-die', 2000, {}, over), 'giant-component').y[0]!;
      expect(Math.abs(metric('infect-and-die', { nodes: 2000, fanout }, 'residue', 30) / expected - 1)).toBeLessThan(0.08);
    }
  });

  test.runIf(has('flood'))('flooding a ring takes as many hops as it is wide', () => {
    const values = { nodes: 101, degree: 4, latency: 'constant(50)' };
    const over = { name: 'nodes', values: [101], measure: 'time' };
    const expected = one(curves('flood', 101, values, over, 'ring'), 'flood-hops').y[0]!;
    const e = experimentOf(gossipScenario('flood', { id: 'ring' }), 'theory', values);
    expect(gossipLab(e, 'theory', 1).metrics['time']!.mean).toBe(expected);
    expect(expected).toBe(25 * 50);
  });

  test('where the epidemic of 1987 ends is its residue', () => {
    for (const k of [1, 2, 4]) expect(one(curves('rumour', 1e5, { k }), 'rumour-1987').y.at(-1)).toBeCloseTo(1 - leftOut(k + 1), 3);
  });

  test('push-sum: a typical node is within tolerance when the theory says', () => {
    for (const values of [{ aggregate: 'count' }, { aggregate: 'count', tolerance: 0.001 }, { aggregate: 'sum' }, {}] as const) {
      const expected = one(curves('push-sum', 300, values, { name: 'nodes', values: [300], measure: 'tAve' }), 'push-sum-halving').y[0]!;
      const e = experiment('push-sum', { nodes: 300, ...values });
      let near = 0;
      for (let run = 0; run < 10; run++) {
        const { kernel, world } = playExperiment(e, `near${run}`, { stage: bareStage, bytes: () => 0 });
        while (kernel.nextTick < Math.round(expected) * e.period) kernel.step();
        near += sumOf(world.layers[0]!.state['near']!) / 3000;
      }
      // Two thirds of a normal distribution are within one deviation; that expectation falls on no whole round is worth some.
      expect(near).toBeGreaterThan(0.5);
      expect(near).toBeLessThan(0.85);
    }
    // The first time within it comes earlier, and grows as the theory does.
    const first = (nodes: number): number => metric('push-sum', { nodes, aggregate: 'count' }, 'tAve');
    expect(Math.abs((first(1024) - first(64)) / 4 - 1)).toBeLessThan(0.25);
  });

  test('SWIM: news of the crash rises as the logistic curve does', () => {
    const values = { nodes: 200, suspicion: 0, clocks: 'common', crashAfter: 3, period: 1000, wait: 100, latency: 'constant(10)' };
    const over = { name: 'nodes', values: [200], measure: 'tAve' };
    const expected = one(curves('swim', 200, values, over), 'swim-dissemination').y[0]!;
    expect(Math.abs(metric('swim', values, 'tAve') - expected)).toBeLessThan(1);
    const last = one(curves('swim', 200, values, { ...over, measure: 'tLast' }), 'swim-dissemination').y[0]!;
    expect(Math.abs(metric('swim', values, 'tLast') - last)).toBeLessThan(2);
  });
});

describe('the request', () => {
  const ask = (args: TheoryArgs) =>
    createSession({ file: () => Promise.reject(new Error('no file')) }).handle({ id: 1, name: 'theory', args });
  test('is answered without an open scene', async () => {
    const reply = await ask({ algorithm: 'rumour', topology: 'complete', values: {}, nodes: 100 });
    expect(reply.ok && (reply.value as readonly TheoryCurve[]).map(({ id }) => id)).toContain('pittel');
  });
  test('says what is wrong with bad input', async () => {
    expect(await ask({ algorithm: 'none', topology: 'complete', values: {}, nodes: 100 })).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('"none"') },
    });
    const nodes = await ask({ algorithm: 'rumour', topology: 'complete', values: {}, nodes: 0.5 });
    expect(nodes).toMatchObject({ ok: false, problem: { message: 'theory: `nodes` must be a whole number from 1, got 0.5' } });
    const values = Array.from({ length: 10_001 }, () => 1);
    const many = await ask({
      algorithm: 'rumour',
      topology: 'complete',
      values: {},
      nodes: 10,
      over: { name: 'k', values, measure: 'residue' },
    });
    expect(many).toMatchObject({ ok: false, problem: { message: 'theory: at most 10000 values of `k`, got 10001' } });
  });
});
