/** What is marked for a partition, and the lasso that marks it; what is dragged from one to another. */
import type { Palette } from '../shared/palette.ts';
import type { Viewport } from './geometry.ts';
import type { Placement } from './placement.ts';
import type { Point } from './pointer.ts';
import { paintSendDrag, type SendDrag } from './sendDrag.ts';

/** Entities whose middles lie within the path, which closes itself. */
export function within(path: readonly Point[], { x, y }: Placement, { panX, panY, zoom }: Viewport): number[] {
  const inside: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const [px, py] = [panX + zoom * (x[i] ?? 0), panY + zoom * (y[i] ?? 0)];
    let odd = false;
    for (let k = 0, j = path.length - 1; k < path.length; j = k++) {
      const [a, b] = [path[k]!, path[j]!];
      if (a.y > py !== b.y > py && px < ((b.x - a.x) * (py - a.y)) / (b.y - a.y) + a.x) odd = !odd;
    }
    if (odd) inside.push(i);
  }
  return inside;
}

export interface Marks {
  readonly marked: readonly number[];
  readonly lasso: readonly Point[] | null;
  readonly drag: SendDrag | null;
}

export function paintMarks(
  c: CanvasRenderingContext2D,
  { marked, lasso, drag }: Marks,
  placement: Placement,
  viewport: Viewport,
  palette: Palette,
): void {
  const { x, y, halfWidth, halfHeight } = placement;
  const { panX, panY, zoom } = viewport;
  const { accent } = palette;
  if (drag) paintSendDrag(c, drag, placement, viewport, palette);
  c.strokeStyle = accent;
  c.lineWidth = 1.6;
  c.setLineDash([5, 3]);
  c.beginPath();
  for (const i of marked) {
    const w = zoom * (halfWidth[i] ?? 0) + 6;
    const h = zoom * (halfHeight[i] ?? 0) + 6;
    c.roundRect(panX + zoom * (x[i] ?? 0) - w, panY + zoom * (y[i] ?? 0) - h, 2 * w, 2 * h, 6);
  }
  const [first, ...rest] = lasso ?? [];
  if (first) {
    c.moveTo(first.x, first.y);
    for (const point of rest) c.lineTo(point.x, point.y);
    c.lineTo(first.x, first.y);
  }
  c.stroke();
  c.setLineDash([]);
  if (!first) return;
  c.beginPath();
  c.moveTo(first.x, first.y);
  for (const point of rest) c.lineTo(point.x, point.y);
  c.globalAlpha = 0.1;
  c.fillStyle = accent;
  c.fill();
  c.globalAlpha = 1;
}
