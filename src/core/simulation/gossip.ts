/** Gossip scenarios on the kernel: an algorithm over a topology, its stanzas made on demand. */
import type { ParamValues } from '../../protocol/params.ts';
import type { GraphData } from '../../protocol/protocol.ts';
import type { GossipScenario } from '../../protocol/scenario.ts';
import { addressesOf } from '../rpc/addresses.ts';
import { methodsOf, warmupOf } from '../rpc/graph.ts';
import { xmppGossipStage } from '../rpc/xmpp-stage.ts';
import { inspectNode } from '../rpc/inspect.ts';
import { graphStage } from '../rpc/stage.ts';
import { stanzaSizes } from '../rpc/xep0009.ts';
import type { Topology } from '../topology/topology.ts';
import { unreachable } from '../topology/topology.ts';
import { experimentOf, measuresOf, playExperiment } from './experiment.ts';
import type { World } from './world.ts';

/** @param graph the file that the scenario names, already read. */
export function gossipWorld(scenario: GossipScenario, seed: string, given: ParamValues, graph: GraphData | undefined): World {
  const experiment = experimentOf(scenario, seed, given, graph);
  const { algorithm, origin, period, synchronous, conditions, homes } = experiment;
  const topology = homes?.topology ?? experiment.topology;
  const membership = experiment.membership?.algorithm;
  const addresses = homes?.addresses ?? addressesOf(topology);
  const drawn = { algorithm, membership, topology, addresses, origin };
  const { stage, wayOf } = homes ? xmppGossipStage(homes, drawn) : { stage: graphStage(drawn), wayOf: undefined };
  const first = homes?.servers ?? 0;
  const bytes = stanzaSizes(methodsOf(algorithm, membership), addresses);
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
      const played = playExperiment(experiment, experiment.runSeed, { stage, bytes, journal, interventions });
      const { kernel, world, xmpp } = played;
      return {
        kernel,
        inspectEntity: (entity) => [
          ...(entity < first ? [] : inspectNode(world, topology, stage, entity - first, first)),
          ...(xmpp?.model.inspect(entity) ?? []),
        ],
        inspectLink: (link) => xmpp?.model.inspectLink?.(link) ?? [],
        metrics() {
          const { completed, ...measures } = measuresOf(experiment, played, kernel.journal !== undefined);
          const known = Object.entries(measures).filter(([, value]) => !Number.isNaN(value));
          return { reached: kernel.reachedCount, completed: completed ? 1 : 0, ...Object.fromEntries(known) };
        },
      };
    },
  };
}

function meanLength(topology: Topology): number {
  const sample = Math.min(topology.links, 1000);
  let sum = 0;
  for (let i = 0; i < sample; i++) sum += topology.length(Math.floor((i * topology.links) / sample));
  return sample === 0 ? 1 : sum / sample;
}
