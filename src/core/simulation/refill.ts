/**
 * Rows that were let go are made again: the run is played once more from the nearest keyframe on, into a journal of its own, whose pages are
 * handed over as they come to be full. Who plays stays where it is, so that whoever reads on from there costs one more way through the run,
 * and no more.
 */
import { Column } from '../kernel/column.ts';
import type { JournalFold } from '../kernel/fold.ts';
import { Journal } from '../kernel/journal.ts';
import type { Keyframe } from '../kernel/keyframe.ts';
import type { Keyframes } from '../kernel/keyframes.ts';
import { pagesOf, TABLES, type Pages, type TableName } from '../kernel/pages.ts';
import type { RowWindow } from '../kernel/window.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { Playing, World } from './world.ts';

/** Two places in a run are read at once by whom is going through it while somebody else looks somewhere. */
const MOST_WRITERS = 2;
/** Pages that are made again on the way to the one that is wanted; and where somebody reads backwards, who comes to them next. */
const ON_THE_WAY = 2;
const BACKWARDS = 64;
/** To take over a keyframe costs about as much as so many events. */
const RESTART = 2000;

interface Refilled {
  readonly world: World;
  readonly interventions: readonly Intervention[];
  readonly journal: Journal;
  readonly window: RowWindow;
  readonly fold: JournalFold;
  readonly keyframes: Pick<Keyframes, 'last'>;
  /** What an intervention names. */
  readonly sentIn: (event: number) => readonly [number, number];
}

interface Writer {
  playing: Playing;
  /** What it writes into; undefined while it leaves no rows. */
  journal: Journal | undefined;
  pages: Readonly<Record<TableName, Pages>> | undefined;
  /** First rows that it has, and pages that it has handed over. */
  from: Record<TableName, number>;
  handed: Record<TableName, number>;
  used: number;
}

export class Refill {
  private readonly of: Refilled;
  private readonly writers: Writer[] = [];
  private clock = 0;
  /** Told before a page is made again, with how many events have to be played first. */
  announce: ((events: number) => void) | undefined;

  constructor(of: Refilled) {
    this.of = of;
  }

  /** The page of this row is here again. */
  bring(table: TableName, row: number): void {
    const first = row - (row & Column.MASK);
    let writer = this.near(table, first);
    this.approach(writer, table, first);
    // One event may send more than all that is made again on the way: then every row is, from the keyframe on.
    if (writer.from[table] > first) this.write((writer = this.restarted(this.before(table, first))));
    writer.used = ++this.clock;
    const { kernel } = writer.playing;
    const rows = writer.pages![table];
    while (rows.rows < first + Column.SIZE && kernel.step());
    this.handOver(writer);
    if (!this.of.window.pages[table].isHere(first / Column.SIZE)) throw new Error(`${table} from ${first} could not be made again`);
  }
  private before(table: TableName, first: number): Keyframe | undefined {
    return this.of.keyframes.last((keyframe) => rowsAt(keyframe, table) <= first);
  }

  /** One who can write the page, with the shortest way to it. */
  private near(table: TableName, first: number): Writer {
    const keyframe = this.before(table, first);
    const restart = RESTART + first - (keyframe ? rowsAt(keyframe, table) : 0);
    let best: Writer | undefined;
    for (const writer of this.writers) {
      const way = first - rowsOf(writer, table);
      const has = writer.journal === undefined ? way >= 0 : writer.from[table] <= first && writer.handed[table] * Column.SIZE <= first;
      if (has && way <= restart && (!best || rowsOf(best, table) < rowsOf(writer, table))) best = writer;
    }
    return best ?? this.restarted(keyframe);
  }
  /** Whoever was not needed for longest goes to the keyframe; without one, to the beginning. */
  private restarted(keyframe: Keyframe | undefined): Writer {
    const { world, interventions, journal, sentIn } = this.of;
    let writer = this.writers.length < MOST_WRITERS ? undefined : this.writers.reduce((a, b) => (b.used < a.used ? b : a));
    if (writer) this.writers.splice(this.writers.indexOf(writer), 1);
    const nothing = { events: 0, messages: 0 };
    if (!keyframe) {
      const again = new Journal(journal);
      const playing = world.play(again, interventions);
      writer = { playing, journal: again, pages: pagesOf(again), from: { ...nothing }, handed: { ...nothing }, used: 0 };
    } else {
      const playing = writer?.playing ?? world.play(undefined, interventions);
      playing.kernel.stopRecording();
      playing.kernel.adopt(keyframe, sentIn);
      writer = { playing, journal: undefined, pages: undefined, from: { ...nothing }, handed: { ...nothing }, used: 0 };
    }
    this.writers.push(writer);
    return writer;
  }

  /** Goes near without leaving rows where the way is long, and leaves rows from there on. */
  private approach(writer: Writer, table: TableName, first: number): void {
    const { kernel } = writer.playing;
    const way = first - rowsOf(writer, table);
    this.announce?.(Math.max(0, way));
    const { pages } = this.of.window;
    const before = Column.SIZE * (pages[table].isHere(first / Column.SIZE + 1) ? BACKWARDS : ON_THE_WAY);
    if (way > before + Column.SIZE) {
      if (writer.journal) this.stop(writer);
      const enough = first - before;
      while ((table === 'events' ? kernel.ordinal : kernel.messages) < enough && kernel.step());
    }
    this.write(writer);
  }
  private stop(writer: Writer): void {
    writer.playing.kernel.stopRecording();
    writer.journal = undefined;
    writer.pages = undefined;
  }
  /** Leaves rows from here on. */
  private write(writer: Writer): void {
    const { journal, fold } = this.of;
    const { kernel } = writer.playing;
    if (writer.journal) return;
    const again = new Journal(journal);
    again.beginAt(kernel.ordinal, kernel.messages, journal.changesBy(kernel.ordinal));
    const states = fold.sibling();
    states.seek(kernel.ordinal);
    kernel.record(again, states.states);
    writer.journal = again;
    writer.pages = pagesOf(again);
    writer.from = { events: kernel.ordinal, messages: kernel.messages };
    for (const table of TABLES) writer.handed[table] = Math.ceil(writer.from[table] / Column.SIZE);
  }

  /** Full pages go to where they are missing; those that are there already are of no use. */
  private handOver(writer: Writer): void {
    const { window } = this.of;
    for (const table of TABLES) {
      const own = writer.pages![table];
      for (; writer.handed[table] < own.full; writer.handed[table]++) {
        const page = writer.handed[table];
        if (page < window.pages[table].full && !window.pages[table].isHere(page)) {
          window.pages[table].takeFrom(own, page);
          window.came(table, page);
        } else own.letGo(page);
        if (table === 'messages') writer.journal!.forgetEnds(page);
      }
    }
    window.trim();
  }
}

/** Rows of a table that were written when the keyframe was made. */
const rowsAt = ({ ordinal, messages }: Pick<Keyframe, 'ordinal' | 'messages'>, table: TableName): number =>
  table === 'events' ? ordinal : messages;
function rowsOf({ playing: { kernel }, pages }: Writer, table: TableName): number {
  return pages ? pages[table].rows : table === 'events' ? kernel.ordinal : kernel.messages;
}
