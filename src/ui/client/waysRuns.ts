/** Runs the ways of a comparison in workers, as many at a time as there are cores. To cancel, the workers are thrown away. */
import { problemOf, type Problem } from '../../base/result.ts';
import type { WayResult, WaysAnswer, WaysTask } from '../../protocol/ways.ts';

export interface WaysEvents {
  ran(result: WayResult): void;
  /** Events of all runs so far, those under way among them. */
  went(events: number): void;
  failed(problem: Problem): void;
  finished(): void;
}

/** @returns what cancels it. */
export function runWays(
  tasks: readonly Omit<WaysTask, 'id'>[],
  events: WaysEvents,
  cores = navigator.hardwareConcurrency || 2,
): () => void {
  const waiting = tasks.map((task, id) => ({ ...task, id }));
  const gone = new Map<number, number>();
  let left = tasks.length;
  let over = false;
  const workers = Array.from({ length: Math.min(tasks.length, Math.max(1, cores)) }, () => {
    const worker = new Worker(new URL('../../worker/ways.ts', import.meta.url), { type: 'module', name: 'ways' });
    worker.onmessage = ({ data }: MessageEvent<WaysAnswer>) => answered(worker, data);
    worker.onerror = (event) => {
      event.preventDefault();
      fail(problemOf(new Error(event.message || 'a worker of the comparison stopped')));
    };
    return worker;
  });
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
    const task = waiting.shift();
    if (task) worker.postMessage(task satisfies WaysTask);
  };
  const answered = (worker: Worker, answer: WaysAnswer) => {
    if (over) return;
    if (!answer.ok) {
      fail(answer.problem);
      return;
    }
    gone.set(answer.id, 'events' in answer ? answer.events : answer.result.events);
    events.went([...gone.values()].reduce((sum, count) => sum + count, 0));
    if ('events' in answer) return;
    events.ran(answer.result);
    left--;
    if (left > 0) feed(worker);
    else {
      end();
      events.finished();
    }
  };
  for (const worker of workers) feed(worker);
  return end;
}
