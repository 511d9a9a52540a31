/**
 * A window of the space-time diagram. Complete by construction: what was in flight before the window, and what is sent within it.
 * A window that holds more than can be told apart is answered in counts, by line and column, and says so.
 */
import type { AlongArgs, Diagram, DiagramArgs } from '../../protocol/diagram.ts';
import type { CausalOrder } from '../causality/order.ts';
import type { JournalFold } from '../kernel/fold.ts';
import type { Journal } from '../kernel/journal.ts';
import { threadsOf } from './causes.ts';
import { densityOf, marksOf, NO_MARKS } from './diagram-marks.ts';
import { listed } from './diagram-messages.ts';
import { filterOn } from './queries.ts';
import type { Run } from './run.ts';
import { roundMarks } from './views.ts';

const MOST_CHANGES = 40_000;
const MOST_ROUNDS = 400;

/** The next or previous event of a line. */
export function along(order: CausalOrder, { entities, from, back }: AlongArgs): { readonly ordinal: number | null } {
  let best: number | null = null;
  for (const entity of entities) {
    const next = order.eventsOf(entity)[back ? order.countUpTo(entity, from - 1) - 1 : order.countUpTo(entity, from)];
    if (next !== undefined && (best === null || (back ? next > best : next < best))) best = next;
  }
  return { ordinal: best };
}

/** The last event before the window, and the last one in it. */
function boundsOf(journal: Journal, { axis, from, to }: Pick<DiagramArgs, 'axis' | 'from' | 'to'>): readonly [number, number] {
  if (axis === 'time') return [from > 0 ? journal.ordinalAt(Math.ceil(from) - 1) : 0, journal.ordinalAt(Math.floor(to))];
  const bound = (value: number): number => Math.min(Math.max(0, value), journal.eventCount);
  return [bound(Math.ceil(from) - 1), bound(Math.floor(to))];
}

/** @param fold the diagram's own cursor over the journal; it is moved to the window's beginning. */
export function diagramOf(run: Run, fold: JournalFold, args: DiagramArgs): Diagram {
  const { journal } = run;
  const { axis, from, to, first, last } = args;
  const threads = threadsOf(run);
  const { order } = threads;
  const [before, lastOrdinal] = boundsOf(journal, args);
  fold.seek(before);
  const found = crossing(journal, fold, lastOrdinal, args);
  const marks = found.ids && marksOf(order, before, lastOrdinal, args);
  const ids = marks ? found.ids : (args.keep ?? []).filter((id) => crosses(order, id, before, lastOrdinal));
  const filter = filterOn(run);
  const shown = marks ?? NO_MARKS;
  return {
    axis,
    from,
    to,
    first,
    last,
    firstOrdinal: before + 1,
    lastOrdinal,
    known: journal.eventCount,
    end: axis === 'time' ? journal.tickOf(journal.eventCount) : journal.eventCount,
    ...listed(run, threads, ids, axis),
    crossing: found.all,
    inner: marks ? found.inner : 0,
    marks: shown,
    passes: filter
      ? {
          messages: Uint8Array.from(ids, (id) => (filter.hasMessage(id) ? 1 : 0)),
          marks: Uint8Array.from(shown.ordinal, (ordinal) => (filter.has(ordinal) ? 1 : 0)),
        }
      : null,
    density: marks ? null : densityOf(order, before, lastOrdinal, args),
    states: fold.states.slice(),
    ...changesOf(journal, before, lastOrdinal, args),
    rounds: roundMarks(run, before + 1, lastOrdinal, MOST_ROUNDS).map(({ round, ordinal, tick }) => ({
      round,
      at: axis === 'time' ? tick : ordinal,
    })),
  };
}

/** Both ends hidden, or above or below all lines in view: then nothing of it is seen. */
function isShown(a: number, b: number, first: number, last: number): boolean {
  if (a < 0 && b < 0) return false;
  const low = a < 0 ? b : b < 0 ? a : Math.min(a, b);
  const high = Math.max(a, b);
  return low <= last && high >= first;
}

/** Ids of all that travel in the window and are shown, in order; none where they are more than wanted. */
function crossing(
  journal: Journal,
  fold: JournalFold,
  lastOrdinal: number,
  { lines, first, last, most }: Pick<DiagramArgs, 'lines' | 'first' | 'last' | 'most'>,
): { readonly ids: readonly number[] | undefined; readonly all: number; readonly inner: number } {
  const { from, to } = journal.messages;
  const sentFrom = journal.sentBy(fold.ordinal)[1];
  const sentTo = Math.max(sentFrom, journal.sentBy(lastOrdinal)[1]);
  const all = fold.inFlight + sentTo - sentFrom;
  const ids: number[] = [];
  let inner = 0;
  const add = (id: number): void => {
    const a = lines[from.get(id)] ?? -1;
    const b = lines[to.get(id)] ?? -1;
    if (!isShown(a, b, first, last)) return;
    if (a === b) inner++;
    else ids.push(id);
  };
  for (const id of fold.flights()) {
    add(id);
    if (ids.length > most) return { ids: undefined, all, inner };
  }
  for (let id = sentFrom; id < sentTo; id++) {
    add(id);
    if (ids.length > most) return { ids: undefined, all, inner };
  }
  return { ids, all, inner };
}

function crosses(order: CausalOrder, id: number, before: number, last: number): boolean {
  const { journal } = order;
  const end = order.endOf(id);
  return id >= 0 && id < journal.messageCount && journal.messages.trigger.get(id) <= last && (end === 0 || end > before);
}

/** What the shown states of the lines in view are changed to. */
function changesOf(
  journal: Journal,
  before: number,
  lastOrdinal: number,
  { axis, lines, first, last }: DiagramArgs,
): Pick<Diagram, 'changes' | 'changesThinned'> {
  const { entity, after } = journal.changes;
  const at: number[] = [];
  const entities: number[] = [];
  const states: number[] = [];
  let ordinal = before;
  let end = journal.changedBy(before)[1];
  const stop = journal.changedBy(Math.max(before, lastOrdinal))[1];
  for (let change = end; change < stop && at.length < MOST_CHANGES; change++) {
    while (change >= end) end = journal.changedBy(++ordinal)[1];
    const line = lines[entity.get(change)] ?? -1;
    if (line < first || line > last) continue;
    at.push(axis === 'time' ? journal.tickOf(ordinal) : ordinal);
    entities.push(entity.get(change));
    states.push(after.get(change));
  }
  const changes = { at: Float64Array.from(at), entity: Uint32Array.from(entities), state: Uint8Array.from(states) };
  return { changes, changesThinned: at.length >= MOST_CHANGES };
}
