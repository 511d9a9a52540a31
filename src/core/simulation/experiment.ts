/**
 * A gossip scenario made ready: algorithm, graph, conditions, and every parameter of them by one flat name. Runs of it
 * differ only in their seed. A recorded run, an average and a sweep all begin here.
 */
import { InputError } from '../../base/result.ts';
import type { Param, ParamSchema, ParamValue, ParamValues } from '../../protocol/params.ts';
import type { GraphData } from '../../protocol/protocol.ts';
import type { Change, GossipScenario } from '../../protocol/scenario.ts';
import type { Algorithm, Data } from '../gossip/contract.ts';
import { algorithms } from '../gossip/index.ts';
import type { Journal } from '../kernel/journal.ts';
import type { Intervention } from '../kernel/intervention.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { Stage } from '../kernel/model.ts';
import { subSeed } from '../kernel/random.ts';
import { periods } from '../kernel/rounds.ts';
import { measureGossip, type GossipMeasures } from '../metrics/gossip.ts';
import { conditionParams, conditionsOf, type Conditions } from '../network/conditions.ts';
import { GraphWorld } from '../rpc/graph.ts';
import { topologyOf } from '../topology/file.ts';
import { topologies } from '../topology/index.ts';
import { originOf } from '../topology/origin.ts';
import type { Topology, TopologyDefinition } from '../topology/topology.ts';
import { readParams } from './params.ts';

export interface Experiment {
  readonly algorithm: Algorithm;
  readonly params: ParamValues;
  readonly membership: { readonly algorithm: Algorithm; readonly params: ParamValues } | undefined;
  readonly conditions: Conditions;
  readonly changes: readonly Change[] | undefined;
  readonly topology: Topology;
  readonly origin: number;
  readonly period: number;
  readonly synchronous: boolean;
  /** All parameters, flat; names of a membership protocol's begin with its id. */
  readonly schema: ParamSchema;
  readonly values: ParamValues;
  /** Seed of the one run that the scenario shows. */
  readonly runSeed: string;
  readonly until: number | undefined;
}

export function algorithmOf(id: string): Algorithm {
  const found = algorithms.find((algorithm) => algorithm.id === id);
  if (found) return found;
  throw new InputError({
    message: `there is no algorithm ${JSON.stringify(id)}`,
    hint: `There are: ${algorithms.map((a) => a.id).join(', ')}.`,
  });
}

export function topologyDefinition(id: string): TopologyDefinition {
  const found = topologies.find((topology) => topology.id === id);
  if (found) return found;
  throw new InputError({
    message: `there is no topology ${JSON.stringify(id)}`,
    hint: `There are: ${topologies.map((t) => t.id).join(', ')}, or the path of a graph file.`,
  });
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

/** The graph that this scenario runs on was read from a file: the scenario names one, or the person opened one. */
const fromFile = (scenario: GossipScenario): boolean => scenario.topology.id === 'file';

interface Part {
  readonly where: string;
  readonly group: NonNullable<Param['group']>;
  readonly schema: ParamSchema;
  /** Before each name. */
  readonly prefix: string;
}

function partsOf(scenario: GossipScenario, membership: Algorithm | undefined): readonly Part[] {
  const algorithm = algorithmOf(scenario.algorithm);
  const parts: Part[] = [{ where: `gossip/${algorithm.id}`, group: 'algorithm', schema: algorithm.params, prefix: '' }];
  if (!fromFile(scenario)) {
    const topology = topologyDefinition(scenario.topology.id);
    parts.push({ where: `topology/${topology.id}`, group: 'topology', schema: topology.params, prefix: '' });
  }
  parts.push({ where: 'conditions', group: 'conditions', schema: conditionParams, prefix: '' });
  if (membership)
    parts.push({ where: `gossip/${membership.id}`, group: 'membership', schema: membership.params, prefix: `${membership.id}.` });
  return parts;
}

/** Every parameter of this scenario's gossip, flat. */
export function gossipSchema(scenario: GossipScenario, given: ParamValues = {}): ParamSchema {
  const schema: Record<string, Param> = {};
  for (const { schema: own, group, prefix } of partsOf(scenario, membershipOf(scenario, given)))
    for (const [name, param] of Object.entries(own)) schema[prefix + name] = { ...param, group };
  return schema;
}

function membershipOf(scenario: GossipScenario, given: ParamValues): Algorithm | undefined {
  const id = given['membership'] ?? scenario.conditions?.['membership'] ?? conditionParams.membership.default;
  if (id === 'topology' || id === 'full') return undefined;
  return algorithms.find((algorithm) => algorithm.id === id && algorithm.membership);
}

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
  const algorithm = algorithmOf(scenario.algorithm);
  const lower = membershipOf(scenario, given);
  const schema = gossipSchema(scenario, given);
  const all: ParamValues = { ...scenario.topology.params, ...scenario.algorithmParams, ...scenario.conditions, ...given };
  for (const name of Object.keys(all))
    if (!Object.hasOwn(schema, name))
      throw new InputError({
        message: `gossip/${algorithm.id} on ${scenario.topology.id}: there is no parameter \`${name}\``,
        hint: `There are: ${Object.keys(schema).join(', ')}.`,
      });
  const read = new Map<string, ParamValues>();
  const values: Record<string, ParamValue> = {};
  for (const part of partsOf(scenario, lower)) {
    const own = Object.keys(part.schema).filter((name) => Object.hasOwn(all, part.prefix + name));
    const mine = readParams(part.schema, Object.fromEntries(own.map((name) => [name, all[part.prefix + name]!])), part.where);
    read.set(part.group, mine);
    for (const [name, value] of Object.entries(mine)) values[part.prefix + name] = value;
  }
  const params = read.get('algorithm')!;
  const conditions = conditionsOf(read.get('conditions')!);
  if (conditions.updates > 1 && !algorithm.many)
    throw new InputError(`gossip/${algorithm.id} spreads one update at a time: \`updates\` must be 1, got ${conditions.updates}`);
  if (lower?.id === algorithm.id) throw new InputError(`gossip/${algorithm.id} cannot run on itself: choose another \`membership\``);
  const runSeed = scenario.run === undefined ? seed : subSeed(seed, `run/${scenario.run}`);
  const draw = (): Topology => topologyDefinition(scenario.topology.id).generate(read.get('topology')!, scenario.redraw ? runSeed : seed);
  const topology = drawn ?? (graph ? topologyOf(graph) : draw());
  return {
    algorithm,
    params,
    membership: lower && { algorithm: lower, params: read.get('membership')! },
    conditions,
    changes: scenario.changes,
    topology,
    origin: chosenOrigin(topology, scenario.origin),
    period: algorithm.period(params),
    synchronous: algorithm.synchronous(params),
    schema,
    values,
    runSeed,
    until: scenario.until,
  };
}

export function chosenOrigin(topology: Topology, wanted: string | undefined): number {
  const origin = originOf(topology, wanted);
  if (origin >= 0) return origin;
  throw new InputError({ message: `there is no node named ${JSON.stringify(wanted)} to start from`, hint: 'Name a node of the graph.' });
}

export interface Recording {
  readonly stage: Stage;
  readonly bytes: (code: number, from: number, to: number, id: number, args: readonly number[], data: Data) => number;
  readonly journal?: Journal | undefined;
  readonly interventions?: readonly Intervention[];
}

/** One run of the experiment, ready to go. @param seed of this run. */
export function playExperiment(
  experiment: Experiment,
  seed: string,
  recording: Recording,
): { readonly kernel: Kernel; readonly world: GraphWorld } {
  const { topology, period, until } = experiment;
  const { stage, bytes, journal, interventions = [] } = recording;
  const world = new GraphWorld({ ...experiment, seed, stage, bytes });
  const latency = (link: number): number => topology.length(link);
  const kernel = new Kernel({ program: world, rounds: periods(period), entities: topology.nodes, latency, interventions, until, journal });
  return { kernel, world };
}

export function measuresOf({ period, synchronous }: Experiment, kernel: Kernel, { spread, population }: GraphWorld): GossipMeasures {
  const { nodes, updates, entered, learnedAt, updatesSent, updatesArrived } = spread;
  const counts = { nodes, updates, entered, learnedAt, updatesSent, updatesArrived, up: population.up, period, synchronous };
  return measureGossip({ ...counts, maxInFlight: kernel.maxInFlight });
}
