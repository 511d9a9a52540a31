import { expect, test } from 'vitest';
import { bandOf, reachedCurve } from '../../../src/core/metrics/curve.ts';
import { measureGossip, type GossipCounts } from '../../../src/core/metrics/gossip.ts';
import { loadOf } from '../../../src/core/metrics/load.ts';
import { MEASURES } from '../../../src/core/metrics/measures.ts';
import { infectionTree } from '../../../src/core/metrics/tree.ts';

const base: GossipCounts = {
  nodes: 4,
  updates: 1,
  entered: [0],
  learnedAt: Float64Array.of(0, 5, 25, 30),
  up: [1, 1, 1, 1],
  updatesSent: 12,
  updatesArrived: 9,
  maxInFlight: 5,
  messages: 20,
  period: 10,
  synchronous: false,
  load: Uint32Array.of(10, 10, 10, 10),
  parent: Int32Array.of(-1, 0, 1, 1),
  origin: 0,
};

test('asynchronous: time is in ticks, tAve and tLast in periods', () => {
  expect(measureGossip(base)).toEqual({
    completed: true,
    time: 30,
    maxInFlight: 5,
    residue: 0,
    traffic: 3,
    // 9 copies for 3 nodes to which they were news.
    redundancy: 2,
    tAve: 1.5,
    tLast: 3,
    rounds: 3,
    messages: 5,
    loadMax: 10,
    loadMean: 10,
    loadGini: 0,
    treeDepth: 2,
    treeWidth: 2,
    treeBranching: 1.5,
    bytes: NaN,
    payload: NaN,
    overhead: NaN,
    // On a graph there are no streams.
    stanzas: NaN,
    streamBytes: NaN,
    serverMax: NaN,
    linkMax: NaN,
  });
});

test('bytes as XML against payload: 4 for each copy of an update that was sent', () => {
  expect(measureGossip({ ...base, bytes: 4800 })).toMatchObject({ bytes: 4800, payload: 48, overhead: 100 });
  expect(measureGossip({ ...base, bytes: 900, updatesSent: 0 })).toMatchObject({ payload: 0, overhead: NaN });
});

test('synchronous: what is learned within the first cycle is learned at 1, the origin’s own at 0', () => {
  const { tAve, tLast, rounds } = measureGossip({ ...base, learnedAt: Float64Array.of(0, 2, 12, 32), synchronous: true });
  expect([tAve, tLast, rounds]).toEqual([(0 + 1 + 2 + 4) / 4, 4, 4]);
});

test('rounds are whole periods, rounded up', () => {
  expect(measureGossip({ ...base, learnedAt: Float64Array.of(0, 5, 25, 31) })).toMatchObject({ tLast: 3.1, rounds: 4 });
});

test('a run that did not complete has no time and no rounds; the others count for the nodes that were reached', () => {
  const measures = measureGossip({ ...base, learnedAt: Float64Array.of(0, -1, 20, -1), parent: Int32Array.of(-1, -1, 0, -1) });
  expect(measures).toMatchObject({ completed: false, time: NaN, rounds: NaN, residue: 0.5, traffic: 3, tAve: 1, tLast: 2, treeDepth: 1 });
});

test('a node that is down at the end is not missed, one that is up is', () => {
  const learnedAt = Float64Array.of(0, -1, 20, 30);
  expect(measureGossip({ ...base, learnedAt, up: [1, 0, 1, 1] })).toMatchObject({ completed: true, residue: 0, time: 30 });
  expect(measureGossip({ ...base, learnedAt, up: [1, 1, 0, 1] })).toMatchObject({ completed: false, residue: 1 / 3, time: NaN });
});

test('several updates: each counts from when it entered, and traffic and residue are per update', () => {
  const learnedAt = Float64Array.of(0, 150, 10, 100, 20, 130, 30, -1);
  const measures = measureGossip({ ...base, updates: 2, entered: [0, 100], learnedAt });
  expect(measures).toMatchObject({ completed: false, residue: 1 / 8, traffic: 12 / 8, tLast: 5 });
  expect(measures.tAve).toBeCloseTo((0 + 5 + 1 + 0 + 2 + 3 + 3) / 7, 12);
});

test('nothing was news: there is no redundancy', () => {
  const alone = { nodes: 1, learnedAt: [0], up: [1], load: Uint32Array.of(0), parent: Int32Array.of(-1), updatesArrived: 3 };
  expect(measureGossip({ ...base, ...alone })).toMatchObject({ redundancy: NaN, time: 0, loadGini: 0, treeDepth: 0, treeBranching: NaN });
});

test('every measure is said in words', () => {
  const { completed: _, ...numbers } = measureGossip(base);
  expect(MEASURES.map(({ id }) => id).toSorted()).toEqual(Object.keys(numbers).toSorted());
});

test('Gini: all equal 0, one bears it all 1 − 1/n, by hand between', () => {
  expect(loadOf(Uint32Array.of(3, 3, 3, 3, 3))).toEqual({ max: 3, mean: 3, gini: 0 });
  expect(loadOf(Uint32Array.of(0, 0, 0, 8)).gini).toBeCloseTo(3 / 4, 12);
  // Mean of all 16 absolute differences is 20/16; over twice the mean, 2·2.5.
  expect(loadOf(Uint32Array.of(4, 2, 1, 3))).toEqual({ max: 4, mean: 2.5, gini: 0.25 });
  expect(loadOf(new Uint32Array(7))).toEqual({ max: 0, mean: 0, gini: 0 });
});

test('who told whom: depth, width, branching', () => {
  // 0 → 1, 2, 3; 3 → 4, 5; 5 → 6; node 7 was not reached.
  const tree = infectionTree(Int32Array.of(-1, 0, 0, 0, 3, 3, 5, -1), 0);
  expect(tree).toMatchObject({ size: 7, depth: 3, width: 3, branching: 2 });
  expect([...tree.depths]).toEqual([0, 1, 1, 1, 2, 2, 3, -1]);
});

test('nodes that convinced each other in a ring hang on no tree, and nothing runs forever', () => {
  expect(infectionTree(Int32Array.of(-1, 2, 1, 0), 0)).toMatchObject({ size: 2, depth: 1, width: 1, branching: 1 });
  expect(infectionTree(Int32Array.of(1, 0), 0)).toMatchObject({ size: 2, depth: 1 });
});

test('share reached on a grid of periods, by when it is reached', () => {
  expect([...reachedCurve(base, 4)]).toEqual([1 / 4, 2 / 4, 2 / 4, 1, 1]);
  expect([...reachedCurve({ ...base, synchronous: true, learnedAt: Float64Array.of(0, 2, 12, 32) }, 4)]).toEqual([
    0.25, 0.5, 0.75, 0.75, 1,
  ]);
  expect([...reachedCurve({ ...base, learnedAt: Float64Array.of(0, -1, 5, 90) }, 2)]).toEqual([0.25, 0.5, 0.5]);
});

test('the mean curve of several runs and its bands', () => {
  const band = bandOf([Float64Array.of(0, 0.2), Float64Array.of(0, 0.4), Float64Array.of(0, 0.9)]);
  expect(band.periods).toEqual([0, 1]);
  expect(band.mean[1]).toBeCloseTo(0.5, 12);
  expect([band.lower[1], band.upper[1]].map((v) => Number(v!.toFixed(12)))).toEqual([0.3, 0.65]);
  // t(2) = 4.303 times sd 0.360555 over √3.
  expect(band.high[1]! - band.mean[1]!).toBeCloseTo((4.303 * 0.3605551) / 1.7320508, 5);
});
