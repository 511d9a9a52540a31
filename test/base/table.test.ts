import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_TABLE, tableDelete, tableEntries, tableGet, tableSet, type Table } from '../../src/base/table.ts';

/** Two names of one hash, found by trying. */
const TWINS = ['k6264', 'k101140'];

const step = fc.record({
  key: fc.oneof(fc.integer({ min: 0, max: 60 }).map(String), fc.constantFrom(...TWINS)),
  value: fc.option(fc.nat()),
});

test('a table is what a map is, after any changes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const expected = new Map<string, number>();
      let table: Table<number> = EMPTY_TABLE;
      for (const { key, value } of steps) {
        if (value === null) {
          expected.delete(key);
          table = tableDelete(table, key);
        } else {
          expected.set(key, value);
          table = tableSet(table, key, value);
        }
      }
      expect(tableEntries(table)).toEqual([...expected]);
      expect(table.size).toBe(expected.size);
      for (const { key } of steps) expect(tableGet(table, key)).toBe(expected.get(key));
    }),
  );
});

test('a change leaves the table before it as it was, and no change is the same table', () => {
  const many = Array.from({ length: 5000 }, (_, i) => `k${i}`).reduce<Table<number>>((t, key, i) => tableSet(t, key, i), EMPTY_TABLE);
  const before = tableEntries(many);
  expect(tableSet(many, 'k77', 77)).toBe(many);
  expect(tableDelete(many, 'nobody')).toBe(many);
  expect(tableGet(tableSet(many, 'k77', -1), 'k77')).toBe(-1);
  expect(tableGet(tableDelete(many, 'k77'), 'k77')).toBeUndefined();
  expect(tableEntries(many)).toEqual(before);
});

test('keys of one hash are told apart, and hang together', () => {
  const [a, b] = TWINS as [string, string];
  const both = tableSet(tableSet(EMPTY_TABLE, a, 1), b, 2);
  expect(both.root).toHaveProperty('next.key', b);
  expect([tableGet(both, a), tableGet(both, b)]).toEqual([1, 2]);
  expect(tableEntries(tableDelete(both, a))).toEqual([[b, 2]]);
  expect(tableEntries(tableDelete(both, b))).toEqual([[a, 1]]);
});
