/** From the saying to the seeing: figures and a curve, in milliseconds. What was never seen has no delay, and keeps the curve below 1. */
import type { WayResult } from '../../../protocol/ways.ts';
import type { Owed } from './result.ts';

const TICKS_A_MS = 1000;
const POINTS = 60;

const delaysOf = (owed: readonly Owed[]): readonly number[] =>
  owed
    .filter(({ seen }) => seen >= 0)
    .map(({ delay }) => delay / TICKS_A_MS)
    .toSorted((a, b) => a - b);

export function delayFigures(owed: readonly Owed[]): Readonly<Record<'mean' | 'median' | 'p95' | 'max', number | null>> {
  const delays = delaysOf(owed);
  if (delays.length === 0) return { mean: null, median: null, p95: null, max: null };
  const at = (share: number): number => delays[Math.min(delays.length - 1, Math.ceil(share * delays.length) - 1)]!;
  return { mean: delays.reduce((sum, ms) => sum + ms, 0) / delays.length, median: at(0.5), p95: at(0.95), max: delays.at(-1)! };
}

/** Steps of the share seen over the delay: at most so many points, the first and the last among them. */
export function curveOf(owed: readonly Owed[]): WayResult['curve'] {
  const delays = delaysOf(owed);
  const steps = Math.min(POINTS, delays.length);
  const at = Array.from({ length: steps }, (_, i) => Math.ceil(((i + 1) * delays.length) / steps) - 1);
  return {
    ms: [delays[0] ?? 0, ...at.map((i) => delays[i]!)],
    share: [0, ...at.map((i) => (i + 1) / owed.length)],
  };
}
