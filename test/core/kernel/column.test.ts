import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Column, upperBound } from '../../../src/core/kernel/column.ts';

test('a column grows past its chunks, keeps what it holds, and answers 0 beyond its end', () => {
  const column = Column.i32();
  for (let i = 0; i < 140_000; i++) column.push(-i);
  expect(column.length).toBe(140_000);
  expect([column.get(0), column.get(65_535), column.get(65_536), column.get(139_999)]).toEqual([0, -65_535, -65_536, -139_999]);
  expect([column.get(140_000), column.get(1e7)]).toEqual([0, 0]);
  column.set(65_536, 7);
  expect([column.get(65_535), column.get(65_536), column.get(65_537)]).toEqual([-65_535, 7, -65_537]);
});

test('each width keeps its range', () => {
  const pushed = (column: Column, value: number): number => (column.push(value), column.get(0));
  expect(pushed(Column.u8(), 255)).toBe(255);
  expect(pushed(Column.u16(), 65_535)).toBe(65_535);
  expect(pushed(Column.u32(), 4_294_967_295)).toBe(4_294_967_295);
  expect(pushed(Column.f64(), 0.1)).toBe(0.1);
});

test('upperBound is the first row whose value is greater', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(22), (values, wanted) => {
      const sorted = values.sort((x, y) => x - y);
      const first = sorted.findIndex((value) => value > wanted);
      expect(upperBound((row) => sorted[row]!, 0, sorted.length, wanted)).toBe(first < 0 ? sorted.length : first);
    }),
  );
});
