/**
 * A federation as people draw it: servers large, their services attached, their clients around them on the outer side. Few clients fan
 * out below their server; many stand around all servers, in as many rings as they need, each server's within its own part of the way round.
 */
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import { ROW_REACH } from './groupPlaces.ts';
import type { Blank, Placement, Room } from './placement.ts';

/** Where the name of a client stands: where its neighbours in the ring are not. */
export const Side = { below: 0, above: 1, right: 2, left: 3 } as const;

interface Group {
  readonly server: number;
  readonly clients: readonly number[];
  readonly components: readonly number[];
}

const CLIENT_RADIUS = 18;
/** More clients of one server, or more servers, are no fan any more. */
const MOST_IN_FAN = 6;
const MOST_FANS = 3;
const LARGEST_SCALE = 2.6;

const textHalfWidth = (name: string, perLetter: number, padding: number): number => (name.length * perLetter) / 2 + padding;

/** @param room what has to be made smaller for it gets larger names first @param more larger still, by this factor */
export function placeFederation(scene: Scene, blank: Blank, room: Room, more: number): Placement {
  const { kind, parent } = scene.entities;
  const of = (wanted: number, server?: number) =>
    [...kind.keys()].filter((i) => kind[i] === wanted && (server === undefined || parent[i] === server));
  const groups = of(EntityKind.server).map((server) => ({
    server,
    clients: of(EntityKind.client, server),
    components: of(EntityKind.component, server),
  }));
  const isSmall = groups.length <= MOST_FANS && groups.every(({ clients }) => clients.length <= MOST_IN_FAN);
  if (isSmall) placeFans(scene, groups, blank, room, more);
  const sides = isSmall ? undefined : placeRings(scene, groups, blank, room, more);
  // Whoever belongs to no server stands in a row below everything.
  const { x, y, halfWidth, halfHeight } = blank;
  const strays = [...kind.keys()].filter((i) => kind[i] !== EntityKind.server && (parent[i] ?? -1) < 0);
  const low = Math.max(0, ...y) + 96;
  const middle = (Math.min(...x) + Math.max(...x)) / 2;
  strays.forEach((stray, i) => {
    x[stray] = middle + (i - (strays.length - 1) / 2) * 120;
    y[stray] = low;
    halfWidth[stray] = halfHeight[stray] = CLIENT_RADIUS;
  });
  return { ...blank, style: 'federation', ...(sides && { sides }) };
}

function size({ halfWidth, halfHeight }: Blank, scene: Scene, { server, components }: Group, scale: number): void {
  const { name } = scene.entities;
  halfWidth[server] = textHalfWidth(name[server] ?? '', 7.2, 18) * scale;
  halfHeight[server] = 24 * scale;
  for (const component of components) {
    halfWidth[component] = textHalfWidth(name[component] ?? '', 6.2, 16) * scale;
    halfHeight[component] = 17 * scale;
  }
}

/** Half the angle that clients fan out over, by how many they are. */
const fanOf = (clients: number): number => (Math.min(66, 18 + 16 * (clients - 1)) * Math.PI) / 180;

const scaleFor = (once: Room, room: Room): number =>
  Math.min(LARGEST_SCALE, Math.max(1, once.width / room.width, once.height / room.height));

/** Servers side by side, their components above them, their clients fanned out below. */
function placeFans(scene: Scene, groups: readonly Group[], blank: Blank, room: Room, more: number): void {
  const scale = more * scaleFor(fansAt(scene, groups, blank, 1), room);
  if (scale > 1.05) fansAt(scene, groups, blank, scale);
}

/** Larger circles than this are no easier to read. */
const LARGEST_CIRCLE = 2;

function fansAt(scene: Scene, groups: readonly Group[], blank: Blank, scale: number): Room {
  const { x, y, halfWidth, halfHeight } = blank;
  const { name, detail } = scene.entities;
  let right = 0;
  for (const group of groups) {
    const { server, clients, components } = group;
    const widest = Math.max(0, ...clients.map((i) => ((name[i] ?? '') + (detail[i] ?? '')).length));
    const radius = Math.max(168, (clients.length - 1) * Math.max(52, widest * 3.1));
    size(blank, scene, group, scale);
    const pitch = 2 * Math.max(94, ...components.map((i) => halfWidth[i] ?? 0)) + 12;
    const shapes = Math.max(halfWidth[server] ?? 0, (pitch / 2) * components.length) + 12;
    const half = Math.max(shapes, clients.length > 1 ? Math.max(150, radius * Math.sin(fanOf(clients.length)) + 60) : 120);
    const centre = right + half;
    right = centre + half;
    x[server] = centre;
    clients.forEach((client, i) => {
      const angle = clients.length === 1 ? Math.PI / 2 : Math.PI / 2 + fanOf(clients.length) * (1 - (2 * i) / (clients.length - 1));
      x[client] = centre + radius * Math.cos(angle);
      y[client] = 24 * scale + Math.max(96, radius * 0.82 * Math.sin(angle));
      halfWidth[client] = halfHeight[client] = CLIENT_RADIUS * Math.min(LARGEST_CIRCLE, scale);
    });
    components.forEach((component, i) => {
      x[component] = centre + (i - (components.length - 1) / 2) * pitch;
      y[component] = -95 - 41 * scale - (i % 2) * 24;
    });
  }
  const { top, bottom } = { top: Math.min(0, ...y), bottom: Math.max(0, ...y) };
  return { width: right, height: bottom - top + 60 };
}

/** How large clients are and how far apart, along their ring and from ring to ring. */
function pitchOf(clients: number): { readonly radius: number; readonly along: number; readonly rows: number } {
  if (clients <= 16) return { radius: 18, along: 84, rows: 92 };
  if (clients <= 40) return { radius: 14, along: 62, rows: 74 };
  if (clients <= 120) return { radius: 10, along: 34, rows: 40 };
  return { radius: 6, along: 17, rows: 17 };
}
/** Clients in a ring, before there is a second one. */
const FULL_RING = 30;
/** Windows are wider than high; one picture of several may not be, which a ring of more than two servers has no use for. */
const WIDE = 1.7;
const aspectOf = ({ width, height }: Room, servers: number): number => (servers > 2 ? WIDE : Math.min(WIDE, Math.max(1, width / height)));

/** How much of its part of a ring a group of several fills. */
const FILLED = 0.88;

function placeRings(scene: Scene, groups: readonly Group[], blank: Blank, room: Room, more: number): Uint8Array {
  const once = ringsAt(scene, groups, blank, 1, aspectOf(room, groups.length));
  const scale = more * scaleFor(once, room);
  return scale > 1.05 ? ringsAt(scene, groups, blank, scale, aspectOf(room, groups.length)).sides : once.sides;
}

function ringsAt(scene: Scene, groups: readonly Group[], blank: Blank, scale: number, aspect: number) {
  const { x, y, halfWidth, halfHeight } = blank;
  const all = groups.reduce((sum, { clients }) => sum + clients.length, 0);
  const { along, rows, ...pitch } = pitchOf(all);
  // In a small picture circles get larger with the servers, as far as neighbours leave room.
  const radius = Math.min(pitch.radius * Math.max(1, Math.sqrt(scale)), along * 0.4);
  for (const group of groups) size(blank, scene, group, scale);
  const widest = Math.max(...groups.flatMap(({ server, components }) => [server, ...components].map((i) => halfWidth[i] ?? 0)));
  // How far a server reaches outwards from its middle, with its services.
  const gap = 14 * scale;
  const isAlone = groups.length === 1;
  const reaches = groups.map(({ server, components }) => {
    const tall = halfHeight[server] ?? 0;
    return components.length === 0 ? tall : tall + gap + 2 * (halfHeight[components[0] ?? 0] ?? 0);
  });
  const reach = Math.max(...reaches);
  // Rooms stand in a row beyond their service; of two servers, which are left and right, no client is there.
  const rowed = groups.some(({ components }) => components.some((c) => scene.groups?.includes(c))) ? reach + ROW_REACH * scale : reach;
  // A ring on which the servers stand with room between them; a single one stands in the middle.
  const row = groups.length === 2 ? (widest + gap) / aspect : (2 * widest + gap) * (groups.length / 8.6);
  const inner = isAlone ? 0 : Math.max(reach * 1.2 + 20, row);
  const first = Math.max(
    inner + (groups.length === 2 ? reach : rowed) + radius + 34 * Math.sqrt(scale),
    rowed + radius + 24,
    (along * Math.min(all, FULL_RING)) / 8.6,
    110,
  );
  const beside = inner * aspect + widest + radius + 24 * Math.sqrt(scale);
  const wide = isAlone ? Math.max(first * aspect, widest + radius + 24) : Math.max(beside, inner * aspect + (first - inner) * 1.25);
  const sides = new Uint8Array(x.length);
  // Two stand left and right; the first of more, and the first client of one server, at the top.
  const start = groups.length === 2 ? Math.PI : -Math.PI / 2;
  const middle = ringOf(inner * aspect, inner, start);
  const rings: Ring[] = [];
  const ringAt = (row: number): Ring => (rings[row] ??= ringOf(wide + row * rows, first + row * rows, start));
  groups.forEach(({ server, clients, components }, g) => {
    const home = middle.at((middle.length * g) / groups.length);
    x[server] = home.x;
    y[server] = home.y;
    const way = home.y > inner / 4 ? 1 : -1;
    components.forEach((component, i) => {
      // Of a server that stands alone above and below, else on its outer side.
      const column = isAlone ? Math.floor(i / 2) - Math.floor((components.length - 1) / 2) / 2 : i - (components.length - 1) / 2;
      const side = isAlone ? (i % 2 === 0 ? -1 : 1) : way;
      x[component] = home.x + column * 2.1 * (halfWidth[component] ?? 0);
      y[component] = home.y + side * ((halfHeight[server] ?? 0) + (halfHeight[component] ?? 0) + gap);
    });
    let placed = 0;
    for (let row = 0; placed < clients.length; row++) {
      const ring = ringAt(row);
      const part = ring.length / groups.length;
      const left = clients.length - placed;
      const here = Math.min(left, Math.max(1, Math.floor((part * (isAlone ? 1 : FILLED)) / along)));
      // A ring that is not full is spread over its part, as far as neighbours still belong together.
      const step = isAlone ? part / here : Math.min((part * FILLED) / here, along * 1.2);
      for (let i = 0; i < here; i++) {
        const client = clients[placed + i] ?? 0;
        const at = ring.at(part * g + (i - (here - 1) / 2) * step);
        x[client] = at.x;
        y[client] = at.y;
        halfWidth[client] = halfHeight[client] = radius;
        const flat = Math.abs(at.y) / ring.b;
        sides[client] = flat > 0.62 ? (at.y < 0 ? Side.above : Side.below) : at.x < 0 ? Side.left : Side.right;
      }
      placed += here;
    }
  });
  const outer = rings.at(-1);
  return { sides, width: 2 * ((outer?.a ?? 0) + 80), height: 2 * ((outer?.b ?? 0) + 30) };
}

interface Ring {
  readonly a: number;
  readonly b: number;
  readonly length: number;
  /** The point so far along the ellipse from where the first group's part has its middle. */
  at(distance: number): { readonly x: number; readonly y: number };
}

const SAMPLES = 720;
function ringOf(a: number, b: number, start: number): Ring {
  const point = (i: number) => {
    const angle = start + (2 * Math.PI * i) / SAMPLES;
    return { x: a * Math.cos(angle), y: b * Math.sin(angle) };
  };
  const lengths = [0];
  for (let i = 1; i <= SAMPLES; i++) {
    const [p, q] = [point(i - 1), point(i)];
    lengths.push((lengths[i - 1] ?? 0) + Math.hypot(q.x - p.x, q.y - p.y));
  }
  // One server stands in the middle of a ring of no size.
  const length = lengths[SAMPLES] || 1;
  return {
    a,
    b,
    length,
    at(distance) {
      const wanted = ((distance % length) + length) % length;
      let i = 1;
      while (i < SAMPLES && (lengths[i] ?? 0) < wanted) i++;
      const [before, after] = [lengths[i - 1] ?? 0, lengths[i] ?? 1];
      return point(i - 1 + (wanted - before) / Math.max(1e-9, after - before));
    },
  };
}
