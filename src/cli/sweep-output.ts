/**
 * The result file of a sweep: a header line, then one line a run, in the order of points and runs whatever the number of
 * threads. So the file of a whole sweep is always the same, byte for byte, and that of a shard is too.
 */
import { closeSync, existsSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { InputError } from '../base/result.ts';
import { canonical, cutOff, readHeader, readRun } from '../core/simulation/read-sweep.ts';
import { headerOf } from '../core/simulation/sweep-export.ts';
import type { SweepPlan } from '../protocol/sweep.ts';
import { Misuse } from './arguments.ts';
import { linesOf } from './files.ts';

export interface Output {
  /** Runs that are in the file already, by `point * spec.runs + run`. */
  readonly done: ReadonlySet<number>;
  write(lines: readonly string[]): void;
  close(): void;
}

/** @param path absent: standard output. */
export function openOutput({ spec, points }: SweepPlan, path: string | undefined, resume: boolean): Output {
  const header = JSON.stringify(headerOf(spec, points.length));
  if (path === undefined) {
    if (resume) throw new Misuse('--resume needs --out');
    print([header]);
    return { done: new Set(), write: print, close: () => undefined };
  }
  const there = existsSync(path) && statSync(path).size > 0;
  if (there && !resume) throw new Misuse(`${path} exists: --resume goes on with it, or give another name`);
  const { done, end } = there ? kept(path, { spec, points }, header) : { done: new Set<number>(), end: 0 };
  let file: number;
  try {
    file = openSync(path, there ? 'r+' : 'w');
    // What stands behind the last whole line is half a line.
    ftruncateSync(file, end);
  } catch (error) {
    throw new InputError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  let at = end;
  const write = (lines: readonly string[]): void => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    for (let from = 0; from < bytes.length;) {
      const written = writeSync(file, bytes, from, bytes.length - from, at);
      from += written;
      at += written;
    }
  };
  if (end === 0) write([header]);
  return { done, write, close: () => closeSync(file) };
}

/** What a file has of this sweep, and where its last whole line ends. */
function kept(path: string, { spec, points }: Pick<SweepPlan, 'spec' | 'points'>, header: string): { done: Set<number>; end: number } {
  const done = new Set<number>();
  let plan: SweepPlan | undefined;
  let end = 0;
  let number = 0;
  for (const line of linesOf(path)) {
    number++;
    if (!line.whole) {
      // A process that is killed while it writes the header leaves its beginning.
      if (number === 1 && !header.startsWith(line.text)) readHeader(line.text, path);
      process.stderr.write(`${cutOff(path, number)}\n`);
      break;
    }
    if (!plan) {
      plan = readHeader(line.text, path);
      if (canonical(plan.spec) !== canonical(spec))
        throw new InputError({
          message: `${path} has the results of another sweep: ${differences(plan.spec, spec)}`,
          hint: 'Give another --out, or the spec that the file was made from.',
        });
      if (plan.points.length !== points.length)
        throw new InputError(`${path} has ${plan.points.length} points, this sweep has ${points.length}`);
    } else {
      const run = readRun(line.text, plan, path, number);
      done.add(run.point * spec.runs + run.run);
    }
    end = line.end;
  }
  return { done, end };
}

function differences(had: object, wanted: object): string {
  const [a, b] = [new Map(Object.entries(had)), new Map(Object.entries(wanted))];
  const names = [...new Set([...a.keys(), ...b.keys()])].filter(
    (name) => canonical([{ [name]: a.get(name) }]) !== canonical([{ [name]: b.get(name) }]),
  );
  return names
    .map((name) => `\`${name}\` is ${JSON.stringify(a.get(name)) ?? 'absent'} there and ${JSON.stringify(b.get(name)) ?? 'absent'} here`)
    .join('; ');
}

const print = (lines: readonly string[]): void => void process.stdout.write(lines.map((line) => `${line}\n`).join(''));
