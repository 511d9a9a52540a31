/**
 * The causal past of an event, found when it is asked for: a vector clock (Fidge 1988; Mattern 1989) of every event would be events × entities
 * numbers. A past is closed at each entity, so how many of its events belong to it says all, and the walk looks at each event
 * of the past once. It goes back over messages breadth first: what first takes in an event did so over the fewest messages.
 */
import type { Leg } from '../../protocol/causality.ts';
import type { CausalOrder } from './order.ts';

/** So many events of the entity became known, by way of `message` (-1: they lie before the event at its own entity). */
interface Reach {
  readonly entity: number;
  readonly known: number;
  readonly message: number;
}

export interface Past {
  /** The vector clock, by entity: how many events of each lie in the past, the event itself included. */
  readonly vector: Uint32Array;
  readonly reaches: readonly Reach[];
}

/** @param floor events before this one are of no interest, and not all of them are counted then. */
export function pastOf(order: CausalOrder, ordinal: number, floor = 1): Past {
  const vector = new Uint32Array(order.entities);
  const reaches: Reach[] = [];
  /** Ranks `(first, last]` of an entity that have not been looked at. */
  let level: { readonly entity: number; readonly first: number; readonly last: number }[] = [];
  const reach = (event: number, message: number, next: typeof level): void => {
    const entity = order.entityOf(event);
    const known = order.rank(event);
    const first = vector[entity]!;
    if (known <= first) return;
    vector[entity] = known;
    reaches.push({ entity, known, message });
    next.push({ entity, first, last: known });
  };
  reach(ordinal, -1, level);
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { entity, first, last } of level) {
      const line = order.eventsOf(entity);
      for (let rank = last; rank > first; rank--) {
        const event = line[rank - 1]!;
        if (event < floor) break;
        const sent = order.originOf(event);
        if (sent >= floor) reach(sent, order.causeOf(event), next);
      }
    }
    level = next;
  }
  return { vector, reaches };
}

/** `early` lies in the past of `late`, or is it. @param past of `late`, with a floor no later than `early`. */
export const isIn = (order: CausalOrder, past: Past, early: number): boolean => past.vector[order.entityOf(early)]! >= order.rank(early);

/** The way from `early` to `late`, over the fewest messages. @param past of `late`, in which `early` is. */
export function wayTo(order: CausalOrder, past: Past, early: number, late: number): Leg[] {
  const legs: Leg[] = [];
  for (let at = early; at !== late;) {
    const entity = order.entityOf(at);
    const rank = order.rank(at);
    const { message } = past.reaches.find((reach) => reach.entity === entity && reach.known >= rank)!;
    const leaves = message < 0 ? late : order.sentIn(message);
    if (leaves !== at) legs.push({ from: at, to: leaves, message: -1 });
    if (message < 0) break;
    const arrives = order.endOf(message);
    legs.push({ from: leaves, to: arrives, message });
    at = arrives;
  }
  return legs;
}
