/** The graph of an open scene as a file. */
import { InputError } from '../../base/result.ts';
import type { GraphData } from '../../protocol/protocol.ts';
import type { Links } from '../../protocol/scene.ts';
import { formatOf } from '../topology/formats/index.ts';
import type { World } from './world.ts';

/** @throws InputError where the scene has more links than the page holds, or there is no such format. */
export function exportGraph(world: World, formatId: string): { readonly name: string; readonly type: string; readonly text: string } {
  const { stage, scenario } = world;
  const format = formatOf(formatId);
  if (stage.linksOmitted !== undefined)
    throw new InputError({
      message: 'This graph cannot be exported in the page: it has too many links, and the page does not hold them.',
      hint: `On the command line it can: stanzascope graph … --format ${format.id} --out FILE`,
    });
  const { name, detail, jid, position } = stage.entities;
  const whole = name.map((short, i) => short + (detail[i] ?? ''));
  const names = new Set(whole).size === whole.length ? whole : jid;
  const graph = {
    name: scenario.title,
    names,
    ...linesOf(stage.links, names.length),
    ...(position ? { positions: position } : {}),
    notes: [],
  };
  const file = scenario.model === 'gossip' && scenario.topology.id === 'file' ? scenario.topology.file : undefined;
  const stem = file?.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '') || scenario.id;
  return { name: `${stem}.${format.extensions[0]}`, type: format.type, text: format.write(graph) };
}

/** One line for both directions, if every link has its twin of the same length. */
function linesOf({ from, to, latency }: Links, nodes: number): Pick<GraphData, 'directed' | 'from' | 'to' | 'length'> {
  const lengths = new Map<number, number>();
  for (let i = 0; i < from.length; i++) lengths.set(from[i]! * nodes + to[i]!, latency[i]!);
  const twins = from.every((u, i) => lengths.get(to[i]! * nodes + u) === latency[i]!);
  const keep = Array.from(from.keys()).filter((i) => !twins || from[i]! < to[i]!);
  const column = (of: ArrayLike<number>) => keep.map((i) => of[i]!);
  return {
    directed: !twins,
    from: Uint32Array.from(column(from)),
    to: Uint32Array.from(column(to)),
    length: Float64Array.from(column(latency)),
  };
}
