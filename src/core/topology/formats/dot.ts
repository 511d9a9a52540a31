/**
 * The DOT language (Graphviz), read by the library dotparser: `graph` or `digraph`, subgraphs, edge chains and edge defaults.
 * A link's length is its `label`, else its `weight`, `len`, `latency` or `length`. A node's label is read as Graphviz reads
 * it (escapes and character references); `pos` is its position, whose y axis points upwards, ours downwards. Ports and looks
 * are ignored. Written: names as IDs, and those that an ID cannot hold (control characters, backslashes) as labels.
 */
import parse from 'dotparser';
import type { Attr, EdgeStmt, NodeId, Stmt, Subgraph } from 'dotparser';
import { InputError } from '../../../base/result.ts';
import type { GraphData } from '../../../protocol/protocol.ts';
import { GraphCollector } from './collect.ts';
import { toldByLinks, type GraphFormat } from './format.ts';

type Attributes = ReadonlyMap<string, string>;

interface Source {
  readonly text: string;
  readonly directed: boolean;
}

function read(text: string, name: string): GraphData {
  const graph = parsed(text, name);
  const directed = graph.type === 'digraph';
  const c = new GraphCollector(name, false);
  statements(graph.children, { edge: new Map() }, c, { text, directed });
  return c.finish(directed);
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
function statements(list: readonly Stmt[], scope: Scope, c: GraphCollector, source: Source): number[] {
  const mentioned: number[] = [];
  for (const statement of list) {
    if (statement.type === 'attr_stmt') {
      if (statement.target === 'edge') scope.edge = new Map([...scope.edge, ...attributes(statement.attr_list)]);
    } else if (statement.type === 'node_stmt') mentioned.push(declared(statement.node_id, attributes(statement.attr_list), c));
    else if (statement.type === 'subgraph') mentioned.push(...statements(statement.children, { edge: scope.edge }, c, source));
    else mentioned.push(...edges(statement, scope, c, source));
  }
  return mentioned;
}

function declared(id: NodeId, given: Attributes, c: GraphCollector): number {
  const node = nodeOf(id, c);
  const label = given.get('label');
  if (label !== undefined && label !== '') c.label(node, labelText(label, c.idOf(node)));
  const pos = /^\s*([^,\s]+)[,\s]+([^,\s!]+)/.exec(given.get('pos') ?? '');
  if (pos) c.position(node, Number(pos[1]), 0 - Number(pos[2]));
  return node;
}

function edges(statement: EdgeStmt, scope: Scope, c: GraphCollector, source: Source): number[] {
  const ends = statement.edge_list.map((end: NodeId | Subgraph) =>
    end.type === 'node_id' ? [nodeOf(end, c)] : statements(end.children, { edge: scope.edge }, c, source),
  );
  const given = new Map([...scope.edge, ...attributes(statement.attr_list)]);
  const length = given.get('label') ?? given.get('weight') ?? given.get('len') ?? given.get('latency') ?? given.get('length');
  for (let i = 1; i < ends.length; i++)
    for (const u of ends[i - 1]!)
      for (const v of ends[i]!) c.edge(u, v, source.directed, length, () => lineOf(c.idOf(u), c.idOf(v), source.text));
  return ends.flat();
}

/**
 * Where the edge stands: the parser keeps no places for what it understood. Its ends with an arrow between them, as whole
 * names and in this order; else, for an edge between groups, the first line that has both names and an arrow.
 */
function lineOf(a: string, b: string, text: string): number | undefined {
  const whole = (id: string): string => `"?${id.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}"?`;
  const edge = new RegExp(`(?<![\\w.])${whole(a)}(?::\\w+)*\\s*-[->]\\s*${whole(b)}(?![\\w.])`).exec(text);
  if (edge) return text.slice(0, edge.index).split('\n').length;
  const at = text.split('\n').findIndex((line) => line.includes(a) && line.includes(b) && /-[->]/.test(line));
  return at < 0 ? undefined : at + 1;
}

const nodeOf = (id: NodeId, c: GraphCollector): number => c.node(String(id.id));

function attributes(list: readonly Attr[]): Map<string, string> {
  return new Map(list.map((a) => [String(a.id), typeof a.eq === 'object' ? '' : String(a.eq)]));
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** A label as Graphviz shows it (escString, and character references as in HTML). */
function labelText(label: string, id: string): string {
  const shown = label.replace(/\\([\s\S])/g, (_, c: string) => (c === 'N' ? id : /[nlr]/.test(c) ? '\n' : c));
  return shown.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|(\w+));/g,
    (whole: string, decimal?: string, hex?: string, named?: string) => {
      if (named !== undefined) return NAMED[named] ?? whole;
      const code = decimal === undefined ? parseInt(hex!, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** A backslash before a quote would end the text too late, and a line end before its time. */
const UNSAFE = /[\0-\x1f\x7f\\\u2028\u2029]/;
const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;
const reference = (c: string): string => `&#${c.charCodeAt(0)};`;

function write(graph: GraphData): string {
  const { names, from, to, length, positions } = graph;
  const taken = new Set(names);
  const labels = new Map<number, string>();
  const ids = names.map((name, node) => {
    if (!UNSAFE.test(name)) return quoted(name);
    labels.set(node, quoted(name.replace(/[\0-\x1f\x7f\\\u2028\u2029&]/g, reference)));
    let id = `n${node}`;
    while (taken.has(id)) id += '_';
    return quoted(id);
  });
  const arrow = graph.directed ? '->' : '--';
  const lines = [graph.directed ? 'digraph {' : 'graph {'];
  if (positions || labels.size > 0 || !toldByLinks(graph))
    for (const [node, id] of ids.entries()) {
      const label = labels.get(node);
      const given = [
        ...(label === undefined ? [] : [`label=${label}`]),
        ...(positions ? [`pos="${positions[2 * node]!},${0 - positions[2 * node + 1]!}"`] : []),
      ];
      lines.push(`  ${id}${given.length > 0 ? ` [${given.join(' ')}]` : ''};`);
    }
  for (let i = 0; i < from.length; i++) lines.push(`  ${ids[from[i]!]!} ${arrow} ${ids[to[i]!]!} [label=${length[i]!}];`);
  lines.push('}', '');
  return lines.join('\n');
}

export const dot: GraphFormat = { id: 'dot', title: 'DOT', extensions: ['dot', 'gv'], type: 'text/vnd.graphviz', read, write };
