import { expect, test } from 'vitest';
import { summarize } from '../../src/base/summary.ts';

test('mean, deviation, interval, median and quartiles, by hand: 2, 4, 4, 4, 5, 5, 7, 9', () => {
  const { mean, sd, ci95, median, quartiles } = summarize([9, 4, 5, 4, 2, 5, 7, 4]);
  expect(mean).toBe(5);
  // Sum of squares 32 over 7; t(7) = 2.365.
  expect(sd).toBeCloseTo(2.13809, 5);
  expect(ci95[0]).toBeCloseTo(5 - (2.365 * 2.13809) / 2.828427, 4);
  expect(ci95[1]).toBeCloseTo(5 + (2.365 * 2.13809) / 2.828427, 4);
  // Sorted places 3.5, 1.75 and 5.25 from 0.
  expect(median).toBe(4.5);
  expect(quartiles).toEqual([4, 5.5]);
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

test('one value has no spread and no interval, none has no mean', () => {
  expect(summarize([7])).toEqual({ mean: 7, sd: 0, ci95: [NaN, NaN], median: 7, quartiles: [7, 7] });
  expect(summarize([])).toEqual({ mean: NaN, sd: NaN, ci95: [NaN, NaN], median: NaN, quartiles: [NaN, NaN] });
});
