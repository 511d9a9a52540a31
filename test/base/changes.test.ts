import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changed, latest, type Changes } from '../../src/base/changes.ts';

const step = fc.record({ key: fc.integer({ min: 0, max: 60 }).map(String), value: fc.option(fc.nat()) });

test('a list of changes is what a map is, after any of them, and so is every earlier one', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const expected = new Map<string, number>();
      const seen: { readonly list: Changes<number> | undefined; readonly entries: readonly (readonly [string, number])[] }[] = [];
      let list: Changes<number> | undefined;
      for (const { key, value } of steps) {
        if (value === null) expected.delete(key);
        else expected.set(key, value);
        list = changed(list, key, value ?? undefined);
        seen.push({ list, entries: [...expected] });
      }
      for (const { list: then, entries } of seen) expect([...latest(then)]).toEqual(entries);
    }),
  );
});

test('it stays as short as what it holds: no longer than twice that, and a few more', () => {
  let list: Changes<number> | undefined;
  for (let i = 0; i < 10_000; i++) list = changed(list, `k${i % 100}`, i);
  expect(latest(list).size).toBe(100);
  expect(list!.length).toBeLessThanOrEqual(32 + 2 * 100);
});

test('what goes leaves nothing behind', () => {
  let list: Changes<number> | undefined;
  for (let i = 0; i < 1000; i++) list = changed(list, `k${i}`, i);
  for (let i = 0; i < 1000; i++) list = changed(list, `k${i}`);
  expect(latest(list).size).toBe(0);
  for (let i = 0; i < 40; i++) list = changed(list, 'one', i);
  expect([...latest(list)]).toEqual([['one', 39]]);
});
