/** What was answered of the window last, and what is asked next: one request at a time, the latest wish first. */
import type { Diagram, DiagramArgs } from '../../protocol/diagram.ts';
import type { Lines } from './lines.ts';

/** How much more than the window is asked for on each side, in windows, so that a pan has something to show. */
const MARGIN = 0.6;
const LINE_MARGIN = 6;
/** While the run is being computed, its end is asked for again not more often than this. */
const PAUSE_MS = 150;

export interface Wish extends Omit<DiagramArgs, 'lines'> {
  readonly lines: Lines;
  /** Events known by now. */
  readonly known: number;
  /** The filter that is on, and how far it has been asked. */
  readonly filter: string;
  readonly asked: number;
}
/** An answer, with the lines that it is about. */
export interface Held {
  readonly data: Diagram;
  readonly lines: Lines;
}

export interface DiagramCache {
  get(): Held | null;
  want(wish: Wish): void;
  close(): void;
}

export function createDiagramCache(
  ask: (args: DiagramArgs) => Promise<Diagram>,
  arrived: () => void,
  failed: (error: unknown) => void,
): DiagramCache {
  let held: (Held & { readonly wish: Wish }) | null = null;
  /** Whether more than the window is asked for: not where that would be too much to be listed. */
  let wide = true;
  let wish: Wish | undefined;
  let busy = false;
  let closed = false;

  const covers = (w: Wish): boolean => {
    if (
      !held ||
      held.lines !== w.lines ||
      held.data.axis !== w.axis ||
      held.wish.filter !== w.filter ||
      (w.keep ?? []).join() !== (held.wish.keep ?? []).join()
    )
      return false;
    const { data } = held;
    // Counts are for these columns and no others.
    if (data.density) return held.wish.from === w.from && held.wish.to === w.to && held.wish.first === w.first && held.wish.last === w.last;
    return data.from <= Math.max(0, w.from) && data.to >= Math.min(w.to, data.end) && data.first <= w.first && data.last >= w.last;
  };
  /** The window reaches beyond what was known, and more is known now. */
  const isOld = (w: Wish): boolean => held !== null && ((w.to >= held.data.end && w.known > held.data.known) || w.asked > held.wish.asked);

  const fetchOnce = async (w: Wish): Promise<void> => {
    const { lines, known: _, filter: __, asked: ___, ...args } = w;
    const margin = wide ? MARGIN * (args.to - args.from) : 0;
    const more = wide ? LINE_MARGIN : 0;
    const data = await ask({
      ...args,
      from: wide ? Math.max(0, args.from - margin) : args.from,
      to: args.to + margin,
      first: Math.max(0, args.first - more),
      last: Math.min(lines.list.length - 1, args.last + more),
      lines: lines.of,
      most: wide ? args.most * (1 + 2 * MARGIN) : args.most,
    });
    if (closed) return;
    if (data.density && wide) {
      // Too much with the margin: the window alone may be readable.
      wide = false;
      await fetchOnce(wish ?? w);
      return;
    }
    wide = data.density === null && data.messages.id.length * 3 < args.most;
    held = { data, lines, wish: w };
    arrived();
  };
  const pump = async () => {
    busy = true;
    try {
      while (wish && !closed) {
        const grown = covers(wish);
        if (grown && !isOld(wish)) break;
        await fetchOnce(wish);
        if (grown) await new Promise((done) => setTimeout(done, PAUSE_MS));
      }
    } catch (error) {
      failed(error);
    } finally {
      busy = false;
    }
  };

  return {
    get: () => held,
    want(next) {
      wish = next;
      if (!busy) void pump();
    },
    close() {
      closed = true;
    },
  };
}
