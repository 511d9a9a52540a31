/**
 * One run being recorded: a kernel that goes ahead and fills the journal, keyframes on its way, and a second kernel that
 * keeps nothing and can be taken to any event for a look at the state there. Neither knows how it is sliced in time.
 */
import type { Ended } from '../../protocol/protocol.ts';
import { Column } from '../kernel/column.ts';
import { JournalFold } from '../kernel/fold.ts';
import { JournalHash } from '../kernel/hash.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import { Journal } from '../kernel/journal.ts';
import { Keyframes } from '../kernel/keyframes.ts';
import { TABLES } from '../kernel/pages.ts';
import { RowWindow } from '../kernel/window.ts';
import { Refill } from './refill.ts';
import type { Playing, World } from './world.ts';

/** Rows that are here at once (shared contract); others are made again when somebody looks there. */
const ROW_BUDGET = 2_600_000;
/** Where a run ends that would go on: as many events for each entity as the laboratory allows, or this. */
const MOST_EVENTS = 10_000_000;
const MOST_EVENTS_AN_ENTITY = 100;

export interface RunOptions {
  /** Rows of each table that are here at once, at least. */
  readonly rows?: number | undefined;
  /** Events after which the run ends. */
  readonly most?: number | undefined;
}

export class Run {
  readonly world: World;
  readonly journal: Journal;
  /** The picture's fold; views have siblings of it. */
  readonly fold: JournalFold;
  ended: Ended = 'running';
  private readonly ahead: Playing;
  /** In the order in which they are done. */
  readonly interventions: readonly Intervention[];
  private readonly most: number;
  /** Which of its rows are here. */
  readonly window: RowWindow;
  private readonly refill: Refill;
  private readonly hashing: JournalHash;
  private readonly replicas: Playing[] = [];
  private readonly keyframes: Keyframes;
  private hashed: string | undefined;

  /** @param from another run of this world, with the same interventions up to an event, whose rows up to there are taken over. */
  constructor(
    world: World,
    interventions: readonly Intervention[] = [],
    { rows = ROW_BUDGET, most }: RunOptions = {},
    from?: { readonly run: Run; readonly ordinal: number },
  ) {
    this.world = world;
    this.interventions = interventions.toSorted((a, b) => a.after - b.after);
    const entities = world.stage.entities.name.length;
    this.most = most ?? Math.max(MOST_EVENTS, MOST_EVENTS_AN_ENTITY * entities);
    const keyframe = from?.run.keyframes.before(from.ordinal);
    if (from && keyframe) {
      const before = from.run.fold.sibling();
      before.seek(keyframe.ordinal);
      this.journal = from.run.journal.fork(keyframe.ordinal);
      this.ahead = world.play(undefined, interventions);
      this.keyframes = from.run.keyframes.until(keyframe.ordinal, this.ahead.kernel.columns);
      this.ahead.kernel.adopt(keyframe, (event) => from.run.journal.sentBy(event), this.journal, before.states);
    } else {
      this.journal = new Journal();
      this.ahead = world.play(this.journal, interventions);
      this.keyframes = new Keyframes(this.ahead.kernel.columns);
    }
    const { messageCount, eventCount } = this.journal;
    const shared = { messages: Math.floor(messageCount / Column.SIZE), events: Math.floor(eventCount / Column.SIZE) };
    this.hashing = new JournalHash(this.journal, from && keyframe && { hash: from.run.hashing, pages: shared });
    this.fold = new JournalFold(this.journal, entities);
    this.window = new RowWindow(this.journal, rows, this.hashing, (table, row) => this.refill.bring(table, row));
    const { journal, window, fold, sentIn } = this;
    this.refill = new Refill({ world, interventions: this.interventions, journal, window, fold, sentIn, keyframes: this.keyframes });
  }
  /** What an intervention names. */
  private readonly sentIn = (event: number): readonly [number, number] => this.ahead.kernel.interventions.sentIn(event);

  /** Processes at most `events` further events; answers whether the run goes on. */
  advance(events: number): boolean {
    const { kernel } = this.ahead;
    for (let left = events; left > 0 && this.ended === 'running';) {
      // An event may leave several rows, so rows are what is counted: a run ends at one place, whatever the slices.
      const stop = Math.min(this.keyframes.next, this.most);
      const done = kernel.run(left, stop);
      if (done < left && kernel.ordinal < stop) this.ended = kernel.nextTick === Infinity ? 'drained' : 'horizon';
      else if (kernel.ordinal >= this.most) this.ended = 'budget';
      left -= done;
      if (kernel.ordinal >= this.keyframes.next) this.keyframes.keep(kernel);
      this.window.trim();
    }
    return this.ended === 'running';
  }
  /** Runs to its end. */
  finish(): this {
    while (this.advance(1 << 16));
    return this;
  }

  /** How many events have rows that are here. */
  get rowsHere(): number {
    return this.window.events;
  }
  get tick(): number {
    return this.journal.tickOf(this.journal.eventCount);
  }
  /** Of a run that has ended: up to this tick nothing more happens, Infinity: nothing ever does. -1 where nobody has looked further. */
  get quietUntil(): number | undefined {
    if (this.ended === 'running') return undefined;
    return this.ended === 'budget' ? -1 : this.ended === 'drained' ? Infinity : this.ahead.kernel.horizon.tick;
  }
  /** @param tell before a page of rows is made again, with how many events have to be played first. */
  tellRefills(tell: (events: number) => void): void {
    this.refill.announce = tell;
  }
  /** When the next event is due. */
  get nextTick(): number {
    return this.ahead.kernel.nextTick;
  }
  /** Goes on with the hash of a run that has ended by a page of each table; answers whether there is more to do. */
  hashOn(): boolean {
    let more = false;
    for (const table of TABLES) {
      const done = this.hashing.done(table);
      const { full } = this.window.pages[table];
      this.hashing.through(table, Math.min(full, done + 1));
      more ||= done + 1 < full;
    }
    return more;
  }
  get isHashed(): boolean {
    return TABLES.every((table) => this.hashing.done(table) >= this.window.pages[table].full);
  }
  /** How much keyframes take. */
  get keyframeBytes(): number {
    return this.keyframes.size;
  }
  /** The journal's hash; only of a run that has ended. */
  hash(): string {
    return (this.hashed ??= this.hashing.digest());
  }
  metrics(): Readonly<Record<string, number>> {
    return this.ahead.metrics();
  }

  /**
   * The world as it is after event `ordinal`: exactly the state that the recording had there. @param which of two that can be at different
   * places, so that who compares them goes back and forth with neither.
   */
  at(ordinal: number, which: 0 | 1 = 0): Playing {
    let playing = (this.replicas[which] ??= this.world.play(undefined, this.interventions));
    const nearest = this.keyframes.before(ordinal);
    const here = playing.kernel.ordinal;
    if (here > ordinal || (nearest !== undefined && nearest.ordinal > here)) {
      if (nearest === undefined) playing = this.replicas[which] = this.world.play(undefined, this.interventions);
      else playing.kernel.adopt(nearest, this.sentIn);
    }
    while (playing.kernel.ordinal < ordinal && playing.kernel.step());
    return playing;
  }
}
