/** Runs parts of a sweep, in a worker that can be thrown away: that is what makes a sweep cancellable. */
import { problemOf } from '../base/result.ts';
import { createSweeper, pointsOf } from '../core/simulation/sweep.ts';
import type { SweepAnswer, SweepRun, SweepTask } from '../protocol/sweep.ts';

declare const self: {
  onmessage: ((event: MessageEvent<SweepTask>) => void) | null;
  postMessage(message: SweepAnswer): void;
};

/** What came in is shown at least this often. */
const ANSWER_MS = 100;

let known: { readonly spec: string; readonly sweeper: ReturnType<typeof createSweeper> } | undefined;

/** Tasks of one sweep follow each other: its graphs are drawn once. */
function sweeperOf({ spec, graph }: SweepTask): ReturnType<typeof createSweeper> {
  const text = JSON.stringify([spec, graph?.name, graph?.text.length]);
  if (known?.spec !== text) known = { spec: text, sweeper: createSweeper(spec, pointsOf(spec), graph) };
  return known.sweeper;
}

self.onmessage = ({ data }) => {
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
};
