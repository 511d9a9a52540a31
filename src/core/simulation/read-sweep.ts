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
  return { spec, points: pointsOf(spec), measures: MEASURES, references };
}

/** The same experiment, however often it is run. */
function sameSpec(one: SweepSpec, other: SweepSpec): boolean {
  const essence = ({ runs: _, seed: __, title: ___, ...rest }: SweepSpec) => canonical(rest);
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

export interface SweepFile {
  readonly plan: SweepPlan;
  readonly runs: readonly SweepRun[];
  readonly notes: readonly string[];
  /** Bytes of text up to the end of the last whole line. */
  readonly whole: number;
}

/** A spec (one JSON object) or a result (a header line and a line for each run). */
export function readSweepFile(text: string, name: string): SweepFile {
  const end = text.indexOf('\n');
  const head = parsed(end < 0 ? text : text.slice(0, end));
  if (isHeader(head)) return readResults(text, name, head);
  const value = parsed(text);
  if (value === undefined) throw new InputError(`${name}: this is neither a sweep's spec (JSON) nor its results (JSON lines)`);
  return { plan: planOf(value, name), runs: [], notes: [], whole: text.length };
}

function readResults(text: string, name: string, header: SweepHeader): SweepFile {
  if (header.version !== 1)
    throw new InputError(`${name}: results of version ${JSON.stringify(header.version)}; this is version 1 of Stanzascope's`);
  const plan = planOf(header.spec, `${name}, spec`);
  const runs = new Map<number, SweepRun>();
  const notes: string[] = [];
  let at = text.indexOf('\n') + 1;
  let whole = at;
  let double = 0;
  for (let line = 2; at < text.length; line++) {
    const next = text.indexOf('\n', at);
    const last = next < 0;
    const content = text.slice(at, last ? text.length : next);
    at = last ? text.length : next + 1;
    if (content.trim() === '') continue;
    const run = parsed(content);
    if (last) {
      notes.push(`${name} is cut off in line ${line}: that line is left out.`);
      break;
    }
    if (!isRun(run, plan)) throw new InputError({ message: `${name}, line ${line}: this is no run of this sweep`, line });
    const key = run.point * plan.spec.runs + run.run;
    if (runs.has(key)) double++;
    runs.set(key, run);
    whole = at;
  }
  const missing = plan.points.length * plan.spec.runs - runs.size;
  if (missing > 0)
    notes.push(`${missing.toLocaleString('en')} of ${(plan.points.length * plan.spec.runs).toLocaleString('en')} runs are missing.`);
  if (double > 0) notes.push(`${double.toLocaleString('en')} runs are there twice: the later one counts.`);
  return { plan, runs: [...runs.values()], notes, whole };
}

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
