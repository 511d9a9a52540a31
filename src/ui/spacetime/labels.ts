/** Words beside arrows, where there is room: over no other words and over no other arrow. */
import type { Stroke } from './arrows.ts';
import type { Pen, Picture } from './paint.ts';
import { rulerOf } from './geometry.ts';

const MOST = 90;
const LONGEST = 30;
const HEIGHT = 14;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width + 4 && b.x < a.x + a.width + 4 && Math.abs(a.y - b.y) < HEIGHT + 2;

/** Whether the stroke passes the box: its ends on different sides of one of the diagonals, and near. */
function runsInto({ ax, ay, bx, by }: Stroke, { x, y, width }: Box): boolean {
  const [left, right, top, bottom] = [x - 2, x + width + 2, y - HEIGHT / 2, y + HEIGHT / 2];
  // Liang and Barsky: the part of the stroke that lies within.
  let [t0, t1] = [0, 1];
  for (const [p, q] of [
    [ax - bx, ax - left],
    [bx - ax, right - ax],
    [ay - by, ay - top],
    [by - ay, bottom - ay],
  ] as const) {
    if (p === 0) {
      if (q < 0) return false;
    } else if (p < 0) t0 = Math.max(t0, q / p);
    else t1 = Math.min(t1, q / p);
  }
  return t0 <= t1;
}

export function paintLabels(c: Pen, { sheet, held, palette, lit, sprites }: Picture, strokes: readonly Stroke[]): void {
  const { texts, messages, passes } = held.data;
  if (texts.length === 0 || strokes.length > MOST) return;
  c.font = `500 11px ${getComputedStyle(c.canvas).fontFamily}`;
  c.textBaseline = 'middle';
  c.textAlign = 'left';
  const placed: Box[] = [];
  const ruler = rulerOf(sheet);
  // What is selected has the first choice.
  const order = strokes.toSorted((a, b) => Number(messages.id[b.index] === lit.message) - Number(messages.id[a.index] === lit.message));
  for (const stroke of order) {
    const { index, ax, ay, bx, by } = stroke;
    if ((lit.messages && !lit.messages(messages.id[index]!)) || (passes && passes.messages[index] !== 1)) continue;
    const full = texts[index] ?? '';
    const text = full.length > LONGEST ? `${full.slice(0, LONGEST - 1)}…` : full;
    if (text === '' || Math.hypot(bx - ax, by - ay) < 24) continue;
    const width = c.measureText(text).width;
    const fits = [0.5, 0.35, 0.65]
      .flatMap((part) => {
        const x = ax + (bx - ax) * part;
        const y = ay + (by - ay) * part;
        const gap = sprites.side / 2 + 3;
        return [
          { x: x + gap, y, width },
          { x: x - gap - width, y, width },
        ];
      })
      .find(
        (box) =>
          box.x > (sheet.across ? 2 : ruler + 2) &&
          box.x + width < sheet.width - 2 &&
          box.y > (sheet.across ? ruler + HEIGHT / 2 : HEIGHT / 2) &&
          box.y < sheet.height - HEIGHT / 2 &&
          !placed.some((other) => overlap(box, other)) &&
          !strokes.some((other) => other !== stroke && runsInto(other, box)),
      );
    if (!fits) continue;
    placed.push(fits);
    c.fillStyle = palette.ink;
    c.globalAlpha = 0.88;
    c.fillText(text, fits.x, fits.y);
  }
  c.globalAlpha = 1;
}
