/** Words on a pill of their own, so that they are read on whatever is there. */
import { FONT } from './names.ts';
import type { Picture } from './overlay.ts';

const MARGIN = 6;

interface Badge {
  readonly text: string;
  /** Of its outline. */
  readonly colour: string;
  /** Weight and size, as CSS writes them. */
  readonly font: string;
  /** The place is its left end, and not its middle. */
  readonly fromLeft?: boolean;
}

export function paintBadge(c: CanvasRenderingContext2D, { palette }: Picture, x: number, y: number, badge: Badge): void {
  c.font = `${badge.font} ${FONT}`;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  const half = c.measureText(badge.text).width / 2 + MARGIN;
  const middle = badge.fromLeft ? x + half : x;
  c.beginPath();
  c.roundRect(middle - half, y - 8, 2 * half, 16, 8);
  c.fillStyle = palette.panel;
  c.fill();
  c.strokeStyle = badge.colour;
  c.lineWidth = 1.4;
  c.stroke();
  c.fillStyle = palette.ink;
  c.fillText(badge.text, middle, y + 0.5);
}
