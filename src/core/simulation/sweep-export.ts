/** Results of a sweep as files: JSON lines as the command line writes them, a table of summaries, and the plot. */
import { summarize, type Summary } from '../../base/summary.ts';
import type { SweepHeader, SweepPoint, SweepRun, SweepSpec } from '../../protocol/sweep.ts';
import { MEASURES } from '../metrics/measures.ts';
import { pointsOf } from './sweep.ts';
import { sweepSvg } from './sweep-svg.ts';

export const SWEEP_FORMATS = ['csv', 'json', 'jsonl', 'svg'] as const;
export const MEASURE_IDS: readonly string[] = MEASURES.map(({ id }) => id);
export type SweepFormat = (typeof SWEEP_FORMATS)[number];

export const headerOf = (spec: SweepSpec, points: number): SweepHeader => ({
  format: 'stanzascope/sweep-result',
  version: 1,
  spec,
  points,
});

interface PointSummary {
  readonly point: SweepPoint;
  readonly runs: number;
  readonly completed: number;
  readonly metrics: Readonly<Record<string, Summary>>;
}

function summariesOf(spec: SweepSpec, runs: readonly SweepRun[]): readonly PointSummary[] {
  const points = pointsOf(spec);
  const mine: SweepRun[][] = points.map(() => []);
  for (const run of runs) mine[run.point]?.push(run);
  return points.map((point, i) => {
    const some = mine[i]!;
    const metrics = MEASURES.flatMap(({ id }) => {
      const values = some.flatMap((run) => run.metrics[id] ?? []);
      return values.length > 0 ? [[id, summarize(values)] as const] : [];
    });
    return { point, runs: some.length, completed: some.filter((run) => run.completed).length, metrics: Object.fromEntries(metrics) };
  });
}

const TYPES = { csv: 'text/csv', json: 'application/json', jsonl: 'application/jsonl', svg: 'image/svg+xml' } as const;

export function sweepExport(spec: SweepSpec, runs: readonly SweepRun[], format: SweepFormat, measure: string) {
  const name = (spec.title ?? `${spec.algorithm}-sweep`)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return { name: `${name}.${format}`, type: TYPES[format], text: textOf(spec, runs, format, measure) };
}

function textOf(spec: SweepSpec, runs: readonly SweepRun[], format: SweepFormat, measure: string): string {
  const summaries = summariesOf(spec, runs);
  switch (format) {
    case 'jsonl': {
      const ordered = runs.toSorted((a, b) => a.point - b.point || a.run - b.run);
      return [headerOf(spec, summaries.length), ...ordered].map((line) => `${JSON.stringify(line)}\n`).join('');
    }
    case 'json': {
      const points = summaries.map(({ point, ...rest }) => ({ values: point.values, ...rest }));
      return `${JSON.stringify({ spec, points }, null, 2)}\n`;
    }
    case 'csv':
      return csvOf(spec, summaries);
    case 'svg':
      return sweepSvg(spec, summaries, MEASURES.find((known) => known.id === measure) ?? MEASURES[0]!);
  }
}

function csvOf(spec: SweepSpec, summaries: readonly PointSummary[]): string {
  const names = Object.keys(spec.over);
  const used = MEASURES.filter(({ id }) => summaries.some((summary) => summary.metrics[id]));
  const head = [...names, 'runs', 'completed', ...used.flatMap(({ id }) => [id, `${id}_sd`, `${id}_low`, `${id}_high`, `${id}_median`])];
  const rows = summaries.map(({ point, runs, completed, metrics }) => [
    ...names.map((name) => point.values[name]!),
    runs,
    completed,
    ...used.flatMap(({ id }): readonly (number | string)[] => {
      const summary = metrics[id];
      const values = summary ? [summary.mean, summary.sd, ...summary.ci95, summary.median] : [NaN, NaN, NaN, NaN, NaN];
      return values.map((value) => (Number.isFinite(value) ? value : ''));
    }),
  ]);
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}
const cell = (value: unknown): string => (/[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
