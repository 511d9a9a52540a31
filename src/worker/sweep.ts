/** Runs parts of a sweep, in a worker that can be thrown away: that is what makes a sweep cancellable. */
import { problemOf } from '../base/result.ts';
import { estimateSweep } from '../core/simulation/sweep-estimate.ts';
import { createSweeper, pointsOf } from '../core/simulation/sweep.ts';
import type { SweepAnswer, SweepEstimateAnswer, SweepEstimateTask, SweepRun, SweepTask } from '../protocol/sweep.ts';

declare const self: {
  onmessage: ((event: MessageEvent<SweepTask | SweepEstimateTask>) => void) | null;
  postMessage(message: SweepAnswer | SweepEstimateAnswer): void;
};

/** What came in is shown at least this often. */
const ANSWER_MS = 100;

let known: { readonly spec: string; readonly sweeper: ReturnType<typeof createSweeper> } | undefined;

/** Tasks of one sweep follow each other: its graphs are drawn once. */
function sweeperOf({ spec, graph }: Pick<SweepTask, 'spec' | 'graph'>): ReturnType<typeof createSweeper> {
  const text = JSON.stringify([spec, graph?.name, graph?.text.length]);
  if (known?.spec !== text) known = { spec: text, sweeper: createSweeper(spec, pointsOf(spec), graph) };
  return known.sweeper;
}

self.onmessage = ({ data }) => {
  if ('estimate' in data) estimate(data);
  else work(data);
};

function estimate(task: SweepEstimateTask): void {
  try {
    const seconds = estimateSweep(sweeperOf(task), task.spec, task.points, () => performance.now());
    self.postMessage({ ok: true, seconds });
  } catch (error) {
    self.postMessage({ ok: false, problem: problemOf(error) });
  }
}

function work(data: SweepTask): void {
  const { id, point, from, to } = data;
  try {
    const sweeper = sweeperOf(data);
    let runs: SweepRun[] = [];
    let told = performance.now();
    for (let run = from; run < to; run++) {
      runs.push(sweeper.run(point, run));
      if (performance.now() - told < ANSWER_MS || run + 1 === to) continue;
      told = performance.now();
      self.postMessage({ id, ok: true, runs, done: false });
      runs = [];
    }
    self.postMessage({ id, ok: true, runs, done: true });
  } catch (error) {
    self.postMessage({ id, ok: false, problem: problemOf(error) });
  }
}
