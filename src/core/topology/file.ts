/** A graph that was read from a file, as a topology. Each line of an undirected graph is a link either way. */
import type { GraphData } from '../../protocol/protocol.ts';
import type { Topology } from './topology.ts';
import { sparse } from './topology.ts';

export function topologyOf(graph: GraphData): Topology {
  const { from, to, length } = graph;
  const rest = { directed: graph.directed, names: graph.names, notes: graph.notes };
  if (graph.directed) return sparse(graph.names.length, from, to, (i) => length[i]!, rest);
  const n = from.length;
  const both = (first: Uint32Array, second: Uint32Array): Uint32Array => {
    const all = new Uint32Array(2 * n);
    all.set(first);
    all.set(second, n);
    return all;
  };
  return sparse(graph.names.length, both(from, to), both(to, from), (i) => length[i % n]!, rest);
}
