/**
 * A gossip scenario made ready: its configuration on its graph. Runs of it differ only in their seed. A recorded run, an
 * average and a sweep all begin here.
 */
import { InputError } from '../../base/result.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { GraphData } from '../../protocol/protocol.ts';
import type { Change, GossipScenario } from '../../protocol/scenario.ts';
import type { Data } from '../gossip/contract.ts';
import type { Journal } from '../kernel/journal.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { Stage } from '../kernel/model.ts';
import type { EventQueue } from '../kernel/queue.ts';
import { subSeed } from '../kernel/random.ts';
import { periods } from '../kernel/rounds.ts';
import type { Watch } from '../kernel/watch.ts';
import { measureGossip, type GossipCounts, type GossipMeasures } from '../metrics/gossip.ts';
import { GraphWorld } from '../rpc/graph.ts';
import { homesOf, type Homes } from '../rpc/homes.ts';
import { domainsOf, isOfServers } from '../rpc/server-changes.ts';
import type { GraphWorldOptions } from '../rpc/options.ts';
import { lastPlannedOf } from '../rpc/plan.ts';
import { XmppGossip } from '../rpc/xmpp.ts';
import { faultsOf } from '../network/faults.ts';
import { topologyOf } from '../topology/file.ts';
import { originOf } from '../topology/origin.ts';
import type { Topology } from '../topology/topology.ts';
import { configurationOf, topologyDefinition, type Configuration } from './configuration.ts';

export interface Experiment extends Configuration {
  readonly changes: readonly Change[] | undefined;
  /** Who says what when, where that is no matter of the conditions. */
  readonly says?: GraphWorldOptions['says'];
  readonly topology: Topology;
  /** Where the nodes live, where calls go over XMPP. */
  readonly homes: Homes | undefined;
  readonly origin: number;
  readonly period: number;
  readonly synchronous: boolean;
  /** Seed of the one run that the scenario shows. */
  readonly runSeed: string;
  readonly until: number | undefined;
}

/** A scenario for an experiment that nobody has written down. Values of parameters come to `experimentOf`. */
export const gossipScenario = (
  algorithm: string,
  topology: GossipScenario['topology'],
  rest: Partial<Pick<GossipScenario, 'origin' | 'until' | 'redraw' | 'run' | 'seed' | 'title' | 'changes'>> = {},
): GossipScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  model: 'gossip',
  id: 'experiment',
  title: 'Experiment',
  summary: '',
  seed: '1',
  algorithm,
  algorithmParams: {},
  topology,
  ...rest,
});

/**
 * @param given values by flat name; they win over the scenario's own.
 * @param graph the file that the scenario names, already read.
 * @param drawn its topology, where it is known already.
 */
export function experimentOf(
  scenario: GossipScenario,
  seed: string,
  given: ParamValues,
  graph?: GraphData | undefined,
  drawn?: Topology | undefined,
): Experiment {
  const configuration = configurationOf(scenario, given);
  const { algorithm, params, topologyParams } = configuration;
  const runSeed = scenario.run === undefined ? seed : subSeed(seed, `run/${scenario.run}`);
  const draw = (): Topology => topologyDefinition(scenario.topology.id).generate(topologyParams ?? {}, scenario.redraw ? runSeed : seed);
  const topology = drawn ?? (graph ? topologyOf(graph) : draw());
  const { transport, domains } = configuration.conditions;
  const period = algorithm.period(params);
  const homes =
    transport === 'xmpp'
      ? { ...homesOf(topology, configuration.conditions, runSeed, scenario.changes), second: Math.max(1, period) }
      : undefined;
  const served = homes ? domainsOf(domains) : [];
  return {
    ...configuration,
    changes: scenario.changes?.filter((change) => !isOfServers(change, served)),
    topology,
    homes,
    origin: chosenOrigin(topology, scenario.origin),
    period,
    synchronous: algorithm.synchronous(params),
    runSeed,
    until: scenario.until,
  };
}

function chosenOrigin(topology: Topology, wanted: string | undefined): number {
  const origin = originOf(topology, wanted);
  if (origin >= 0) return origin;
  throw new InputError({ message: `there is no node named ${JSON.stringify(wanted)} to start from`, hint: 'Name a node of the graph.' });
}

export interface Recording extends Pick<GraphWorldOptions, 'heard' | 'acknowledged'> {
  readonly stage: Stage;
  readonly bytes: (code: number, from: number, to: number, id: number, args: readonly number[], data: Data) => number;
  /** Bytes are counted although no rows are kept. */
  readonly weigh?: boolean | undefined;
  readonly journal?: Journal | undefined;
  /** Of an earlier run, to be used again. */
  readonly queue?: EventQueue | undefined;
  readonly interventions?: readonly Intervention[];
  readonly watch?: Watch | undefined;
}

/** One run: its kernel, what is known of its nodes, and how many messages of the algorithm there were. */
export interface Played {
  readonly kernel: Kernel;
  readonly world: GraphWorld;
  /** The kernel's own on a graph; over XMPP more travels than the algorithm's messages. */
  readonly tally: Pick<Kernel, 'messages' | 'maxInFlight'>;
  /** Over XMPP. */
  readonly xmpp: XmppGossip | undefined;
}

/** One run of the experiment, ready to go. @param seed of this run. */
export function playExperiment(experiment: Experiment, seed: string, recording: Recording): Played {
  const { topology, period, until, homes } = experiment;
  const { stage, bytes, weigh, journal, queue, watch, heard, acknowledged, interventions = [] } = recording;
  const told = { heard, acknowledged };
  const options = { ...experiment, ...told, seed, stage, bytes, weigh: weigh === true && journal === undefined };
  const xmpp = homes && new XmppGossip({ ...options, homes });
  const world = xmpp ? xmpp.world : new GraphWorld(options);
  const links = xmpp?.model.stage.links.latency;
  const kernel = new Kernel({
    program: xmpp ?? world,
    rounds: periods(period),
    entities: topology.nodes + (homes?.servers ?? 0),
    latency: links ? (link) => links[link]! : (link) => topology.length(link),
    interventions,
    faults: faultsOf({ ...experiment.conditions }, 0),
    seed,
    until,
    patience: { since: lastPlannedOf(options), ticks: experiment.conditions.horizon * period },
    journal,
    queue,
    watch,
  });
  return { kernel, world, tally: xmpp ?? kernel, xmpp };
}

/** @param weighed the run's bytes were counted. */
export const measuresOf = (experiment: Experiment, played: Played, weighed: boolean): GossipMeasures =>
  measureGossip(countsOf(experiment, played, weighed));

export function countsOf(experiment: Experiment, { world, tally, xmpp }: Played, weighed: boolean): GossipCounts {
  const { period, synchronous, origin } = experiment;
  const { spread, population } = world;
  const { nodes, updates, entered, learnedAt, updatesSent, updatesArrived, load, parent } = spread;
  const counts = { nodes, updates, entered, learnedAt, updatesSent, updatesArrived, load, parent, origin, up: population.up };
  const { maxInFlight, messages } = tally;
  const bytes = weighed ? spread.bytes : undefined;
  return { ...counts, period, synchronous, maxInFlight, messages, bytes, streams: xmpp?.streams };
}
