/** What moves above the diagram: the cursor, the cut, and what the pointer or the keys are at. */
import type { Cut } from '../../protocol/causality.ts';
import type { Palette } from '../shared/palette.ts';
import { strokeOf } from './arrows.ts';
import type { Held } from './cache.ts';
import { alongOf, linesInView, overOf, rulerOf, type Sheet } from './geometry.ts';
import type { Hit } from './hit.ts';
import type { Lines } from './lines.ts';
import { lineTo, moveTo, type Pen } from './paint.ts';

interface Overlay {
  readonly sheet: Sheet;
  readonly held: Held | null;
  readonly palette: Palette;
  readonly ratio: number;
  /** Place on the axis. */
  readonly cursor: number;
  readonly cut: ReadonlyMap<number, number> | null;
  readonly verdict: Cut | null;
  readonly lines: Lines;
  readonly hover: Hit | null;
  readonly active: number;
}

export function paintOverlay(c: Pen, overlay: Overlay): void {
  const { sheet, palette, ratio, cursor, hover, held } = overlay;
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, sheet.width, sheet.height);
  const length = sheet.across ? sheet.width : sheet.height;
  const breadth = sheet.across ? sheet.height : sheet.width;
  const along = alongOf(sheet, cursor);
  if (along >= -1 && along <= length + 1) {
    c.strokeStyle = c.fillStyle = palette.accent;
    c.lineWidth = 1.4;
    c.beginPath();
    moveTo(c, sheet.across, along, 0);
    lineTo(c, sheet.across, along, breadth);
    c.stroke();
    // The handle on the ruler.
    const ruler = rulerOf(sheet);
    c.beginPath();
    moveTo(c, sheet.across, along - 5, ruler - 8);
    lineTo(c, sheet.across, along + 5, ruler - 8);
    lineTo(c, sheet.across, along, ruler);
    c.fill();
  }
  paintCut(c, overlay);
  if (hover?.target.type === 'message' && held) {
    const row = held.data.messages.id.indexOf(hover.target.id);
    const stroke = row < 0 ? undefined : strokeOf(sheet, held, row);
    if (stroke) {
      c.strokeStyle = palette.ink;
      c.lineWidth = 2;
      c.beginPath();
      c.moveTo(stroke.ax, stroke.ay);
      c.lineTo(stroke.bx, stroke.by);
      c.stroke();
    }
  } else if (hover) ring(c, overlay, hover.ordinal, 6, 1.5, palette.ink);
  if (overlay.active > 0) ring(c, overlay, overlay.active, 8, 2, palette.accent);
}

function ring(c: Pen, { sheet, held }: Overlay, ordinal: number, radius: number, width: number, colour: string): void {
  const i = held?.data.marks.ordinal.indexOf(ordinal) ?? -1;
  if (!held || i < 0) return;
  const line = held.lines.of[held.data.marks.entity[i]!]!;
  if (line < 0) return;
  const along = alongOf(sheet, held.data.marks.at[i]!);
  const over = overOf(sheet, line);
  c.beginPath();
  c.arc(sheet.across ? along : over, sheet.across ? over : along, radius, 0, 2 * Math.PI);
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.stroke();
}

/** From line to line, with a handle on each. */
function paintCut(c: Pen, { sheet, palette, cut, verdict, lines }: Overlay): void {
  if (!cut) return;
  const colour = verdict && !verdict.consistent ? palette.kinds.error : palette.kinds.presence;
  c.strokeStyle = c.fillStyle = colour;
  c.lineWidth = 2;
  c.setLineDash([6, 3]);
  c.beginPath();
  const [first, last] = linesInView(sheet);
  const points: (readonly [number, number])[] = [];
  for (let line = Math.max(0, first - 1); line <= Math.min(lines.list.length - 1, last + 1); line++) {
    const at = cut.get(lines.list[line]!.entity);
    if (at !== undefined) points.push([alongOf(sheet, at), overOf(sheet, line)]);
  }
  points.forEach(([along, over], i) => (i === 0 ? moveTo : lineTo)(c, sheet.across, along, over));
  c.stroke();
  c.setLineDash([]);
  for (const [along, over] of points) {
    c.beginPath();
    c.arc(sheet.across ? along : over, sheet.across ? over : along, 4, 0, 2 * Math.PI);
    c.fill();
  }
}
