/** Where a stanza travels: from edge to edge of the two shapes, keeping to the right, so that opposite ones pass each other. */
import { EntityKind, type Scene } from '../../protocol/scene.ts';
import type { Disturbed } from '../../protocol/intervention.ts';
import type { Frame } from '../../protocol/protocol.ts';
import type { Placement } from './placement.ts';

/** Screen positions: x = panX + zoom · model x. */
export interface Viewport {
  readonly panX: number;
  readonly panY: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

export interface Segment {
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

const LANE = 4;

/** How far from the centre, along (dx, dy) of length 1, the edge of a shape is. */
function reach(placement: Placement, scene: Scene, index: number, dx: number, dy: number): number {
  const w = placement.halfWidth[index] ?? 0;
  const h = placement.halfHeight[index] ?? 0;
  const kind = scene.entities.kind[index];
  if (kind !== EntityKind.server && kind !== EntityKind.component) return w;
  return Math.min(Math.abs(dx) < 1e-6 ? Infinity : w / Math.abs(dx), Math.abs(dy) < 1e-6 ? Infinity : h / Math.abs(dy));
}

/** The lane between two entities in model coordinates, written into `out`: called for each stanza of each frame. */
export function laneInto(out: Segment, scene: Scene, placement: Placement, from: number, to: number): void {
  const { x, y } = placement;
  const ax = x[from] ?? 0;
  const ay = y[from] ?? 0;
  const bx = x[to] ?? 0;
  const by = y[to] ?? 0;
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const dx = (bx - ax) / length;
  const dy = (by - ay) / length;
  const a = Math.min(reach(placement, scene, from, dx, dy), length * 0.45);
  const b = Math.min(reach(placement, scene, to, dx, dy), length * 0.45);
  const side = Math.min(LANE, (placement.halfWidth[from] ?? 0) * 0.35);
  out.ax = ax + dx * a - dy * side;
  out.ay = ay + dy * a + dx * side;
  out.bx = bx - dx * b - dy * side;
  out.by = by - dy * b + dx * side;
}

/** How far along its lane a stanza is; in hops where less motion is wanted. */
export function fractionAt(t: number, sent: number, due: number, hops: boolean): number {
  const part = due > sent ? Math.min(1, Math.max(0, (t - sent) / (due - sent))) : 1;
  if (!hops) return part;
  return part < 0.5 ? 1 / 6 : 5 / 6;
}

/** What does not get through rests here: before the word on the cut link. */
const HELD_BACK = 0.36;

/**
 * How far along its lane a stanza of the frame is: what a cut holds back comes no further than that, and so does what was due and has not come, unless
 * it waits before a paused entity.
 */
export function placeAlong(
  { flights, disturbed, tick }: Pick<Frame, 'flights' | 'disturbed' | 'tick'>,
  row: number,
  t: number,
  hops: boolean,
): number {
  const [sent, due, to] = [flights.sent[row] ?? 0, flights.due[row] ?? 0, flights.to[row] ?? 0];
  const part = fractionAt(t, sent, due, hops);
  if (part <= HELD_BACK) return part;
  const waits = due < tick && disturbed?.paused.includes(to) !== true;
  return waits || (disturbed && isCutOff(disturbed, flights.from[row] ?? 0, to)) ? HELD_BACK : part;
}
/** Sides of partitions, looked up for each stanza of each frame. */
const sides = new WeakMap<Disturbed, ReadonlySet<number>>();
function isCutOff(disturbed: Disturbed, from: number, to: number): boolean {
  let side = sides.get(disturbed);
  if (!side) sides.set(disturbed, (side = new Set(disturbed.side)));
  if (side.size > 0 && side.has(from) !== side.has(to)) return true;
  return disturbed.cuts.some(([a, b]) => (a === from && b === to) || (a === to && b === from));
}

/**
 * Whether a stanza of the frame is under way at the displayed time. One whose arrival is due at the cursor's tick and is not yet processed
 * there still stands at the end of its link; so does one that was due and waits, before an entity that is paused.
 */
export function isUnderWay(t: number, sent: number, due: number, { tick, nextTick }: Pick<Frame, 'tick' | 'nextTick'>): boolean {
  if (t < sent) return false;
  return t < due || t <= tick || due < tick || (due === tick && nextTick > tick);
}

export function distanceToSegment(px: number, py: number, { ax, ay, bx, by }: Segment): number {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const part = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / square));
  return Math.hypot(px - ax - part * dx, py - ay - part * dy);
}
