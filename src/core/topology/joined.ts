/**
 * Two topologies as one, the nodes of the second numbered behind those of the first, with bridges between them: what
 * `union`, `join` and `two-clusters` are. Nothing is copied but the drawings: two complete graphs stay computed. A bridge
 * is the last link of its node.
 */
import type { ChoiceParam, IntParam } from '../../protocol/params.ts';
import { checkNodes } from './edges.ts';
import { latency } from './latency.ts';
import type { Topology } from './topology.ts';

/** A directed link from one part to the other, by the numbers of the whole. */
export interface Bridge {
  readonly from: number;
  readonly to: number;
}

export const bridgeParam: ChoiceParam = {
  type: 'choice',
  options: ['one-way', 'both'],
  default: 'one-way',
  help: 'whether messages cross from the first to the second only, or both ways',
};
export const bridgeLengthParam: IntParam = { type: 'int', min: 0, max: 0x7ffffffe, default: 0, help: 'ticks a message takes across' };

interface Given {
  readonly where: string;
  readonly seed: string;
  /** For pairs of nodes across that have no link. */
  readonly latency: string;
  readonly bridges: readonly Bridge[];
  readonly bridgeLength: number;
}

export function joined(a: Topology, b: Topology, given: Given): Topology {
  const nodes = a.nodes + b.nodes;
  checkNodes(given.where, nodes, 'both parts together');
  const positions = sideBySide(a, b);
  const across = latency(given.latency, { where: given.where, seed: given.seed, nodes, positions });
  const bridges = [...given.bridges].sort((x, y) => x.from - y.from || x.to - y.to);
  const inA = (u: number): boolean => u < a.nodes;
  const ownFirst = (u: number): number => (inA(u) ? a.first(u) : a.links + b.first(u - a.nodes));
  const ownDegree = (u: number): number => (inA(u) ? a.degree(u) : b.degree(u - a.nodes));
  const starts = Float64Array.from(bridges, (bridge) => bridge.from);
  // The number of a bridge: all own links up to its node's last, and the bridges before it.
  const numbers = Float64Array.from(bridges, ({ from }, i) => ownFirst(from) + ownDegree(from) + i);
  const first = (u: number): number => ownFirst(u) + below(starts, u);
  /** What `link` is: a bridge, or a link of a part by the part's own number. */
  const at = <T>(link: number, bridge: (i: number) => T, own: (part: Topology, shift: number, link: number) => T): T => {
    const i = below(numbers, link);
    if (numbers[i] === link) return bridge(i);
    const number = link - i;
    return number < a.links ? own(a, 0, number) : own(b, a.nodes, number - a.links);
  };
  return {
    nodes,
    links: a.links + b.links + bridges.length,
    directed: a.directed || b.directed || bridges.some(({ from, to }) => !bridges.some((back) => back.from === to && back.to === from)),
    notes: [...new Set([...a.notes, ...b.notes, ...across.notes])],
    positions: across.positions,
    degree: (u) => ownDegree(u) + below(starts, u + 1) - below(starts, u),
    first,
    source: (link) =>
      at(
        link,
        (i) => bridges[i]!.from,
        (part, shift, own) => part.source(own) + shift,
      ),
    target: (link) =>
      at(
        link,
        (i) => bridges[i]!.to,
        (part, shift, own) => part.target(own) + shift,
      ),
    length: (link) =>
      at(
        link,
        () => given.bridgeLength,
        (part, _, own) => part.length(own),
      ),
    between(u, v) {
      if (inA(u) === inA(v)) {
        const own = inA(u) ? a.between(u, v) : b.between(u - a.nodes, v - a.nodes);
        return own < 0 ? -1 : (inA(u) ? own : a.links + own) + below(starts, u);
      }
      for (let i = below(starts, u); starts[i] === u; i++) if (bridges[i]!.to === v) return numbers[i]!;
      return -1;
    },
    pairLength(u, v) {
      if (inA(u) && inA(v)) return a.pairLength(u, v);
      return inA(u) || inA(v) ? across.byPair(u, v) : b.pairLength(u - a.nodes, v - a.nodes);
    },
  };
}

/** How many of the sorted values are smaller. */
function below(values: Float64Array, value: number): number {
  let low = 0;
  for (let high = values.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first in the left half, the second in the right one; none if either has no drawing. */
function sideBySide(a: Topology, b: Topology): Float64Array | undefined {
  if (a.positions === undefined || b.positions === undefined) return undefined;
  const out = new Float64Array(2 * (a.nodes + b.nodes));
  const put = (part: Topology, shift: number, left: number): void => {
    for (let u = 0; u < part.nodes; u++) {
      out[2 * (u + shift)] = left + 0.45 * part.positions![2 * u]!;
      out[2 * (u + shift) + 1] = 0.275 + 0.45 * part.positions![2 * u + 1]!;
    }
  };
  put(a, 0, 0);
  put(b, a.nodes, 0.55);
  return out;
}
