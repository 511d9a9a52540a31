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
  /**
   * Ticks of a message between two nodes that have no link, as full membership and membership layers send: the same either
   * way. Generators draw it as they draw their links' lengths; a file says nothing of such pairs, so that there it is the
   * mean length of its links, rounded.
   */
  pairLength(u: number, v: number): number;
  /** Where the graph has a natural drawing: x and y of node u at 2u and 2u + 1, in the unit square, y downwards. */
  readonly positions?: Float64Array | undefined;
  /** What node u is, as an `EntityKind`; absent: all are plain nodes. */
  readonly kind?: ((u: number) => number) | undefined;
  /** The server that node u belongs to, -1 if to none. */
  readonly parent?: ((u: number) => number) | undefined;
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

interface Rest {
  readonly names?: readonly string[] | undefined;
  readonly notes?: readonly string[] | undefined;
  readonly positions?: Float64Array | undefined;
  readonly kind?: ((u: number) => number) | undefined;
  readonly parent?: ((u: number) => number) | undefined;
  /** Absent: the mean length of the links. */
  readonly pairLength?: ((u: number, v: number) => number) | undefined;
}

/** A graph in compressed rows. Links keep the order in which they are given, within each node. */
export function sparse(
  nodes: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  length: (i: number) => number,
  rest: Rest & { readonly directed: boolean },
): Topology {
  return rows(nodes, { from, to, count: from.length }, length, rest);
}

export interface EdgeColumns {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly count: number;
}

/** The same of undirected edges: each is a link either way, of one length. */
export const paired = (nodes: number, edges: EdgeColumns, length: (i: number) => number, rest: Rest): Topology =>
  rows(nodes, edges, length, { ...rest, directed: false }, true);

/** Rows longer than this are searched by a sorted copy, made when first asked for. */
const LONG_ROW = 24;

function rows(
  nodes: number,
  edges: EdgeColumns,
  length: (i: number) => number,
  rest: Rest & { directed: boolean },
  both = false,
): Topology {
  const { from, to, count } = edges;
  const links = both ? 2 * count : count;
  const offsets = new Uint32Array(nodes + 1);
  for (let i = 0; i < count; i++) {
    offsets[from[i]! + 1]!++;
    if (both) offsets[to[i]! + 1]!++;
  }
  for (let u = 0; u < nodes; u++) offsets[u + 1]! += offsets[u]!;
  const at = offsets.slice(0, nodes);
  // Target and length of a link side by side: whoever sends along it wants both.
  const ways = new Uint32Array(2 * links);
  let sum = 0;
  const put = (u: number, v: number, ticks: number): void => {
    const link = at[u]!++;
    ways[2 * link] = v;
    ways[2 * link + 1] = ticks;
    sum += ticks;
  };
  for (let i = 0; i < count; i++) {
    const ticks = length(i);
    put(from[i]!, to[i]!, ticks);
    if (both) put(to[i]!, from[i]!, ticks);
  }
  const mean = links === 0 ? 1 : Math.round(sum / links);
  const { names, notes = [], positions, kind, parent, directed, pairLength = () => mean } = rest;
  return {
    nodes,
    links,
    directed,
    names,
    notes,
    positions,
    kind,
    parent,
    pairLength,
    degree: (u) => offsets[u + 1]! - offsets[u]!,
    first: (u) => offsets[u]!,
    source: (link) => rowOf(offsets, link),
    target: (link) => ways[2 * link]!,
    length: (link) => ways[2 * link + 1]!,
    between: finder(offsets, ways),
  };
}

/** The node whose row holds the link: asked for seldom, so that it is looked for and not stored. */
function rowOf(offsets: Uint32Array, link: number): number {
  let low = 0;
  for (let high = offsets.length - 2; low < high;) {
    const middle = (low + high + 1) >>> 1;
    if (offsets[middle]! <= link) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Looks for a node's link to another one: one by one in a short row, by halving in a long one, such as a star's hub. */
function finder(offsets: Uint32Array, ways: Uint32Array): (u: number, v: number) => number {
  const sorted = new Map<number, Uint32Array>();
  return (u, v) => {
    const start = offsets[u]!;
    const end = offsets[u + 1]!;
    if (end - start <= LONG_ROW) {
      for (let link = start; link < end; link++) if (ways[2 * link] === v) return link;
      return -1;
    }
    let order = sorted.get(u);
    // The row itself keeps the order in which its links were given: algorithms choose by place in it.
    if (!order)
      sorted.set(
        u,
        (order = Uint32Array.from({ length: end - start }, (_, i) => start + i).sort((a, b) => ways[2 * a]! - ways[2 * b]! || a - b)),
      );
    let low = 0;
    for (let high = order.length; low < high;) {
      const middle = (low + high) >>> 1;
      if (ways[2 * order[middle]!]! < v) low = middle + 1;
      else high = middle;
    }
    const link = order[low];
    return link !== undefined && ways[2 * link] === v ? link : -1;
  };
}

/** Nodes that cannot be reached from `origin` along directed links. */
export function unreachable(topology: Topology, origin: number): number {
  const seen = new Uint8Array(topology.nodes);
  const stack = [origin];
  seen[origin] = 1;
  let reached = 1;
  // No further than that everybody is reached: a complete graph has as many links as nodes squared.
  while (stack.length > 0 && reached < topology.nodes) {
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

/** Ticks, of as many links as tell it well enough; 1 where there are none. */
export function meanLength(topology: Topology): number {
  const sample = Math.min(topology.links, 1000);
  let sum = 0;
  for (let i = 0; i < sample; i++) sum += topology.length(Math.floor((i * topology.links) / sample));
  return sample === 0 ? 1 : sum / sample;
}
