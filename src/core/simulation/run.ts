/**
 * One run being recorded: a kernel that goes ahead and fills the journal, keyframes on its way, and a second kernel that
 * keeps nothing and can be taken to any event for a look at the state there. Neither knows how it is sliced in time.
 */
import type { Ended } from '../../protocol/protocol.ts';
import { JournalFold } from '../kernel/fold.ts';
import { journalHash } from '../kernel/hash.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import { Journal } from '../kernel/journal.ts';
import type { Keyframe } from '../kernel/keyframe.ts';
import type { Playing, World } from './world.ts';

/** Rows kept whole (shared contract). What happens after them is measured, and can be looked at in no view: `ended` says so. */
const ROW_BUDGET = 2_000_000;
const WEIGHED: ReadonlySet<string> = new Set(['bytes', 'payload', 'overhead']);
/** Events that are measured beyond them: as many for each entity as the laboratory allows, or this. */
const MOST_EVENTS = 10_000_000;
const MOST_EVENTS_AN_ENTITY = 100;
const KEYFRAME_BYTES = 64 * 1024 * 1024;
const FIRST_SPACING = 256;
/** What one event may cost in keyframes: about what one pending event takes in them. */
const BYTES_AN_EVENT = 56;

export class Run {
  readonly world: World;
  readonly journal: Journal;
  /** The picture's fold; views have siblings of it. */
  readonly fold: JournalFold;
  ended: Ended = 'running';
  private readonly ahead: Playing;
  private recording = true;
  /** In the order in which they are done. */
  readonly interventions: readonly Intervention[];
  private readonly budget: number;
  private readonly replicas: Playing[] = [];
  private keyframes: Keyframe[] = [];
  private keyframeBytes = 0;
  private spacing = FIRST_SPACING;
  private nextKeyframe = FIRST_SPACING;
  private hashed: string | undefined;

  /** @param from another run of this world, with the same interventions up to an event, whose rows up to there are taken over. */
  constructor(
    world: World,
    interventions: readonly Intervention[] = [],
    budget = ROW_BUDGET,
    from?: { readonly run: Run; readonly ordinal: number },
  ) {
    this.world = world;
    this.interventions = interventions.toSorted((a, b) => a.after - b.after);
    this.budget = budget;
    const keyframe = from && from.run.keyframeBefore(from.ordinal);
    if (from && keyframe) {
      const before = from.run.fold.sibling();
      before.seek(keyframe.ordinal);
      this.journal = from.run.journal.fork(keyframe.ordinal);
      this.keyframes = from.run.keyframes.filter(({ ordinal }) => ordinal <= keyframe.ordinal);
      this.keyframeBytes = this.keyframes.reduce((sum, { bytes }) => sum + bytes, 0);
      this.spacing = from.run.spacing;
      this.nextKeyframe = keyframe.ordinal + this.spacing;
      this.ahead = world.play(undefined, interventions);
      this.ahead.kernel.adopt(keyframe, this.sentBy, this.journal, before.states);
    } else {
      this.journal = new Journal();
      this.ahead = world.play(this.journal, interventions);
    }
    this.fold = new JournalFold(this.journal, world.stage.entities.name.length);
  }
  private readonly sentBy = (event: number): readonly [number, number] => this.journal.sentBy(event);
  private keyframeBefore(ordinal: number): Keyframe | undefined {
    return this.keyframes.findLast((keyframe) => keyframe.ordinal <= ordinal);
  }

  /** Processes at most `events` further events; answers whether the run goes on. */
  advance(events: number): boolean {
    const { kernel } = this.ahead;
    if (!this.recording) return this.measure(events);
    for (let left = events; left > 0 && this.ended === 'running';) {
      // An event may leave several rows, so rows are what is counted: the budget ends a run at one place, whatever the slices.
      const most = Math.min(this.nextKeyframe, this.budget);
      const done = kernel.run(left, most);
      if (kernel.ordinal >= this.budget) {
        kernel.stopRecording();
        this.recording = false;
        break;
      }
      if (done < left && kernel.ordinal < most) this.ended = kernel.nextTick === Infinity ? 'drained' : 'horizon';
      left -= done;
      if (kernel.ordinal >= this.nextKeyframe) this.keep();
    }
    return this.ended === 'running';
  }
  /** Beyond the rows: to the end, or as far as is worth waiting for. */
  private measure(events: number): boolean {
    const { kernel } = this.ahead;
    const most = Math.max(MOST_EVENTS, MOST_EVENTS_AN_ENTITY * this.world.stage.entities.name.length);
    if (kernel.run(events, most) < events) this.ended = 'budget';
    return this.ended === 'running';
  }
  /** Runs to its end. */
  finish(): this {
    while (this.advance(1 << 16));
    return this;
  }

  get tick(): number {
    return this.journal.tickOf(this.journal.eventCount);
  }
  /** Arrivals and timers so far, those without a row too. */
  get processed(): number {
    return this.ahead.kernel.processed;
  }
  /** When the next of them is due. */
  get nextTick(): number {
    return this.ahead.kernel.nextTick;
  }
  /** The journal's hash; only of a run that has ended. */
  hash(): string {
    return (this.hashed ??= journalHash(this.journal));
  }
  metrics(): Readonly<Record<string, number>> {
    const measured = this.ahead.metrics();
    // Stanzas are weighed as their rows are written.
    return this.recording ? measured : Object.fromEntries(Object.entries(measured).filter(([name]) => !WEIGHED.has(name)));
  }

  /**
   * The world as it is after event `ordinal`: exactly the state that the recording had there. @param which of two that can be at different
   * places, so that who compares them goes back and forth with neither.
   */
  at(ordinal: number, which: 0 | 1 = 0): Playing {
    let playing = (this.replicas[which] ??= this.world.play(undefined, this.interventions));
    const nearest = this.keyframeBefore(ordinal);
    const here = playing.kernel.ordinal;
    if (here > ordinal || (nearest !== undefined && nearest.ordinal > here)) {
      if (nearest === undefined) playing = this.replicas[which] = this.world.play(undefined, this.interventions);
      else playing.kernel.adopt(nearest, this.sentBy);
    }
    while (playing.kernel.ordinal < ordinal && playing.kernel.step());
    return playing;
  }

  private keep(): void {
    const keyframe = this.ahead.kernel.save();
    this.keyframes.push(keyframe);
    this.keyframeBytes += keyframe.bytes;
    while (this.keyframeBytes > KEYFRAME_BYTES && this.keyframes.length > 1) {
      this.keyframes = this.keyframes.filter((_, i) => i % 2 === 1);
      this.keyframeBytes = this.keyframes.reduce((sum, k) => sum + k.bytes, 0);
      this.spacing *= 2;
    }
    // To keep costs as much as is copied: no more often than as many events as that is worth, so that it stays a share of the whole.
    this.nextKeyframe = keyframe.ordinal + Math.max(this.spacing, Math.ceil(keyframe.bytes / BYTES_AN_EVENT));
  }
}
