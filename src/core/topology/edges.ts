/** What generators of undirected graphs share: a growing list of edges, its limit, and the way from there to a topology. */
import { InputError } from '../../base/result.ts';
import type { ParamValues } from '../../protocol/params.ts';
import { latency } from './latency.ts';
import { paired, type EdgeColumns, type Topology } from './topology.ts';

/** Links that are stored take 12 bytes each, and half as much again while they are made. */
const MOST_LINKS = 20_000_000;
export const MOST_NODES = 1_000_000;

/** @throws InputError where a graph would store more directed links than fit a page's memory. */
export function checkLinks(where: string, links: number, what: string): void {
  if (links <= MOST_LINKS) return;
  throw new InputError({
    message: `${where}: ${what} would be about ${Math.round(links).toLocaleString('en')} links (either way counts), more than the ${MOST_LINKS.toLocaleString('en')} that are stored`,
    hint: 'Take fewer nodes or fewer links of each.',
  });
}

/** @throws InputError where the parameters together make more nodes than the largest graph has. */
export function checkNodes(where: string, nodes: number, what: string): void {
  if (nodes <= MOST_NODES) return;
  throw new InputError(`${where}: ${what} would be ${nodes.toLocaleString('en')} nodes, more than ${MOST_NODES.toLocaleString('en')}`);
}

/** Undirected edges in columns that grow as needed. */
export class Edges implements EdgeColumns {
  from: Uint32Array;
  to: Uint32Array;
  count = 0;

  constructor(expected: number) {
    this.from = new Uint32Array(Math.ceil(expected));
    this.to = new Uint32Array(Math.ceil(expected));
  }
  add(u: number, v: number): void {
    if (this.count === this.from.length) {
      const longer = (column: Uint32Array): Uint32Array => {
        const next = new Uint32Array(Math.ceil(column.length * 1.3) + 16);
        next.set(column);
        return next;
      };
      this.from = longer(this.from);
      this.to = longer(this.to);
    }
    this.from[this.count] = u;
    this.to[this.count++] = v;
  }
}

interface Made {
  readonly nodes: number;
  readonly edges: EdgeColumns;
  readonly positions?: Float64Array;
  readonly apart?: (u: number, v: number) => number;
  readonly notes?: readonly string[];
}

/** Lengths by the parameter `latency`: one for both directions, that of the pair. */
export function undirected(where: string, params: ParamValues, seed: string, made: Made): Topology {
  const { nodes, edges } = made;
  const lengths = latency(String(params['latency']), { seed, where, ...made });
  return paired(nodes, edges, (i) => lengths.byPair(edges.from[i]!, edges.to[i]!), {
    positions: lengths.positions,
    notes: [...(made.notes ?? []), ...lengths.notes],
    pairLength: lengths.byPair,
  });
}
