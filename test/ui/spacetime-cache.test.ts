/** What is asked of the worker while the window moves: one request at a time, no more than is needed, and never an old answer for good. */
import { expect, test } from 'vitest';
import type { Diagram, DiagramArgs } from '../../src/protocol/diagram.ts';
import { createDiagramCache, type Wish } from '../../src/ui/spacetime/cache.ts';

const lines = {
  list: [
    { entity: 0, members: [0] },
    { entity: 1, members: [1] },
  ],
  of: Int32Array.of(0, 1),
};
const wish: Wish = { axis: 'time', from: 100, to: 200, lines, first: 0, last: 1, most: 500, columns: 10, known: 40, filter: '', asked: 0 };

/** @param dense whether a request is answered in counts. */
function source(dense: (args: DiagramArgs) => boolean = () => false, known = () => 40) {
  const asked: DiagramArgs[] = [];
  let open = 0;
  let most = 0;
  const ask = async (args: DiagramArgs): Promise<Diagram> => {
    asked.push(args);
    most = Math.max(most, ++open);
    await Promise.resolve();
    open--;
    const density = dense(args) ? { columns: 1, counts: new Uint32Array(2), highest: 0 } : null;
    const messages = { id: new Int32Array() };
    const { axis, from, to, first, last } = args;
    // Only what the cache looks at.
    return { axis, from, to, first, last, density, messages, known: known(), end: 1000 } as unknown as Diagram;
  };
  const failures: unknown[] = [];
  const cache = createDiagramCache(
    ask,
    () => undefined,
    (error) => failures.push(error),
  );
  return { cache, asked, failures, atOnce: () => most };
}
const settle = () => new Promise((done) => setTimeout(done, 5));

test('a pan within the margin asks nothing; one beyond it asks once for the latest', async () => {
  const { cache, asked, atOnce } = source();
  cache.want(wish);
  await settle();
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ from: 40, to: 260 });
  cache.want({ ...wish, from: 150, to: 250 });
  await settle();
  expect(asked).toHaveLength(1);
  for (let shift = 200; shift <= 600; shift += 10) cache.want({ ...wish, from: 100 + shift, to: 200 + shift });
  await settle();
  expect(asked.length).toBeLessThanOrEqual(3);
  expect(cache.get()!.data.from).toBeLessThanOrEqual(700);
  expect(cache.get()!.data.to).toBeGreaterThanOrEqual(800);
  expect(atOnce()).toBe(1);
});

test('what is too much with its margin is asked for without, and then for each window', async () => {
  const { cache, asked } = source(({ from, to }) => to - from > 150);
  cache.want(wish);
  await settle();
  expect(asked.map(({ from, to }) => [from, to])).toEqual([
    [40, 260],
    [100, 200],
  ]);
  expect(cache.get()!.data.density).toBeNull();
});

test('counts are asked for again when the window moves, and not while it stands', async () => {
  const { cache, asked } = source(() => true);
  cache.want(wish);
  await settle();
  const first = asked.length;
  cache.want({ ...wish });
  await settle();
  expect(asked).toHaveLength(first);
  cache.want({ ...wish, from: 110, to: 210 });
  await settle();
  expect(asked.length).toBe(first + 1);
});

test('at the end of a run that goes on it is asked again when more is known', async () => {
  let known = 40;
  const { cache, asked } = source(undefined, () => known);
  cache.want({ ...wish, from: 950, to: 1050 });
  await settle();
  expect(asked).toHaveLength(1);
  known = 60;
  cache.want({ ...wish, from: 950, to: 1050, known: 60 });
  await settle();
  expect(asked).toHaveLength(2);
});

test('another filter, other lines and what is to be kept are other questions', async () => {
  const { cache, asked } = source();
  for (const change of [{}, { filter: 'iq' }, { filter: 'iq', asked: 5 }, { lines: { ...lines } }, { keep: [3] }]) {
    cache.want({ ...wish, ...change });
    await new Promise((done) => setTimeout(done, 200));
  }
  expect(asked).toHaveLength(5);
});

test('a failure is told and the next wish is tried', async () => {
  const failures: unknown[] = [];
  let times = 0;
  const cache = createDiagramCache(
    () => Promise.reject(new Error(`no ${++times}`)),
    () => undefined,
    (error) => failures.push(error),
  );
  cache.want(wish);
  await settle();
  cache.want({ ...wish, from: 0 });
  await settle();
  expect(failures).toHaveLength(2);
  expect(cache.get()).toBeNull();
});
