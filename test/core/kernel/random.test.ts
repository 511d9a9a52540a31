import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derive, Streams, subSeed } from '../../../src/core/kernel/random.ts';

const drawn = (streams: Streams, i: number, n: number): number[] => Array.from({ length: n }, () => streams.bits(i));

test('a stream is a pure function of seed, name and number: more streams, or draws from another, shift none', () => {
  const few = Streams.derived('seed', 'node', 3);
  const many = Streams.derived('seed', 'node', 1000);
  drawn(many, 0, 500);
  drawn(many, 999, 500);
  expect(drawn(many, 2, 50)).toEqual(drawn(few, 2, 50));
});

test('streams of other names, seeds and numbers are others', () => {
  const first = (seed: string, name: string, i: number): string => drawn(Streams.derived(seed, name, i + 1), i, 4).join();
  const all = [first('a', 'node', 0), first('a', 'node', 1), first('a', 'latency', 0), first('b', 'node', 0), first('', 'node', 0)];
  expect(new Set(all).size).toBe(all.length);
  expect(derive('ab', 'c')).not.toEqual(derive('a', 'bc'));
  expect(derive(subSeed('a', 'run/1'), 'node')).not.toEqual(derive(subSeed('a', 'run/11'), 'node'));
});

test('any text is a seed, empty ones and halves of surrogate pairs among them; the state is never all zero', () => {
  for (const seed of ['', '\u0000', '🎩🐇', '\ud83c', '\udfa9', 'مرحبا', 'x'.repeat(10_000)]) {
    const words = derive(seed, 'node');
    expect(words.some((word) => word !== 0)).toBe(true);
    expect(derive(seed, 'node')).toEqual(words);
  }
  expect(derive('\ud83c', 'node')).not.toEqual(derive('\udfa9', 'node'));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (seed, name) => {
      const streams = Streams.derived(seed, name, 2);
      expect(drawn(streams, 0, 3)).not.toEqual(drawn(streams, 1, 3));
    }),
  );
});

test('xoshiro128** as published: first outputs from the state 1, 2, 3, 4', () => {
  // By hand from the paper's recurrence: rotl(2·5, 7)·9 = 11520; then s = (7, 0, 1026, 12288); rotl(0, 7) = 0; …
  expect(drawn(new Streams(Uint32Array.of(1, 2, 3, 4)), 0, 3)).toEqual([11520, 0, 5927040]);
});

test('below stays in range, for every bound', () => {
  const streams = Streams.derived('range', 'node', 1);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 21 }), (n) => {
      const value = streams.below(0, n);
      expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true);
    }),
  );
});

test('a draw that would favour small numbers is rejected: the next one counts', () => {
  // The first output of this state is 0. Of 2³² values one is too many for a third each; for a quarter each none is.
  const state = (): Streams => new Streams(Uint32Array.of(1, 0, 0xdeadbeef, 4));
  const twin = state();
  expect(twin.bits(0)).toBe(0);
  const [thirds, quarters] = [state(), state()];
  expect(thirds.below(0, 3)).toBe(Math.floor((twin.bits(0) * 3) / 4294967296));
  expect(thirds.words).toEqual(twin.words);
  expect(quarters.below(0, 4)).toBe(0);
  expect(quarters.words).not.toEqual(twin.words);
});

// 99.99 % quantiles of chi-square by Wilson and Hilferty: with a fixed seed this either holds for good or never.
test.each([2, 3, 10, 99, 1000])('below %i is uniform', (n) => {
  const streams = Streams.derived('uniform', `bound/${n}`, 1);
  const draws = 200 * n + 20_000;
  const counts = new Float64Array(n);
  for (let i = 0; i < draws; i++) counts[streams.below(0, n)]!++;
  const expected = draws / n;
  const chi = counts.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0);
  const df = n - 1;
  const cube = 1 - 2 / (9 * df) + 3.719 * Math.sqrt(2 / (9 * df));
  expect(chi).toBeLessThan(df * cube * cube * cube);
});

test('neighbouring streams are not alike: first draws of 10,000 of them are uniform', () => {
  const streams = Streams.derived('across', 'node', 10_000);
  const counts = new Float64Array(20);
  for (let i = 0; i < 10_000; i++) counts[streams.below(i, 20)]!++;
  const chi = counts.reduce((sum, count) => sum + ((count - 500) * (count - 500)) / 500, 0);
  expect(chi).toBeLessThan(55);
});
