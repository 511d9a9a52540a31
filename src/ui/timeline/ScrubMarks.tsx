/** The marks of the scrubber, on either axis; what the pointer is on is said, and a press goes to it exactly. */
import { useEffect, useRef, type PointerEvent } from 'react';
import { formatTime } from '../shared/format.ts';
import { scheduler } from '../shared/scheduler.ts';
import type { TimeUnit } from '../../protocol/scene.ts';
import type { ScrubMark } from '../state/frame.ts';
import { useLive } from '../state/useLive.ts';
import { ELSEWHERE } from './together.ts';
import { drawMarks, markAt, placedMarks, type PlacedMark } from './marks.ts';

/** Left of the first event, as in the style sheet. */
const INSET = 6;
/** Where marks are, from the top of the scrubber; elsewhere a press moves the knob. */
const BAND = [33, 44] as const;

type Placed = readonly PlacedMark[];

interface Props {
  readonly marks: readonly ScrubMark[];
  /** The last tick of the axis of time; undefined: along the events. */
  readonly end: number | undefined;
  /** Is told where they are drawn. */
  readonly placed: (marks: Placed) => void;
}
export function ScrubMarks({ marks, end, placed }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const events = useLive((s) => s.progress?.events ?? 0);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return undefined;
    const part = ({ tick, ordinal }: ScrubMark) => Math.min(1, end === undefined ? ordinal / Math.max(1, events) : tick / Math.max(1, end));
    const draw = () => {
      const shown = placedMarks(marks, target.clientWidth, part);
      drawMarks(target, shown);
      placed(shown);
    };
    const resized = new ResizeObserver(() => scheduler.once(draw));
    resized.observe(target);
    draw();
    return () => resized.disconnect();
  }, [marks, events, end, placed]);
  return <canvas ref={canvas} className="stops" aria-hidden="true" />;
}

function under(event: PointerEvent<HTMLElement>, placed: Placed): ScrubMark | undefined {
  const box = event.currentTarget.getBoundingClientRect();
  const y = event.clientY - box.top;
  return y >= BAND[0] && y <= BAND[1] ? markAt(placed, event.clientX - box.left - INSET) : undefined;
}

/** For the slider, which lies above the marks: says which one the pointer is on. */
export function sayMark(event: PointerEvent<HTMLInputElement>, placed: Placed, unit: TimeUnit): void {
  const mark = event.buttons === 0 ? under(event, placed) : undefined;
  const at = mark && mark.ordinal !== ELSEWHERE ? `, event ${mark.ordinal.toLocaleString('en')}` : '';
  event.currentTarget.title = mark ? `${mark.text}, ${formatTime(unit, mark.tick)}${at}` : '';
  event.currentTarget.style.cursor = mark ? 'pointer' : '';
}

/** The mark that is pressed, if it is one: then the knob is not dragged. */
export function pressedMark(event: PointerEvent<HTMLInputElement>, placed: Placed): ScrubMark | undefined {
  const mark = event.button === 0 ? under(event, placed) : undefined;
  if (!mark) return undefined;
  event.preventDefault();
  event.currentTarget.focus();
  return mark;
}
