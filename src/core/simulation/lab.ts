/** Many runs of one gossip configuration, nothing recorded: means, deviations and intervals of its measures. */
import { summarize, type Summary } from '../../base/summary.ts';
import { EventQueue } from '../kernel/queue.ts';
import { subSeed } from '../kernel/random.ts';
import { bandOf, reachedCurve, type CurveBand } from '../metrics/curve.ts';
import type { GossipMeasures } from '../metrics/gossip.ts';
import { MEASURES } from '../metrics/measures.ts';
import { infectionTree } from '../metrics/tree.ts';
import { addressesOf, nameOf } from '../rpc/addresses.ts';
import { methodsOf } from '../rpc/plan.ts';
import { bareStage } from '../rpc/stage.ts';
import { stanzaSizes } from '../rpc/xep0009.ts';
import { countsOf, measuresOf, playExperiment, type Experiment } from './experiment.ts';

/**
 * A run that does not drain ends here and counts as not completed (shared contract: the horizon); a large graph has more events to
 * get through.
 */
const horizonOf = ({ topology }: Experiment): number => Math.max(10_000_000, 100 * topology.nodes);

export interface LabRun {
  readonly events: number;
  readonly measures: GossipMeasures;
  /** Share reached after 0, 1, … periods, where it was asked for. */
  readonly curve: Float64Array | undefined;
}

export interface LabOptions {
  /** Count XML bytes. */
  readonly bytes?: boolean | undefined;
  /** Sample the share of nodes reached after 0 … so many periods. */
  readonly periods?: number | undefined;
}

const noBytes = (): number => 0;

/** What runs of a lab have in common, so that each does not make it anew: the queue, and the sizes of one experiment's stanzas. */
export class LabScratch {
  readonly queue = new EventQueue();
  private weighed: { readonly experiment: Experiment; readonly sizes: ReturnType<typeof stanzaSizes> } | undefined;

  sizesOf(experiment: Experiment): ReturnType<typeof stanzaSizes> {
    if (this.weighed?.experiment !== experiment) {
      const { algorithm, membership, topology } = experiment;
      this.weighed = {
        experiment,
        sizes: stanzaSizes(methodsOf(algorithm, membership?.algorithm), experiment.homes?.addresses ?? addressesOf(topology)),
      };
    }
    return this.weighed.sizes;
  }
}
/** Run r of an experiment whose seed is `seed`: nothing is recorded. */
export function labRun(experiment: Experiment, seed: string, r: number, options: LabOptions = {}, scratch = new LabScratch()): LabRun {
  const { bytes: weigh = false, periods } = options;
  const bytes = weigh ? scratch.sizesOf(experiment) : noBytes;
  const played = playExperiment(experiment, subSeed(seed, `run/${r}`), { stage: bareStage, bytes, weigh, queue: scratch.queue });
  played.kernel.run(horizonOf(experiment));
  return {
    events: played.kernel.processed,
    measures: measuresOf(experiment, played, weigh),
    curve: periods === undefined ? undefined : reachedCurve(countsOf(experiment, played, weigh), periods),
  };
}

export interface LabResult {
  readonly runs: number;
  readonly completed: number;
  readonly events: number;
  readonly metrics: Readonly<Record<string, Summary>>;
  /** Share of nodes reached over the periods, where it was asked for. */
  readonly reached: CurveBand | undefined;
}

/**
 * @param done called after each run with how many there were.
 * @param drawn the experiment of run r, where each run draws its own graph.
 */
export function gossipLab(
  experiment: Experiment,
  seed: string,
  runs: number,
  done?: (runs: number) => void,
  options: LabOptions & { readonly drawn?: ((r: number) => Experiment) | undefined } = {},
): LabResult {
  const names = MEASURES.map(({ id }) => id);
  const values = new Map<string, number[]>(names.map((name) => [name, []]));
  const curves: Float64Array[] = [];
  const scratch = new LabScratch();
  let events = 0;
  let completed = 0;
  for (let r = 0; r < runs; r++) {
    const run = labRun(options.drawn?.(r) ?? experiment, seed, r, options, scratch);
    events += run.events;
    if (run.measures.completed) completed++;
    for (const name of names) if (!Number.isNaN(run.measures[name])) values.get(name)!.push(run.measures[name]);
    if (run.curve) curves.push(run.curve);
    done?.(r + 1);
  }
  const metrics: Record<string, Summary> = {};
  for (const name of names) {
    const some = values.get(name)!;
    // Bytes that nobody asked for are no measure; a time that no run has is one, and there is none.
    if (some.length > 0 || name === 'time' || name === 'redundancy' || name === 'rounds') metrics[name] = summarize(some);
  }
  return { runs, completed, events, metrics, reached: options.periods === undefined ? undefined : bandOf(curves) };
}

/** Who told whom in one run, as CSV: node, from whom it learned (empty: from nobody), tick, steps from the origin (empty: not in the tree). */
export function* labTree(experiment: Experiment): Generator<string> {
  const { kernel, world } = playExperiment(experiment, experiment.runSeed, { stage: bareStage, bytes: noBytes });
  kernel.run(horizonOf(experiment));
  const { learnedAt, parent, updates, nodes } = world.spread;
  const { depths } = infectionTree(parent, experiment.origin);
  const name = (node: number): string => cell(nameOf(experiment.topology, node));
  yield 'node,from,tick,depth';
  for (let node = 0; node < nodes; node++) {
    const at = learnedAt[node * updates]!;
    if (at < 0) yield `${name(node)},,,`;
    else yield `${name(node)},${parent[node]! < 0 ? '' : name(parent[node]!)},${at},${depths[node]! < 0 ? '' : depths[node]}`;
  }
}
const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
