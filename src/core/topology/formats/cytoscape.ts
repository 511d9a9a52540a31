/**
 * Cytoscape JSON: `elements` as one list (each with its `group`, or told by whether it has a source) or as `nodes` and
 * `edges`; also those two at the top. The format has no word for direction; `directed` at the top, as NetworkX writes it, or
 * in `data` is taken, and without one the graph is undirected, which is said.
 */
import { InputError } from '../../../base/result.ts';
import type { GraphData } from '../../../protocol/protocol.ts';
import { GraphCollector, lengthAmong } from './collect.ts';
import type { GraphFormat } from './format.ts';

const TITLE = 'Cytoscape JSON';
const HINT = 'It should look like: {"elements":{"nodes":[{"data":{"id":"a"}}],"edges":[{"data":{"source":"a","target":"b","weight":3}}]}}';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

function read(text: string, name: string): GraphData {
  const document = parsed(text, name);
  const refuse = (where: string, what: string): never => {
    throw new InputError({ message: `${name}: not ${TITLE}: ${where} ${what}`, hint: HINT });
  };
  const listOf = (value: unknown, where: string): readonly unknown[] => {
    if (value === undefined) return [];
    return Array.isArray(value) ? value : refuse(where, 'must be a list');
  };
  const top: Fields = isFields(document) ? document : { elements: document };
  const elements = top['elements'] ?? top;
  const all = Array.isArray(elements) ? elements : undefined;
  const groups = isFields(elements) ? elements : {};
  if (!all && groups['nodes'] === undefined) refuse('`elements`', 'has no `nodes`');
  const isEdge = (element: unknown): boolean =>
    isFields(element) && (element['group'] === 'edges' || (isFields(element['data']) && element['data']['source'] !== undefined));
  const nodes = all ? all.filter((element) => !isEdge(element)) : listOf(groups['nodes'], '`nodes`');
  const edges = all ? all.filter(isEdge) : listOf(groups['edges'], '`edges`');

  const c = new GraphCollector(name, true);
  const dataOf = (element: unknown, where: string): Fields => {
    const data = isFields(element) ? element['data'] : undefined;
    return isFields(data) ? data : refuse(where, 'has no `data`');
  };
  for (const [i, element] of nodes.entries()) {
    const where = `node ${i + 1}`;
    const data = dataOf(element, where);
    const id = data['id'];
    if (!isText(id)) return refuse(where, 'has no `id`');
    const node = c.declare(String(id));
    const label = data['label'] ?? data['name'];
    if (isText(label)) c.label(node, String(label));
    const position = (element as Fields)['position'];
    if (isFields(position) && isText(position['x']) && isText(position['y']))
      c.position(node, Number(position['x']), Number(position['y']));
  }
  const said = top['directed'] ?? (isFields(top['data']) ? top['data']['directed'] : undefined);
  if (typeof said !== 'boolean' && edges.length > 0) c.note('The file does not say whether it is directed: it is read as undirected.');
  for (const [i, element] of edges.entries()) {
    const where = `edge ${i + 1}`;
    const data = dataOf(element, where);
    const { source, target } = data as { readonly source?: unknown; readonly target?: unknown };
    if (!isText(source) || !isText(target)) return refuse(where, 'needs `source` and `target`');
    const attributes = new Map<string, string>();
    for (const [key, value] of Object.entries(data)) if (isText(value)) attributes.set(key.toLowerCase(), String(value));
    c.edge(c.node(String(source)), c.node(String(target)), said === true, lengthAmong(attributes));
  }
  return c.finish(said === true);
}

function parsed(text: string, name: string): unknown {
  if (text.trim() === '') throw new InputError({ message: `${name}: the file is empty`, hint: HINT });
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    // Engines differ in what they tell; where it is a position, it is turned into a line.
    const at = /position (\d+)/.exec(what)?.[1];
    const before = at === undefined ? undefined : text.slice(0, Number(at)).split('\n');
    const line = before?.length;
    const column = before && before.at(-1)!.length + 1;
    const place = line === undefined ? '' : ` (line ${line}, column ${column})`;
    throw new InputError({ message: `${name}: not JSON${place}: ${what}`, line, column, hint: HINT });
  }
}

/** One element a line: as easy to compare as to read. */
function write(graph: GraphData): string {
  const { names, from, to, length, positions } = graph;
  const nodes = names.map((label, i) => {
    const position = positions ? { position: { x: positions[2 * i]!, y: positions[2 * i + 1]! } } : {};
    return JSON.stringify({ data: { id: `n${i}`, name: label }, ...position });
  });
  const edges = Array.from(from, (u, i) =>
    JSON.stringify({ data: { id: `e${i}`, source: `n${u}`, target: `n${to[i]!}`, weight: length[i]! } }),
  );
  const list = (lines: readonly string[]): string => (lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`);
  return `{"directed":${graph.directed},"multigraph":false,"elements":{"nodes":${list(nodes)},"edges":${list(edges)}}}\n`;
}

export const cytoscape: GraphFormat = {
  id: 'cytoscape',
  title: TITLE,
  extensions: ['json', 'cyjs'],
  type: 'application/json',
  read,
  write,
};
