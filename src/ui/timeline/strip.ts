/** Paints the density of events and the beginnings of rounds, along the ordinals or along the time. */
import type { Series } from '../../protocol/protocol.ts';

const BAR = 3;
const GAP = 2;
/** Between the numbers of two marks; a mark that has no room is left out. */
const MARK_GAP = 10;
const TOP = 12;

/** Events per unit of time at each place of the ordinal axis: where bars are high, time is crowded. */
export function densityAlong(series: Series, bars: number): number[] {
  const { density, ticks } = series;
  const total = density.reduce((sum, count) => sum + count, 0);
  if (total === 0 || ticks.length === 0) return [];
  const heights = Array.from({ length: bars }, () => 0);
  let bucket = 0;
  let passed = 0;
  for (let bar = 0; bar < bars; bar++) {
    const ordinal = ((bar + 0.5) / bars) * total;
    while (bucket < density.length - 1 && passed + (density[bucket] ?? 0) < ordinal) {
      passed += density[bucket] ?? 0;
      bucket++;
    }
    heights[bar] = density[bucket] ?? 0;
  }
  const highest = Math.max(...heights);
  return heights.map((height) => height / highest);
}

/** The same along the time, up to `end`. */
function densityOver({ density, ticks }: Series, bars: number, end: number): number[] {
  const last = ticks.at(-1) ?? 0;
  const highest = Math.max(1, ...density);
  return Array.from({ length: bars }, (_, bar) => {
    const tick = ((bar + 0.5) / bars) * end;
    return tick > last
      ? 0
      : (density[Math.min(density.length - 1, Math.floor((tick / Math.max(1, last)) * density.length))] ?? 0) / highest;
  });
}

/** @param end along the time up to this tick, instead of along the ordinals. */
export function drawStrip(canvas: HTMLCanvasElement, series: Series | null, end?: number): void {
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const c = canvas.getContext('2d');
  if (!c || !series || width === 0) return;
  const style = getComputedStyle(canvas);
  c.scale(ratio, ratio);
  c.fillStyle = style.color;
  c.globalAlpha = 0.42;
  const bars = Math.floor(width / (BAR + GAP));
  (end === undefined ? densityAlong(series, bars) : densityOver(series, bars, end)).forEach((part, i) => {
    const high = Math.max(1.5, part * (height - TOP));
    c.fillRect(i * (BAR + GAP), height - high, BAR, high);
  });
  const total = series.density.reduce((sum, count) => sum + count, 0);
  c.font = `500 10px ${style.fontFamily}`;
  c.textBaseline = 'top';
  let free = -Infinity;
  for (const { round, ordinal, tick } of series.rounds) {
    const part = end === undefined ? Math.max(0, ordinal - 1) / Math.max(1, total) : tick / Math.max(1, end);
    const x = Math.round(part * width);
    const label = String(round);
    const wide = c.measureText(label).width;
    if (x < free || x + wide + 4 > width) continue;
    free = x + wide + MARK_GAP;
    c.globalAlpha = 0.35;
    c.fillRect(x, 0, 1, height);
    c.globalAlpha = 1;
    c.fillText(label, x + 4, 0);
  }
}
