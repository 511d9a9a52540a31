import { expect, test } from 'vitest';
import type { Param } from '../../src/protocol/params.ts';
import { crc32 } from '../../src/ui/client/crc32.ts';
import { decodeLink, encodeLink, type LinkState } from '../../src/ui/client/link.ts';
import { laidOut, keepLayout } from '../../src/ui/graph/layouts.ts';
import { place } from '../../src/ui/graph/placement.ts';
import { handWords, titlesOf } from '../../src/ui/shared/compared.ts';
import type { Scene } from '../../src/protocol/scene.ts';

const whole = { type: 'int', min: 0, max: 9, default: 0, help: '' } as const satisfies Param;
const scene = (algorithm: string, values: Record<string, number>) => ({
  algorithm,
  params: Object.fromEntries(Object.keys(values).map((name) => [name, whole])),
  values,
});
const ALGORITHMS = [
  { id: 'uniform', title: 'Uniform gossip' },
  { id: 'rumour', title: 'Rumour mongering' },
];

test('configurations are named by what differs, and by nothing else', () => {
  expect(titlesOf([scene('uniform', { k: 1, f: 2 }), scene('uniform', { k: 3, f: 2 })], ALGORITHMS)).toEqual(['k 1', 'k 3']);
  expect(titlesOf([scene('uniform', { k: 1 }), scene('uniform', { k: 1 })], ALGORITHMS)).toEqual(['no difference yet', 'copy of A']);
  expect(
    titlesOf(
      [1, 3, 3].map((k) => scene('uniform', { k })),
      ALGORITHMS,
    ),
  ).toEqual(['k 1', 'k 3', 'k 3, copy of B']);
});

test('another algorithm is a difference, and what only one of them has is none', () => {
  expect(titlesOf([scene('uniform', { tolerance: 3, loss: 0 }), scene('rumour', { k: 1, loss: 2 })], ALGORITHMS)).toEqual([
    'Uniform gossip, loss 0',
    'Rumour mongering, loss 2',
  ]);
});

test('a link carries the configurations in their order, and what the dock shows', () => {
  const link: LinkState = {
    scenario: 'gossip-laboratory',
    seed: '1',
    params: { tolerance: '2' },
    at: 4,
    time: 10,
    select: null,
    dock: 'lab',
    compare: [
      { algorithm: undefined, params: {} },
      null,
      { algorithm: 'rumour', params: { k: '1', 'hyparview.active': '4', odd: 'a;b|c,d:e' } },
    ],
  };
  const decoded = decodeLink(encodeLink(link));
  expect(decoded.ok && decoded.link).toMatchObject(link);
});

test('a link carries what was done by hand in each of them', () => {
  const cut = { after: 3, at: 40, do: { type: 'cut', between: [1, 2] } } as const;
  const link: LinkState = {
    scenario: 'karate-rumour',
    seed: '1',
    params: {},
    at: 4,
    time: 10,
    select: null,
    compare: [
      null,
      { algorithm: undefined, params: {}, interventions: [cut] },
      { algorithm: 'rumour', params: { k: '1' }, branches: [{ name: 'a; b|c$', parent: 0, interventions: [cut, cut] }], active: 1 },
      { algorithm: undefined, params: {} },
    ],
  };
  const decoded = decodeLink(encodeLink(link));
  expect(decoded.ok && decoded.link.compare).toEqual(link.compare);
  const text = encodeLink(link)
    .replace(/&check=.*/, '')
    .replace('3%3B40', '3%3Bx');
  const damaged = decodeLink(`${text}&check=${crc32(text)}`);
  expect(damaged).toMatchObject({ ok: false, problem: { message: expect.stringContaining('compare') } });
});

test('a branch is called by its name beside others, and one in which nothing was done says so', () => {
  const one = scene('uniform', { k: 1 });
  const asked = { branches: [{ name: 'cut off', parent: 0, interventions: [] }], active: 1 };
  expect(titlesOf([one, one], ALGORITHMS, [handWords({}), handWords(asked)])).toEqual(['nothing by hand', 'cut off']);
});

test('the same graph is laid out once, another one anew', () => {
  const of = (names: readonly string[], from: readonly number[], to: readonly number[]): Scene =>
    ({
      entities: {
        name: names,
        detail: names.map(() => ''),
        kind: new Uint8Array(names.length),
        parent: new Int32Array(names.length).fill(-1),
      },
      links: { from: Uint32Array.from(from), to: Uint32Array.from(to) },
    }) as unknown as Scene;
  const one = of(['a', 'b', 'c', 'd'], [0, 1], [1, 2]);
  const placement = { ...place(one), style: 'spread' as const };
  keepLayout(one, placement);
  expect(laidOut(of(['a', 'b', 'c', 'd'], [0, 1], [1, 2]))).toMatchObject({ x: placement.x, style: 'circle' });
  expect(laidOut(of(['a', 'b', 'c', 'd'], [0, 1], [1, 3]))).toBeUndefined();
  expect(laidOut(of(['a', 'b', 'c', 'e'], [0, 1], [1, 2]))).toBeUndefined();
});
