/** Stanzas as slanted arrows: from the line and place where each was sent to where it arrived, or to a cross where it was lost. */
import { End } from '../../protocol/diagram.ts';
import { KINDS } from '../../protocol/scene.ts';
import { isTurned } from '../shared/sprites.ts';
import { alongOf, linesInView, overOf, type Sheet } from './geometry.ts';
import { paintLabels } from './labels.ts';
import type { Held } from './cache.ts';
import type { Pen, Picture } from './paint.ts';

/** How much of its way is drawn of a stanza that was lost somewhere on it. */
const LOST_PART = 0.82;
/** Length of the stub of a stanza whose other end has no line, along time and over the lines. */
const STUB = [16, 11] as const;
/** Beyond this many in view, arrows are thin and without shapes. */
const CROWDED = 500;
const SHAPES = 260;

/** In pixels: x, y of both ends as drawn. */
export interface Stroke {
  readonly index: number;
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
}

/** The arrow of row `i`, or undefined where nothing of it is in view. */
export function strokeOf(sheet: Sheet, { data, lines }: Held, i: number): Stroke | undefined {
  const m = data.messages;
  const a = lines.of[m.from[i]!]!;
  const b = lines.of[m.to[i]!]!;
  const length = sheet.across ? sheet.width : sheet.height;
  let from = alongOf(sheet, m.sent[i]!);
  let to = alongOf(sheet, m.due[i]!);
  let low = a < 0 ? 0 : overOf(sheet, a);
  let high = b < 0 ? 0 : overOf(sheet, b);
  if (a < 0) {
    from = to - STUB[0];
    low = high - STUB[1];
  } else if (b < 0) {
    to = from + STUB[0];
    high = low + STUB[1];
  } else {
    const part = m.part[i]! < 1 ? m.part[i]! : m.fate[i] === End.lost ? LOST_PART : 1;
    to = from + (to - from) * part;
    high = low + (high - low) * part;
  }
  if (to < -8 || from > length + 8) return undefined;
  return sheet.across ? { index: i, ax: from, ay: low, bx: to, by: high } : { index: i, ax: low, ay: from, bx: high, by: to };
}

function strokesInView(sheet: Sheet, held: Held): Stroke[] {
  const strokes: Stroke[] = [];
  const [first, last] = linesInView(sheet);
  const low = overOf(sheet, first) - sheet.gap;
  const high = overOf(sheet, last) + sheet.gap;
  for (let i = 0; i < held.data.messages.id.length; i++) {
    const stroke = strokeOf(sheet, held, i);
    if (!stroke) continue;
    const [a, b] = sheet.across ? [stroke.ay, stroke.by] : [stroke.ax, stroke.bx];
    if (Math.max(a, b) >= low && Math.min(a, b) <= high) strokes.push(stroke);
  }
  return strokes;
}

const isIdle = (fate: number): boolean => fate === End.idle || fate === End.duplicate;

export function paintArrows(c: Pen, picture: Picture): void {
  const { sheet, held, palette, lit, sprites, ratio } = picture;
  const { kind, fate, id } = held.data.messages;
  const strokes = strokesInView(sheet, held);
  const crowded = strokes.length > CROWDED;
  const colour = (i: number) => palette.kinds[KINDS[kind[i]!] ?? 'message'];
  const { passes } = held.data;
  const isLit = (i: number) => (lit.messages === null || lit.messages(id[i]!)) && (passes === null || passes.messages[i] === 1);
  const groups = new Map<string, Stroke[]>();
  for (const stroke of strokes) {
    const i = stroke.index;
    const key = `${isLit(i) ? 1 : 0} ${kind[i]} ${fate[i] === End.underWay ? 1 : 0} ${isIdle(fate[i]!) ? 1 : 0}`;
    const group = groups.get(key);
    if (group) group.push(stroke);
    else groups.set(key, [stroke]);
  }
  // What is dimmed lies below.
  for (const [key, group] of [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { index } = group[0]!;
    const bright = key.startsWith('1');
    c.strokeStyle = c.fillStyle = onGround(colour(index), palette.light);
    c.globalAlpha = bright ? (crowded ? 0.55 : isIdle(fate[index]!) ? 0.6 : 0.95) : 0.14;
    c.lineWidth = bright && lit.messages ? 1.8 : crowded ? 0.9 : 1.3;
    c.setLineDash(fate[index] === End.underWay ? [4, 3] : []);
    c.beginPath();
    for (const { ax, ay, bx, by } of group) {
      c.moveTo(ax, ay);
      c.lineTo(bx, by);
    }
    c.stroke();
    c.setLineDash([]);
    if (!crowded || (bright && lit.messages)) paintEnds(c, picture, group);
  }
  c.globalAlpha = 1;
  for (const stroke of strokes) {
    const i = stroke.index;
    if (lit.broken.has(id[i]!)) paintOver(c, stroke, palette.kinds.error, 2.6, 0.85);
    if (id[i] === lit.message) {
      paintOver(c, stroke, palette.accent, 6, 0.35);
      paintOver(c, stroke, palette.ink, 1.8, 1);
    }
  }
  if (strokes.length > SHAPES) return;
  const { side, images } = sprites;
  for (const { index, ax, ay, bx, by } of strokes) {
    if (Math.hypot(bx - ax, by - ay) < side * 1.6) continue;
    const image = images[kind[index]!];
    c.globalAlpha = isLit(index) ? 1 : 0.2;
    if (!image) continue;
    const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
    if (isTurned(kind[index]!)) {
      const length = Math.hypot(bx - ax, by - ay);
      const [cos, sin] = [((bx - ax) / length) * ratio, ((by - ay) / length) * ratio];
      c.setTransform(cos, sin, -sin, cos, x * ratio, y * ratio);
      c.drawImage(image, -side / 2, -side / 2, side, side);
      c.setTransform(ratio, 0, 0, ratio, 0, 0);
    } else c.drawImage(image, x - side / 2, y - side / 2, side, side);
  }
  c.globalAlpha = 1;
  paintLabels(c, picture, strokes);
}

/** The yellow of results is none on white. */
const onGround = (colour: string, light: boolean): string => (light && /^#f0e442$/i.test(colour) ? '#8a7d00' : colour);

function paintOver(c: Pen, { ax, ay, bx, by }: Stroke, colour: string, width: number, alpha: number): void {
  c.globalAlpha = alpha;
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.lineCap = 'round';
  c.beginPath();
  c.moveTo(ax, ay);
  c.lineTo(bx, by);
  c.stroke();
  c.lineCap = 'butt';
  c.globalAlpha = 1;
}

const HEAD = 7;
/** Delivered: a full head. Came to nothing, or brought only what was known: an open one. Refused: a full one behind a bar. Lost: a cross. Under way: none. */
function paintEnds(c: Pen, { held }: Picture, group: readonly Stroke[]): void {
  const { fate } = held.data.messages;
  const each = (wanted: readonly number[], visit: (x: number, y: number, cos: number, sin: number) => void) => {
    c.beginPath();
    for (const { index, ax, ay, bx, by } of group) {
      if (!wanted.includes(fate[index]!)) continue;
      const length = Math.hypot(bx - ax, by - ay) || 1;
      visit(bx, by, (bx - ax) / length, (by - ay) / length);
    }
  };
  const head = (x: number, y: number, cos: number, sin: number) => {
    c.moveTo(x, y);
    c.lineTo(x - HEAD * cos + HEAD * 0.42 * sin, y - HEAD * sin - HEAD * 0.42 * cos);
    c.lineTo(x - HEAD * cos - HEAD * 0.42 * sin, y - HEAD * sin + HEAD * 0.42 * cos);
    c.closePath();
  };
  each([End.delivered, End.refused], head);
  c.fill();
  each([End.idle, End.duplicate], head);
  c.stroke();
  const { lineWidth } = c;
  c.lineWidth = 2;
  each([End.refused], (x, y, cos, sin) => {
    c.moveTo(x + 4.5 * sin, y - 4.5 * cos);
    c.lineTo(x - 4.5 * sin, y + 4.5 * cos);
  });
  c.stroke();
  each([End.lost], (x, y) => {
    c.moveTo(x - 4, y - 4);
    c.lineTo(x + 4, y + 4);
    c.moveTo(x + 4, y - 4);
    c.lineTo(x - 4, y + 4);
  });
  c.stroke();
  c.lineWidth = lineWidth;
}
