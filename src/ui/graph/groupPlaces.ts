/** Where rooms and nodes stand: in a row at the outer side of the service that they live at, accounts that tell of themselves above their server. */
import type { Group, Groups } from '../../protocol/groups.ts';
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import type { Placement } from './placement.ts';

export interface GroupPlace {
  /** The first of them, where several stand together. */
  readonly group: Group;
  /** More than are drawn one by one: all of these. */
  readonly together: readonly Group[];
  readonly x: number;
  readonly y: number;
  /** Half its size, in model units. */
  readonly radius: number;
  /** Where its name stands: −1 above, 1 below. */
  readonly side: -1 | 1;
}

const RADIUS = 14;
const GAP = 14;
const LETTER = 6.2;
/** With siblings beside the service there is room for a short row only. */
const ROW = 196;
const LONG_ROW = 420;
/** Half the height of a service that is drawn at its usual size. */
const USUAL = 17;

/** What a service needs beyond its own shape for its row, in model units at its usual size. */
export const ROW_REACH = GAP + 2 * RADIUS + 18;

/** Above or below: away from the server that the service belongs to. */
export function sideOf({ entities }: Scene, { y }: Pick<Placement, 'y'>, host: number): -1 | 1 {
  if (entities.kind[host] === EntityKind.server) return -1;
  return (y[host] ?? 0) > (y[entities.parent[host] ?? host] ?? 0) ? 1 : -1;
}

export const scaleOf = ({ entities }: Scene, { halfHeight }: Pick<Placement, 'halfHeight'>, host: number): number =>
  (halfHeight[host] ?? USUAL) / (entities.kind[host] === EntityKind.server ? 24 : USUAL);

/** They stand still while the groups are the same. */
export function keepPlaces(scene: Scene, placement: Placement): (groups: Groups | null) => readonly GroupPlace[] {
  let last: Groups | null = null;
  let places: readonly GroupPlace[] = [];
  return (groups) => {
    if (groups !== last) places = groups ? groupPlaces(scene, placement, groups.groups) : [];
    last = groups;
    return places;
  };
}

export function groupPlaces(scene: Scene, placement: Placement, groups: readonly Group[]): readonly GroupPlace[] {
  const byHost = new Map<number, Group[]>();
  for (const group of groups) byHost.set(group.host, [...(byHost.get(group.host) ?? []), group]);
  const hosts = [...byHost.keys()];
  return [...byHost].flatMap(([host, here]) => row(scene, placement, host, here, roomBeside(placement, host, hosts)));
}

/** How wide a row may be, so that it ends where the next host's begins. */
function roomBeside({ x, y }: Placement, host: number, hosts: readonly number[]): number {
  const near = hosts.filter((other) => other !== host && Math.abs((y[other] ?? 0) - (y[host] ?? 0)) < 2 * ROW_REACH * 2.6);
  return Math.min(...near.map((other) => Math.abs((x[other] ?? 0) - (x[host] ?? 0)) - 8), Infinity);
}

function row(scene: Scene, placement: Placement, host: number, groups: readonly Group[], beside: number): readonly GroupPlace[] {
  const { kind, parent } = scene.entities;
  const scale = scaleOf(scene, placement, host);
  const side = sideOf(scene, placement, host);
  const radius = RADIUS * scale;
  const longest = Math.max(...groups.map((g) => shortTitle(g.title).length));
  const pitch = Math.max(2 * radius + 16, longest * LETTER + 12);
  const siblings = [...kind.keys()].some((i) => i !== host && kind[i] === EntityKind.component && parent[i] === parent[host]);
  // Inside a ring of clients two rows grow towards each other.
  const most = placement.sides ? beside / 2 + (placement.halfWidth[host] ?? 0) - 8 : beside;
  const room = Math.min((siblings || kind[host] === EntityKind.server ? ROW : LONG_ROW) * scale, most);
  const fit = Math.max(1, Math.floor(room / pitch));
  const single = groups.length <= fit ? groups : groups.slice(0, fit - 1);
  const rest = groups.slice(single.length);
  const all = [...single.map((group) => ({ group, together: [group] })), ...(rest[0] ? [{ group: rest[0], together: rest }] : [])];
  const y = (placement.y[host] ?? 0) + side * ((placement.halfHeight[host] ?? 0) + GAP * scale + radius);
  const wide = (placement.halfWidth[host] ?? 0) - radius;
  const middle = placement.x[host] ?? 0;
  const half = ((all.length - 1) / 2) * pitch;
  const shift = placement.sides && Math.abs(middle) > 1 ? -Math.sign(middle) * Math.max(0, half - wide) : 0;
  return all.map((one, i) => ({ ...one, x: middle + shift + (i - (all.length - 1) / 2) * pitch, y, radius, side }));
}

const MOST_LETTERS = 16;
export const shortTitle = (title: string): string => (title.length > MOST_LETTERS ? `${title.slice(0, MOST_LETTERS - 1)}…` : title);

/** The one under a point in model coordinates. */
export const groupAt = (places: readonly GroupPlace[], x: number, y: number, near: number): GroupPlace | undefined =>
  places.find((p) => Math.abs(x - p.x) <= p.radius + near && Math.abs(y - p.y) <= p.radius + near);
