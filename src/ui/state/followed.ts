/** The stanza that is followed, with its whole causal tree, as any view reads it: `live.get().followed`. */
import type { Followed } from '../../protocol/causality.ts';

export interface Story {
  readonly tree: Followed;
  /** The row of `tree` that is this message; undefined for one that is not in it. */
  rowOf(message: number): number | undefined;
  /** Something of it was sent or came to its end in this event. */
  holds(ordinal: number): boolean;
  /** Entities that sent or took in any of it. */
  readonly entities: ReadonlySet<number>;
}

export function storyOf(tree: Followed): Story {
  const rows = new Map<number, number>();
  const ordinals = new Set<number>();
  const entities = new Set<number>();
  for (let i = 0; i < tree.id.length; i++) {
    rows.set(tree.id[i]!, i);
    ordinals.add(tree.trigger[i]!);
    ordinals.add(tree.arrival[i]!);
    entities.add(tree.from[i]!);
    entities.add(tree.to[i]!);
  }
  ordinals.delete(0);
  return { tree, rowOf: (message) => rows.get(message), holds: (ordinal) => ordinals.has(ordinal), entities };
}
