/**
 * CSV edge list: `source,target,weight`, with or without a header. With one, columns go by their names, those of Gephi's and
 * other tools' tables among them; `type` says `Directed` or `Undirected`; a row without a target is a node of its own, with
 * `x` and `y` if there are such columns. Without any word of direction (also a comment such as SNAP's `# Directed graph`) the
 * graph is undirected, which is said. A square of numbers is a matrix of measured latencies (`matrix.ts`).
 */
import { InputError } from '../../../base/result.ts';
import type { GraphData } from '../../../protocol/protocol.ts';
import { GraphCollector, isNumber } from './collect.ts';
import { toldByLinks, type GraphFormat } from './format.ts';
import { readMatrix, shapeOf } from './matrix.ts';
import { eachRow, firstRow, separatorOf, type Row } from './table.ts';
import { isTrace } from './trace.ts';

const HINT = 'Each line should look like: source,target,weight';
const COLUMNS = {
  source: ['source', 'from', 'src', 'node1', 'fromnodeid', 'source_id', 'u'],
  target: ['target', 'to', 'dst', 'node2', 'tonodeid', 'target_id', 'v'],
  length: ['latency', 'length', 'len', 'weight', 'delay', 'rtt', 'ms', 'ticks', 'label'],
  type: ['type'],
  x: ['x'],
  y: ['y'],
} as const;
type Column = keyof typeof COLUMNS;
type Columns = Readonly<Record<Column, number>>;

const BARE: Columns = { source: 0, target: 1, length: 2, type: -1, x: -1, y: -1 };

function read(text: string, name: string): GraphData {
  const separator = separatorOf(text);
  if (separator === undefined) throw new InputError({ message: `${name}: the file is empty`, hint: HINT });
  const first = firstRow(text, separator, name);
  if (isTrace(first))
    throw new InputError({
      message: `${name}, line ${first.line}: these are changes over time (tick, node, ${first.cells[2]!.toLowerCase()}…), not a graph`,
      line: first.line,
      hint: 'Open the graph first, then drop this file on it; on the command line it goes with --trace.',
    });
  const named = columnsOf(first.cells);
  if (!named) {
    const shape = shapeOf(text, separator, first.cells, name);
    if (shape) return readMatrix(text, separator, shape, name);
  }
  return readEdges(text, separator, named, first, name);
}

/** Where each column is, if this is a header: it has to name both ends. */
export function columnsOf(cells: readonly string[]): Columns | undefined {
  const names = cells.map((cell) => cell.toLowerCase());
  const at = (column: Column): number => {
    for (const word of COLUMNS[column]) if (names.includes(word)) return names.indexOf(word);
    return -1;
  };
  const columns = { source: at('source'), target: at('target'), length: at('length'), type: at('type'), x: at('x'), y: at('y') };
  return columns.source < 0 || columns.target < 0 ? undefined : columns;
}

function readEdges(text: string, separator: string, named: Columns | undefined, first: Row, name: string): GraphData {
  const c = new GraphCollector(name, false);
  const columns = named ?? BARE;
  const used = new Set<number>(Object.values(columns));
  const unused = named ? first.cells.filter((_, i) => !used.has(i)) : [];
  if (unused.length > 0) c.note(`Columns not read: ${unused.join(', ')}.`);
  const comment = /^#.*?\b(un)?directed\b/im.exec(text.slice(0, 10_000));
  let directed = comment ? comment[1] === undefined : false;
  let told = comment !== null;
  eachRow(text, separator, name, ({ cells, quoted, line }) => {
    if (named && line === first.line) return;
    const is = (column: number): boolean =>
      column >= 0 && column < cells.length && (cells[column] !== '' || ((quoted >> column) & 1) === 1);
    const refuse = (what: string): never => {
      throw new InputError({ message: `${name}, line ${line}: ${what}`, line, hint: HINT });
    };
    if (!is(columns.source)) refuse('there is no source');
    const type = columns.type < 0 ? '' : (cells[columns.type] ?? '').toLowerCase();
    if (type !== '') {
      if (type !== 'directed' && type !== 'undirected') refuse(`the type must be Directed or Undirected, got ${JSON.stringify(type)}`);
      directed = type === 'directed';
      told = true;
    }
    const u = c.node(cells[columns.source]!);
    if (is(columns.target))
      c.edge(u, c.node(cells[columns.target]!), directed, is(columns.length) ? cells[columns.length] : undefined, line);
    else if (cells.length < 2) refuse('there is no target');
    const [x, y] = [columns.x < 0 ? '' : (cells[columns.x] ?? ''), columns.y < 0 ? '' : (cells[columns.y] ?? '')];
    if (isNumber(x) && isNumber(y)) c.position(u, Number(x), Number(y));
  });
  if (!told) c.note('The file does not say whether it is directed: it is read as undirected.');
  return c.finish(directed);
}

const cell = (text: string): string => (/[",;\t\r\n]|^#|^\s|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function write(graph: GraphData): string {
  const { from, to, length, positions } = graph;
  const type = graph.directed ? 'Directed' : 'Undirected';
  const names = graph.names.map(cell);
  const lines = [`source,target,weight,type${positions ? ',x,y' : ''}`];
  if (positions || !toldByLinks(graph))
    for (const [i, name] of names.entries())
      lines.push(`${name},,,${type}${positions ? `,${positions[2 * i]!},${positions[2 * i + 1]!}` : ''}`);
  for (let i = 0; i < from.length; i++) lines.push(`${names[from[i]!]!},${names[to[i]!]!},${length[i]!},${type}${positions ? ',,' : ''}`);
  lines.push('');
  return lines.join('\n');
}

export const csv: GraphFormat = { id: 'csv', title: 'CSV edge list', extensions: ['csv', 'tsv', 'edges'], type: 'text/csv', read, write };
