/**
 * The graph value: directed links of integer length between nodes 0 … n-1. Links are numbered; those of one node stand
 * together. A sparse graph keeps its links in columns; a complete one computes them, so that a million nodes cost nothing.
 */
import type { ParamSchema, ParamValues } from '../../protocol/params.ts';

export interface Topology {
  readonly nodes: number;
  readonly links: number;
  /** Whether each link has its twin in the other direction by construction. */
  readonly directed: boolean;
  /** Display names; absent: the numbers. */
  readonly names?: readonly string[] | undefined;
  /** Links of node u: `first(u)` … `first(u) + degree(u) - 1`. */
  degree(u: number): number;
  first(u: number): number;
  source(link: number): number;
  target(link: number): number;
  /** One-way latency in ticks. */
  length(link: number): number;
  /** The link from u to v, -1 if there is none. */
  between(u: number, v: number): number;
  /** What was changed or left out when it was read or made. */
  readonly notes: readonly string[];
}

/** A generator: one file, one line in the index. */
export interface TopologyDefinition {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly params: ParamSchema;
  /** @param seed of the whole experiment; streams `topology` and `latency` are derived from it. */
  generate(params: ParamValues, seed: string): Topology;
}
export const defineTopology = (definition: TopologyDefinition): TopologyDefinition => definition;

/** A graph in compressed rows. Links keep the order in which they are given, within each node. */
export function sparse(
  nodes: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  length: (link: number) => number,
  rest: { readonly directed: boolean; readonly names?: readonly string[] | undefined; readonly notes?: readonly string[] },
): Topology {
  const links = from.length;
  const offsets = new Uint32Array(nodes + 1);
  for (let i = 0; i < links; i++) offsets[from[i]! + 1]!++;
  for (let u = 0; u < nodes; u++) offsets[u + 1]! += offsets[u]!;
  const at = offsets.slice(0, nodes);
  const sources = new Uint32Array(links);
  const targets = new Uint32Array(links);
  const lengths = new Float64Array(links);
  for (let i = 0; i < links; i++) {
    const link = at[from[i]!]!++;
    sources[link] = from[i]!;
    targets[link] = to[i]!;
    lengths[link] = length(i);
  }
  return {
    nodes,
    links,
    directed: rest.directed,
    names: rest.names,
    notes: rest.notes ?? [],
    degree: (u) => offsets[u + 1]! - offsets[u]!,
    first: (u) => offsets[u]!,
    source: (link) => sources[link]!,
    target: (link) => targets[link]!,
    length: (link) => lengths[link]!,
    between(u, v) {
      for (let link = offsets[u]!; link < offsets[u + 1]!; link++) if (targets[link] === v) return link;
      return -1;
    },
  };
}

/** Nodes that cannot be reached from `origin` along directed links. */
export function unreachable(topology: Topology, origin: number): number {
  const seen = new Uint8Array(topology.nodes);
  const stack = [origin];
  seen[origin] = 1;
  let reached = 1;
  while (stack.length > 0) {
    const u = stack.pop()!;
    const end = topology.first(u) + topology.degree(u);
    for (let link = topology.first(u); link < end; link++) {
      const v = topology.target(link);
      if (seen[v]) continue;
      seen[v] = 1;
      reached++;
      stack.push(v);
    }
  }
  return topology.nodes - reached;
}
