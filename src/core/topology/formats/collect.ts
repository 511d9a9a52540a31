/**
 * Where every importer puts what it finds, so that all of them treat it alike: self-loops are left out, of parallel edges the
 * first is kept, lengths become whole ticks, and each of these is said. A file with edges of both kinds becomes a directed
 * graph with a link either way for each undirected edge. Positions count only if every node has one.
 */
import { InputError } from '../../../base/result.ts';
import type { GraphData } from '../../../protocol/protocol.ts';
import { PairSet } from './pair-set.ts';

/** A line of the file, or a way to find it once it is needed. */
type Place = number | (() => number | undefined) | undefined;

const LONGEST = 0x80000000;
/** What an edge's length may be called where a format has free attributes; `label` counts there only if it is a number. */
const LENGTH_NAMES = ['latency', 'length', 'len', 'weight'] as const;

export function lengthAmong(attributes: ReadonlyMap<string, string>): string | undefined {
  for (const name of LENGTH_NAMES) {
    const value = attributes.get(name);
    if (value !== undefined) return value;
  }
  const label = attributes.get('label');
  return label !== undefined && isNumber(label) ? label : undefined;
}

export const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

export function counted(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}

export class GraphCollector {
  private readonly index = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly labels = new Map<number, string>();
  private readonly places = new Map<number, readonly [number, number]>();
  private from = new Uint32Array(256);
  private to = new Uint32Array(256);
  private length = new Float64Array(256);
  private oneWay = new Uint8Array(256);
  private edges = 0;
  private readonly arrows = new PairSet();
  private readonly lines = new PairSet();
  /** Nodes that only edges have named so far, with the place of the first such edge; in formats that declare all nodes. */
  private readonly undeclared = new Map<number, Place>();
  private directedEdges = 0;
  private loops = 0;
  private parallel = 0;
  private firstParallel = '';
  private unmeasured = 0;
  private rounded = 0;
  private twice = 0;
  private readonly notes: string[] = [];
  private readonly name: string;
  private readonly declares: boolean;

  /** @param declares whether a node that only edges name is a mistake of the file. */
  constructor(name: string, declares: boolean) {
    this.name = name;
    this.declares = declares;
  }

  /** The node of that id, as an edge mentions it. */
  node(id: string, place?: Place): number {
    let node = this.index.get(id);
    if (node === undefined) {
      node = this.ids.length;
      this.index.set(id, node);
      this.ids.push(id);
      if (this.declares) this.undeclared.set(node, place);
    }
    return node;
  }

  /** The node of that id, as its own declaration. */
  declare(id: string): number {
    const known = this.index.has(id);
    const node = this.node(id);
    if (known && !this.undeclared.has(node)) this.twice++;
    this.undeclared.delete(node);
    return node;
  }

  label(node: number, text: string): void {
    this.labels.set(node, text);
  }

  /** Any unit, y downwards. */
  position(node: number, x: number, y: number): void {
    if (Number.isFinite(x) && Number.isFinite(y)) this.places.set(node, [x + 0, y + 0]);
  }

  idOf(node: number): string {
    return this.ids[node]!;
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** @param given the length as it is written; absent: 1 is taken and said. */
  edge(u: number, v: number, directed: boolean, given: string | number | undefined, place?: Place): void {
    if (u === v) {
      this.loops++;
      return;
    }
    if (!(directed ? this.arrows.add(u, v) : this.lines.add(Math.min(u, v), Math.max(u, v)))) {
      if (this.parallel++ === 0) this.firstParallel = this.described(u, v, directed);
      return;
    }
    if (this.edges === this.from.length) this.grow();
    const i = this.edges++;
    this.from[i] = u;
    this.to[i] = v;
    this.oneWay[i] = directed ? 1 : 0;
    if (directed) this.directedEdges++;
    this.length[i] = this.ticks(u, v, directed, given, place);
  }

  /** @param otherwise whether a graph without any edge is directed. */
  finish(otherwise: boolean): GraphData {
    if (this.ids.length === 0)
      throw new InputError({
        message: `${this.name}: the graph is empty`,
        hint: 'It needs at least one node, for example as DOT: graph { a -- b [label=3] }',
      });
    for (const [node, place] of this.undeclared) {
      const line = lineOf(place);
      throw new InputError({
        message: `${this.name}${line ? `, line ${line}` : ''}: an edge names the node ${JSON.stringify(this.ids[node])}, which the file does not declare`,
        line,
        hint: 'Is the file cut off, or is the name misspelt?',
      });
    }
    const mixed = this.directedEdges > 0 && this.directedEdges < this.edges;
    const columns = mixed ? this.bothWays() : this.columns();
    const names = this.names();
    const positions = this.positions();
    const notes = [...this.notes];
    if (mixed) notes.push('Edges of both kinds: each undirected one is a link either way.');
    if (this.twice > 0) notes.push(`${counted(this.twice, 'node')} declared more than once, each is one node.`);
    if (this.loops > 0) notes.push(`${counted(this.loops, 'self-loop')} left out: nobody needs to tell itself.`);
    if (this.parallel > 0)
      notes.push(`${counted(this.parallel, 'duplicate edge')} left out, the first of each is kept (such as ${this.firstParallel}).`);
    if (this.unmeasured > 0) notes.push(`${counted(this.unmeasured, 'edge')} without label, weight or len: length 1 is taken.`);
    if (this.rounded > 0) notes.push(`${counted(this.rounded, 'length')} rounded to whole ticks.`);
    const directed = this.edges === 0 ? otherwise : this.directedEdges > 0;
    const where = positions.xy === undefined ? {} : { positions: positions.xy };
    return { name: this.name, directed, names: names.names, ...columns, ...where, notes: [...names.notes, ...positions.notes, ...notes] };
  }

  private names(): { readonly names: readonly string[]; readonly notes: readonly string[] } {
    if (this.labels.size === 0) return { names: this.ids, notes: [] };
    const labels = this.ids.map((id, node) => this.labels.get(node) ?? id);
    if (new Set(labels).size === labels.length) return { names: labels, notes: [] };
    return { names: this.ids, notes: ['Some nodes share a label: nodes are named by their own names in the file instead.'] };
  }

  private positions(): { readonly xy?: Float64Array; readonly notes: readonly string[] } {
    if (this.places.size === 0) return { notes: [] };
    const missing = this.ids.length - this.places.size;
    if (missing > 0) return { notes: [`Positions are not used: ${counted(missing, 'node')} without one.`] };
    const xy = new Float64Array(2 * this.ids.length);
    for (const [node, at] of this.places) xy.set(at, 2 * node);
    return { xy, notes: [] };
  }

  private columns() {
    const { edges } = this;
    return { from: this.from.slice(0, edges), to: this.to.slice(0, edges), length: this.length.slice(0, edges) };
  }

  private bothWays() {
    const seen = new PairSet();
    const from: number[] = [];
    const to: number[] = [];
    const length: number[] = [];
    const add = (u: number, v: number, ticks: number): void => {
      if (!seen.add(u, v)) {
        if (this.parallel++ === 0) this.firstParallel = this.described(u, v, true);
        return;
      }
      from.push(u);
      to.push(v);
      length.push(ticks);
    };
    for (let i = 0; i < this.edges; i++) {
      add(this.from[i]!, this.to[i]!, this.length[i]!);
      if (!this.oneWay[i]) add(this.to[i]!, this.from[i]!, this.length[i]!);
    }
    return { from: Uint32Array.from(from), to: Uint32Array.from(to), length: Float64Array.from(length) };
  }

  private described(u: number, v: number, directed: boolean): string {
    return `${this.ids[u]} ${directed ? '->' : '--'} ${this.ids[v]}`;
  }

  private ticks(u: number, v: number, directed: boolean, given: string | number | undefined, place: Place): number {
    if (given === undefined) {
      this.unmeasured++;
      return 1;
    }
    const value = typeof given === 'string' && given.trim() === '' ? NaN : Number(given);
    if (!(value >= 0 && value <= LONGEST)) {
      const line = lineOf(place);
      throw new InputError({
        message: `${this.name}${line ? `, line ${line}` : ''}: the length of ${this.described(u, v, directed)} must be a number of ticks, 0 or more, got ${JSON.stringify(given)}`,
        line,
        hint: 'Give the edge a numeric label or weight.',
      });
    }
    const whole = Math.round(value);
    if (whole !== value) this.rounded++;
    return whole + 0;
  }

  private grow(): void {
    const grown = <T extends Uint32Array | Float64Array | Uint8Array>(before: T, after: T): T => {
      after.set(before);
      return after;
    };
    const size = this.edges * 2;
    this.from = grown(this.from, new Uint32Array(size));
    this.to = grown(this.to, new Uint32Array(size));
    this.length = grown(this.length, new Float64Array(size));
    this.oneWay = grown(this.oneWay, new Uint8Array(size));
  }
}

const lineOf = (place: Place): number | undefined => (typeof place === 'function' ? place() : place);
