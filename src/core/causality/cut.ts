/** Cuts through a run: consistent or not, what breaks them, what is under way across them. Chandy and Lamport, ACM TOCS 3(1), 1985. */
import { InputError } from '../../base/result.ts';
import type { Crossing, Cut, CutArgs } from '../../protocol/causality.ts';
import type { Entities } from '../../protocol/scene.ts';
import type { CausalOrder } from './order.ts';

const MOST_CROSSINGS = 100;

export function cutOf(order: CausalOrder, entities: Pick<Entities, 'name'>, args: CutArgs): Cut {
  const frontier = frontierOf(order, entities.name.length, args);
  const { broken, underWay } = crossings(order, frontier);
  let events = 0;
  for (let entity = 0; entity < order.entities; entity++) events += order.countUpTo(entity, frontier[entity]!);
  const greatest = broken.length === 0 ? [] : greatestIn(order, frontier);
  return {
    consistent: broken.length === 0,
    events,
    broken: broken.slice(0, MOST_CROSSINGS),
    brokenCount: broken.length,
    underWay: underWay.slice(0, MOST_CROSSINGS),
    underWayCount: underWay.length,
    greatest,
    text: sentence(entities, broken, underWay.length),
  };
}

function sentence({ name }: Pick<Entities, 'name'>, broken: readonly Crossing[], underWay: number): string {
  const [first] = broken;
  if (!first) return `Somebody could have seen the run like this, with ${underWay} under way.`;
  const more = broken.length > 1 ? ` So do ${broken.length - 1} more.` : '';
  return `What ${name[first.from]} sent to ${name[first.to]} in #${first.trigger} arrives inside, in #${first.arrival}, and was sent outside.${more}`;
}

/** By entity: the last ordinal that may belong to the cut. */
function frontierOf(order: CausalOrder, entities: number, { by, at, frontier }: CutArgs): Float64Array {
  const { journal } = order;
  const ordinal = (position: number): number => {
    if (!Number.isFinite(position)) throw new InputError(`a cut’s position is ${by === 'tick' ? 'a tick' : 'an ordinal'}, not ${position}`);
    return Math.min(Math.max(0, by === 'tick' ? journal.ordinalAt(position) : Math.floor(position)), journal.eventCount);
  };
  const last = new Float64Array(Math.max(entities, order.entities)).fill(ordinal(at));
  for (const [entity, position] of frontier) {
    if (!Number.isInteger(entity) || entity < 0 || entity >= last.length) throw new InputError(`there is no entity ${entity} in this run`);
    last[entity] = ordinal(position);
  }
  return last;
}

/** In the order of sending. What was sent and came to its end before every position of the cut does not cross it. */
function crossings(order: CausalOrder, frontier: Float64Array): { readonly broken: Crossing[]; readonly underWay: Crossing[] } {
  const { journal } = order;
  const { messages } = journal;
  const [broken, underWay]: [Crossing[], Crossing[]] = [[], []];
  const first = frontier.reduce((a, b) => Math.min(a, b), Infinity);
  const end = journal.sentBy(frontier.reduce((a, b) => Math.max(a, b), 0))[1];
  for (let message = 0; message < end; message++) {
    const arrival = order.endOf(message);
    if (arrival > 0 && arrival <= first) continue;
    const trigger = order.sentIn(message);
    const sentInside = trigger === 0 || trigger <= frontier[order.entityOf(trigger)]!;
    const endsInside = arrival > 0 && arrival <= frontier[order.entityOf(arrival)]!;
    if (sentInside === endsInside) continue;
    // What was lost never came, and so breaks nothing.
    if (endsInside && order.causeOf(arrival) !== message) continue;
    const crossing = { message, from: messages.from.get(message), to: messages.to.get(message), trigger, arrival };
    (sentInside ? underWay : broken).push(crossing);
  }
  return { broken, underWay };
}

/**
 * Takes away what was caused from outside, and what that caused. Once through the messages in the order of sending is enough: what
 * is taken away sent nothing before it arrived.
 */
function greatestIn(order: CausalOrder, given: Float64Array): [number, number][] {
  const { journal } = order;
  const frontier = given.slice();
  const changed = new Set<number>();
  const end = journal.sentBy(given.reduce((a, b) => Math.max(a, b), 0))[1];
  for (let message = journal.messagesAtStart; message < end; message++) {
    const trigger = order.sentIn(message);
    const arrival = order.endOf(message);
    if (arrival === 0 || trigger <= frontier[order.entityOf(trigger)]!) continue;
    const entity = order.entityOf(arrival);
    if (arrival > frontier[entity]! || order.causeOf(arrival) !== message) continue;
    frontier[entity] = order.previous(arrival);
    changed.add(entity);
  }
  return [...changed].sort((a, b) => a - b).map((entity) => [entity, frontier[entity]!]);
}
