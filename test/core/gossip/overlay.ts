/** Overlays of membership layers as tests look at them. */
import type { GraphWorld } from '../../../src/core/rpc/graph.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { topologyDefinition } from '../../../src/core/simulation/configuration.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

/**
 * HyParView after so many of its periods of 1000 ticks. Conditions count from the first update, which enters after the 25 periods that
 * it warms up. On it runs flooding; its second update comes late and keeps the run from ending before.
 */
export function hyparviewAfter(periods: number, params: ParamValues, run = 'run'): GraphWorld {
  const conditions = { membership: 'hyparview', updates: 2, updateEvery: periods * 1000 };
  const e = experimentOf(gossipScenario('flood', { id: 'complete' }), 's', { ...conditions, latency: 'uniform(10,100)', ...params });
  const { kernel, world } = playExperiment(e, run, { stage: bareStage, bytes: () => 0 });
  while (kernel.nextTick <= periods * 1000 && kernel.step());
  return world;
}
export const liveNodes = (world: GraphWorld): number[] =>
  Array.from({ length: world.spread.nodes }, (_, node) => node).filter((node) => world.isUp(node));

/** The view of a node in the lowest layer. */
export function viewOf(world: GraphWorld, node: number): number[] {
  const layer = world.layers.at(-1)!;
  const membership = layer.algorithm.membership!;
  return Array.from({ length: membership.count(layer.state, node, layer) }, (_, i) => membership.at(layer.state, node, i, layer));
}
/** Share of the live nodes that are in the largest component of those links that both ends hold. */
export function largestComponent(world: GraphWorld): number {
  const live = liveNodes(world);
  const views = new Map(live.map((node) => [node, viewOf(world, node)]));
  const seen = new Set<number>();
  let largest = 0;
  for (const first of live) {
    if (seen.has(first)) continue;
    const component = new Set([first]);
    for (const node of component) for (const other of views.get(node)!) if (views.get(other)?.includes(node)) component.add(other);
    for (const node of component) seen.add(node);
    largest = Math.max(largest, component.size);
  }
  return largest / live.length;
}
/** Entries that the other end does not hold, of all entries. */
export function oneSided(world: GraphWorld): number {
  const entries = liveNodes(world).flatMap((node) => viewOf(world, node).map((other) => [node, other] as const));
  return entries.filter(([node, other]) => !world.isUp(other) || !viewOf(world, other).includes(node)).length / entries.length;
}
/** Mean length of the shortest ways from some of the nodes to all that they reach. */
export function meanDistance(from: readonly number[], neighbours: (node: number) => readonly number[]): number {
  let [sum, pairs] = [0, 0];
  for (const first of from) {
    const distance = new Map([[first, 0]]);
    for (const [node, steps] of distance) for (const other of neighbours(node)) if (!distance.has(other)) distance.set(other, steps + 1);
    for (const steps of distance.values()) sum += steps;
    pairs += distance.size - 1;
  }
  return sum / pairs;
}
/** That of a random graph in which each node has so many neighbours. */
export function distanceAtRandom(nodes: number, degree: number, from: readonly number[]): number {
  const graph = topologyDefinition('random-regular').generate({ nodes, degree, latency: 'constant(1)' }, '1');
  return meanDistance(from, (node) => Array.from({ length: graph.degree(node) }, (_, i) => graph.target(graph.first(node) + i)));
}
