/**
 * The pool of workers that a sweep runs in, as many as there are cores. Runs are handed out in small tasks, every point getting
 * its share in turn, so that the whole curve is there early and only its band narrows. To cancel, the workers are thrown away.
 */
import { InputError, problemOf, type Problem } from '../../base/result.ts';
import type { SweepAnswer, SweepEstimateAnswer, SweepEstimateTask, SweepRun, SweepSpec, SweepTask } from '../../protocol/sweep.ts';

export interface PoolEvents {
  /** Runs that are done, in any order. */
  ran(runs: readonly SweepRun[]): void;
  failed(problem: Problem): void;
  /** Every run is done. */
  finished(): void;
}

export interface SweepJob {
  readonly spec: SweepSpec;
  readonly points: number;
  /** Runs that are there already, by `point * spec.runs + run`. */
  readonly done: ReadonlySet<number>;
  readonly graph?: SweepTask['graph'];
}

export interface Pool {
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** A task should take about this long: short enough for a pause to be felt, long enough for messages not to matter. */
const TASK_MS = 200;
const MOST_A_TASK = 500;

/** What is left of a job: of each point, how far it has been handed out. */
function createQueue({ spec, points, done }: SweepJob) {
  const next = new Uint32Array(points);
  let turn = 0;
  return {
    /** At most `most` runs of one point that follow each other, or nothing when everything was handed out. */
    take(most: number): { readonly point: number; readonly from: number; readonly to: number } | undefined {
      for (let tried = 0; tried < points; tried++) {
        const point = turn;
        turn = (turn + 1) % points;
        let from = next[point]!;
        while (from < spec.runs && done.has(point * spec.runs + from)) from++;
        let to = from;
        while (to < spec.runs && to - from < most && !done.has(point * spec.runs + to)) to++;
        next[point] = to;
        if (to > from) return { point, from, to };
      }
      return undefined;
    },
  };
}

export function startPool(job: SweepJob, events: PoolEvents, cores = navigator.hardwareConcurrency || 2): Pool {
  const queue = createQueue(job);
  let paused = false;
  let over = false;
  let lastTask = 0;
  /** Runs a task: grows while tasks are quick. */
  let size = 1;
  const idle: Worker[] = [];
  const began = new Map<Worker, number>();

  const end = () => {
    over = true;
    for (const worker of workers) worker.terminate();
  };
  const fail = (problem: Problem) => {
    if (over) return;
    end();
    events.failed(problem);
  };
  const feed = (worker: Worker) => {
    const task = paused ? undefined : queue.take(size);
    if (!task) {
      began.delete(worker);
      idle.push(worker);
      if (!paused && began.size === 0 && !over) {
        end();
        events.finished();
      }
      return;
    }
    began.set(worker, performance.now());
    worker.postMessage({ id: ++lastTask, spec: job.spec, ...task, graph: job.graph } satisfies SweepTask);
  };
  const answered = (worker: Worker, answer: SweepAnswer) => {
    if (over) return;
    if (!answer.ok) {
      fail(answer.problem);
      return;
    }
    events.ran(answer.runs);
    if (!answer.done) return;
    const took = performance.now() - (began.get(worker) ?? 0);
    if (took < TASK_MS / 2) size = Math.min(MOST_A_TASK, size * 2);
    else if (took > TASK_MS * 2) size = Math.max(1, size >> 1);
    feed(worker);
  };
  const workers = Array.from({ length: Math.max(1, cores) }, () => {
    const worker = new Worker(new URL('../../worker/sweep.ts', import.meta.url), { type: 'module', name: 'sweep' });
    worker.onmessage = ({ data }: MessageEvent<SweepAnswer>) => answered(worker, data);
    worker.onerror = (event) => {
      event.preventDefault();
      fail(problemOf(new Error(event.message || 'a worker of the sweep stopped')));
    };
    return worker;
  });
  for (const worker of workers) feed(worker);

  return {
    pause() {
      paused = true;
    },
    resume() {
      if (!paused || over) return;
      paused = false;
      for (const worker of idle.splice(0)) feed(worker);
    },
    cancel: end,
  };
}

/** Seconds that a whole sweep takes on one core, by some runs of it; undefined if that was no longer wanted. */
export async function estimateSweep(task: Omit<SweepEstimateTask, 'estimate'>, signal: AbortSignal): Promise<number | undefined> {
  const worker = new Worker(new URL('../../worker/sweep.ts', import.meta.url), { type: 'module', name: 'sweep' });
  try {
    return await new Promise<number | undefined>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
      worker.onmessage = ({ data }: MessageEvent<SweepEstimateAnswer>) =>
        data.ok ? resolve(data.seconds) : reject(new InputError(data.problem));
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || 'a worker of the sweep stopped'));
      };
      worker.postMessage({ ...task, estimate: true } satisfies SweepEstimateTask);
    });
  } finally {
    worker.terminate();
  }
}
