/** What was done to rows that were written before, and what of it a fork takes along. */
import { expect, test } from 'vitest';
import { Touched } from '../../../src/core/kernel/touched.ts';

const MOVES = [
  [10, 500],
  [20, 700],
] as const;

test('a message is due when it was last moved to, up to and with the event that did it; a fork knows no more', () => {
  const touched = new Touched();
  for (const [ordinal, due] of MOVES) touched.moved(3, ordinal, due);
  for (let fork = 0; fork < 30; fork++) {
    const kept = touched.until(fork, 100);
    for (let ordinal = 0; ordinal < 30; ordinal++) {
      const known = MOVES.findLast(([at]) => at <= Math.min(ordinal, fork))?.[1] ?? 400;
      expect(kept.dueOf(3, ordinal, 400)).toBe(known);
    }
  }
});

test('a fork takes along the copies of messages that it has, and what was done by then', () => {
  const touched = new Touched();
  touched.replaces(8, 5, 100, 60);
  touched.replaces(9, 8, 120, 60);
  touched.done.push({ index: 0, ordinal: 10, found: true }, { index: 1, ordinal: 11, found: false });
  expect([touched.originalOf(9), touched.originalOf(5)]).toEqual([5, 5]);
  expect([8, 9].map((id) => touched.until(10, 9).originalOf(id))).toEqual([5, 9]);
  expect([9, 10, 11].map((ordinal) => touched.until(ordinal, 10).done.length)).toEqual([0, 1, 2]);
});
