/** From the window and its lines to pixels and back. `along` runs with time, `over` from line to line. */
import type { Span } from '../state/diagram.ts';

export interface Sheet {
  readonly across: boolean;
  /** Of the canvas, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly window: Span;
  readonly lines: number;
  /** Between two lines, and how far they are scrolled. */
  readonly gap: number;
  readonly scroll: number;
}

/** Room of the ruler: along the top, or at the left where time goes down. */
const RULER = { across: 22, down: 64 };
const GAPS = { across: [18, 56], down: [88, 190] } as const;
/** Time does not end at the very edge. */
const EDGE = 8;

export const rulerOf = ({ across }: Pick<Sheet, 'across'>): number => (across ? RULER.across : RULER.down);
/** Pixels that the window takes. */
export const lengthOf = (sheet: Pick<Sheet, 'across' | 'width' | 'height'>): number =>
  Math.max(40, sheet.across ? sheet.width - 2 * EDGE : sheet.height - 2 * EDGE);
/** Pixels for the lines. */
export const breadthOf = (sheet: Pick<Sheet, 'across' | 'width' | 'height'>): number =>
  Math.max(0, (sheet.across ? sheet.height : sheet.width) - rulerOf(sheet));

/** As far apart as there is room for, within what can be read. */
export function gapFor(sheet: Pick<Sheet, 'across' | 'width' | 'height' | 'lines'>): number {
  const [least, most] = sheet.across ? GAPS.across : GAPS.down;
  return Math.min(most, Math.max(least, Math.floor(breadthOf(sheet) / Math.max(1, sheet.lines))));
}
export const mostScroll = (sheet: Omit<Sheet, 'scroll' | 'window'>): number => Math.max(0, sheet.lines * sheet.gap - breadthOf(sheet));

export const alongOf = (sheet: Sheet, at: number): number =>
  EDGE + ((at - sheet.window.from) / (sheet.window.to - sheet.window.from)) * lengthOf(sheet);
export const placeAt = (sheet: Sheet, along: number): number =>
  sheet.window.from + ((along - EDGE) / lengthOf(sheet)) * (sheet.window.to - sheet.window.from);
export const overOf = (sheet: Sheet, line: number): number => rulerOf(sheet) + (line + 0.5) * sheet.gap - sheet.scroll;
/** The line nearest to a pixel, within those there are. */
export const lineAt = (sheet: Sheet, over: number): number =>
  Math.min(sheet.lines - 1, Math.max(0, Math.round((over - rulerOf(sheet) + sheet.scroll) / sheet.gap - 0.5)));

/** First and last line of which something is in view. */
export function linesInView(sheet: Sheet): readonly [number, number] {
  const first = Math.max(0, Math.floor(sheet.scroll / sheet.gap));
  return [first, Math.max(first, Math.min(sheet.lines - 1, Math.ceil((sheet.scroll + breadthOf(sheet)) / sheet.gap) - 1))];
}

/** The window about a place, `factor` times as long; never shorter than `least`. */
export function zoomed({ from, to }: Span, factor: number, about: number, least: number): Span {
  const length = Math.max(least, (to - from) * factor);
  const part = (about - from) / (to - from);
  return { from: about - part * length, to: about + (1 - part) * length };
}

/** Shifted so that it shows no more than a margin beyond the ends. */
export function within({ from, to }: Span, first: number, last: number): Span {
  const length = to - from;
  const margin = length * 0.02;
  if (length >= last - first + 2 * margin) {
    const middle = (first + last) / 2;
    return { from: middle - length / 2, to: middle + length / 2 };
  }
  const low = Math.min(Math.max(from, first - margin), last + margin - length);
  return { from: low, to: low + length };
}

/** Shorter windows show nothing more: in ticks, or events. */
export const leastLength = (axis: 'time' | 'events'): number => (axis === 'time' ? 4 : 3);
