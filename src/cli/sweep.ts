/**
 * `stanzascope sweep`: every run of a sweep, one line each. A run is a function of the spec, its point and its number, so that
 * shards, threads and interruptions change nothing: run number p·runs + r belongs to shard i of n if its remainder by n is
 * i − 1, and lines are written in the order of these numbers. A process that is killed has lost at most what it was computing.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { InputError } from '../base/result.ts';
import { planOf, readSweepFile } from '../core/simulation/read-sweep.ts';
import { createSweeper } from '../core/simulation/sweep.ts';
import { estimateSweep } from '../core/simulation/sweep-estimate.ts';
import type { SweepPlan } from '../protocol/sweep.ts';
import { sweeps } from '../scenarios/sweeps/index.ts';
import { Misuse, readArguments } from './arguments.ts';
import { besideScenario, readInput } from './files.ts';
import { openOutput, type Output } from './sweep-output.ts';
import { hereRunner, threadRunner, type Runner } from './sweep-workers.ts';

/** Fewer runs than this are not worth an estimate beforehand. */
const FEW_RUNS = 2000;
/** A sweep that takes longer than this, or has so many runs, has to be asked for twice. */
const LONG_SECONDS = 3600;
const MANY_RUNS = 10_000_000;
/** What is handed to a thread at once should take about this long. */
const PIECE_MS = 200;
const MOST_A_PIECE = 1000;
/** Pieces that may be done before an earlier one is: they wait in memory to be written in order. */
const AHEAD = 64;

export async function sweep(words: readonly string[]): Promise<object | string> {
  const options = readArguments(words, ['out', 'shard', 'jobs'], ['resume', 'yes']);
  const [which, ...rest] = options.positional;
  if (which === undefined || rest.length > 0)
    throw new Misuse(`sweep takes one spec: a file, or one of ${sweeps.map(({ id }) => id).join(', ')}`);
  const plan = specAt(which);
  const { spec } = plan;
  const total = plan.points.length * spec.runs;
  const [shard, shards] = shardOf(options.one('shard'));
  const path = spec.topology.id === 'file' ? (spec.topology.file ?? '') : undefined;
  const graph =
    path === undefined ? undefined : { name: path, text: readInput(besideScenario(path, existsSync(which) ? which : undefined)) };
  const jobs = options.whole('jobs', 1, 256, availableParallelism());
  const sweeper = createSweeper(spec, plan.points, graph);
  const mine = Math.max(0, Math.ceil((total - shard + 1) / shards));
  const share = `${plan.points.length.toLocaleString('en')} points × ${spec.runs.toLocaleString('en')} runs`;
  if (mine > FEW_RUNS) {
    const all = estimateSweep(sweeper, spec, plan.points.length, () => performance.now());
    const seconds = (all * mine) / total / jobs;
    const said = `${share}${shards > 1 ? `, shard ${shard} of ${shards}` : ''}: about ${spanOf(seconds)} with ${jobs} ${jobs > 1 ? 'jobs' : 'job'}`;
    if ((seconds > LONG_SECONDS || mine >= MANY_RUNS) && !options.has('yes'))
      throw new Misuse(`${said}. Give --yes to start all the same, or take fewer runs, a shard (--shard 1/10), or more jobs.`);
    process.stderr.write(`${said}\n`);
  }
  const out = options.one('out');
  const output = openOutput(plan, out, options.has('resume'));
  const numbers = pending(shard - 1, shards, total, output.done);
  const started = performance.now();
  const todo = mine - countOf(output.done, shard - 1, shards);
  const runners =
    jobs > 1 && todo > 2 * jobs
      ? Array.from({ length: jobs }, () => threadRunner({ spec, graph }))
      : [hereRunner({ spec, graph }, sweeper)];
  const { runs, stopped } = await carryOut(numbers, todo, runners, output);
  const wallSeconds = (performance.now() - started) / 1000;
  if (stopped) process.exitCode = 130;
  if (out === undefined) return '';
  return {
    sweep: spec.title ?? which,
    points: plan.points.length,
    runs: mine,
    ...(shards > 1 ? { shard: `${shard}/${shards}` } : {}),
    done: mine - todo + runs,
    resumed: mine - todo,
    ...(stopped ? { interrupted: `--resume does the other ${todo - runs}` } : {}),
    out,
    wallSeconds,
  };
}

function specAt(which: string): SweepPlan {
  const preset = existsSync(which) ? undefined : sweeps.find(({ id }) => id === which);
  if (preset) return planOf(preset.spec, which);
  const { plan, runs } = readSweepFile(readInput(which), which);
  if (runs.length > 0)
    throw new InputError({
      message: `${which} is no spec: it has results of a sweep`,
      hint: 'To go on with them: sweep SPEC.json --out RESULT --resume',
    });
  return plan;
}

function shardOf(text: string | undefined): readonly [number, number] {
  if (text === undefined) return [1, 1];
  const [, i, n] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  if (i !== undefined && Number(i) >= 1 && Number(i) <= Number(n)) return [Number(i), Number(n)];
  throw new Misuse(`--shard must be i/n with 1 ≤ i ≤ n, such as 2/8, got ${JSON.stringify(text)}`);
}

function* pending(first: number, step: number, total: number, done: ReadonlySet<number>): Generator<number> {
  for (let number = first; number < total; number += step) if (!done.has(number)) yield number;
}
function countOf(done: ReadonlySet<number>, first: number, step: number): number {
  let count = 0;
  for (const number of done) if (number % step === first) count++;
  return count;
}

/** Hands runs out and writes their lines in order, until all are done or someone presses Ctrl+C. */
async function carryOut(numbers: Iterator<number>, todo: number, runners: readonly Runner[], output: Output) {
  let stopped = false;
  const stop = (): void => {
    // Whoever insists does not want to wait for the runs that are under way.
    if (stopped) process.exit(130);
    stopped = true;
    process.stderr.write('stopping after the runs that are under way; once more to stop at once\n');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const ready = new Map<number, readonly string[]>();
  const started = performance.now();
  let [given, written, runs, told] = [0, 0, 0, started];
  let wake: (() => void)[] = [];
  const flush = (): void => {
    for (let lines = ready.get(written); lines; lines = ready.get(written)) {
      output.write(lines);
      ready.delete(written++);
      runs += lines.length;
    }
    for (const go of wake.splice(0)) go();
    if (performance.now() - told < 1000 || runs === 0) return;
    told = performance.now();
    const left = (((told - started) / 1000) * (todo - runs)) / runs;
    process.stderr.write(`${runs.toLocaleString('en')} of ${todo.toLocaleString('en')} runs, ${spanOf(left)} left\n`);
  };
  const feed = async (runner: Runner): Promise<void> => {
    let size = 1;
    while (!stopped) {
      if (given - written >= AHEAD) {
        await new Promise<void>((go) => wake.push(go));
        continue;
      }
      const piece: number[] = [];
      while (piece.length < size) {
        const next = numbers.next();
        if (next.done) break;
        piece.push(next.value);
      }
      if (piece.length === 0) return;
      const mine = given++;
      const began = performance.now();
      ready.set(mine, await runner.run(piece));
      const took = performance.now() - began;
      if (took < PIECE_MS / 2) size = Math.min(MOST_A_PIECE, size * 2);
      else if (took > PIECE_MS * 2) size = Math.max(1, size >> 1);
      flush();
    }
  };
  try {
    await Promise.all(runners.map(feed));
  } finally {
    wake = [];
    for (const runner of runners) runner.end();
    output.close();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
  return { runs, stopped };
}

function spanOf(seconds: number): string {
  if (seconds < 1.5) return '1 s';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 360) / 10} h`;
  return `${Math.round(seconds / 86_400).toLocaleString('en')} days`;
}
