/** Runs of a sweep in threads of this process, each with the whole command line in it: the bundle is one file. */
import { fileURLToPath } from 'node:url';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { problemOf, InputError, type Problem } from '../base/result.ts';
import { createSweeper, pointsOf, type GraphText } from '../core/simulation/sweep.ts';
import type { SweepRun, SweepSpec } from '../protocol/sweep.ts';

export interface Job {
  readonly spec: SweepSpec;
  readonly graph: GraphText | undefined;
}

/** Something that carries out runs, named by `point * spec.runs + run`, and answers their lines in the same order. */
export interface Runner {
  run(numbers: readonly number[]): Promise<readonly string[]>;
  end(): void;
}

type Sweeper = { run(point: number, run: number): SweepRun };
const lineOf = (sweeper: Sweeper, { runs }: SweepSpec, number: number): string =>
  JSON.stringify(sweeper.run(Math.floor(number / runs), number % runs));

/** In this thread; between runs the process hears signals. */
export function hereRunner({ spec }: Job, sweeper: Sweeper): Runner {
  return {
    async run(numbers) {
      const lines = numbers.map((number) => lineOf(sweeper, spec, number));
      await new Promise((done) => setImmediate(done));
      return lines;
    },
    end: () => undefined,
  };
}

type Answer = { readonly lines: readonly string[] } | { readonly problem: Problem; readonly stack: string | undefined };

export function threadRunner(job: Job): Runner {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: job });
  let failed: Error | undefined;
  let waiting: { readonly done: (lines: readonly string[]) => void; readonly fail: (error: Error) => void } | undefined;
  const fail = (error: Error): void => {
    failed = error;
    waiting?.fail(error);
  };
  worker.on('message', (answer: Answer) => {
    if ('lines' in answer) waiting?.done(answer.lines);
    else fail(answer.stack === undefined ? new InputError(answer.problem) : Object.assign(new Error(answer.problem.message), answer));
  });
  worker.on('error', fail);
  return {
    run: (numbers) =>
      new Promise((done, reject) => {
        if (failed) {
          reject(failed);
          return;
        }
        waiting = { done, fail: reject };
        worker.postMessage(numbers);
      }),
    end: () => void worker.terminate(),
  };
}

/** The other end: what a thread of the command line does. */
export function serveRuns(): void {
  const { spec, graph } = workerData as Job;
  let sweeper: Sweeper | undefined;
  parentPort!.on('message', (numbers: readonly number[]) => {
    try {
      sweeper ??= createSweeper(spec, pointsOf(spec), graph);
      const ready = sweeper;
      parentPort!.postMessage({ lines: numbers.map((number) => lineOf(ready, spec, number)) } satisfies Answer);
    } catch (error) {
      const stack = error instanceof InputError || !(error instanceof Error) ? undefined : error.stack;
      parentPort!.postMessage({ problem: problemOf(error), stack } satisfies Answer);
    }
  });
}
