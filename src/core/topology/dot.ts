/**
 * Reads a graph in the DOT language (Graphviz) by the library dotparser: `graph` or `digraph`, subgraphs, edge chains and
 * edge defaults. A link's length is its `label`, else its `weight`, else its `len`. Self-loops are left out; of parallel
 * edges the first is kept; both are said. Ports, clusters' looks and positions are ignored.
 */
import parse from 'dotparser';
import type { Attr, EdgeStmt, NodeId, Stmt, Subgraph } from 'dotparser';
import { InputError } from '../../base/result.ts';
import type { GraphData } from '../../protocol/protocol.ts';

type Attributes = ReadonlyMap<string, string>;

interface Collected {
  readonly index: Map<string, number>;
  readonly labels: Map<number, string>;
  readonly from: number[];
  readonly to: number[];
  readonly length: number[];
  readonly seen: Set<number>;
  loops: number;
  parallel: number;
  unlabelled: number;
  rounded: number;
  firstParallel: string;
}

/** @throws InputError with line and column where the text is not DOT, or names the edge whose length is no length. */
export function readDot(text: string, name: string): GraphData {
  const graph = parsed(text, name);
  const directed = graph.type === 'digraph';
  const c: Collected = {
    index: new Map(),
    labels: new Map(),
    from: [],
    to: [],
    length: [],
    seen: new Set(),
    loops: 0,
    parallel: 0,
    unlabelled: 0,
    rounded: 0,
    firstParallel: '',
  };
  statements(graph.children, { edge: new Map() }, c, { text, name, directed });
  if (c.index.size === 0)
    throw new InputError({
      message: `${name}: the graph is empty`,
      hint: 'It needs at least one node, for example: graph { a -- b [label=3] }',
    });
  const ids = [...c.index.keys()];
  const labels = ids.map((id, node) => c.labels.get(node) ?? id);
  const unique = new Set(labels).size === labels.length;
  const names = unique ? labels : ids;
  const notes: string[] = [];
  if (!unique) notes.push('Some nodes share a label: nodes are named by their DOT names instead.');
  if (c.loops > 0) notes.push(`${count(c.loops, 'self-loop')} left out: nobody needs to tell itself.`);
  if (c.parallel > 0)
    notes.push(`${count(c.parallel, 'duplicate edge')} left out, the first of each is kept (such as ${c.firstParallel}).`);
  if (c.unlabelled > 0) notes.push(`${count(c.unlabelled, 'edge')} without label, weight or len: length 1 is taken.`);
  if (c.rounded > 0) notes.push(`${count(c.rounded, 'length')} rounded to whole ticks.`);
  const data = { from: Uint32Array.from(c.from), to: Uint32Array.from(c.to), length: Float64Array.from(c.length) };
  return { name, directed, names, ...data, notes };
}

const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;

interface Source {
  readonly text: string;
  readonly name: string;
  readonly directed: boolean;
}

function parsed(text: string, name: string): { readonly type: 'graph' | 'digraph'; readonly children: Stmt[] } {
  if (text.trim() === '') throw new InputError({ message: `${name}: the file is empty`, hint: 'Choose a graph in the DOT language.' });
  try {
    const graphs = parse(text);
    const graph = graphs[0];
    if (graph === undefined)
      throw new InputError({ message: `${name}: there is no graph in this file`, hint: 'It should begin with graph or digraph.' });
    return graph;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const start = (error as { location?: { start?: { line: number; column: number } } }).location?.start;
    const what = error instanceof Error ? error.message : String(error);
    const place = start ? ` (line ${start.line}, column ${start.column})` : '';
    throw new InputError({
      message: `${name}: not a DOT graph${place}: ${what}`,
      line: start?.line,
      column: start?.column,
      hint: 'The file should look like: digraph { a -> b [label=3]; }',
    });
  }
}

interface Scope {
  edge: Attributes;
}

/** Runs through statements; answers the nodes that they mention, for edges between groups. */
function statements(list: readonly Stmt[], scope: Scope, c: Collected, source: Source): number[] {
  const mentioned: number[] = [];
  for (const statement of list) {
    if (statement.type === 'attr_stmt') {
      if (statement.target === 'edge') scope.edge = new Map([...scope.edge, ...attributes(statement.attr_list)]);
    } else if (statement.type === 'node_stmt') {
      const node = nodeOf(statement.node_id, c);
      const label = attributes(statement.attr_list).get('label');
      if (label !== undefined && label !== '' && label !== '\\N') c.labels.set(node, label);
      mentioned.push(node);
    } else if (statement.type === 'subgraph') mentioned.push(...statements(statement.children, { edge: scope.edge }, c, source));
    else mentioned.push(...edges(statement, scope, c, source));
  }
  return mentioned;
}

function edges(statement: EdgeStmt, scope: Scope, c: Collected, source: Source): number[] {
  const ends = statement.edge_list.map((end: NodeId | Subgraph) =>
    end.type === 'node_id' ? [nodeOf(end, c)] : statements(end.children, { edge: scope.edge }, c, source),
  );
  const given = new Map([...scope.edge, ...attributes(statement.attr_list)]);
  for (let i = 1; i < ends.length; i++) for (const u of ends[i - 1]!) for (const v of ends[i]!) edge(u, v, given, c, source);
  return ends.flat();
}

function edge(u: number, v: number, given: Attributes, c: Collected, source: Source): void {
  if (u === v) {
    c.loops++;
    return;
  }
  const [x, y] = source.directed || u < v ? [u, v] : [v, u];
  const key = x * 0x4000000 + y;
  if (c.seen.has(key)) {
    c.parallel++;
    if (c.parallel === 1) c.firstParallel = described(u, v, c, source);
    return;
  }
  c.seen.add(key);
  c.from.push(u);
  c.to.push(v);
  c.length.push(lengthOf(u, v, given, c, source));
}

function lengthOf(u: number, v: number, given: Attributes, c: Collected, source: Source): number {
  const text = given.get('label') ?? given.get('weight') ?? given.get('len');
  if (text === undefined) {
    c.unlabelled++;
    return 1;
  }
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value) || value < 0 || value > 0x80000000) {
    const line = lineOf(u, v, c, source);
    throw new InputError({
      message: `${source.name}${line ? `, line ${line}` : ''}: the length of ${described(u, v, c, source)} must be a number of ticks, 0 or more, got ${JSON.stringify(text)}`,
      line,
      hint: 'Give the edge a numeric label or weight.',
    });
  }
  const whole = Math.round(value);
  if (whole !== value) c.rounded++;
  return whole;
}

const idOf = (node: number, c: Collected): string => [...c.index.keys()][node]!;
const described = (u: number, v: number, c: Collected, source: Source): string =>
  `${idOf(u, c)} ${source.directed ? '->' : '--'} ${idOf(v, c)}`;

/**
 * Where the edge stands: the parser keeps no places for what it understood. Its ends with an arrow between them, as whole
 * names and in this order; else, for an edge between groups, the first line that has both names and an arrow.
 */
function lineOf(u: number, v: number, c: Collected, source: Source): number | undefined {
  const [a, b] = [idOf(u, c), idOf(v, c)];
  const whole = (id: string): string => `"?${id.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}"?`;
  const edge = new RegExp(`(?<![\\w.])${whole(a)}(?::\\w+)*\\s*-[->]\\s*${whole(b)}(?![\\w.])`).exec(source.text);
  if (edge) return source.text.slice(0, edge.index).split('\n').length;
  const at = source.text.split('\n').findIndex((line) => line.includes(a) && line.includes(b) && /-[->]/.test(line));
  return at < 0 ? undefined : at + 1;
}

function nodeOf(id: NodeId, c: Collected): number {
  const key = String(id.id);
  let node = c.index.get(key);
  if (node === undefined) c.index.set(key, (node = c.index.size));
  return node;
}

function attributes(list: readonly Attr[]): Map<string, string> {
  return new Map(list.map((a) => [String(a.id), typeof a.eq === 'object' ? '' : String(a.eq)]));
}
