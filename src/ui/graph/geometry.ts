/** Where a stanza travels: from edge to edge of the two shapes, keeping to the right, so that opposite ones pass each other. */
import { EntityKind, type Scene } from '../../protocol/scene.ts';
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
