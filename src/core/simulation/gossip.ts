/** Gossip scenarios on the kernel: an algorithm over a topology, its stanzas made on demand. */
import type { ParamValues } from '../../protocol/params.ts';
import type { GraphData } from '../../protocol/protocol.ts';
import type { GossipScenario } from '../../protocol/scenario.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { addressesOf } from '../rpc/addresses.ts';
import { callDeeds, reachOf } from '../rpc/call-deeds.ts';
import { methodsOf, warmupOf } from '../rpc/plan.ts';
import { xmppGossipStage } from '../rpc/xmpp-stage.ts';
import { inspectNode } from '../rpc/inspect.ts';
import { graphStage } from '../rpc/stage.ts';
import { stanzaSizes } from '../rpc/xep0009.ts';
import { meanLength, unreachable } from '../topology/topology.ts';
import { experimentOf, measuresOf, playExperiment, type Experiment, type Recording } from './experiment.ts';
import type { World } from './world.ts';

/** @param graph the file that the scenario names, already read. */
export function gossipWorld(scenario: GossipScenario, seed: string, given: ParamValues, graph: GraphData | undefined): World {
  return worldOfExperiment(scenario, seed, experimentOf(scenario, seed, given, graph));
}

/** Looks on while a world is played; one is made for each play. */
export interface GossipOnlooker extends Pick<Recording, 'watch' | 'heard' | 'acknowledged'> {
  /** Where calls are not carried as stanzas: told of each, with its bytes. */
  readonly called?: ((from: number, to: number, bytes: number) => void) | undefined;
  attached(kernel: Kernel): void;
  metrics(): Readonly<Record<string, number>>;
}

/** @param onlook where somebody looks on: then bytes are counted whether rows are kept or not. */
export function worldOfExperiment(scenario: GossipScenario, seed: string, experiment: Experiment, onlook?: () => GossipOnlooker): World {
  const { algorithm, origin, period, synchronous, conditions, homes, says } = experiment;
  const topology = homes?.topology ?? experiment.topology;
  const membership = experiment.membership?.algorithm;
  const addresses = homes?.addresses ?? addressesOf(topology);
  const texts = says?.map(({ text }) => text);
  const drawn = { algorithm, membership, topology, addresses, origin, texts };
  const { stage, wayOf } = homes ? xmppGossipStage(homes, drawn) : { stage: graphStage(drawn), wayOf: undefined };
  const methods = methodsOf(algorithm, membership);
  const first = homes?.servers ?? 0;
  const sizes = stanzaSizes(methods, addresses, texts);
  const apart = conditions.membership === 'topology' ? unreachable(topology, origin) : 0;
  const notes = [...topology.notes];
  if (apart > 0)
    notes.push(
      `${apart.toLocaleString('en')} of ${topology.nodes.toLocaleString('en')} nodes cannot be reached from ${stage.entities.name[first + origin]}.`,
    );
  if (stage.linksOmitted) notes.push(stage.linksOmitted);
  return {
    scenario,
    seed,
    stage,
    params: experiment.schema,
    values: experiment.values,
    unit: { label: 'ticks', ticks: 1 },
    speed: scenario.speed ?? Math.max(1, Math.round(synchronous ? period : Math.max(period, meanLength(topology) / 2))),
    notes,
    period,
    entered: warmupOf(experiment),
    ...(wayOf ? { wayOf } : {}),
    play(journal, interventions) {
      const onlooker = onlook?.();
      const bytes: typeof sizes = (code, from, to, ...rest) => {
        const size = sizes(code, from, to, ...rest);
        onlooker?.called?.(from, to, size);
        return size;
      };
      const weigh = onlooker !== undefined;
      const played = playExperiment(experiment, experiment.runSeed, { ...onlooker, stage, bytes, weigh, journal, interventions });
      const { kernel, world, xmpp } = played;
      onlooker?.attached(kernel);
      return {
        kernel,
        inspectEntity: (entity) => [
          ...(entity < first ? [] : inspectNode(world, topology, stage, entity - first, first)),
          ...(xmpp?.model.inspect(entity) ?? []),
        ],
        isDown: (entity) => (entity < first ? xmpp?.model.isDown(entity) === true : !world.isUp(entity - first)),
        deeds(entity, done) {
          if (entity < first) return [];
          const reach = reachOf(world, topology, addresses, entity - first, xmpp !== undefined);
          const caller = { address: addresses[entity - first]!, id: `hand${done + 1}`, ...reach };
          return [callDeeds(methods, caller), ...(xmpp?.model.deeds(entity, done) ?? [])];
        },
        inspectLink: (link) => xmpp?.model.inspectLink?.(link) ?? [],
        metrics() {
          const { completed, ...measures } = measuresOf(experiment, played, kernel.journal !== undefined);
          const known = Object.entries(measures).filter(([, value]) => !Number.isNaN(value));
          return { reached: kernel.reachedCount, completed: completed ? 1 : 0, ...Object.fromEntries(known), ...onlooker?.metrics() };
        },
      };
    },
  };
}
