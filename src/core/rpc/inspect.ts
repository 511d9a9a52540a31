/** A node's state now, in view-neutral parts: what it shows, the columns of each layer, its links. */
import type { Field, Part } from '../../protocol/parts.ts';
import type { ColumnSpec } from '../gossip/contract.ts';
import type { Stage } from '../kernel/model.ts';
import type { Topology } from '../topology/topology.ts';
import type { GraphWorld } from './graph.ts';
import { widthOf, type Layer } from './layer.ts';

const MOST_PEERS = 50;
/** Values of a wide column that are listed. */
const MOST_VALUES = 64;

/** @param offset entities that stand before the nodes. */
export function inspectNode(world: GraphWorld, topology: Topology, stage: Stage, node: number, offset = 0): readonly Part[] {
  const [top] = world.layers as readonly [Layer, ...Layer[]];
  const { spread, population } = world;
  const first = topology.first(node);
  const degree = topology.degree(node);
  const shown = Math.min(degree, MOST_PEERS);
  const shownState = population.up[node] === 0 ? 'down' : top.algorithm.states[top.algorithm.shown(top.state, node, top)]!.label;
  const parts: Part[] = [
    {
      type: 'fields',
      key: 'node',
      fields: [
        { key: 'state', label: 'state', value: shownState },
        { key: 'jid', label: 'address', value: stage.entities.jid[offset + node]!, mono: true, help: 'Name escaped by XEP-0106' },
        ...reachedFields(world, stage, node, offset),
        { key: 'degree', label: 'peers', value: top.degree(node).toLocaleString('en') },
        { key: 'load', label: 'messages', value: spread.load[node]!.toLocaleString('en'), help: 'Sent and taken in so far' },
        ...adversaryFields(world, node),
      ],
    },
    ...world.layers.map((layer): Part => ({
      type: 'fields',
      key: layer.index === 0 ? 'columns' : 'membership',
      title: `State (${layer.algorithm.id})`,
      fields: columns(layer, stage, node, offset),
    })),
    {
      type: 'table',
      key: 'peers',
      title: shown < degree ? `Links (first ${shown} of ${degree.toLocaleString('en')})` : 'Links',
      columns: ['to', 'ticks'],
      rows: Array.from({ length: shown }, (_, i) => {
        const peer = topology.target(first + i);
        const cells = [
          { text: stage.entities.name[offset + peer]!, link: { type: 'entity', index: offset + peer } as const },
          { text: topology.length(first + i).toLocaleString('en') },
        ];
        return { key: String(peer), cells };
      }),
      empty: 'This node has no outgoing link.',
    },
  ];
  return parts;
}

function reachedFields({ spread }: GraphWorld, stage: Stage, node: number, offset: number): Field[] {
  const known = Array.from({ length: spread.updates }, (_, u) => spread.learnedAt[node * spread.updates + u]!);
  if (spread.updates > 1)
    return [{ key: 'reached', label: 'knows', value: `${known.filter((tick) => tick >= 0).length} of ${spread.updates} updates` }];
  const tick = known[0]!;
  const parent = spread.parent[node]!;
  const fields: Field[] = [{ key: 'reached', label: 'reached', value: tick < 0 ? 'not yet' : `at tick ${tick.toLocaleString('en')}` }];
  if (parent >= 0)
    fields.push({
      key: 'parent',
      label: 'told by',
      value: stage.entities.name[offset + parent]!,
      link: { type: 'entity', index: offset + parent },
    });
  return fields;
}

function adversaryFields({ population }: GraphWorld, node: number): Field[] {
  const does = [population.drops, population.lies, population.floods].flatMap((are, i) =>
    are[node] === 1 ? [['sends nothing of its own', 'lies about values', 'sends everything ten times'][i]!] : [],
  );
  return does.length > 0 ? [{ key: 'adversary', label: 'adversary', value: does.join(', ') }] : [];
}

function columns(layer: Layer, stage: Stage, node: number, offset: number): Field[] {
  return Object.entries<ColumnSpec>(layer.algorithm.state).map(([name, spec]) => {
    const width = widthOf(spec, layer);
    const column = layer.state[name]!;
    const nodes = typeof spec !== 'string' && spec.nodes;
    const values = Array.from({ length: Math.min(width, MOST_VALUES) }, (_, i) => column[node * width + i]!);
    const texts = nodes ? values.filter((v) => v > 0).map((v) => stage.entities.name[offset + v - 1]!) : values.map(String);
    const more = width > MOST_VALUES ? `, … (${width.toLocaleString('en')} in all)` : '';
    return { key: name, label: name, value: (texts.join(', ') || 'none') + more, mono: true };
  });
}
