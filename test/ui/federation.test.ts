import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntityKind, type Scene } from '../../src/protocol/scene.ts';
import { fitOf } from '../../src/ui/graph/bounds.ts';
import { placeIn } from '../../src/ui/graph/legible.ts';
import { place, USUAL_ROOM, type Placement } from '../../src/ui/graph/placement.ts';
import { federation } from './scenes.ts';

const SHAPES = [
  [1, 2, 1],
  [1, 21, 0],
  [1, 21, 1],
  [1, 100, 2],
  [2, 10, 1],
  [2, 100, 1],
  [3, 20, 1],
  [5, 30, 0],
  [10, 5, 0],
  [10, 100, 0],
] as const;

const ROOMS = [
  ['a window', USUAL_ROOM],
  ['one picture of two', { width: 313, height: 284 }],
  ['one picture of four', { width: 313, height: 110 }],
] as const;

for (const [servers, clients, services] of SHAPES)
  test.each(ROOMS)(
    `in %s, ${servers} servers with ${clients} clients and ${services} services: nothing lies on anything else`,
    (_, room) => {
      const scene = federation(servers, clients, services) as Scene;
      const { x, y, halfWidth, halfHeight } = placeIn(scene, room);
      const overlaps: string[] = [];
      const isRound = (i: number) => scene.entities.kind[i] === EntityKind.client;
      for (let a = 0; a < x.length; a++)
        for (let b = 0; b < a; b++) {
          const [dx, dy] = [Math.abs(x[a]! - x[b]!), Math.abs(y[a]! - y[b]!)];
          const meets =
            isRound(a) && isRound(b)
              ? Math.hypot(dx, dy) < halfWidth[a]! + halfWidth[b]!
              : dx < halfWidth[a]! + halfWidth[b]! && dy < halfHeight[a]! + halfHeight[b]!;
          if (meets) overlaps.push(`${scene.entities.name[a]} on ${scene.entities.name[b]}`);
        }
      expect(overlaps).toEqual([]);
      if (room !== USUAL_ROOM) return;
      // On the outer side: further from the middle of the picture than the own server is.
      const mean = (of: Float32Array) => of.slice(0, servers).reduce((sum, value) => sum + value, 0) / servers;
      const [mx, my] = [mean(x), mean(y)];
      const away = (i: number) => Math.hypot(x[i]! - mx, y[i]! - my);
      scene.entities.parent.forEach((server, i) => {
        if (isRound(i)) expect(away(i)).toBeGreaterThan(away(server));
      });
    },
  );

test('the one server of many clients stands in their middle, and large', () => {
  const { x, y, halfWidth, halfHeight } = place(federation(1, 21, 0) as Scene);
  const clients = [...x.keys()].slice(1);
  const middle = (of: Float32Array) => (Math.min(...clients.map((i) => of[i]!)) + Math.max(...clients.map((i) => of[i]!))) / 2;
  expect(Math.abs(x[0]! - middle(x))).toBeLessThan(halfWidth[0]!);
  expect(Math.abs(y[0]! - middle(y))).toBeLessThan(halfHeight[0]!);
  expect(halfWidth[0]!).toBeGreaterThan(3 * halfWidth[1]!);
});

test('names of clients stand outwards, so that none lies under a circle of its own ring', () => {
  const { x, y, sides } = place(federation(1, 21, 0) as Scene);
  const top = [...x.keys()].slice(1).toSorted((a, b) => y[a]! - y[b]!)[0]!;
  const right = [...x.keys()].slice(1).toSorted((a, b) => x[b]! - x[a]!)[0]!;
  expect([sides?.[top], sides?.[right]]).toEqual([1, 2]);
});

test('in a picture of two, servers and clients of a small federation stay as large as letters need', () => {
  for (const [servers, clients, services] of [
    [2, 3, 1],
    [3, 4, 1],
    [2, 7, 1],
  ] as const) {
    const scene = federation(servers, clients, services) as Scene;
    const room = ROOMS[1][1];
    const shown = (placement: Placement, i: number) => placement.halfHeight[i]! * fitOf(scene, placement, room).zoom;
    const [before, now] = [place(scene), placeIn(scene, room)];
    expect(shown(now, 0)).toBeGreaterThan(9);
    expect(shown(now, scene.entities.kind.indexOf(EntityKind.client))).toBeGreaterThan(4);
    expect(shown(now, 0)).toBeGreaterThanOrEqual(shown(before, 0));
  }
});

test('all of it fits with its names, whatever the room', () => {
  const rooms = fc.record({ width: fc.integer({ min: 200, max: 1800 }), height: fc.integer({ min: 80, max: 900 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 20 }), rooms, (servers, clients, room) => {
      const scene = federation(servers, clients, 1) as Scene;
      const { left, right, top, bottom, zoom } = fitOf(scene, placeIn(scene, room), room);
      expect((right - left) * zoom).toBeLessThanOrEqual(room.width * 1.1);
      expect((bottom - top) * zoom).toBeLessThanOrEqual(room.height * 1.1);
    }),
    { numRuns: 60 },
  );
});
