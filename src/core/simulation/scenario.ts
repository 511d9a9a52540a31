/** Finds scenarios and makes worlds of them. */
import { InputError } from '../../base/result.ts';
import type { GraphData, OpenArgs } from '../../protocol/protocol.ts';
import type { Change, Scenario } from '../../protocol/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { gossipWorld } from './gossip.ts';
import { toldWorld } from './told/world.ts';
import { groupWorld } from './ways/world.ts';
import type { World } from './world.ts';
import { xmppWorld } from './xmpp.ts';

export function scenarioOf(id: string): Scenario {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found) return found;
  throw new InputError({
    message: `there is no scenario ${JSON.stringify(id)}`,
    hint: `There are: ${scenarios.map((s) => s.id).join(', ')}.`,
  });
}

/** The same scenario with another algorithm, which begins with its own defaults. */
export function withAlgorithm(scenario: Scenario, algorithm: string): Scenario {
  if (scenario.model !== 'gossip') throw new InputError(`${scenario.id} is no gossip scenario: it has no algorithm to choose`);
  return scenario.algorithm === algorithm ? scenario : { ...scenario, algorithm, algorithmParams: {} };
}

/** The same scenario with other changes over time. */
export function withChanges(scenario: Scenario, changes: readonly Change[]): Scenario {
  if (scenario.model !== 'gossip')
    throw new InputError(`${scenario.id} is no gossip scenario: joins, leaves and cuts of a trace are for those`);
  return { ...scenario, changes };
}

/**
 * The same scenario on another graph: one that is generated, or one of our files by its path. What names nodes or fits the
 * lengths of the old graph's links goes with it.
 */
export function withTopology(scenario: Scenario, topology: string): Scenario {
  if (scenario.model !== 'gossip') throw new InputError(`${scenario.id} is no gossip scenario: it has no topology to choose`);
  const { id, file } = scenario.topology;
  if (topology === id || topology === file) return scenario;
  const graph = /[./]/.test(topology) ? { id: 'file', file: topology } : { id: topology };
  return { ...scenario, topology: graph, origin: undefined, changes: undefined, speed: undefined };
}

/** The graph file that a scenario names; undefined where it names none. */
export const graphFileOf = (scenario: Scenario): string | undefined =>
  scenario.model === 'gossip' && scenario.topology.id === 'file' ? (scenario.topology.file ?? '') : undefined;

export function createWorld(args: OpenArgs & { readonly scenario: Scenario }, graph: GraphData | undefined): World {
  const { scenario } = args;
  const seed = args.seed ?? scenario.seed;
  const given = args.params ?? {};
  if (scenario.model === 'group')
    return scenario.about === undefined ? groupWorld(scenario, seed, given) : toldWorld(scenario, scenario.about, seed, given);
  return scenario.model === 'xmpp' ? xmppWorld(scenario, seed, given) : { ...gossipWorld(scenario, seed, given, graph), graph };
}
