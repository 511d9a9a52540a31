/** Events on the lines of the space-time diagram, one by one or counted by column. */
import type { DiagramArgs, DiagramDensity, DiagramMarks } from '../../protocol/diagram.ts';
import type { CausalOrder } from '../causality/order.ts';
import { upperBound } from '../kernel/column.ts';
import { What } from '../kernel/journal.ts';

/** Events between two columns below which they are walked, and not searched. */
const FEW_A_COLUMN = 16;

type Span = Pick<DiagramArgs, 'axis' | 'from' | 'to' | 'lines' | 'first' | 'last' | 'most' | 'columns'>;

const none = (): DiagramMarks => ({
  ordinal: new Uint32Array(),
  at: new Float64Array(),
  entity: new Uint32Array(),
  what: new Uint8Array(),
  message: new Int32Array(),
});
export const NO_MARKS = none();

/** Entities on the lines in view. */
function* inView({ lines, first, last }: Span): Generator<number> {
  for (let entity = 0; entity < lines.length; entity++) if (lines[entity]! >= first && lines[entity]! <= last) yield entity;
}

/** Events of the lines in view, in order; undefined where they are more than wanted. */
export function marksOf(order: CausalOrder, before: number, last: number, args: Span): DiagramMarks | undefined {
  const ordinals: number[] = [];
  // Arrivals are the ends of stanzas: so many marks hold no more than twice as much as these.
  const most = 2 * args.most;
  for (const entity of inView(args)) {
    const events = order.eventsOf(entity);
    const end = order.countUpTo(entity, last);
    const begin = order.countUpTo(entity, before);
    if (ordinals.length + end - begin > most) return undefined;
    for (let i = begin; i < end; i++) ordinals.push(events[i]!);
  }
  ordinals.sort((a, b) => a - b);
  const { tick, entity, what, subject } = order.journal.events;
  return {
    ordinal: Uint32Array.from(ordinals),
    at: Float64Array.from(ordinals, (ordinal) => (args.axis === 'time' ? tick.get(ordinal - 1) : ordinal)),
    entity: Uint32Array.from(ordinals, (ordinal) => entity.get(ordinal - 1)),
    what: Uint8Array.from(ordinals, (ordinal) => what.get(ordinal - 1)),
    message: Int32Array.from(ordinals, (ordinal) => (what.get(ordinal - 1) === What.arrival ? subject.get(ordinal - 1) : -1)),
  };
}

export function densityOf(order: CausalOrder, before: number, last: number, args: Span): DiagramDensity {
  const { axis, from, to, first, columns, lines } = args;
  const { journal } = order;
  // Column c holds the events after ends[c - 1] up to and with ends[c].
  const ends = Array.from({ length: columns }, (_, c) => {
    const place = from + ((to - from) * (c + 1)) / columns;
    const ordinal = axis === 'time' ? journal.ordinalAt(Math.ceil(place) - 1) : Math.ceil(place) - 1;
    return c === columns - 1 ? last : Math.min(Math.max(before, ordinal), last);
  });
  const counts = new Uint32Array((args.last - first + 1) * columns);
  for (const entity of inView(args)) {
    const row = (lines[entity]! - first) * columns;
    const events = order.eventsOf(entity);
    const end = order.countUpTo(entity, last);
    let i = order.countUpTo(entity, before);
    const search = end - i > columns * FEW_A_COLUMN;
    for (let c = 0; c < columns && i < end; c++) {
      const begin = i;
      if (search) i = upperBound((k) => events[k]!, i, end, ends[c]!);
      else while (i < end && events[i]! <= ends[c]!) i++;
      counts[row + c] = counts[row + c]! + i - begin;
    }
  }
  let highest = 0;
  for (const count of counts) if (count > highest) highest = count;
  return { columns, counts, highest };
}
