/** Two events: which happened before which, the way that proves it, and their stamps in logical time. */
import { InputError } from '../../base/result.ts';
import type { Relation, RelationArgs, Stamp } from '../../protocol/causality.ts';
import type { Entities } from '../../protocol/scene.ts';
import type { CausalOrder } from './order.ts';
import { isIn, pastOf, wayTo } from './past.ts';

const MOST_LEGS = 200;
const MOST_ENTRIES = 40;

export function relationOf(order: CausalOrder, entities: Pick<Entities, 'name'>, { a, b }: RelationArgs): Relation {
  for (const ordinal of [a, b])
    if (!Number.isInteger(ordinal) || ordinal < 1 || ordinal > order.journal.eventCount)
      throw new InputError({
        message: `there is no event ${ordinal} in this run`,
        hint: `Events are numbered from 1 to ${order.journal.eventCount}.`,
      });
  const [early, late] = a < b ? [a, b] : [b, a];
  const between = pastOf(order, late, early);
  const related = isIn(order, between, early);
  const path = related ? wayTo(order, between, early, late) : [];
  const relation = a === b ? 'same' : !related ? 'concurrent' : a < b ? 'before' : 'after';
  const { vector, entries } = stamps(order, a, b);
  const at = (ordinal: number): string => `#${ordinal} at ${entities.name[order.entityOf(ordinal)]}`;
  return {
    relation,
    lamport: [order.lamport(a), order.lamport(b)],
    path: path.slice(0, MOST_LEGS),
    legs: path.length,
    vector,
    entries,
    text: sentence(relation, at(early), at(late), path.filter(({ message }) => message >= 0).length),
  };
}

function sentence(relation: Relation['relation'], early: string, late: string, messages: number): string {
  if (relation === 'same') return `${early} is one event.`;
  if (relation === 'concurrent') return `${early} and ${late} are concurrent: neither can have influenced the other.`;
  const how = messages === 0 ? 'at the same entity' : `over ${messages} ${messages === 1 ? 'message' : 'messages'}`;
  return `${early} happened before ${late}: ${how}.`;
}

function stamps(order: CausalOrder, a: number, b: number): { readonly vector: readonly Stamp[]; readonly entries: number } {
  const [one, other] = [pastOf(order, a).vector, pastOf(order, b).vector];
  const all: Stamp[] = [];
  for (let entity = 0; entity < one.length; entity++)
    if (one[entity]! > 0 || other[entity]! > 0) all.push({ entity, a: one[entity]!, b: other[entity]! });
  const own = new Set([order.entityOf(a), order.entityOf(b)]);
  const apart = (stamp: Stamp): number => (own.has(stamp.entity) ? Infinity : Math.abs(stamp.a - stamp.b));
  const vector = all.toSorted((x, y) => (apart(x) === apart(y) ? x.entity - y.entity : apart(y) - apart(x))).slice(0, MOST_ENTRIES);
  return { vector, entries: all.length };
}
