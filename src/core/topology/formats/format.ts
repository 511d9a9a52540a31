/** What a file format of graphs is: one file, one line in the index. */
import type { GraphData } from '../../../protocol/protocol.ts';

export interface GraphFormat {
  readonly id: string;
  readonly title: string;
  /** Without the dot; the first one is that of written files. */
  readonly extensions: readonly string[];
  /** Media type of written files. */
  readonly type: string;
  /** @throws InputError that names the file and, where it is known, line and column. */
  read(text: string, name: string): GraphData;
  /** Reading it again gives the same nodes, names, links, lengths, direction and positions, each in the same order. */
  write(graph: GraphData): string;
}

/** Whether the links mention all nodes, in their order: then a format may leave it to them to say who is there. */
export function toldByLinks(graph: GraphData): boolean {
  let next = 0;
  for (let i = 0; i < graph.from.length; i++) {
    for (const node of [graph.from[i]!, graph.to[i]!]) {
      if (node > next) return false;
      if (node === next) next++;
    }
  }
  return next === graph.names.length;
}
