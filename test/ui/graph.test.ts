import { expect, test } from 'vitest';
import { EntityKind, LinkKind, type Scene } from '../../src/protocol/scene.ts';
import { distanceToSegment, fractionAt, isUnderWay, laneInto, type Segment } from '../../src/ui/graph/geometry.ts';
import { linkWords } from '../../src/ui/graph/disturbed.ts';
import { hitTest } from '../../src/ui/graph/hit.ts';
import { neighbour } from '../../src/ui/graph/neighbour.ts';
import { endsOf, isBare, layDown, place, type Placement } from '../../src/ui/graph/placement.ts';

function sceneOf(kinds: readonly number[], parents: readonly number[], links: readonly (readonly [number, number])[]): Scene {
  return {
    scenario: 'test',
    title: '',
    summary: '',
    seed: '',
    unit: { label: 'ticks', ticks: 1 },
    speed: 1,
    entities: {
      name: kinds.map((_, i) => `n${i}`),
      detail: kinds.map(() => ''),
      jid: kinds.map(() => ''),
      kind: Uint8Array.from(kinds),
      parent: Int32Array.from(parents),
    },
    links: {
      from: Uint32Array.from(links, ([a]) => a),
      to: Uint32Array.from(links, ([, b]) => b),
      kind: Uint8Array.from(links, () => LinkKind.edge),
      latency: Float64Array.from(links, () => 1),
    },
    states: [],
    kinds: [],
    reached: { title: '', of: 0 },
    roundName: 'round',
    params: {},
    values: {},
    capabilities: { inspect: true, intervene: false, branch: false, seekAnywhere: true },
    notes: [],
  };
}
const nodes = (n: number, links: readonly (readonly [number, number])[]) =>
  sceneOf(
    Array.from({ length: n }, () => EntityKind.node),
    Array.from({ length: n }, () => -1),
    links,
  );
const complete = (n: number) => Array.from({ length: n * n }, (_, i) => [Math.floor(i / n), i % n] as const).filter(([a, b]) => a !== b);
const PAIR = nodes(2, [
  [0, 1],
  [1, 0],
]);
const PAIR_PLACES: Placement = {
  x: Float32Array.of(0, 100),
  y: Float32Array.of(0, 0),
  halfWidth: Float32Array.of(12, 12),
  halfHeight: Float32Array.of(12, 12),
  style: 'circle',
};

test('opposite stanzas travel on lanes of their own, from rim to rim', () => {
  const there: Segment = { ax: 0, ay: 0, bx: 0, by: 0 };
  const back = { ...there };
  laneInto(there, PAIR, PAIR_PLACES, 0, 1);
  laneInto(back, PAIR, PAIR_PLACES, 1, 0);
  expect([there.ax, there.bx, back.ax, back.bx]).toEqual([12, 88, 88, 12]);
  expect(there.ay).toBe(4);
  expect(back.ay).toBe(-4);
});

test('under way is sent ≤ t < due, and at its end while its arrival is not processed', () => {
  const at = (tick: number, nextTick: number) => ({ tick, nextTick });
  expect(isUnderWay(9, 10, 20, at(0, 5))).toBe(false);
  expect(isUnderWay(10, 10, 20, at(0, 20))).toBe(true);
  expect(isUnderWay(19.9, 10, 20, at(0, 20))).toBe(true);
  expect(isUnderWay(20, 10, 20, at(19, 20))).toBe(false);
  expect(isUnderWay(20, 10, 20, at(20, 20))).toBe(true);
  expect(isUnderWay(20.5, 10, 20, at(20, 20))).toBe(false);
});
test('what was due and is still in flight waits before its receiver, as long as that is paused', () => {
  expect(isUnderWay(20.5, 10, 20, { tick: 20, nextTick: 30 })).toBe(true);
  expect(isUnderWay(29, 10, 20, { tick: 25, nextTick: 30 })).toBe(true);
  expect(isUnderWay(1000, 10, 20, { tick: 25, nextTick: Infinity })).toBe(true);
});

test('travel is a matter of time alone, or hops where less motion is wanted', () => {
  expect(fractionAt(12.5, 10, 20, false)).toBe(0.25);
  expect(fractionAt(30, 10, 20, false)).toBe(1);
  expect(new Set([11, 12, 14].map((t) => fractionAt(t, 10, 20, true))).size).toBe(1);
  expect(fractionAt(16, 10, 20, true)).toBeGreaterThan(0.5);
});

test('a stanza is hit before the node that it leaves, a node before a link', () => {
  const flights = {
    id: Int32Array.of(7),
    from: Uint32Array.of(0),
    to: Uint32Array.of(1),
    kind: Uint8Array.of(0),
    sent: Float64Array.of(0),
    due: Float64Array.of(10),
    bytes: Uint32Array.of(287),
    total: 1,
  };
  const frame = { ordinal: 1, tick: 0, nextTick: 10, round: 0, states: new Uint8Array(2), flights, reached: 0, next: null };
  const viewport = { panX: 50, panY: 50, zoom: 1, width: 400, height: 300 };
  const at = (t: number, x: number, y: number) =>
    hitTest({ scene: PAIR, placement: PAIR_PLACES, viewport, frame, t, hops: false, groups: [] }, x, y)?.target;
  expect(at(0, 60, 52)).toEqual({ type: 'message', id: 7 });
  expect(at(5, 60, 52)).toEqual({ type: 'entity', index: 0 });
  expect(at(0, 110, 54)).toEqual({ type: 'link', index: 0 });
  expect(at(0, 110, 46)).toEqual({ type: 'link', index: 1 });
  expect(at(0, 110, 150)).toBeUndefined();
  expect(distanceToSegment(0, 5, { ax: -1, ay: 0, bx: 1, by: 0 })).toBe(5);
});

test('arrow keys go to the nearest that way, and stay at the rim', () => {
  const places = { x: Float32Array.of(0, 10, 30, 0), y: Float32Array.of(0, 2, 0, 20) };
  expect(neighbour(places, 0, 'right', 4)).toBe(1);
  expect(neighbour(places, 1, 'right', 4)).toBe(2);
  expect(neighbour(places, 0, 'down', 4)).toBe(3);
  expect(neighbour(places, 0, 'left', 4)).toBeUndefined();
});

test('dense graphs and rings stand in a circle, sparse ones are spread, many in a grid', () => {
  expect(place(nodes(20, complete(20))).style).toBe('circle');
  const ring = Array.from({ length: 12 }, (_, i) => [i, (i + 1) % 12] as const);
  expect(place(nodes(12, ring)).style).toBe('circle');
  const star = Array.from({ length: 11 }, (_, i) => [0, i + 1] as const);
  expect(place(nodes(12, star)).style).toBe('spread');
  expect(place(nodes(4000, [])).style).toBe('grid');
});

test('servers stand level, components above them, clients below and apart', () => {
  const { server, component, client } = EntityKind;
  const p = place(sceneOf([server, server, component, client, client, client], [-1, -1, 0, 0, 0, 1], []));
  expect(p.style).toBe('federation');
  expect(p.y[0]).toBe(p.y[1]);
  expect(p.y[2]).toBeLessThan(p.y[0]!);
  for (const i of [3, 4, 5]) expect(p.y[i]).toBeGreaterThan(p.y[0]!);
  expect(Math.abs(p.x[3]! - p.x[4]!)).toBeGreaterThan(60);
  expect(p.x[5]).toBe(p.x[1]);
});

test('a cloud that stands upright is laid down', () => {
  const x = Float32Array.of(0, 1, -1, 0);
  const y = Float32Array.of(-50, 0, 0, 50);
  layDown(x, y);
  expect(Math.max(...x) - Math.min(...x)).toBeCloseTo(100);
  expect(Math.max(...y) - Math.min(...y)).toBeCloseTo(2);
});

test('a large graph begins as a tree of shortest ways: everyone has a place, neighbours are near, and always the same', () => {
  const links = Array.from({ length: 900 }, (_, i) => [i, Math.floor((i - 1) / 3)] as const).slice(1);
  const scene = nodes(900, links);
  const first = place(scene);
  expect(first.style).toBe('settling');
  expect(first.x).toEqual(place(scene).x);
  const { x, y } = first;
  expect(new Set(Array.from(x, (at, i) => `${at.toFixed(2)} ${y[i]?.toFixed(2)}`)).size).toBe(900);
  const far = (a: number, b: number) => Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0));
  const [from, to] = endsOf(scene);
  const linked = from.reduce((sum, a, i) => sum + far(a, to[i] ?? 0), 0) / from.length;
  const any = from.reduce((sum, a, i) => sum + far(a, (7 * i + 450) % 900), 0) / from.length;
  expect(linked).toBeLessThan(any / 2);
});

test('pieces of a large graph that do not hang together all have places, and a ring stays a ring', () => {
  const apart = place(
    nodes(
      1000,
      Array.from({ length: 500 }, (_, i) => [2 * i, 2 * i + 1] as const),
    ),
  );
  expect(apart.style).toBe('settling');
  expect([...apart.x, ...apart.y].every(Number.isFinite)).toBe(true);
  expect(
    place(
      nodes(
        1000,
        Array.from({ length: 1000 }, (_, i) => [i, (i + 1) % 1000] as const),
      ),
    ).style,
  ).toBe('circle');
});

test('the canvas draws many plain nodes, and Cytoscape all that has shapes and names of its own', () => {
  expect([400, 401].map((n) => isBare(nodes(n, [])))).toEqual([false, true]);
  const kinds = [EntityKind.server, ...Array.from({ length: 2999 }, () => EntityKind.client)];
  expect(isBare(sceneOf(kinds, [], []))).toBe(false);
  expect(isBare(sceneOf([...kinds, EntityKind.client], [], []))).toBe(true);
});

test('each link says once what is out of order on it, and what crosses a partition is cut off', () => {
  const scene = nodes(4, [
    [0, 1],
    [1, 0],
    [1, 2],
    [2, 3],
  ]);
  const none = { cuts: [], slowLinks: [], lossy: [], paused: [], slow: [], side: [] };
  expect(linkWords(scene, none)).toEqual([]);
  const cuts = [
    [0, 1],
    [1, 0],
  ] as const;
  const words = linkWords(scene, { ...none, cuts, lossy: [{ between: [2, 3], share: 0.25 }], side: [0, 1] });
  expect(words.map(({ pair, words: said }) => [...pair, ...said.map(({ text }) => text)])).toEqual([
    [0, 1, 'cut'],
    [2, 3, 'loses 25 %'],
    [1, 2, 'cut off'],
  ]);
});
