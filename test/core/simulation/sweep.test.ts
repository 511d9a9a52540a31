/** Sweeps as data: points, runs, and the very run behind a line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planOf } from '../../../src/core/simulation/read-sweep.ts';
import { createSession } from '../../../src/core/simulation/session.ts';
import { createSweeper, pointsOf } from '../../../src/core/simulation/sweep.ts';
import { openArgsOf } from '../../../src/core/simulation/sweep-open.ts';
import { estimateSweep } from '../../../src/core/simulation/sweep-estimate.ts';
import { sweepSchema } from '../../../src/protocol/schemas.ts';
import type { SweepRun, SweepSpec } from '../../../src/protocol/sweep.ts';
import { sweeps } from '../../../src/scenarios/sweeps/index.ts';

const PUBLIC = join(import.meta.dirname, '../../../public');
const publicFile = (path: string): string => readFileSync(join(PUBLIC, path), 'utf8');

const SPEC: SweepSpec = {
  format: 'stanzascope/sweep',
  version: 1,
  algorithm: 'uniform',
  topology: { id: 'complete' },
  params: { nodes: 30, latency: 'uniform(0,99)', period: 5 },
  seed: 's',
  runs: 6,
  over: { tolerance: [1, 4] },
};
const sweeperOf = (spec: SweepSpec) => createSweeper(spec, pointsOf(spec), graphOf(spec));
const graphOf = ({ topology }: SweepSpec) =>
  topology.file === undefined ? undefined : { name: topology.file, text: publicFile(topology.file) };
const allOf = (spec: SweepSpec): SweepRun[] => {
  const sweeper = sweeperOf(spec);
  return pointsOf(spec).flatMap(({ index }) => Array.from({ length: spec.runs }, (_, run) => sweeper.run(index, run)));
};
const valuesOf = (over: SweepSpec['over'], name: string): unknown[] => pointsOf({ ...SPEC, over }).map(({ values }) => values[name]);

test('the schema that editors see is the one that is checked', () => {
  expect(JSON.parse(publicFile('schemas/sweep.json'))).toEqual(JSON.parse(JSON.stringify(sweepSchema)));
});

test('ranges: linear and by logarithm, exact at both ends, whole and without doubles for whole parameters', () => {
  expect(valuesOf({ tolerance: { from: 1, to: 12, steps: 12 } }, 'tolerance')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(valuesOf({ tolerance: { from: 1, to: 3, steps: 9 } }, 'tolerance')).toEqual([1, 2, 3]);
  expect(valuesOf({ nodes: { from: 100, to: 100_000, steps: 7, scale: 'log' } }, 'nodes')).toEqual([
    100, 316, 1000, 3162, 10_000, 31_623, 100_000,
  ]);
  expect(valuesOf({ loss: { from: 0, to: 0.3, steps: 4 } }, 'loss')).toEqual([0, 0.1, 0.2, 0.3]);
  expect(valuesOf({ loss: { from: 0.3, to: 0.1, steps: 3 } }, 'loss')).toEqual([0.3, 0.2, 0.1]);
  expect(valuesOf({ tolerance: { from: 7, to: 7, steps: 1 } }, 'tolerance')).toEqual([7]);
  expect(valuesOf({ tolerance: [3, 1, 3] }, 'tolerance')).toEqual([3, 1]);
});

test('points are the product, the last name varying fastest', () => {
  const points = pointsOf({ ...SPEC, over: { tolerance: [1, 2], loss: [0, 0.5] } });
  expect(points.map(({ index, values }) => [index, values['tolerance'], values['loss']])).toEqual([
    [0, 1, 0],
    [1, 1, 0.5],
    [2, 2, 0],
    [3, 2, 0.5],
  ]);
  expect(pointsOf({ ...SPEC, over: {} })).toEqual([{ index: 0, values: {} }]);
});

test('algorithm and topology can be swept; fixed parameters apply where they exist', () => {
  const spec: SweepSpec = {
    ...SPEC,
    params: { nodes: 20, tolerance: 2, k: 4, degree: 4, latency: 'constant(3)' },
    over: { topology: ['complete', 'random-regular'], algorithm: ['uniform', 'rumour'] },
    runs: 2,
  };
  const runs = allOf(spec);
  expect(runs).toHaveLength(8);
  expect(new Set(runs.map(({ metrics }) => JSON.stringify(metrics))).size).toBe(8);
  // The point of rumour on the complete graph is the sweep of that alone.
  const alone: SweepSpec = { ...spec, algorithm: 'rumour', params: { nodes: 20, k: 4, latency: 'constant(3)' }, over: {} };
  expect(runs.filter(({ point }) => point === 1).map(({ metrics }) => metrics)).toEqual(allOf(alone).map(({ metrics }) => metrics));
});

test('a sweep over a file and a generated graph runs each on its own', () => {
  const spec: SweepSpec = {
    ...SPEC,
    params: { nodes: 30, tolerance: 2, latency: 'uniform(0,99)' },
    topology: { id: 'file', file: 'graphs/karate.dot' },
    over: { topology: ['file', 'complete'] },
    runs: 1,
  };
  const [file, complete] = allOf(spec);
  expect(file!.metrics['messages']! * 34).toBeCloseTo(Math.round(file!.metrics['messages']! * 34), 9);
  expect(complete!.metrics['messages']! * 30).toBeCloseTo(Math.round(complete!.metrics['messages']! * 30), 9);
  expect(complete!.metrics['treeWidth']).toBeLessThan(30);
});

const bad: readonly (readonly [string, object, RegExp])[] = [
  ['an unknown key', { colour: 'red' }, /^my\.json: colour: there is no such key/],
  ['an unknown key within', { topology: { id: 'complete', nodes: 5 } }, /^my\.json: topology\.nodes: there is no such key/],
  ['another format', { format: 'stanzascope/scenario' }, /^my\.json: `format` must be "stanzascope\/sweep"/],
  ['another version', { version: 2 }, /^my\.json: `version` must be 1, got 2/],
  ['no runs', { runs: 0 }, /^my\.json: runs: 0 is less than 1/],
  ['half a range', { over: { tolerance: { from: 1, to: 5 } } }, /^my\.json: over\.tolerance/],
  ['an algorithm that is not there', { algorithm: 'shouting' }, /no algorithm "shouting"/],
  ['an algorithm of a list that is not there', { over: { algorithm: ['uniform', 'shouting'] } }, /no algorithm "shouting"/],
  [
    'a swept parameter that is not there',
    { over: { tolerence: [1] } },
    /^my\.json: over: there is no parameter `tolerence` in uniform on complete/,
  ],
  ['a fixed parameter that is not there', { params: { fanout: 3 } }, /^my\.json: params: there is no parameter `fanout`/],
  [
    'a value out of range',
    { over: { tolerance: [3, 0] } },
    /^my\.json, where tolerance is 0: gossip\/uniform: `tolerance` must be an integer from 1 to 10000, got 0/,
  ],
  ['a fixed value out of range', { params: { loss: 2 }, over: {} }, /`loss` must be a number from 0 to 1, got 2/],
  ['a range of words', { over: { latency: { from: 1, to: 2, steps: 2 } } }, /^my\.json: over\.latency is no number/],
  [
    'a logarithm of nothing',
    { over: { loss: { from: 0, to: 1, steps: 3, scale: 'log' } } },
    /^my\.json: over\.loss goes by logarithm from 0/,
  ],
  ['one step', { over: { tolerance: { from: 1, to: 5, steps: 1 } } }, /^my\.json: over\.tolerance goes from 1 to 5 in 1 step/],
  [
    'a parameter that only some points have',
    { over: { algorithm: ['uniform', 'rumour'], tolerance: [1, 2] } },
    /^my\.json: over: there is no parameter `tolerance` where algorithm is rumour and tolerance is 1/,
  ],
  [
    'too many points',
    { over: { tolerance: { from: 1, to: 10_000, steps: 10_000 }, loss: [0, 0.1] } },
    /^my\.json: more than 10,000 points/,
  ],
  ['a file without a name', { topology: { id: 'file' }, params: {} }, /^my\.json: topology: `file` is missing/],
];
test.each(bad)('%s is refused, and the place is named', (_, change, words) => {
  expect(() => planOf({ ...SPEC, ...change }, 'my.json')).toThrow(words);
});
test('what is no object is refused', () => {
  expect(() => planOf([SPEC], 'my.json')).toThrow(/one JSON object/);
});

test('a run is a function of the spec, its point and its number, whatever ran before it', () => {
  const inOrder = allOf(SPEC);
  const back = sweeperOf(SPEC);
  expect(inOrder.toReversed().map(({ point, run }) => back.run(point, run))).toEqual(inOrder.toReversed());
  expect(sweeperOf(SPEC).run(1, 3)).toEqual(inOrder[9]);
  expect(allOf({ ...SPEC, seed: 't' })).not.toEqual(inOrder);
  // More runs leave those that were there as they are.
  expect(allOf({ ...SPEC, runs: 8 }).filter(({ run }) => run < 6)).toEqual(inOrder);
});

test('the graph is drawn once for all points that ask for the same, or for each run', () => {
  // Serial spreading on its own: with one graph every run takes the same time, with new ones it does not.
  const once: SweepSpec = { ...SPEC, topology: { id: 'star' }, params: { nodes: 12, latency: 'uniform(1,1000)', tolerance: 1 }, over: {} };
  const lengths = (runs: readonly SweepRun[]): number => new Set(runs.map(({ metrics }) => metrics['time'])).size;
  const drawn = allOf({ ...once, redraw: true });
  expect(lengths(drawn)).toBeGreaterThan(1);
  expect(drawn).not.toEqual(allOf(once));
  expect(drawn).toEqual(allOf({ ...once, redraw: true }));
});

test('a run that did not complete has no time, and says so', () => {
  const runs = allOf({ ...SPEC, until: 60, over: {} });
  const failed = runs.filter(({ completed }) => !completed);
  expect(failed.length).toBeGreaterThan(0);
  for (const { metrics } of failed) {
    expect(metrics).not.toHaveProperty('time');
    expect(metrics).not.toHaveProperty('rounds');
    expect(metrics['residue']).toBeGreaterThan(0);
    expect(metrics['tLast']).toBeGreaterThanOrEqual(0);
  }
});

/** Opens the run as the page does, lets it run to its end, and answers its measures. */
async function opened(spec: SweepSpec, point: number, run: number): Promise<Readonly<Record<string, number>>> {
  const session = createSession({ file: async (path) => publicFile(path) });
  const args = openArgsOf(spec, pointsOf(spec)[point]!, run);
  const reply = await session.handle({ id: 1, name: 'open', args });
  expect(reply).toMatchObject({ ok: true });
  while (session.work(1 << 16));
  return session.progress()!.metrics!;
}

const OPENED: readonly (readonly [string, Partial<SweepSpec>])[] = [
  ['one graph for all', {}],
  ['a graph for each run', { redraw: true }],
  ['a file', { topology: { id: 'file', file: 'graphs/complete-20.dot' }, params: { period: 5 } }],
  ['another start', { origin: '7' }],
  ['a horizon', { until: 60 }],
  ['bad weather', { params: { ...SPEC.params, loss: 0.2, crash: 0.1 } }],
  ['other algorithms', { params: { nodes: 30 }, over: { algorithm: ['rumour', 'uniform'] } }],
];
test.each(OPENED)('the run behind a point is opened as it was measured, bytes included: %s', async (_, change) => {
  const spec: SweepSpec = { ...SPEC, bytes: true, ...change };
  const sweeper = sweeperOf(spec);
  for (const run of [0, 4]) {
    const { metrics, completed } = sweeper.run(1, run);
    expect(metrics['bytes']).toBeGreaterThan(0);
    const { reached: _reached, ...scene } = await opened(spec, 1, run);
    expect(scene).toEqual({ ...metrics, completed: completed ? 1 : 0 });
  }
});

test('bytes cost a share of the time and change nothing else', () => {
  const plain = allOf(SPEC);
  const weighed = allOf({ ...SPEC, bytes: true });
  for (const [i, { metrics, ...rest }] of weighed.entries()) {
    const { bytes, payload, overhead, ...others } = metrics;
    expect({ ...rest, metrics: others }).toEqual(plain[i]);
    expect(payload).toBe(Math.round(metrics['traffic']! * 30) * 4);
    expect(overhead).toBeCloseTo(bytes! / payload!, 9);
  }
});

test('an estimate weighs points by what they cost, drawing once and running often', () => {
  let clock = 0;
  const began = new Set<number>();
  const sweeper = {
    run(point: number, run: number): SweepRun {
      // Point p takes 1 + p ms a run and 50 ms for its graph.
      clock += 1 + point + (began.has(point) ? 0 : 50);
      began.add(point);
      return { point, run, completed: true, events: 1, metrics: {} };
    },
  };
  const seconds = estimateSweep(sweeper, { runs: 1000 }, 10, () => clock);
  // 10 graphs, and 1000 runs of 1 + 2 + … + 10 ms; the last point is warm and its graph is not seen.
  expect(seconds).toBeGreaterThan(54.9);
  expect(seconds).toBeLessThan(55.6);
  clock = 0;
  expect(
    estimateSweep(
      { run: (point, run) => ((clock += 4000), { point, run, completed: true, events: 1, metrics: {} }) },
      { runs: 1e6 },
      10,
      () => clock,
    ),
  ).toBe(4e7);
  // A tenfold cost from each point to the next: two slow ends tell of those between, and neither is run twice.
  clock = 0;
  let tried = 0;
  const tenfold = {
    run: (point: number, run: number) => ((clock += 10 ** point), tried++, { point, run, completed: true, events: 1, metrics: {} }),
  };
  expect(estimateSweep(tenfold, { runs: 1 }, 5, () => clock)).toBeCloseTo(11.111, 3);
  expect(tried).toBe(2);
});

test.each(sweeps.map((preset) => [preset.id, preset] as const))('preset %s is a valid spec and runs', (_, { spec, references }) => {
  const plan = planOf(JSON.parse(JSON.stringify(spec)), 'preset');
  expect(plan.references).toEqual(references ?? []);
  const run = createSweeper(spec, plan.points, graphOf(spec)).run(0, 0);
  expect(run.events).toBeGreaterThan(0);
  for (const { measure, x } of plan.references) {
    expect(plan.measures.map(({ id }) => id)).toContain(measure);
    expect(plan.points.map(({ values }) => Object.values(values)[0])).toContain(x);
  }
});

test('presets have ids of their own; whoever changes runs or seed still sees the published values', () => {
  expect(new Set(sweeps.map(({ id }) => id)).size).toBe(sweeps.length);
  const { spec } = sweeps[0]!;
  expect(planOf({ ...spec, runs: 3, seed: 'x', title: 'y' }, 'x').references.length).toBe(24);
  expect(planOf({ ...spec, params: { period: 2 } }, 'x').references).toEqual([]);
});
