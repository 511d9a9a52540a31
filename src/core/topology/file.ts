/** A graph as files hold it, and as a topology. Each line of an undirected graph is a link either way. */
import type { GraphData } from '../../protocol/protocol.ts';
import type { Topology } from './topology.ts';
import { sparse } from './topology.ts';

export function topologyOf(graph: GraphData): Topology {
  const { from, to, length } = graph;
  const positions = graph.positions && inUnitSquare(graph.positions);
  const rest = { directed: graph.directed, names: graph.names, notes: graph.notes, positions };
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

/** Of one scale in both directions, in the middle. */
function inUnitSquare(positions: Float64Array): Float64Array {
  const range = (offset: number): readonly [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = offset; i < positions.length; i += 2) {
      low = Math.min(low, positions[i]!);
      high = Math.max(high, positions[i]!);
    }
    return [low, high];
  };
  const [x, y] = [range(0), range(1)];
  const size = Math.max(x[1] - x[0], y[1] - y[0]);
  // Halves first: the ends may be as far apart as numbers go.
  const placed = (value: number, [low, high]: readonly [number, number]): number =>
    size > 0 ? 0.5 + (value / 2 - (low / 4 + high / 4)) / (size / 2) : 0.5;
  return positions.map((value, i) => placed(value, i % 2 === 0 ? x : y));
}

/** A topology as a file would hold it; of an undirected one each pair of links is one line. */
export function graphOf(topology: Topology, name: string): GraphData {
  const { nodes, links, directed, positions } = topology;
  const keep: number[] = [];
  for (let link = 0; link < links; link++) if (directed || topology.source(link) < topology.target(link)) keep.push(link);
  return {
    name,
    directed,
    names: topology.names ?? Array.from({ length: nodes }, (_, node) => String(node)),
    from: Uint32Array.from(keep, (link) => topology.source(link)),
    to: Uint32Array.from(keep, (link) => topology.target(link)),
    length: Float64Array.from(keep, (link) => topology.length(link)),
    ...(positions ? { positions } : {}),
    notes: topology.notes,
  };
}
