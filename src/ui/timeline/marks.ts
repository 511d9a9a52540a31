/** Marks under the strip: each kind has a shape of its own, and of those that would touch each other the weightiest is drawn. */
import type { ScrubMark } from '../state/frame.ts';

/** Half of a mark's width, in CSS pixels. */
const HALF = 3.5;
/** Between the middles of two marks that can be told apart. */
const APART = 2 * HALF + 1;
/** The weightiest first. */
const WEIGHT: readonly ScrubMark['kind'][] = ['stop', 'hand', 'fork', 'error', 'cut', 'down', 'mend', 'up', 'warn'];

const COLOURS: Readonly<Record<ScrubMark['kind'], string>> = {
  stop: '--error',
  hand: '--accent',
  fork: '--accent',
  error: '--error',
  warn: '--iq',
  cut: '--ink',
  down: '--ink',
  mend: '--muted',
  up: '--muted',
};

export interface PlacedMark {
  readonly x: number;
  readonly mark: ScrubMark;
}

/** @param part how far along the axis an event is, from 0 to 1 @returns those that are drawn, from left to right */
export function placedMarks(marks: readonly ScrubMark[], width: number, part: (mark: ScrubMark) => number): readonly PlacedMark[] {
  const slots = new Map<number, PlacedMark>();
  const weighed = [...marks].sort((a, b) => WEIGHT.indexOf(a.kind) - WEIGHT.indexOf(b.kind) || a.ordinal - b.ordinal);
  for (const mark of weighed) {
    const x = part(mark) * width;
    const slot = Math.floor(x / APART);
    const near = [slot - 1, slot, slot + 1].some((i) => Math.abs((slots.get(i)?.x ?? Infinity) - x) < APART);
    if (!near) slots.set(slot, { x, mark });
  }
  return [...slots.values()].sort((a, b) => a.x - b.x);
}

/** The one that the pointer is on. */
export const markAt = (placed: readonly PlacedMark[], x: number): ScrubMark | undefined =>
  placed.find((one) => Math.abs(one.x - x) <= HALF + 1.5)?.mark;

export function drawMarks(canvas: HTMLCanvasElement, placed: readonly PlacedMark[]): void {
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const c = canvas.getContext('2d');
  if (!c) return;
  c.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const middle = height / 2;
  for (const { x, mark } of placed) {
    c.fillStyle = c.strokeStyle = style.getPropertyValue(COLOURS[mark.kind]).trim();
    c.lineWidth = 1.6;
    c.beginPath();
    SHAPES[mark.kind](c, Math.round(x) + 0.5, middle);
  }
}

type Shape = (c: CanvasRenderingContext2D, x: number, y: number) => void;
const triangle =
  (way: 1 | -1): Shape =>
  (c, x, y) => {
    c.moveTo(x - HALF, y - HALF * way);
    c.lineTo(x + HALF, y - HALF * way);
    c.lineTo(x, y + HALF * way);
    c.fill();
  };
/** Hollow: what is only a warning differs from an error by more than its colour. */
const hollow: Shape = (c, x, y) => {
  c.moveTo(x - HALF + 0.5, y + HALF - 0.8);
  c.lineTo(x + HALF - 0.5, y + HALF - 0.8);
  c.lineTo(x, y - HALF + 0.8);
  c.closePath();
  c.stroke();
};
const cross: Shape = (c, x, y) => {
  const half = HALF - 0.8;
  c.moveTo(x - half, y - half);
  c.lineTo(x + half, y + half);
  c.moveTo(x + half, y - half);
  c.lineTo(x - half, y + half);
  c.stroke();
};
const ring: Shape = (c, x, y) => {
  c.arc(x, y, HALF - 0.8, 0, 2 * Math.PI);
  c.stroke();
};
const SHAPES: Readonly<Record<ScrubMark['kind'], Shape>> = {
  stop: triangle(1),
  error: triangle(-1),
  warn: hollow,
  down: cross,
  cut: cross,
  up: ring,
  mend: ring,
  hand(c, x, y) {
    c.moveTo(x, y - HALF);
    c.lineTo(x + HALF, y);
    c.lineTo(x, y + HALF);
    c.lineTo(x - HALF, y);
    c.fill();
  },
  /** A line that goes on as two. */
  fork(c, x, y) {
    c.moveTo(x - HALF, y);
    c.lineTo(x, y);
    c.lineTo(x + HALF, y - HALF + 0.8);
    c.moveTo(x, y);
    c.lineTo(x + HALF, y + HALF - 0.8);
    c.stroke();
  },
};
