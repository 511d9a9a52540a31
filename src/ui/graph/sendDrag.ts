/** A drag from an entity to another: who sends, where the pointer is, and who would receive it. Drawn as an arrow above everything. */
import type { Scene } from '../../protocol/scene.ts';
import type { Palette } from '../shared/palette.ts';
import { canSend } from '../state/sending.ts';
import type { Viewport } from './geometry.ts';
import type { Placement } from './placement.ts';
import type { Point } from './pointer.ts';

/** Smaller ones cannot be hit on purpose: a drag there moves the picture. In CSS pixels, from the middle. */
const SMALLEST = 5;

export const canDragFrom = (scene: Scene, { halfWidth }: Placement, { zoom }: Viewport, entity: number): boolean =>
  canSend(scene, entity) && zoom * (halfWidth[entity] ?? 0) >= SMALLEST;

export interface SendDrag {
  readonly from: number;
  readonly at: Point;
  /** The entity under the pointer; -1 where it would come to nobody. */
  readonly over: number;
}

const HEAD = 9;

export function paintSendDrag(
  c: CanvasRenderingContext2D,
  { from, at, over }: SendDrag,
  { x, y, halfWidth, halfHeight }: Placement,
  { panX, panY, zoom }: Viewport,
  { accent }: Palette,
): void {
  const middle = (i: number): Point => ({ x: panX + zoom * (x[i] ?? 0), y: panY + zoom * (y[i] ?? 0) });
  const size = (i: number): readonly [number, number] => [zoom * (halfWidth[i] ?? 0) + 4, zoom * (halfHeight[i] ?? 0) + 4];
  const start = middle(from);
  const [dx, dy] = [at.x - start.x, at.y - start.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  c.strokeStyle = accent;
  c.fillStyle = accent;
  c.lineWidth = 2;
  c.setLineDash(over < 0 ? [5, 4] : []);
  c.beginPath();
  for (const i of over < 0 ? [from] : [from, over]) {
    const [w, h] = size(i);
    const { x: px, y: py } = middle(i);
    c.roundRect(px - w, py - h, 2 * w, 2 * h, Math.min(w, h, 10));
  }
  const reach = Math.min(length, Math.min(...size(from)));
  c.moveTo(start.x + ux * reach, start.y + uy * reach);
  c.lineTo(at.x, at.y);
  c.stroke();
  c.setLineDash([]);
  c.beginPath();
  c.moveTo(at.x, at.y);
  c.lineTo(at.x - HEAD * ux + 0.5 * HEAD * uy, at.y - HEAD * uy - 0.5 * HEAD * ux);
  c.lineTo(at.x - HEAD * ux - 0.5 * HEAD * uy, at.y - HEAD * uy + 0.5 * HEAD * ux);
  c.fill();
}
