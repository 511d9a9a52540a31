/** Rooms and nodes stand in rows beside their services: apart from each other and from what else is there, however many there are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Group } from '../../src/protocol/groups.ts';
import { EntityKind, type Scene } from '../../src/protocol/scene.ts';
import { boundsOf } from '../../src/ui/graph/bounds.ts';
import { groupAt, groupPlaces } from '../../src/ui/graph/groupPlaces.ts';
import { place } from '../../src/ui/graph/placement.ts';
import { federation } from './scenes.ts';

const group = (host: number, title: string): Group => ({
  key: `${title} ${host}`,
  kind: 'room',
  title,
  words: title,
  host,
  members: [],
  peers: [],
  part: '',
});

test('every group is at one place, and places are apart and within the picture', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 60 }),
      fc.array(fc.string({ minLength: 1, maxLength: 30 }), { maxLength: 40 }),
      (servers, clients, titles) => {
        const scene = federation(servers, clients, 1) as Scene;
        const placement = place(scene);
        const hosts = scene.groups!;
        const groups = titles.map((title, i) => group(hosts[i % hosts.length]!, `${title}${i}`));
        const places = groupPlaces(scene, placement, groups);
        expect(places.flatMap((p) => p.together.map((g) => g.key)).toSorted()).toEqual(groups.map((g) => g.key).toSorted());
        const { top, bottom } = boundsOf(scene, placement);
        places.forEach((a, i) => {
          expect(a.y - a.radius).toBeGreaterThanOrEqual(top);
          expect(a.y + a.radius).toBeLessThanOrEqual(bottom);
          for (const b of places.slice(i + 1))
            if (a.group.host === b.group.host) expect(Math.abs(a.x - b.x)).toBeGreaterThan(a.radius + b.radius);
          // It is what is hit there, and no client or server lies under it.
          expect(groupAt(places, a.x, a.y, 0)).toBe(a);
          scene.entities.kind.forEach((kind, entity) => {
            if (kind === EntityKind.component) return;
            const dx = Math.abs((placement.x[entity] ?? 0) - a.x) - (placement.halfWidth[entity] ?? 0);
            const dy = Math.abs((placement.y[entity] ?? 0) - a.y) - (placement.halfHeight[entity] ?? 0);
            expect({ entity, apart: Math.max(dx, dy) > 0 }).toEqual({ entity, apart: true });
          });
        });
      },
    ),
    { numRuns: 60 },
  );
});
