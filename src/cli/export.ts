/** `stanzascope export`: results of sweeps as tables and plots; runs as the files that the program of 2011 wrote, and who told whom. */
import { existsSync } from 'node:fs';
import { InputError } from '../base/result.ts';
import { MEASURE_IDS, sweepExport, SWEEP_FORMATS, type SweepFormat } from '../core/simulation/sweep-export.ts';
import { canonical, createMerge, cutOff, readHeader, readRun } from '../core/simulation/read-sweep.ts';
import type { SweepPlan } from '../protocol/sweep.ts';
import { Misuse, readArguments } from './arguments.ts';
import { exportRun, RUN_FORMATS, type RunFormat } from './export-run.ts';
import { linesOf, writeLines, writeText } from './files.ts';

export function exportResults(words: readonly string[]): object | string {
  const options = readArguments(words, ['format', 'out', 'measure', 'seed', 'param', 'axis', 'from', 'to']);
  const format = options.one('format');
  const formats: readonly string[] = [...new Set([...SWEEP_FORMATS, ...RUN_FORMATS])];
  if (format === undefined || !formats.includes(format))
    throw new Misuse(`export needs --format ${formats.join('|')}${format === undefined ? '' : `, got ${JSON.stringify(format)}`}`);
  const [first, ...more] = options.positional;
  if (first === undefined) throw new Misuse('export takes results of a sweep, or one scenario or journal');
  const out = options.one('out');
  // A picture is of a sweep where a file with its results is given, and else of a run.
  if ((RUN_FORMATS as readonly string[]).includes(format) && !(format === 'svg' && isSweep(first))) {
    if (more.length > 0 || options.one('measure') !== undefined)
      throw new Misuse(`export --format ${format} takes one scenario or journal, and no --measure`);
    const lines = exportRun(first, format as RunFormat, options);
    if (out === undefined) return `${[...lines].join('\n')}\n`;
    writeLines(out, lines);
    return { format, out };
  }
  if (['seed', 'axis', 'from', 'to'].some((name) => options.one(name) !== undefined) || Object.keys(options.pairs('param')).length > 0)
    throw new Misuse('--seed, --param, --axis, --from and --to are for runs: the results of a sweep are what they are');
  const { plan, runs } = merged(options.positional);
  const measure = options.one('measure') ?? defaultMeasure(plan);
  if (!MEASURE_IDS.includes(measure))
    throw new Misuse(`--measure must be one of ${MEASURE_IDS.join(', ')}, got ${JSON.stringify(measure)}`);
  const { text } = sweepExport(plan.spec, runs, format as SweepFormat, measure);
  if (out === undefined) return text;
  writeText(out, text);
  return { format, out, points: plan.points.length, runs: runs.length };
}

/** Its first line is the head of a sweep's results; a file that is not there is taken for one, whose fault is then named. */
function isSweep(path: string): boolean {
  if (!existsSync(path)) return /\.jsonl?$/.test(path);
  const [first] = linesOf(path);
  return first?.text.includes('"stanzascope/sweep') ?? true;
}

/** What a plot shows where nobody says: what the published values of a preset are about, else the longest delay. */
const defaultMeasure = ({ references }: SweepPlan): string => references[0]?.measure ?? 'tLast';

/** The runs of one or several result files of one sweep, such as its shards. */
function merged(paths: readonly string[]) {
  let plan: SweepPlan | undefined;
  let merge: ReturnType<typeof createMerge> | undefined;
  for (const path of paths) {
    if (!existsSync(path)) throw new InputError({ message: `${path} is not there`, hint: 'A sweep writes its results where --out says.' });
    let number = 0;
    for (const line of linesOf(path)) {
      number++;
      if (number === 1) {
        const own = readHeader(line.text, path);
        if (plan && canonical(plan.spec) !== canonical(own.spec))
          throw new InputError({
            message: `${path} has the results of another sweep than ${paths[0]}`,
            hint: 'Only shards of one sweep can be put together.',
          });
        plan ??= own;
        merge ??= createMerge(plan);
      } else if (!line.whole) process.stderr.write(`${cutOff(path, number)}\n`);
      else if (line.text.trim() !== '') merge!.add(readRun(line.text, plan!, path, number), path);
    }
    if (number === 0)
      throw new InputError({ message: `${path} is empty`, hint: 'The sweep was stopped before its first line: run it again.' });
  }
  const { runs, notes } = merge!.finish();
  for (const note of notes) process.stderr.write(`${note}\n`);
  return { plan: plan!, runs };
}
