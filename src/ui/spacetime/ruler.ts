/** What is written along the ruler. */
import type { DiagramAxis } from '../../protocol/diagram.ts';
import type { TimeUnit } from '../../protocol/scene.ts';
import { axisOf } from '../shared/scale.ts';
import { lengthOf, type Sheet } from './geometry.ts';

/** Pixels from one number to the next. */
const APART = { across: 110, down: 44 };

export function rulerMarks(sheet: Sheet, axis: DiagramAxis, unit: TimeUnit): readonly { readonly at: number; readonly text: string }[] {
  const per = axis === 'time' ? unit.ticks : 1;
  const { from, to } = sheet.window;
  const count = Math.max(1, Math.floor(lengthOf(sheet) / (sheet.across ? APART.across : APART.down)));
  const { ticks } = axisOf('linear', [from / per, to / per], count);
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : (to - from) / per;
  // Nothing lies between two ticks, nor between two events. As many digits as tell two neighbours apart.
  const digits = Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return ticks
    .map((tick) => ({ at: tick * per, text: tick.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }) }))
    .filter(({ at }) => Math.abs(at - Math.round(at)) < 1e-3);
}
