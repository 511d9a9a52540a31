/** From the runs of a sweep to the lines of its plot: one axis, one line for each value of the other parameter. */
import { summarize, type Summary } from '../../base/summary.ts';
import type { SweepPlan, SweepRun } from '../../protocol/sweep.ts';
import type { PlotLine } from './SweepPlot.tsx';
import type { ScaleKind } from '../shared/scale.ts';

export interface Layout {
  /** The parameter along the axis, and the one that tells lines apart. */
  readonly x: string;
  readonly other: string | undefined;
  readonly scale: ScaleKind;
  /** Values along a category axis, in order. */
  readonly words: readonly string[];
}

/** Numbers go along the axis where there is a choice. */
export function layoutOf({ spec, points }: SweepPlan): Layout {
  const names = Object.keys(spec.over);
  const numeric = (name: string) => points.every((point) => typeof point.values[name] === 'number');
  const x = names.find(numeric) ?? names[0] ?? '';
  const other = names.find((name) => name !== x);
  if (x === '' || !numeric(x)) return { x, other, scale: 'category', words: [...new Set(points.map((point) => String(point.values[x])))] };
  const range = spec.over[x];
  const log = range !== undefined && 'from' in range && range.scale === 'log';
  return { x, other, scale: log ? 'log' : 'linear', words: [] };
}

export function linesOf(plan: SweepPlan, runs: readonly (readonly SweepRun[])[], measure: string): readonly PlotLine[] {
  const { x, other, words } = layoutOf(plan);
  const lines = new Map<string, PlotLine['points'][number][]>();
  for (const point of plan.points) {
    const label = other === undefined ? '' : `${other} ${String(point.values[other])}`;
    const mine = lines.get(label) ?? [];
    if (!lines.has(label)) lines.set(label, mine);
    const some = runs[point.index] ?? [];
    const { mean, median, ci95, quartiles } = summaryOf(some, measure);
    const value = point.values[x];
    mine.push({
      index: point.index,
      x: typeof value === 'number' ? value : words.indexOf(String(value)),
      mean,
      median,
      meanBand: bandOf(some, measure, ci95),
      medianBand: bandOf(some, measure, quartiles),
      runs: some.length,
      completed: some.filter((run) => run.completed).length,
    });
  }
  return Array.from(lines, ([label, points]) => ({ label, points: points.toSorted((a, b) => a.x - b.x) }));
}

/** Of fewer runs an interval is either none or wider than anything that is to be seen. */
const LEAST_RUNS = 3;
const NO_BAND = [NaN, NaN] as const;
/** A measure that is never negative has no interval below 0 either. */
function bandOf(runs: readonly SweepRun[], measure: string, [low, high]: readonly [number, number]): readonly [number, number] {
  const values = runs.flatMap((run) => run.metrics[measure] ?? []);
  if (values.length < LEAST_RUNS) return NO_BAND;
  return [values.every((value) => value >= 0) ? Math.max(0, low) : low, high];
}

/** What a sweep is looked at by at first: what it is compared with, else what grows with size, else the longest delay. */
export function firstMeasure({ spec, measures, references }: SweepPlan, current: string): string {
  const known = (id: string | undefined) => measures.find((measure) => measure.id === id)?.id;
  return known(references[0]?.measure) ?? ('nodes' in spec.over ? known('rounds') : undefined) ?? known(current) ?? measures[0]?.id ?? '';
}

/** The run that tells most: one that did not complete where some did not, else the one in the middle of the measure. */
export function tellingRun(runs: readonly SweepRun[], measure: string): number | undefined {
  const failed = runs.filter((run) => !run.completed);
  const some = failed.length > 0 && failed.length < runs.length ? failed : runs;
  const sorted = some
    .filter((run) => run.metrics[measure] !== undefined)
    .toSorted((a, b) => a.metrics[measure]! - b.metrics[measure]! || a.run - b.run);
  return (sorted[(sorted.length - 1) >> 1] ?? some.toSorted((a, b) => a.run - b.run)[0])?.run;
}

/** A measure over the runs of a point that have it; what did not complete has no time and is counted apart. */
export function summaryOf(runs: readonly SweepRun[], measure: string): Summary {
  return summarize(runs.flatMap((run) => (run.metrics[measure] === undefined ? [] : [run.metrics[measure]])));
}
