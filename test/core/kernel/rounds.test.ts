import { expect, test } from 'vitest';
import { periods, waves } from '../../../src/core/kernel/rounds.ts';

test('a period is a span of ticks', () => {
  const rounds = periods(100);
  expect([0, 99, 100, 250].map((tick) => rounds.after(tick, -1, 0, 0))).toEqual([0, 0, 1, 2]);
});

/** By hand: [id that arrived, messages sent so far, in flight after it] and the wave that the event belongs to. */
const STORY: readonly (readonly [number, number, number, number])[] = [
  // A timer, and it sends 0 and 1: the first wave is that event alone.
  [-1, 2, 2, 1],
  // 0 arrives and causes 2: still the wave of 0 and 1.
  [0, 3, 2, 2],
  // 2, younger than the wave, overtakes 1: its arrival counts for no wave yet, and sends 3.
  [2, 4, 2, 2],
  // 1 arrives: the wave of 0 and 1 is over; 3 is in flight.
  [1, 4, 1, 2],
  [3, 4, 0, 3],
  // Nothing is in flight: every timer is a wave of its own.
  [-1, 4, 0, 4],
  [-1, 5, 1, 5],
  [4, 5, 0, 6],
];

test('a causal wave ends with the arrival of the last message that was in flight when it began', () => {
  const rounds = waves();
  expect(STORY.map(([id, messages, inFlight]) => rounds.after(0, id, messages, inFlight))).toEqual(STORY.map((row) => row[3]));
});

test('waves go on from what was kept', () => {
  for (let cut = 0; cut < STORY.length; cut++) {
    const before = waves();
    for (const [id, messages, inFlight] of STORY.slice(0, cut)) before.after(0, id, messages, inFlight);
    const after = waves();
    after.load(before.save());
    const rest = STORY.slice(cut);
    expect(rest.map(([id, messages, inFlight]) => after.after(0, id, messages, inFlight))).toEqual(rest.map((row) => row[3]));
  }
});
