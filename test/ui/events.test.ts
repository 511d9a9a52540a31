import { hintsFor } from '../../src/ui/events/NothingFound.tsx';
import { expect, test } from 'vitest';
import type { Row } from '../../src/protocol/protocol.ts';
import { offsetAfter, revealed, ROW, scrollOf, trackOf, type Reach } from '../../src/ui/events/reach.ts';
import { createRowCache } from '../../src/ui/events/rows.ts';

const short: Reach = { total: 200, height: 240 };
const long: Reach = { total: 2_000_000, height: 240 };

test('a short list scrolls pixel by pixel', () => {
  expect(trackOf(short)).toBe(200 * ROW);
  expect(scrollOf(short, 130)).toBe(130);
  expect(offsetAfter(short, 130, 191)).toBe(191);
});

test('two million rows fit a track that browsers can make, and all can be reached', () => {
  expect(trackOf(long)).toBeLessThan(17_000_000);
  const end = long.total * ROW - long.height;
  expect(offsetAfter(long, 0, trackOf(long) - long.height)).toBe(end);
  expect(scrollOf(long, end)).toBeCloseTo(trackOf(long) - long.height, 3);
  // A wheel moves by its pixels, not by four times as many.
  const at = 24_000_000;
  expect(offsetAfter(long, at, scrollOf(long, at) + 100)).toBeCloseTo(at + 100, 3);
  expect(offsetAfter(long, at, 0)).toBe(0);
});

test('a row in view stays where it is, another one is brought in wholly', () => {
  expect(revealed(short, 48, 4, 0)).toBe(48);
  for (const ordinal of [1, 2, 13, 14, 30, 199, 200]) {
    const offset = revealed(short, 48, ordinal, 0);
    expect((ordinal - 1) * ROW).toBeGreaterThanOrEqual(offset);
    expect(ordinal * ROW).toBeLessThanOrEqual(offset + short.height);
    // No row is cut under the header, but at the very end of the list.
    const uneven = { total: 200, height: 250 };
    const brought = revealed(uneven, 48, ordinal, 0);
    if (ordinal < 195) expect(brought % ROW).toBe(0);
    expect(ordinal * ROW).toBeLessThanOrEqual(brought + uneven.height);
  }
});

const row = (ordinal: number): Row => ({
  ordinal,
  tick: ordinal,
  round: 1,
  from: 'a',
  to: 'b',
  what: '',
  target: { type: 'event', ordinal },
  quiet: false,
});

test('rows come in blocks, once, and again where the run has grown', async () => {
  let total = 130;
  const asked: number[] = [];
  const cache = createRowCache(
    ({ from, count }) => {
      asked.push(from);
      return Promise.resolve(Array.from({ length: Math.min(count, total - from + 1) }, (_, i) => row(from + i)));
    },
    () => expect.unreachable(),
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  cache.want(95, 105);
  await settle();
  expect(asked).toEqual([1, 101]);
  expect(cache.get(105)?.ordinal).toBe(105);
  cache.want(110, 130);
  await settle();
  expect(asked).toEqual([1, 101]);
  total = 150;
  cache.want(120, 140);
  await settle();
  expect(asked).toEqual([1, 101, 101]);
  expect(cache.get(140)?.ordinal).toBe(140);
  // Rows that do not come are not asked for in a circle.
  cache.want(160, 170);
  await settle();
  expect(asked).toEqual([1, 101, 101, 101]);
});

test('a filter that nothing passes is told what may be the matter', () => {
  const values = (field: string) => (field === 'state' ? ['offline', 'online'] : field === 'from' ? ['alice'] : []);
  expect(hintsFor('iq && !(state == down)', values)).toEqual(['state is never “down” here, but: offline, online.']);
  expect(hintsFor('state == offline', values)).toEqual([]);
  expect(hintsFor('count(from == "ali") > 1 || bytes > 3', values)).toEqual([
    '== means exactly this: from ~ "ali" finds what contains it.',
  ]);
  expect(hintsFor('bytes > 99999', values)).toEqual([]);
  expect(hintsFor('state ==', values)).toEqual([]);
});
