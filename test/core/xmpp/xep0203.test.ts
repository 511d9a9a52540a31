import { expect, test } from 'vitest';
import fc from 'fast-check';
import { stampOf, tickOf } from '../../../src/core/xmpp/modules/xep0203.ts';

const EPOCH = Date.UTC(2011, 4, 1);

test('stamps are those of the calendar, at any distance from the epoch', () => {
  expect(stampOf(0)).toBe('2011-05-01T00:00:00Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      const host = new Date(EPOCH + seconds * 1000).toISOString().replace('.000', '');
      expect(stampOf(seconds * 1_000_000 + 999_999)).toBe(host);
      expect(tickOf(host)).toBe(seconds * 1_000_000);
    }),
  );
});

test.each([
  ['2011-05-01T02:00:01+02:00', 1_000_000],
  ['2011-04-30T23:59:59.5Z', -500_000],
  ['1969-07-21T02:56:15Z', (Date.UTC(1969, 6, 21, 2, 56, 15) - EPOCH) * 1000],
  ['yesterday', undefined],
  ['2011-05-01', undefined],
])('%s', (stamp, tick) => expect(tickOf(stamp)).toBe(tick));
