/** Filters and breakpoints of an open run: expressions watched by name, and what is asked of them. */
import { parseQuery } from '../../base/query/parser.ts';
import { InputError } from '../../base/result.ts';
import type { Frame, RequestName, Requests } from '../../protocol/protocol.ts';
import type { FilterFrame, Stop, Watched } from '../../protocol/query.ts';
import { VOCABULARY } from '../../protocol/vocabulary.ts';
import { News } from '../causality/threads.ts';
import { What } from '../kernel/journal.ts';
import { alikeTo } from '../query/like.ts';
import { rank, Scan } from '../query/scan.ts';
import type { Source } from '../query/source.ts';
import { WorldTimer } from '../rpc/plan.ts';
import { newsOf, orderOf, threadsOf } from './causes.ts';
import type { Run } from './run.ts';
import { messageView, rowOf } from './views.ts';

type Handlers<N extends RequestName> = { readonly [K in N]: (args: Requests[K]['args']) => Requests[K]['reply'] };

/** Name of the expression that filters the views. */
const FILTER = 'filter';
const MOST_CONTEXT = 100;
const MOST_WATCHED = 100;
/** Rows answered at once. */
const MOST_ROWS = 2000;

interface Watch {
  readonly text: string;
  readonly scan: Scan;
}

/** What one run is asked; it goes with the run. */
class Queries {
  readonly watches = new Map<string, Watch>();
  readonly source: Source;

  constructor(run: Run) {
    const { journal, world } = run;
    this.source = {
      journal,
      stage: world.stage,
      unit: world.unit,
      summary: (ordinal) => rowOf(run, ordinal).what,
      view: (id) => messageView(run, id),
      isKnown: world.stage.updatesIn ? (id) => newsOf(run, id) === News.known : () => false,
      notes: () => ({
        journal,
        stage: world.stage,
        // Not every finder reads them, and they take long in a long run.
        get order() {
          return orderOf(run);
        },
        get threads() {
          return threadsOf(run);
        },
      }),
      isChange(ordinal) {
        const what = journal.events.what.get(ordinal - 1);
        return what === What.intervention || (what === What.timer && journal.events.subject.get(ordinal - 1) === WorldTimer.change);
      },
    };
  }
  need(name: string): Scan {
    const watch = this.watches.get(name);
    if (!watch) throw new InputError(`nothing is watched under the name ${JSON.stringify(name)}`);
    return watch.scan;
  }
}
const kept = new WeakMap<Run, Queries>();
function queriesOf(run: Run): Queries {
  let queries = kept.get(run);
  if (!queries) kept.set(run, (queries = new Queries(run)));
  return queries;
}

export const queries = (current: () => Run): Handlers<'alike' | 'watch' | 'filtered' | 'placeOf' | 'involved' | 'stop' | 'stops'> => ({
  alike: ({ target }) => alikeTo(queriesOf(current()).source, target),
  watch: ({ name, text, context = 0 }) => ({ watched: watch(queriesOf(current()), name, text, context) }),
  filtered: ({ name, from, count }) => {
    const run = current();
    const scan = queriesOf(run).need(name);
    const first = Math.max(1, Math.floor(from));
    const last = Math.min(scan.shown.length, first + Math.min(Math.max(0, Math.floor(count)), MOST_ROWS) - 1);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
      const ordinal = scan.shown.get(first + i - 1);
      return { ...rowOf(run, ordinal), around: !scan.has(ordinal) };
    });
  },
  placeOf: ({ name, ordinal }) => ({ place: rank(queriesOf(current()).need(name).shown, ordinal - 1) + 1 }),
  involved: ({ name }) => queriesOf(current()).need(name).involved.slice(),
  stop: ({ names, from, back }) => stopOf(current(), names, from, back),
  stops({ name, most, at }) {
    const { stops } = queriesOf(current()).need(name);
    const count = Math.min(stops.length, Math.max(1, Math.floor(most)));
    const ordinals = Uint32Array.from({ length: count }, (_, i) => stops.get(Math.floor((i * stops.length) / count)));
    return { ordinals, passed: rank(stops, at) };
  },
});

function watch({ watches, source }: Queries, name: string, text: string | null, context: number): Watched | null {
  if (text === null) {
    watches.delete(name);
    return null;
  }
  const parsed = parseQuery(text, VOCABULARY);
  if (!parsed.ok) {
    const { at, message, hint } = parsed.fault;
    throw new InputError({ message: `At position ${at + 1}: ${message}`, line: 1, column: at + 1, hint });
  }
  if (!watches.has(name) && watches.size >= MOST_WATCHED)
    throw new InputError({ message: `More than ${MOST_WATCHED} expressions at once are not watched.`, hint: 'Delete a breakpoint.' });
  const scan = new Scan(parsed.expr, source, Math.min(Math.max(0, Math.floor(context)), MOST_CONTEXT));
  const made = { text, scan };
  watches.set(name, made);
  return watched(name, made);
}
const watched = (name: string, { text, scan }: Watch): Watched => ({
  name,
  text,
  scanned: scan.scanned,
  matches: scan.matches.length,
  shown: scan.shown.length,
  stops: scan.stops.length,
});

function stopOf(run: Run, names: readonly string[], from: number, back: boolean): Stop {
  const all = queriesOf(run);
  const scans = names.map((name) => [name, all.need(name)] as const);
  let nearest = back ? 0 : Infinity;
  for (const [, { stops }] of scans) {
    const at = back ? rank(stops, from - 1) - 1 : rank(stops, from);
    if (at < 0 || at >= stops.length) continue;
    nearest = back ? Math.max(nearest, stops.get(at)) : Math.min(nearest, stops.get(at));
  }
  const scanned = Math.min(run.journal.eventCount, ...scans.map(([, scan]) => scan.scanned));
  const position = (ordinal: number) => ({ ordinal, tick: run.journal.tickOf(ordinal) });
  // Another one that is not that far yet may have a nearer stop.
  const sure = back ? scanned >= from - 1 : nearest <= scanned;
  const stopping = scans.filter(([, { stops }]) => stops.length > 0 && stops.get(rank(stops, nearest) - 1) === nearest);
  const found = nearest > 0 && nearest < Infinity && sure;
  return {
    stop: found ? { ...position(nearest), names: stopping.map(([name]) => name) } : null,
    clear: position(back ? 0 : Math.max(Math.min(from, run.journal.eventCount), scanned)),
    final: back ? sure : run.ended !== 'running' && scans.every(([, scan]) => scan.isComplete),
  };
}

/** A row for which words or a stanza have to be made costs as much as so many others. */
const DEAR = 16;
/** Asks about at most `events` events more with each expression, fewer where that is dear; answers whether there is more to ask. */
export function askOn(run: Run, events: number): boolean {
  const scans = [...(kept.get(run)?.watches.values() ?? [])].map(({ scan }) => scan);
  const dear = scans.filter(({ isCheap, scanned }) => !isCheap && scanned < run.journal.eventCount).length;
  let more = false;
  for (const scan of scans)
    more = scan.advance(scan.isCheap ? events : Math.ceil(events / (DEAR * Math.max(1, dear))), run.quietUntil) || more;
  return more;
}
export const watchedBy = (run: Run): readonly Watched[] | undefined => {
  const watches = kept.get(run)?.watches;
  return watches && watches.size > 0 ? [...watches].map(([name, watch]) => watched(name, watch)) : undefined;
};

/** When an expression that is watched stops the run at this event; undefined where none does. */
export function tickOfStop(run: Run, ordinal: number): number | undefined {
  for (const { scan } of kept.get(run)?.watches.values() ?? []) {
    const tick = scan.tickOfStop(ordinal);
    if (tick !== undefined) return tick;
  }
  return undefined;
}

/** The filter's part of a frame. */
export function filterAt(run: Run, ordinal: number, flights: Frame['flights']): FilterFrame | undefined {
  const scan = kept.get(run)?.watches.get(FILTER)?.scan;
  if (!scan) return undefined;
  return { place: rank(scan.shown, ordinal), flights: Uint8Array.from(flights.id, (id) => (scan.hasMessage(id) ? 1 : 0)) };
}

/** What the filter lets through, of messages as they would be on arrival; undefined while nothing is filtered. */
export function filterOn(run: Run): { hasMessage(id: number): boolean; has(ordinal: number): boolean } | undefined {
  return kept.get(run)?.watches.get(FILTER)?.scan;
}
