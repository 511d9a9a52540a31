/**
 * Two complete clusters of equal size and a bridge from the last node of the first to the first node of the second. The
 * layout `two` of the program of 2011 is the default: one one-way edge of length 0.
 */
import { subSeed } from '../kernel/random.ts';
import { complete } from './complete.ts';
import { around } from './drawing.ts';
import { bridgeLengthParam, bridgeParam, joined } from './joined.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology, type Topology } from './topology.ts';

export const twoClusters = defineTopology({
  id: 'two-clusters',
  title: 'Two clusters',
  summary: 'Two complete clusters joined by one bridge: whether a rumour finds the only way across',
  params: {
    nodes: { ...nodesParam(2), max: 500_000, default: 50, help: 'how many nodes in each cluster' },
    bridge: bridgeParam,
    length: bridgeLengthParam,
    latency: latencyParam,
  },
  generate(params, seed) {
    const n = params['nodes'] as number;
    const text = params['latency'] as string;
    const cluster = (name: string, turn: number): Topology => {
      const topology = complete.generate({ nodes: n, latency: text }, subSeed(seed, name));
      const positions = new Float64Array(2 * n);
      around(positions, 0, n, { x: 0.5, y: 0.5, radius: 0.5, turn });
      return { ...topology, positions: topology.positions ?? positions };
    };
    // The two ends of the bridge face each other.
    const [first, second] = [cluster('first', 0.25 + 1 / n), cluster('second', 0.75)];
    const across = { from: n - 1, to: n };
    return joined(first, second, {
      where: 'topology/two-clusters',
      seed,
      latency: text,
      bridges: params['bridge'] === 'both' ? [across, { from: n, to: n - 1 }] : [across],
      bridgeLength: params['length'] as number,
    });
  },
});
