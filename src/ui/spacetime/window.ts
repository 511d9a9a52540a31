/** The window onto the run: where it is, how it goes with the cursor, how far it may go. */
import type { DiagramAxis } from '../../protocol/diagram.ts';
import type { Live } from '../state/frame.ts';
import { cursorOf } from '../state/frame.ts';
import type { Span } from '../state/diagram.ts';
import { leastLength, within } from './geometry.ts';

/** Events that a window of no one's choosing holds. */
const NATURAL_EVENTS = 240;
/** Parts of the window: the cursor is kept between the first two, and brought to the third. */
const [NEAR_BEGIN, NEAR_END, BROUGHT_TO] = [0.02, 0.94, 0.3];

export const cursorAlong = (axis: DiagramAxis, now: Live): number => (axis === 'time' ? now.t : cursorOf(now));
export const endAlong = (axis: DiagramAxis, { progress }: Live): number => (axis === 'time' ? progress?.tick : progress?.events) ?? 0;

/** All of a short run, or a readable length of a long one. */
export function naturalWindow(axis: DiagramAxis, now: Live): Span {
  const events = now.progress?.events ?? 0;
  const end = Math.max(leastLength(axis), endAlong(axis, now));
  const length = events <= NATURAL_EVENTS * 1.5 ? end : Math.max(leastLength(axis), (end * NATURAL_EVENTS) / events);
  const at = cursorAlong(axis, now);
  const from = length >= end ? 0 : at - length * BROUGHT_TO;
  return within({ from, to: from + length }, 0, end);
}

/** The window shifted so that the place is in it; the same object where it is already. */
export function withPlace(window: Span, at: number, end: number): Span {
  const length = window.to - window.from;
  const part = (at - window.from) / length;
  if (part >= NEAR_BEGIN && part <= NEAR_END) return window;
  const from = at - length * BROUGHT_TO;
  const next = within({ from, to: from + length }, 0, end);
  return next.from === window.from && next.to === window.to ? window : next;
}
