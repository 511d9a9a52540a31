/** Where a run on a graph begins (shared contract, "Gossip accounting"). */
import type { Topology } from './topology.ts';

/** The vertex named `orig…` if there is one: such a file says itself where it began. */
export const ownOrigin = (topology: Topology): number => topology.names?.findIndex((name) => name.startsWith('orig')) ?? -1;

/** The vertex named `orig…`, else the wanted one (-1 if there is no such node), else node 0. */
export function originOf(topology: Topology, wanted: string | undefined): number {
  const own = ownOrigin(topology);
  if (own >= 0 || wanted === undefined) return Math.max(0, own);
  if (topology.names !== undefined) return topology.names.indexOf(wanted);
  const number = /^\d+$/.test(wanted) ? Number(wanted) : -1;
  return number < topology.nodes ? number : -1;
}
