/**
 * GraphML (Brandes et al., graphml.graphdrawing.org): keys with defaults, nested graphs (all their nodes and edges become one
 * graph), edges of either kind, and yEd's places and labels of nodes and edges. Hyperedges are left out and said; ports are
 * ignored. Written with `label`, `x` and `y` of nodes and `weight` of edges as data, which graphology, NetworkX, igraph and
 * Gephi read. graphology has no GraphML writer.
 */
import { escapeText } from '../../../base/xml/codec.ts';
import type { GraphData } from '../../../protocol/protocol.ts';
import { counted, GraphCollector, lengthAmong } from './collect.ts';
import type { GraphFormat } from './format.ts';
import { readXml, writableNames } from './xml.ts';

const TITLE = 'GraphML';

interface Key {
  readonly name: string;
  readonly of: string;
  fallback: string | undefined;
}

interface Item {
  readonly of: 'node' | 'edge';
  readonly id: string;
  readonly other: string;
  readonly directed: boolean;
  readonly line: number;
  readonly data: Map<string, string>;
}

function read(text: string, name: string): GraphData {
  const c = new GraphCollector(name, true);
  const keys = new Map<string, Key>();
  const items: Item[] = [];
  const directions: boolean[] = [];
  let first: boolean | undefined;
  let key: Key | undefined;
  let dataKey = '';
  let hyperedges = 0;

  const finished = (item: Item): void => {
    for (const { name: of, of: whom, fallback } of keys.values())
      if (fallback !== undefined && !item.data.has(of) && (whom === item.of || whom === 'all')) item.data.set(of, fallback);
    if (item.of === 'node') {
      const node = c.declare(item.id);
      const label = item.data.get('label') ?? item.data.get('name');
      if (label !== undefined) c.label(node, label);
      const [x, y] = [item.data.get('x'), item.data.get('y')];
      if (x !== undefined && y !== undefined) c.position(node, Number(x), Number(y));
    } else c.edge(c.node(item.id, item.line), c.node(item.other, item.line), item.directed, lengthAmong(item.data), item.line);
  };

  readXml(text, name, 'graphml', TITLE, {
    open(tag, a, line) {
      const item = items.at(-1);
      if (tag === 'key') {
        key = { name: (a['attr.name'] ?? a['id'] ?? '').toLowerCase(), of: a['for'] ?? 'all', fallback: undefined };
        keys.set(a['id'] ?? '', key);
      } else if (tag === 'graph') {
        directions.push(a['edgedefault'] === 'directed');
        first ??= directions.at(-1)!;
      } else if (tag === 'node') {
        items.push({ of: 'node', id: a['id'] ?? '', other: '', directed: false, line, data: new Map() });
        // At once, so that nodes stand in the order in which they begin, whatever is nested in them.
        c.node(a['id'] ?? '', line);
      } else if (tag === 'edge') {
        const directed = a['directed'] === undefined ? (directions.at(-1) ?? false) : a['directed'] === 'true';
        items.push({ of: 'edge', id: a['source'] ?? '', other: a['target'] ?? '', directed, line, data: new Map() });
      } else if (tag === 'hyperedge') hyperedges++;
      else if (tag === 'data') dataKey = a['key'] ?? '';
      else if (tag === 'Geometry' && item?.of === 'node') {
        if (a['x'] !== undefined) item.data.set('x', a['x']);
        if (a['y'] !== undefined) item.data.set('y', a['y']);
      }
    },
    close(tag, content) {
      const item = items.at(-1);
      if (tag === 'key') key = undefined;
      else if (tag === 'default' && key) key.fallback = content;
      else if (tag === 'graph') directions.pop();
      else if (tag === 'data') {
        const known = keys.get(dataKey);
        // yEd's data hold elements of its own and nothing between them.
        if (item && (content.trim() !== '' || known)) item.data.set(known?.name || dataKey.toLowerCase(), content);
      } else if ((tag === 'NodeLabel' || tag === 'EdgeLabel') && item) item.data.set('label', content.trim());
      else if (tag === 'node' || tag === 'edge') finished(items.pop()!);
    },
  });
  if (hyperedges > 0) c.note(`${counted(hyperedges, 'hyperedge')} left out: a link has two ends.`);
  return c.finish(first ?? false);
}

function write(graph: GraphData): string {
  writableNames(graph.names, TITLE);
  const { names, from, to, length, positions } = graph;
  const key = (id: string, of: string, type: string): string => `  <key id="${id}" for="${of}" attr.name="${id}" attr.type="${type}"/>`;
  const datum = (of: string, value: string | number): string => `<data key="${of}">${value}</data>`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    key('label', 'node', 'string'),
    ...(positions ? [key('x', 'node', 'double'), key('y', 'node', 'double')] : []),
    key('weight', 'edge', 'double'),
    `  <graph id="G" edgedefault="${graph.directed ? 'directed' : 'undirected'}">`,
  ];
  for (const [i, name] of names.entries()) {
    const where = positions ? datum('x', positions[2 * i]!) + datum('y', positions[2 * i + 1]!) : '';
    lines.push(`    <node id="n${i}">${datum('label', escapeText(name))}${where}</node>`);
  }
  for (let i = 0; i < from.length; i++)
    lines.push(`    <edge source="n${from[i]!}" target="n${to[i]!}">${datum('weight', length[i]!)}</edge>`);
  lines.push('  </graph>', '</graphml>', '');
  return lines.join('\n');
}

export const graphml: GraphFormat = {
  id: 'graphml',
  title: TITLE,
  extensions: ['graphml'],
  type: 'application/graphml+xml',
  read,
  write,
};
