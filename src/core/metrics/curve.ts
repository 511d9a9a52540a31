/** The share of nodes reached over time, on a grid of periods: of one run, and of many as a mean with a band. */
import { summarize } from '../../base/summary.ts';
import type { GossipCounts } from './gossip.ts';

/**
 * Share of all nodes that know an update so many periods after it entered, at 0, 1, … `periods`; with several updates the
 * mean over them. In synchronous cycles the value at p is that at the end of the p-th cycle.
 */
export function reachedCurve(
  counts: Pick<GossipCounts, 'nodes' | 'updates' | 'entered' | 'learnedAt' | 'period' | 'synchronous'>,
  periods: number,
): Float64Array {
  const { nodes, updates, entered, learnedAt, period, synchronous } = counts;
  const curve = new Float64Array(periods + 1);
  for (let i = 0; i < nodes * updates; i++) {
    if (learnedAt[i]! < 0) continue;
    const after = (learnedAt[i]! - entered[i % updates]!) / period;
    const at = synchronous && after > 0 ? Math.floor(after) + 1 : Math.ceil(after);
    if (at <= periods) curve[at]!++;
  }
  let sum = 0;
  for (let p = 0; p <= periods; p++) {
    sum += curve[p]!;
    curve[p] = sum / (nodes * updates);
  }
  return curve;
}

export interface CurveBand {
  readonly periods: readonly number[];
  readonly mean: readonly number[];
  /** 95 % interval of the mean. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Quartiles over the runs. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** @param curves of runs, on one grid. */
export function bandOf(curves: readonly Float64Array[]): CurveBand {
  const grid = Array.from(curves[0] ?? [], (_, p) => p);
  const all = grid.map((p) => summarize(curves.map((curve) => curve[p]!)));
  return {
    periods: grid,
    mean: all.map((s) => s.mean),
    low: all.map((s) => s.ci95[0]),
    high: all.map((s) => s.ci95[1]),
    lower: all.map((s) => s.quartiles[0]),
    upper: all.map((s) => s.quartiles[1]),
  };
}
