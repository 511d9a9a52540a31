/** Many runs of one gossip configuration, nothing recorded: means, deviations and intervals of its measures. */
import { subSeed } from '../kernel/random.ts';
import type { GossipMeasures } from '../metrics/gossip.ts';
import { summarize, type Summary } from '../metrics/summary.ts';
import { bareStage } from '../rpc/stage.ts';
import { measuresOf, playExperiment, type Experiment } from './experiment.ts';

/** A run that does not drain ends here and counts as not completed (shared contract: the horizon). */
const HORIZON = 10_000_000;

export interface LabRun {
  readonly events: number;
  readonly measures: GossipMeasures;
}

/** Run r of an experiment whose seed is `seed`: nothing is recorded. */
export function labRun(experiment: Experiment, seed: string, r: number): LabRun {
  const { kernel, world } = playExperiment(experiment, subSeed(seed, `run/${r}`), { stage: bareStage, bytes: () => 0 });
  kernel.run(HORIZON);
  return { events: kernel.processed, measures: measuresOf(experiment, kernel, world) };
}

export interface LabResult {
  readonly runs: number;
  readonly completed: number;
  readonly events: number;
  readonly metrics: Readonly<Record<string, Summary>>;
}

const NAMES = ['time', 'maxInFlight', 'residue', 'traffic', 'redundancy', 'tAve', 'tLast'] as const;

/** @param done called after each run with how many there were. */
export function gossipLab(experiment: Experiment, seed: string, runs: number, done?: (runs: number) => void): LabResult {
  const values: Record<string, number[]> = Object.fromEntries(NAMES.map((name) => [name, []]));
  let events = 0;
  let completed = 0;
  for (let r = 0; r < runs; r++) {
    const run = labRun(experiment, seed, r);
    events += run.events;
    if (run.measures.completed) completed++;
    for (const name of NAMES) if (!Number.isNaN(run.measures[name])) values[name]!.push(run.measures[name]);
    done?.(r + 1);
  }
  const metrics = Object.fromEntries(NAMES.map((name) => [name, summarize(values[name]!)]));
  return { runs, completed, events, metrics };
}
