/**
 * GEXF (Gephi, gexf.net, 1.1 to 1.3): attributes with defaults, `viz:position`, nested nodes, and edges of either kind, where
 * `mutual` is read as undirected. Times of a dynamic graph are not read, and that is said. Written by graphology-gexf.
 * Its y axis points upwards, ours downwards.
 */
import Graph from 'graphology';
import writeGexf from 'graphology-gexf/common/writer.js';
import { InputError } from '../../../base/result.ts';
import type { GraphData } from '../../../protocol/protocol.ts';
import { GraphCollector, lengthAmong } from './collect.ts';
import type { GraphFormat } from './format.ts';
import { readXml, writableNames } from './xml.ts';

const TITLE = 'GEXF';
/** The library keeps a graph of objects: about 1 kB a link. */
const MOST_WRITTEN = 1_000_000;

interface Item {
  readonly of: 'node' | 'edge';
  readonly attributes: Readonly<Record<string, string>>;
  readonly line: number;
  readonly data: Map<string, string>;
  at: readonly [string, string] | undefined;
}

function read(text: string, name: string): GraphData {
  const c = new GraphCollector(name, true);
  const titles = new Map<string, string>();
  const defaults: { readonly of: string; readonly title: string; readonly value: string }[] = [];
  const items: Item[] = [];
  let model = '';
  let attribute = '';
  let otherwise = 'undirected';
  let timed = false;

  const finished = ({ of, attributes: a, line, data, at }: Item): void => {
    for (const { of: whom, title, value } of defaults) if (whom === of && !data.has(title)) data.set(title, value);
    if (of === 'node') {
      const node = c.declare(a['id'] ?? '');
      const label = a['label'];
      if (label !== undefined) c.label(node, label);
      const [x, y] = at ?? [data.get('x'), data.get('y')];
      if (x !== undefined && y !== undefined) c.position(node, Number(x), 0 - Number(y));
      return;
    }
    const [u, v] = [c.node(a['source'] ?? '', line), c.node(a['target'] ?? '', line)];
    for (const own of ['weight', 'label']) if (a[own] !== undefined) data.set(own, a[own]);
    c.edge(u, v, (a['type'] ?? otherwise) === 'directed', lengthAmong(data), line);
  };

  readXml(text, name, 'gexf', TITLE, {
    open(tag, a, line) {
      const item = items.at(-1);
      if (tag === 'graph') {
        otherwise = a['defaultedgetype'] ?? otherwise;
        timed ||= a['mode'] === 'dynamic';
      } else if (tag === 'attributes') model = a['class'] ?? '';
      else if (tag === 'attribute') {
        attribute = (a['title'] ?? a['id'] ?? '').toLowerCase();
        titles.set(`${model}/${a['id'] ?? ''}`, attribute);
      } else if (tag === 'node' || tag === 'edge') {
        items.push({ of: tag, attributes: a, line, data: new Map(), at: undefined });
        // At once, so that nodes stand in the order in which they begin, whatever is nested in them.
        if (tag === 'node') c.node(a['id'] ?? '', line);
      } else if (tag === 'attvalue' && item) {
        const id = a['for'] ?? a['id'] ?? '';
        item.data.set(titles.get(`${item.of}/${id}`) ?? id.toLowerCase(), a['value'] ?? '');
      } else if (tag === 'position' && item && a['x'] !== undefined && a['y'] !== undefined) item.at = [a['x'], a['y']];
      else if (tag === 'spell') timed = true;
    },
    close(tag, content) {
      if (tag === 'default') defaults.push({ of: model, title: attribute, value: content });
      else if (tag === 'node' || tag === 'edge') finished(items.pop()!);
    },
  });
  if (timed) c.note('Times in the file are not read: every node and edge is there from the beginning.');
  return c.finish(otherwise === 'directed');
}

function write(data: GraphData): string {
  writableNames(data.names, TITLE);
  const { names, from, to, length, positions } = data;
  if (from.length > MOST_WRITTEN)
    throw new InputError({
      message: `${from.length.toLocaleString('en')} links are too many for ${TITLE}, which is written as a whole: at most ${MOST_WRITTEN.toLocaleString('en')}`,
      hint: 'Choose GraphML, DOT or CSV.',
    });
  const graph = new Graph({ type: data.directed ? 'directed' : 'undirected' });
  // Keys of our own, as the library stumbles over one such as `__proto__`; it leaves out an empty label, so that there the key says it.
  const keys = names.map((name, i) => (name === '' ? '' : `n${i}`));
  for (const [i, label] of names.entries())
    graph.addNode(keys[i], positions ? { label, x: positions[2 * i]!, y: 0 - positions[2 * i + 1]! } : { label });
  for (let i = 0; i < from.length; i++) graph.addEdgeWithKey(String(i), keys[from[i]!], keys[to[i]!], { weight: length[i]! });
  return `${writeGexf(graph, { version: '1.3' })}\n`;
}

export const gexf: GraphFormat = { id: 'gexf', title: TITLE, extensions: ['gexf'], type: 'application/gexf+xml', read, write };
