/** Many runs of one gossip configuration, nothing recorded: means, deviations and intervals of its measures. */
import type { ParamValues } from '../../protocol/params.ts';
import { Kernel } from '../kernel/kernel.ts';
import { subSeed } from '../kernel/random.ts';
import { periods } from '../kernel/rounds.ts';
import { measureGossip, type GossipMeasures } from '../metrics/gossip.ts';
import { summarize, type Summary } from '../metrics/summary.ts';
import { addressesOf } from '../rpc/addresses.ts';
import { GraphWorld } from '../rpc/graph.ts';
import { graphStage } from '../rpc/stage.ts';
import type { Topology } from '../topology/topology.ts';
import { algorithmOf, chosenOrigin } from './gossip.ts';
import { readParams } from './params.ts';

export interface LabSpec {
  readonly algorithm: string;
  readonly params: ParamValues;
  readonly topology: Topology;
  readonly origin?: string | undefined;
  readonly runs: number;
  readonly seed: string;
}
export interface LabResult {
  readonly params: ParamValues;
  readonly runs: number;
  readonly completed: number;
  readonly events: number;
  readonly metrics: Readonly<Record<string, Summary>>;
}

const NAMES = ['time', 'maxInFlight', 'residue', 'traffic', 'tAve', 'tLast'] as const;
/** A run that does not drain ends here and counts as not completed (shared contract: the horizon). */
const HORIZON = 10_000_000;

/** @param done called after each run with how many there were. */
export function gossipLab(spec: LabSpec, done?: (runs: number) => void): LabResult {
  const algorithm = algorithmOf(spec.algorithm);
  const { topology, seed } = spec;
  const params = readParams(algorithm.params, spec.params, `gossip/${algorithm.id}`);
  const origin = chosenOrigin(topology, spec.origin);
  const addresses: readonly string[] = topology.nodes > 10_000 ? [] : addressesOf(topology);
  const stage = graphStage({ algorithm, topology, addresses, origin });
  const period = algorithm.period(params);
  const synchronous = algorithm.synchronous(params);
  const values: Record<string, number[]> = Object.fromEntries(NAMES.map((name) => [name, []]));
  let events = 0;
  let completed = 0;
  for (let r = 0; r < spec.runs; r++) {
    const program = new GraphWorld({ algorithm, params, topology, origin, seed: subSeed(seed, `run/${r}`), stage, bytes: () => 0 });
    const kernel = new Kernel({ program, rounds: periods(period), entities: topology.nodes, latency: (link) => topology.length(link) });
    kernel.run(HORIZON);
    events += kernel.processed;
    const counts = { reachedAt: kernel.reachedAt, updates: program.updates, maxInFlight: kernel.maxInFlight, period, synchronous };
    const measures: GossipMeasures = measureGossip(counts);
    if (measures.completed) completed++;
    for (const name of NAMES) if (!Number.isNaN(measures[name])) values[name]!.push(measures[name]);
    done?.(r + 1);
  }
  const metrics = Object.fromEntries(NAMES.map((name) => [name, summarize(values[name]!)]));
  return { params, runs: spec.runs, completed, events, metrics };
}
