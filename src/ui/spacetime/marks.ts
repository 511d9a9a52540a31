/** Events on the lines, as small marks. */
import { Mark } from '../../protocol/diagram.ts';
import { alongOf, linesInView, overOf } from './geometry.ts';
import type { Pen, Picture } from './paint.ts';

/** Timers are strokes, silences rings, what was done by hand a diamond; an arrival whose stanza is not drawn is a dot; a note hangs above its event. */
export function paintMarks(c: Pen, { sheet, held, palette, lit, notes }: Picture): void {
  const { data, lines } = held;
  const { at, entity, what, message, ordinal } = data.marks;
  const [first, last] = linesInView(sheet);
  const length = sheet.across ? sheet.width : sheet.height;
  const drawn = new Set(data.messages.id);
  const each = (kind: number | null, visit: (x: number, y: number, i: number) => void) => {
    for (let i = 0; i < at.length; i++) {
      if ((kind !== null && what[i] !== kind) || (data.passes && data.passes.marks[i] !== 1)) continue;
      const line = lines.of[entity[i]!]!;
      if (line < first || line > last) continue;
      const along = alongOf(sheet, at[i]!);
      if (along < -4 || along > length + 4) continue;
      const over = overOf(sheet, line);
      visit(sheet.across ? along : over, sheet.across ? over : along, i);
    }
  };
  c.globalAlpha = lit.messages ? 0.35 : 0.9;
  c.strokeStyle = palette.muted;
  c.lineWidth = 1.2;
  c.beginPath();
  each(Mark.timer, (x, y) => {
    c.moveTo(sheet.across ? x : x - 4, sheet.across ? y - 4 : y);
    c.lineTo(sheet.across ? x : x + 4, sheet.across ? y + 4 : y);
  });
  c.stroke();
  c.beginPath();
  each(Mark.silence, (x, y) => {
    c.moveTo(x + 2.6, y);
    c.arc(x, y, 2.6, 0, 2 * Math.PI);
  });
  c.fillStyle = palette.panel;
  c.fill();
  c.stroke();
  c.fillStyle = palette.accent;
  c.beginPath();
  each(Mark.intervention, (x, y) => {
    c.moveTo(x, y - 5);
    c.lineTo(x + 5, y);
    c.lineTo(x, y + 5);
    c.lineTo(x - 5, y);
  });
  c.fill();
  c.fillStyle = palette.muted;
  c.beginPath();
  each(Mark.arrival, (x, y, i) => {
    if (drawn.has(message[i]!)) return;
    c.moveTo(x + 1.8, y);
    c.arc(x, y, 1.8, 0, 2 * Math.PI);
  });
  c.fill();
  for (const [severity, colour] of [
    [2, palette.kinds.iq],
    [3, palette.kinds.error],
  ] as const) {
    c.fillStyle = colour;
    c.beginPath();
    each(null, (x, y, i) => {
      if (notes.get(ordinal[i]!) !== severity) return;
      c.moveTo(x - 4, y - 11);
      c.lineTo(x + 4, y - 11);
      c.lineTo(x, y - 4);
    });
    c.fill();
  }
  c.globalAlpha = 1;
  if (lit.event <= 0) return;
  c.strokeStyle = palette.accent;
  c.lineWidth = 2;
  const i = ordinal.indexOf(lit.event);
  if (i < 0) return;
  c.beginPath();
  each(what[i]!, (x, y, k) => {
    if (k === i) c.arc(x, y, 7, 0, 2 * Math.PI);
  });
  c.stroke();
}
