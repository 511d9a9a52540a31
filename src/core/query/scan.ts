/** One expression asked of every event of a run, a slice at a time, while the run grows: where it holds, what is shown, where a run stops. */
import type { Expr } from '../../base/query/ast.ts';
import { Column, upperBound } from '../kernel/column.ts';
import { What } from '../kernel/journal.ts';
import { Matcher } from './compile.ts';
import type { Source } from './source.ts';

export class Scan {
  /** Events asked about. */
  scanned = 0;
  /** The end of the run is asked about, too. */
  isComplete = false;
  /** Ordinals, ascending: where it holds; those and what stands near them; where it stops a run. */
  readonly matches = Column.u32();
  readonly shown = Column.u32();
  readonly stops = Column.u32();
  /** When the stops are. */
  private readonly stopTicks = Column.f64();
  /** 1 by entity that takes part in something that matches. */
  readonly involved: Uint8Array;
  private readonly source: Source;
  private readonly matcher: Matcher;
  private readonly context: number;
  /** 1 by message that arrived in a row that matches. */
  private readonly messages = Column.u8();
  private held: boolean;
  private behind = 0;

  /** @param context rows before and behind each match that are shown with it. */
  constructor(expr: Expr, source: Source, context = 0) {
    this.source = source;
    this.context = context;
    this.matcher = new Matcher(expr, source);
    this.involved = new Uint8Array(source.stage.entities.name.length);
    this.held = this.matcher.matches(0);
  }

  get isCheap(): boolean {
    return this.matcher.isCheap;
  }
  /**
   * Asks about at most `events` more; answers whether there are still more. @param quietUntil of a run that has ended: the tick up to which nothing more
   * happens, Infinity where nothing ever does.
   */
  advance(events: number, quietUntil?: number): boolean {
    const { eventCount } = this.source.journal;
    const last = Math.min(eventCount, this.scanned + events);
    while (this.scanned < last) this.look(++this.scanned);
    if (this.scanned < eventCount) return true;
    if (quietUntil !== undefined && !this.isComplete) this.close(quietUntil);
    return false;
  }
  /** The silence in which a run ends ends in no event, so it is asked about by itself. What begins to hold in it stops the run where that ends. */
  private close(quietUntil: number): void {
    this.isComplete = true;
    if (this.scanned > 0 && !this.held && this.matcher.holdsAtEnd(quietUntil)) this.stopAt(this.scanned);
  }
  private look(ordinal: number): void {
    const holds = this.matcher.matches(ordinal);
    if (holds) {
      this.matches.push(ordinal);
      const last = this.shown.length > 0 ? this.shown.get(this.shown.length - 1) : 0;
      for (let near = Math.max(last + 1, ordinal - this.context); near <= ordinal; near++) this.shown.push(near);
      this.behind = this.context;
      this.take(ordinal);
      if (!this.matcher.level || !this.held) this.stopAt(ordinal);
    } else if (this.behind > 0) {
      this.behind--;
      this.shown.push(ordinal);
    }
    this.held = holds;
  }
  private take(ordinal: number): void {
    const { events, messages } = this.source.journal;
    const what = events.what.get(ordinal - 1);
    this.involved[events.entity.get(ordinal - 1)] = 1;
    if (what !== What.arrival) return;
    const id = events.subject.get(ordinal - 1);
    this.involved[messages.from.get(id)] = 1;
    while (this.messages.length <= id) this.messages.push(0);
    this.messages.set(id, 1);
  }

  private stopAt(ordinal: number): void {
    this.stops.push(ordinal);
    this.stopTicks.push(this.source.journal.tickOf(ordinal));
  }
  /** When it stops the run at this event; undefined where it does not. */
  tickOfStop(ordinal: number): number | undefined {
    const at = rank(this.stops, ordinal) - 1;
    return at >= 0 && this.stops.get(at) === ordinal ? this.stopTicks.get(at) : undefined;
  }

  /** Whether the event matches; only of what was asked about. */
  has(ordinal: number): boolean {
    const at = rank(this.matches, ordinal);
    return at > 0 && this.matches.get(at - 1) === ordinal;
  }
  /** Whether the message matches when it arrives, or would if it arrived at the end of what was asked about. */
  hasMessage(id: number): boolean {
    if (this.messages.get(id) === 1) return true;
    const { journal } = this.source;
    return journal.dueOf(id) > journal.tickOf(this.scanned) && this.matcher.matchesArriving(id, this.scanned);
  }
}

/** How many of an ascending column are at most `value`. */
export const rank = (column: Column, value: number): number => upperBound((row) => column.get(row), 0, column.length, value);
