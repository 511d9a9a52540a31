/** Reads specs and results of sweeps, whole or cut off, and says what is wrong with them. */
import { InputError } from '../../base/result.ts';
import { sweepSchema } from '../../protocol/schemas.ts';
import type { SweepHeader, SweepPlan, SweepRun, SweepSpec } from '../../protocol/sweep.ts';
import { sweeps } from '../../scenarios/sweeps/index.ts';
import { MEASURES } from '../metrics/measures.ts';
import { checkSchema } from './json-schema.ts';
import { pointsOf } from './sweep.ts';

/** @throws InputError that names the place. */
export function planOf(value: unknown, name: string): SweepPlan {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InputError(`${name}: a sweep is one JSON object`);
  const { format, version } = value as Record<string, unknown>;
  if (format !== 'stanzascope/sweep')
    throw new InputError(`${name}: \`format\` must be "stanzascope/sweep", got ${JSON.stringify(format) ?? 'nothing'}`);
  if (version !== 1)
    throw new InputError({
      message: `${name}: \`version\` must be 1, got ${JSON.stringify(version) ?? 'nothing'}`,
      hint: 'It was made by another version of Stanzascope.',
    });
  checkSchema(value, sweepSchema, name, 'sweep');
  const spec = value as SweepSpec;
  const references = sweeps.find((preset) => sameSpec(preset.spec, spec))?.references ?? [];
  return { spec, points: pointsOf(spec, name), measures: MEASURES, references };
}

/** The same experiment, however often it is run. */
function sameSpec(one: SweepSpec, other: SweepSpec): boolean {
  const essence = (spec: SweepSpec) => canonical({ ...spec, runs: 0, seed: '', title: '' });
  return essence(one) === essence(other);
}
/** JSON whose keys are in order. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  // Sweeps vary the last name fastest: the order of `over` is part of what it says.
  return `{${entries
    .map(([k, v]) => `${JSON.stringify(k)}:${k === 'over' ? orderedOver(v) : canonical(v)}`)
    .toSorted()
    .join(',')}}`;
}
const orderedOver = (over: unknown): string =>
  `[${Object.entries(over as object)
    .map(([k, v]) => `[${JSON.stringify(k)},${canonical(v)}]`)
    .join(',')}]`;

/** The header line of a result file. @throws InputError that names what is wrong with it. */
export function readHeader(text: string, name: string): SweepPlan {
  const header = parsed(text);
  if (!isHeader(header))
    throw new InputError({
      message: `${name}: these are no results of a sweep`,
      hint: 'Their first line has the format "stanzascope/sweep-result".',
    });
  if (header.version !== 1)
    throw new InputError({
      message: `${name}: \`version\` must be 1, got ${JSON.stringify(header.version) ?? 'nothing'}`,
      hint: 'It was made by another version of Stanzascope.',
    });
  return planOf(header.spec, `${name}, spec`);
}
/** A line of results. @throws InputError that names the line. */
export function readRun(text: string, plan: SweepPlan, name: string, line: number): SweepRun {
  const run = parsed(text);
  if (isRun(run, plan)) return run;
  throw new InputError({
    message: `${name}, line ${line}: this is no run of this sweep`,
    line,
    hint: 'Every line but the first has the measures of one run; only the last may be cut off.',
  });
}

/**
 * Puts the runs of one or several files together. A run that is there twice must be the same both times: it is a function of
 * the spec, the point and its number.
 */
export function createMerge(plan: SweepPlan) {
  const runs = new Map<number, SweepRun>();
  let double = 0;
  return {
    add(run: SweepRun, name: string): void {
      const key = run.point * plan.spec.runs + run.run;
      const had = runs.get(key);
      if (had && canonical(had) !== canonical(run))
        throw new InputError({
          message: `${name}: run ${run.run} of point ${run.point} is there twice, with different results`,
          hint: 'The files come from different versions of Stanzascope, or of the graph: run the sweep anew.',
        });
      if (had) double++;
      else runs.set(key, run);
    },
    finish(): { readonly runs: readonly SweepRun[]; readonly notes: readonly string[] } {
      const all = plan.points.length * plan.spec.runs;
      const missing = all - runs.size;
      const notes: string[] = [];
      if (missing > 0)
        notes.push(`${missing.toLocaleString('en')} of ${all.toLocaleString('en')} runs ${missing === 1 ? 'is' : 'are'} missing.`);
      if (double > 0) notes.push(`${double === 1 ? '1 run is' : `${double.toLocaleString('en')} runs are`} there twice and counted once.`);
      return { runs: [...runs.values()], notes };
    },
  };
}

export interface SweepFile {
  readonly plan: SweepPlan;
  readonly runs: readonly SweepRun[];
  readonly notes: readonly string[];
}

/** A spec (one JSON object) or a result (a header line and a line for each run). */
export function readSweepFile(text: string, name: string): SweepFile {
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  if (!isHeader(parsed(first))) {
    const value = parsed(text);
    if (value === undefined) throw new InputError(`${name}: this is neither a sweep's spec (JSON) nor its results (JSON lines)`);
    return { plan: planOf(value, name), runs: [], notes: [] };
  }
  const plan = readHeader(first, name);
  const merge = createMerge(plan);
  const lines = end < 0 ? [] : text.slice(end + 1).split('\n');
  const cut = lines.pop() ?? '';
  lines.forEach((line, i) => {
    if (line.trim() !== '') merge.add(readRun(line, plan, name, i + 2), name);
  });
  const { runs, notes } = merge.finish();
  return { plan, runs, notes: cut.trim() === '' ? notes : [cutOff(name, lines.length + 2), ...notes] };
}
export const cutOff = (name: string, line: number): string => `${name} is cut off in line ${line}: that line is left out.`;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
const isHeader = (value: unknown): value is SweepHeader =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === 'stanzascope/sweep-result';

function isRun(value: unknown, { points, spec }: SweepPlan): value is SweepRun {
  if (typeof value !== 'object' || value === null) return false;
  const { point, run, completed, events, metrics } = value as Partial<SweepRun>;
  const within = (n: unknown, most: number): boolean => Number.isInteger(n) && (n as number) >= 0 && (n as number) < most;
  return (
    within(point, points.length) &&
    within(run, spec.runs) &&
    typeof completed === 'boolean' &&
    typeof events === 'number' &&
    typeof metrics === 'object' &&
    metrics !== null &&
    Object.values(metrics).every((value) => typeof value === 'number')
  );
}
