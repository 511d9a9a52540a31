import { expect, test } from 'vitest';
import type { Inspection, Part, Target } from '../../src/protocol/parts.ts';
import { changesOf, place } from '../../src/ui/inspector/changes.ts';
import { createReader, type Answer } from '../../src/ui/inspector/reader.ts';
import { backFrom, extend } from '../../src/ui/inspector/trail.ts';

const entity = (index: number): Target => ({ type: 'entity', index });
const about = (index: number, ...parts: Part[]): Inspection => ({ target: entity(index), title: '', subtitle: '', parts });
const fields = (...values: string[]): Part => ({
  type: 'fields',
  key: 'f',
  fields: values.map((value, i) => ({ key: String(i), label: 'l', value })),
});
const rows = (...keys: string[]): Part => ({
  type: 'table',
  key: 't',
  columns: ['c'],
  empty: '',
  rows: keys.map((key) => ({ key, cells: [{ text: `${key}!` }] })),
});

test('changed values and new rows are found by their keys, and a part that is new as a whole is not', () => {
  const changes = changesOf(about(0, fields('a', 'b'), rows('x')), about(0, fields('a', 'c'), rows('y', 'x'), { ...rows('z'), key: 'u' }));
  expect([...changes.keys()]).toEqual([place('f', '1'), place('t', 'y', 0)]);
  expect(changes.get(place('f', '1'))).toContain('“b”');
});

test('keys that join to the same text are different places', () => {
  expect(place('a/b', 'c')).not.toBe(place('a', 'b/c'));
});

test('while an answer is awaited only the latest moment is asked for next, and what is asked about another target wins at once', async () => {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const got: Answer[] = [];
  const reader = createReader(
    (target, ordinal) => {
      const index = target.type === 'entity' ? target.index : -1;
      asked.push(`${index}@${ordinal}`);
      return new Promise((resolve) => waiting.push(() => resolve(about(index))));
    },
    (answer) => got.push(answer),
  );
  const settle = async (which: number) => {
    waiting[which]?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  reader.read(entity(1), 1);
  reader.read(entity(1), 2);
  reader.read(entity(1), 3);
  expect(asked).toEqual(['1@1']);
  await settle(0);
  expect(asked).toEqual(['1@1', '1@3']);
  reader.read(entity(2), 3);
  expect(asked).toEqual(['1@1', '1@3', '2@3']);
  await settle(1);
  await settle(2);
  expect(got.map(({ target, ordinal }) => [target, ordinal])).toEqual([
    [entity(1), 1],
    [entity(2), 3],
  ]);
});

test('a failed inspection is published with its words, and the next one is still asked for', async () => {
  const got: Answer[] = [];
  const reader = createReader(
    () => Promise.reject(new Error('there is no entity 9')),
    (answer) => got.push(answer),
  );
  reader.read(entity(9), 1);
  await new Promise((resolve) => setTimeout(resolve));
  reader.read(entity(9), 2);
  await new Promise((resolve) => setTimeout(resolve));
  expect(got.map(({ ordinal, problem }) => [ordinal, problem?.message])).toEqual([
    [1, 'there is no entity 9'],
    [2, 'there is no entity 9'],
  ]);
});

test('a selection cuts off what lay ahead, and going back selects nothing new', () => {
  const two = extend(extend({ targets: [], at: -1 }, entity(1)), entity(2));
  expect(backFrom(two, false)).toBe(0);
  expect(backFrom(two, true)).toBe(1);
  const back = { ...two, at: 0 };
  expect(extend(back, entity(1))).toBe(back);
  expect(extend(back, entity(3))).toEqual({ targets: [entity(1), entity(3)], at: 1 });
});
