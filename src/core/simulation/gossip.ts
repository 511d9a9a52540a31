/** Gossip scenarios on the kernel: an algorithm over a topology, its stanzas made on demand. */
import { InputError } from '../../base/result.ts';
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';
import type { GraphData } from '../../protocol/protocol.ts';
import type { GossipScenario } from '../../protocol/scenario.ts';
import type { Algorithm } from '../gossip/contract.ts';
import { algorithms } from '../gossip/index.ts';
import { Kernel } from '../kernel/kernel.ts';
import { periods } from '../kernel/rounds.ts';
import { measureGossip } from '../metrics/gossip.ts';
import { addressesOf } from '../rpc/addresses.ts';
import { GraphWorld } from '../rpc/graph.ts';
import { graphStage, inspectNode } from '../rpc/stage.ts';
import { stanzaSizes } from '../rpc/xep0009.ts';
import { topologyOf } from '../topology/file.ts';
import { topologies } from '../topology/index.ts';
import { originOf } from '../topology/origin.ts';
import type { Topology } from '../topology/topology.ts';
import { unreachable } from '../topology/topology.ts';
import { readParams } from './params.ts';
import type { World } from './world.ts';

export function algorithmOf(id: string): Algorithm {
  const found = algorithms.find((algorithm) => algorithm.id === id);
  if (found) return found;
  throw new InputError({
    message: `there is no algorithm ${JSON.stringify(id)}`,
    hint: `There are: ${algorithms.map((a) => a.id).join(', ')}.`,
  });
}

/** The topology of a catalogue id, drawn from the seed. */
export function generated(id: string, given: ParamValues, seed: string): Topology {
  const found = topologies.find((topology) => topology.id === id);
  if (!found)
    throw new InputError({
      message: `there is no topology ${JSON.stringify(id)}`,
      hint: `There are: ${topologies.map((t) => t.id).join(', ')}, or the path of a DOT file.`,
    });
  return found.generate(readParams(found.params, given, `topology/${id}`), seed);
}

export function chosenOrigin(topology: Topology, wanted: string | undefined): number {
  const origin = originOf(topology, wanted);
  if (origin >= 0) return origin;
  throw new InputError({ message: `there is no node named ${JSON.stringify(wanted)} to start from`, hint: 'Name a node of the graph.' });
}

/** @param graph the file that the scenario names, already read. */
export function gossipWorld(scenario: GossipScenario, seed: string, given: ParamValues, graph: GraphData | undefined): World {
  const algorithm = algorithmOf(scenario.algorithm);
  const params: ParamSchema = algorithm.params;
  const values = readParams(params, { ...scenario.algorithmParams, ...given }, `gossip/${algorithm.id}`);
  const topology = graph ? topologyOf(graph) : generated(scenario.topology.id, scenario.topology.params ?? {}, seed);
  const origin = chosenOrigin(topology, scenario.origin);
  const addresses = addressesOf(topology);
  const stage = graphStage({ algorithm, topology, addresses, origin });
  const bytes = stanzaSizes(algorithm.methods, addresses);
  const period = algorithm.period(values);
  const synchronous = algorithm.synchronous(values);
  const apart = unreachable(topology, origin);
  const notes = [...topology.notes];
  if (apart > 0)
    notes.push(
      `${apart.toLocaleString('en')} of ${topology.nodes.toLocaleString('en')} nodes cannot be reached from ${stage.entities.name[origin]}.`,
    );
  if (stage.linksOmitted) notes.push(stage.linksOmitted);
  return {
    scenario,
    seed,
    stage,
    params,
    values,
    unit: { label: 'ticks', ticks: 1 },
    speed: scenario.speed ?? Math.max(1, Math.round(synchronous ? period : Math.max(period, meanLength(topology) / 2))),
    notes,
    play(journal, interventions) {
      const program = new GraphWorld({ algorithm, params: values, topology, origin, seed, stage, bytes });
      const kernel = new Kernel({
        program,
        rounds: periods(period),
        entities: topology.nodes,
        latency: (link) => topology.length(link),
        interventions,
        until: scenario.until,
        journal,
      });
      return {
        kernel,
        inspectEntity: (node) => inspectNode(program, algorithm, topology, stage, kernel, node),
        inspectLink: () => [],
        metrics() {
          const counts = { reachedAt: kernel.reachedAt, updates: program.updates, maxInFlight: kernel.maxInFlight, period, synchronous };
          const { completed, time, ...measures } = measureGossip(counts);
          return { reached: kernel.reachedCount, completed: completed ? 1 : 0, ...(completed ? { time } : {}), ...measures };
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
