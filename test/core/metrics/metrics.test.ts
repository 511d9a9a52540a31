import { expect, test } from 'vitest';
import { measureGossip } from '../../../src/core/metrics/gossip.ts';
import { summarize } from '../../../src/core/metrics/summary.ts';

test('mean, deviation and interval, by hand: 2, 4, 4, 4, 5, 5, 7, 9', () => {
  const { mean, sd, ci95 } = summarize([2, 4, 4, 4, 5, 5, 7, 9]);
  expect(mean).toBe(5);
  // Sum of squares 32 over 7; t(7) = 2.365.
  expect(sd).toBeCloseTo(2.13809, 5);
  expect(ci95[0]).toBeCloseTo(5 - (2.365 * 2.13809) / 2.828427, 4);
  expect(ci95[1]).toBeCloseTo(5 + (2.365 * 2.13809) / 2.828427, 4);
});

test('two values: t(1) = 12.706; many: near 1.96', () => {
  expect(summarize([0, 2]).ci95[1]).toBeCloseTo(1 + 12.706, 9);
  const many = Array.from({ length: 10_001 }, (_, i) => i % 2);
  const { mean, sd, ci95 } = summarize(many);
  expect(((ci95[1] - mean) * Math.sqrt(many.length)) / sd).toBeCloseTo(1.9602, 3);
  // 31 and 61 values: tables give t(30) = 2.042, t(60) = 2.000.
  for (const [n, t] of [
    [31, 2.042],
    [61, 2.0],
  ] as const) {
    const values = Array.from({ length: n }, (_, i) => i);
    const s = summarize(values);
    expect(((s.ci95[1] - s.mean) * Math.sqrt(n)) / s.sd).toBeCloseTo(t, 2);
  }
});

test('one value has no spread, none has no mean', () => {
  expect(summarize([7])).toEqual({ mean: 7, sd: 0, ci95: [7, 7] });
  expect(summarize([])).toEqual({ mean: NaN, sd: NaN, ci95: [NaN, NaN] });
});

const counts = { updates: 12, maxInFlight: 5, period: 10 };

test('asynchronous: time is in ticks, tAve and tLast in periods', () => {
  expect(measureGossip({ ...counts, reachedAt: Float64Array.of(0, 5, 25, 30), synchronous: false })).toEqual({
    completed: true,
    time: 30,
    maxInFlight: 5,
    residue: 0,
    traffic: 3,
    tAve: 1.5,
    tLast: 3,
  });
});

test('synchronous: what is learned within the first cycle is learned at 1, the origin’s own at 0', () => {
  const { tAve, tLast } = measureGossip({ ...counts, reachedAt: Float64Array.of(0, 2, 12, 32), synchronous: true });
  expect([tAve, tLast]).toEqual([(0 + 1 + 2 + 4) / 4, 4]);
});

test('a run that did not complete has no time; the others count for the nodes that were reached', () => {
  const measures = measureGossip({ ...counts, reachedAt: Float64Array.of(0, -1, 20, -1), synchronous: false });
  expect(measures).toEqual({ completed: false, time: NaN, maxInFlight: 5, residue: 0.5, traffic: 3, tAve: 1, tLast: 2 });
});
