/**
 * Every parameter of a gossip scenario by one flat name: the algorithm's, the topology's, the conditions', and those of a
 * membership protocol, whose names begin with its id.
 */
import { InputError } from '../../base/result.ts';
import type { Param, ParamSchema, ParamValue, ParamValues } from '../../protocol/params.ts';
import { readParams } from '../../protocol/read-params.ts';
import type { GossipScenario } from '../../protocol/scenario.ts';
import type { Algorithm } from '../gossip/contract.ts';
import { exerciseAlgorithms } from '../gossip/faulty/index.ts';
import { algorithms } from '../gossip/index.ts';
import { conditionParams, conditionsOf, type Conditions } from '../network/conditions.ts';
import { domainsOf, isOfServers } from '../rpc/server-changes.ts';
import { topologies } from '../topology/index.ts';
import type { TopologyDefinition } from '../topology/topology.ts';

/** What is settled before any graph is drawn. */
export interface Configuration {
  readonly algorithm: Algorithm;
  readonly params: ParamValues;
  readonly membership: { readonly algorithm: Algorithm; readonly params: ParamValues } | undefined;
  readonly conditions: Conditions;
  /** The generator's values; undefined for a graph from a file. */
  readonly topologyParams: ParamValues | undefined;
  /** All parameters, flat. */
  readonly schema: ParamSchema;
  readonly values: ParamValues;
}

export function algorithmOf(id: string): Algorithm {
  const isIt = (algorithm: Algorithm): boolean => algorithm.id === id;
  // Those of exercises run where a scenario names them, and are offered nowhere.
  const found = algorithms.find(isIt) ?? exerciseAlgorithms.find(isIt);
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
  const found = algorithms.find((algorithm) => algorithm.id === id && algorithm.membership);
  if (found || !conditionParams.membership.options.some((option) => option === id)) return found;
  throw new InputError(`conditions: \`membership\` ${String(id)} is not there`);
}

/**
 * @param given values by flat name; they win over the scenario's own.
 * @throws InputError that names the parameter.
 */
export function configurationOf(scenario: GossipScenario, given: ParamValues): Configuration {
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
  const conditions = conditionsOf(read.get('conditions')!);
  if (conditions.updates > 1 && !algorithm.many)
    throw new InputError(`gossip/${algorithm.id} spreads one update at a time: \`updates\` must be 1, got ${conditions.updates}`);
  if (conditions.transport === 'xmpp') refuseOverXmpp(scenario, algorithm, read.get('algorithm')!, lower, domainsOf(conditions.domains));
  if (lower?.id === algorithm.id) throw new InputError(`gossip/${algorithm.id} cannot run on itself: choose another \`membership\``);
  return {
    algorithm,
    params: read.get('algorithm')!,
    membership: lower && { algorithm: lower, params: read.get('membership')! },
    conditions,
    topologyParams: read.get('topology'),
    schema,
    values,
  };
}

/** What XMPP cannot give is refused, and why. */
function refuseOverXmpp(
  scenario: GossipScenario,
  algorithm: Algorithm,
  params: ParamValues,
  lower: Algorithm | undefined,
  domains: readonly string[],
): void {
  const where = `gossip/${algorithm.id} over XMPP`;
  const hint = 'Take the transport “graph” for it, or other parameters.';
  if (algorithm.synchronous(params))
    throw new InputError({
      message: `${where}: it runs in synchronous cycles, and clients of servers share no clock by which all could begin a cycle at once`,
      hint,
    });
  const needs = algorithm.needs(params);
  if (needs.includes('globalClock'))
    throw new InputError({ message: `${where}: it needs one clock for all, and clients of servers have none`, hint });
  if (needs.includes('globalPairs'))
    throw new InputError({ message: `${where}: it draws pairs from all nodes at once, and no client of a server sees all others`, hint });
  const twice = lower?.methods.find(({ name }) => algorithm.methods.some((method) => method.name === name));
  if (lower && twice)
    throw new InputError({
      message: `${where}: ${lower.id} below it has a method \`${twice.name}\`, too, and a call of XEP-0009 says nothing but the name`,
      hint: 'Choose another `membership`.',
    });
  if (scenario.changes?.some((change) => (change.do === 'up' || change.do === 'down') && !isOfServers(change, domains)))
    throw new InputError({
      message: `${where}: a trace cuts links between nodes, and clients have none: their streams are to servers`,
      hint: `Cut the network between two servers: there are ${domains.join(', ')}.`,
    });
}
