/**
 * Every node is linked to every other one, in both directions; latencies are independent in each direction (by distance:
 * the same). Links are computed, not stored.
 */
import { latency } from './latency.ts';
import { latencyParam, nodesParam } from './params.ts';
import { defineTopology } from './topology.ts';

export const complete = defineTopology({
  id: 'complete',
  title: 'Complete graph',
  summary: 'Every node knows every other one',
  params: { nodes: nodesParam(2), latency: latencyParam },
  generate(params, seed) {
    const n = params['nodes'] as number;
    const others = n - 1;
    const lengths = latency(params['latency'] as string, { seed, where: 'topology/complete', nodes: n });
    const source = (link: number): number => Math.floor(link / others);
    const target = (link: number): number => {
      const u = Math.floor(link / others);
      const j = link - u * others;
      return j < u ? j : j + 1;
    };
    const length = lengths.byNumber ?? ((link: number) => lengths.byPair(source(link), target(link)));
    const between = (u: number, v: number): number => (u === v ? -1 : u * others + (v < u ? v : v - 1));
    return {
      nodes: n,
      links: n * others,
      directed: true,
      notes: lengths.notes,
      positions: lengths.positions,
      degree: () => others,
      first: (u) => u * others,
      source,
      target,
      length,
      between,
      pairLength: (u, v) => (u === v ? 0 : length(between(u, v))),
    };
  },
});
