/**
 * Keyframes of one run, each as little as it can be: what changed in the columns and what was scheduled since the one before. So their bytes go with the
 * events, and not with their own number, and they may stand close together. One in so many holds its columns whole, so that the way back is short.
 */
import type { Kernel } from './kernel.ts';
import type { Keyframe, KeyframeRest } from './keyframe.ts';
import {
  bytesOf,
  bytesOfPatches,
  copyOf,
  joined,
  patchesSince,
  settled,
  type Patches,
  type SavedColumns,
  type StateColumn,
} from './patches.ts';
import type { PendingEvents, PendingList } from './pending.ts';
import { mergedLists } from './pending-read.ts';
import { restOf } from './saving.ts';

const BUDGET = 64 * 1024 * 1024;
/** Patches on one base, at most. */
const PATCHES = 24;
const FIRST_SPACING = 256;
/** What one event may cost in going over columns and lists: to keep one is then a small share of what the events themselves take. */
const BYTES_AN_EVENT = 128;
/** What going over even a short column costs, in bytes. */
const BYTES_A_COLUMN = 16_384;

interface Frame {
  readonly rest: KeyframeRest;
  /** One of both is there. */
  readonly base: readonly Uint32Array[] | undefined;
  readonly patches: Patches;
  /** What is pending: all of it, or what was scheduled since the frame before. */
  readonly list: PendingList;
  readonly whole: boolean;
  readonly pending: Omit<PendingEvents, 'lists'>;
}
const NONE: Patches = [];
const bytesOfFrame = ({ rest, base, patches, list }: Frame): number =>
  rest.bytes + (base ? bytesOf(base) : 0) + bytesOfPatches(patches) + list.bytes;

export class Keyframes {
  /** In the order of their ordinals. */
  private frames: Frame[] = [];
  private bytes = 0;
  private spacing = FIRST_SPACING;
  /** From this event on the next one is due. */
  next = FIRST_SPACING;
  /** Columns as they were at the last one. */
  private latest: Uint32Array[] | undefined;
  private readonly columns: readonly StateColumn[];

  private readonly budget: number;

  /** @param columns of any kernel that plays the run: of them all but their values is read. @param budget in bytes. */
  constructor(columns: readonly StateColumn[], budget = BUDGET) {
    this.columns = columns;
    this.budget = budget;
  }
  /** Those up to the event, for a run that is the same up to there. @param columns of that run's kernel. */
  until(ordinal: number, columns: readonly StateColumn[]): Keyframes {
    const until = new Keyframes(columns, this.budget);
    until.frames = this.frames.filter(({ rest }) => rest.ordinal <= ordinal);
    until.bytes = until.frames.reduce((sum, frame) => sum + bytesOfFrame(frame), 0);
    until.spacing = this.spacing;
    until.next = (until.frames.at(-1)?.rest.ordinal ?? 0) + this.spacing;
    return until;
  }
  /** How many bytes they take. */
  get size(): number {
    return this.bytes + (this.latest ? bytesOf(this.latest) : 0);
  }

  keep(kernel: Kernel): void {
    const { list, whole, pending } = kernel.queue.keep();
    const rest = restOf(kernel);
    const { latest } = this;
    const patched = latest && this.patchesAt(this.frames.length) < PATCHES ? patchesSince(latest, kernel.columns) : undefined;
    const base = patched ? undefined : copyOf(kernel.columns);
    if (base) this.latest = base.map((words) => words.slice());
    const frame = { rest, base, patches: patched ?? NONE, list, whole, pending };
    this.frames.push(frame);
    this.bytes += bytesOfFrame(frame);
    while (this.size > this.budget && this.frames.length > 1) this.thin();
    const cost = rest.bytes + list.bytes + bytesOf(this.latest!) + BYTES_A_COLUMN * this.columns.length;
    this.next = rest.ordinal + Math.max(this.spacing, Math.ceil(cost / BYTES_AN_EVENT));
  }
  /** How many patches there are before place `i` since the base. */
  private patchesAt(i: number): number {
    let count = 0;
    while (i - 1 - count >= 0 && this.frames[i - 1 - count]!.base === undefined) count++;
    return count;
  }

  /** The last one at or before the event. */
  before(ordinal: number): Keyframe | undefined {
    return this.last((at) => at.ordinal <= ordinal);
  }
  /** The last one of which this holds. */
  last(holds: (at: Pick<Keyframe, 'ordinal' | 'messages'>) => boolean): Keyframe | undefined {
    const i = this.frames.findLastIndex(({ rest }) => holds(rest));
    if (i < 0) return undefined;
    const { rest, pending } = this.frames[i]!;
    const from = this.frames.findLastIndex(({ whole }, j) => j <= i && whole);
    const lists = this.frames.slice(from, i + 1).flatMap(({ list }) => (list.last < pending.now ? [] : [list]));
    return { ...rest, columns: this.columnsAt(i), pending: { ...pending, lists } };
  }
  private columnsAt(i: number): SavedColumns {
    const from = i - this.patchesAt(i + 1);
    return { base: this.frames[from]!.base!, patches: this.frames.slice(from + 1, i + 1).map(({ patches }) => patches) };
  }

  /** One of them goes, where they stand closest, and the next ones stand as far apart as is left there: they are equally far from each other then. */
  private thin(): void {
    const { frames } = this;
    const ordinalOf = (i: number): number => frames[i]?.rest.ordinal ?? 0;
    const gapOf = (i: number): number => ordinalOf(i + 1) - ordinalOf(i - 1);
    let closest = 0;
    for (let i = 1; i < frames.length - 1; i++) if (gapOf(i) < gapOf(closest)) closest = i;
    this.spacing = Math.max(this.spacing, gapOf(closest) >> 1);
    this.drop(closest);
  }
  /** The one behind it takes over what it needs of it. */
  private drop(i: number): void {
    const [gone, next] = [this.frames[i]!, this.frames[i + 1]!];
    const base = next.base ?? (gone.base && settled(this.columnsAt(i + 1), this.columns));
    const patches = base ? NONE : joined(gone.patches, next.patches, this.columns);
    const list = next.whole ? next.list : mergedLists(gone.list, next.list, next.pending.now);
    const made: Frame = { ...next, base, patches, list, whole: gone.whole || next.whole };
    this.bytes += bytesOfFrame(made) - bytesOfFrame(gone) - bytesOfFrame(next);
    this.frames.splice(i, 2, made);
  }
}
