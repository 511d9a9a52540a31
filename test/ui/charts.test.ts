import { expect, test } from 'vitest';
import { sampled, stairs } from '../../src/ui/charts/curve.ts';

test('a count holds until it changes, and more is higher', () => {
  expect(stairs(Float64Array.of(0, 5, 10), Float64Array.of(0, 4, 1), 4)).toBe('M0 1H0.5V0H1V0.75');
  expect(stairs(Float64Array.of(0), Float64Array.of(1), 4)).toBe('');
});

test('the table has both ends and no row twice', () => {
  expect(sampled(241, 20)).toHaveLength(20);
  expect(sampled(241, 20)[0]).toBe(0);
  expect(sampled(241, 20).at(-1)).toBe(240);
  expect(sampled(3, 20)).toEqual([0, 1, 2]);
  expect(sampled(0, 20)).toEqual([]);
});
