/** One broadcast after the other by Plumtree, each measured by itself. */
import type { GraphWorld } from '../../../src/core/rpc/graph.ts';
import { bareStage } from '../../../src/core/rpc/stage.ts';
import { experimentOf, gossipScenario, playExperiment } from '../../../src/core/simulation/experiment.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { liveNodes, viewOf } from './overlay.ts';

export interface Broadcast {
  /** Relative message redundancy as the paper has it: copies of the update sent over nodes reached less one, less one. */
  readonly rmr: number;
  /** Nodes that were up all the time and were not reached, although the overlay connected them with node 0 when the update entered. */
  readonly missed: number;
  /** Live nodes that it did not connect with node 0: no algorithm above can reach them. */
  readonly apart: number;
  readonly live: number;
  /** Ticks until the last node was reached; mean and largest of the hops that the update came by. */
  readonly last: number;
  readonly meanHops: number;
  readonly maxHops: number;
}

/**
 * @param count of broadcasts, the first one by node 0 when the overlay is good.
 * @param sender of broadcast u > 0, where it is not the simulator's own random one: it is told to by hand.
 */
export function broadcasts(count: number, every: number, params: ParamValues, sender?: (u: number) => number): readonly Broadcast[] {
  const e = experimentOf(gossipScenario('plumtree', { id: 'complete' }), 's', {
    nodes: 1000,
    membership: 'hyparview',
    latency: 'uniform(10,100)',
    ihaveTimer: 1000,
    graftTimer: 300,
    updates: count,
    // Told by hand, the simulator's own come too late to matter.
    updateEvery: sender ? 50_000_000 : every,
    horizon: 10,
    ...params,
  });
  const { kernel, world } = playExperiment(e, 'run', { stage: bareStage, bytes: () => 0 });
  const until = (tick: number): void => {
    while (kernel.nextTick < tick && kernel.step());
  };
  const results: Broadcast[] = [];
  for (let u = 0; u < count; u++) {
    const at = world.enters(0) + u * every;
    until(at);
    const entered = sender && u > 0 ? kernel.tick : at;
    const lives = world.population.life.slice();
    const together = connected(world);
    const apart = world.population.live - together.size;
    const sent = world.spread.updatesSent;
    const top = world.layers[0]!;
    if (sender && u > 0) top.algorithm.onUpdate(top, sender(u), u);
    until(at + every);
    results.push(measured(world, u, entered, sent, apart, (node) => together.has(node) && world.population.life[node] === lives[node]));
  }
  return results;
}

/** The live nodes that are connected with node 0 by links that both ends hold; over full membership all are. */
function connected(world: GraphWorld): ReadonlySet<number> {
  if (world.layers.length === 1) return new Set(liveNodes(world));
  const found = new Set([0]);
  for (const node of found)
    for (const other of viewOf(world, node)) if (world.isUp(other) && viewOf(world, other).includes(node)) found.add(other);
  return found;
}
function measured(
  world: GraphWorld,
  u: number,
  entered: number,
  sentBefore: number,
  apart: number,
  stayed: (node: number) => boolean,
): Broadcast {
  const { nodes, updates, learnedAt, updatesSent } = world.spread;
  const hops = world.layers[0]!.state['hops']!;
  let [reached, missed, last, maxHops, sum] = [0, 0, 0, 0, 0];
  for (let node = 0; node < nodes; node++) {
    const tick = learnedAt[node * updates + u]!;
    if (tick < 0) {
      if (stayed(node)) missed++;
      continue;
    }
    reached++;
    last = Math.max(last, tick - entered);
    const by = Math.max(0, hops[node * updates + u]! - 1);
    maxHops = Math.max(maxHops, by);
    sum += by;
  }
  const rmr = (updatesSent - sentBefore) / (reached - 1) - 1;
  return { rmr, missed, apart, live: world.population.live, last, meanHops: sum / reached, maxHops };
}
export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
