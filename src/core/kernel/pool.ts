/**
 * What is pending, each event in 32 bytes that lie together: most of a run's time goes into fetching them. Slots come in chunks, so that
 * growing neither copies nor doubles, and are handed out in runs of neighbours, so that what is due at one tick is fetched in one go.
 * When an event is due is not in its slot: its place in the order says so.
 */
import type { Element } from '../../base/xml/element.ts';

const LOG = 14;
const MASK = (1 << LOG) - 1;
/** Words of four bytes a slot. */
export const WIDTH = 8;
export const TO = 0;
export const FROM = 1;
export const LINK = 2;
export const WORD = 3;
const A = 4;
const B = 5;
export const ID = 6;
const TOOK = 7;
const RUN_LOG = 4;
/** Slots that are handed out together. */
export const RUN = 1 << RUN_LOG;
/** Of the word: type, whether `b` holds what the message answers, kind, priority, code (signed). */
export const TYPE = 1;
export const ANSWERS = 1 << 1;
const KIND = 2;
const PRIORITY = 6;
const CODE = 16;
/** The link is beyond 32 bits and stands in a column of its own: a complete graph of 10⁶ nodes has 10¹² links. */
export const FAR = -2;

export const NONE = -1;

/**
 * An event that was taken out of the order, read where it stands: its slot is handed out again only after the next one was taken.
 * The same object shows one event after the other.
 */
export class PoppedEvent {
  tick = 0;
  stanza: Element | undefined = undefined;
  data: readonly number[] | undefined = undefined;
  private words: Int32Array = new Int32Array(WIDTH);
  private at = 0;
  private farLink = 0;

  /** @param farLink its link, if that is too large for its slot. */
  show(words: Int32Array, at: number, farLink: number): void {
    this.words = words;
    this.at = at;
    this.farLink = farLink;
  }
  /** Its slot is about to be written anew: from now on it has its numbers itself. */
  keep(): void {
    this.words = this.words.slice(this.at, this.at + WIDTH);
    this.at = 0;
  }
  get to(): number {
    return this.words[this.at + TO]!;
  }
  get from(): number {
    return this.words[this.at + FROM]!;
  }
  get link(): number {
    const link = this.words[this.at + LINK]!;
    return link === FAR ? this.farLink : link;
  }
  get type(): number {
    return this.words[this.at + WORD]! & TYPE;
  }
  get kind(): number {
    return (this.words[this.at + WORD]! >> KIND) & 15;
  }
  get code(): number {
    return this.words[this.at + WORD]! >> CODE;
  }
  get a(): number {
    return this.words[this.at + A]!;
  }
  get b(): number {
    return this.words[this.at + WORD]! & ANSWERS ? 0 : this.words[this.at + B]!;
  }
  /** Id of the request that it answers, -1 for none. */
  get answers(): number {
    return this.words[this.at + WORD]! & ANSWERS ? this.words[this.at + B]! : -1;
  }
  get id(): number {
    return this.words[this.at + ID]!;
  }
  /** Ticks from when it was scheduled; modulo 2³², which no message exceeds. */
  get took(): number {
    return this.words[this.at + TOOK]! >>> 0;
  }
}

export class Pool {
  private readonly chunks: Int32Array[] = [];
  private readonly far: Float64Array[] = [];
  private used = 0;
  /** The run that follows each one, in its place or among those that are free. */
  private following = new Int32Array(256);
  private freeRun = NONE;
  /** The run and the slot that were freed last: the event that was in it may still be looked at. */
  private spentRun = NONE;
  private spent = NONE;
  /** Slots that stand alone, of which nobody has need. */
  private readonly singles: number[] = [];

  /** The first slot of a run. */
  protected allocateRun(): number {
    const run = this.freeRun;
    if (run !== NONE) {
      this.freeRun = this.runAfter(run);
      return run;
    }
    if (this.used >> LOG === this.chunks.length) this.chunks.push(new Int32Array(WIDTH << LOG));
    if (this.used >> RUN_LOG === this.following.length) {
      const { following } = this;
      this.following = new Int32Array(2 * following.length);
      this.following.set(following);
    }
    this.used += RUN;
    return this.used - RUN;
  }
  /** The run that ends here is free, once another one is. @param slot one of the run. */
  protected releaseRun(slot: number): void {
    const run = this.spentRun;
    if (run !== NONE) {
      this.setRunAfter(run, this.freeRun);
      this.freeRun = run;
    }
    this.spentRun = slot & -RUN;
  }
  protected runAfter(slot: number): number {
    return this.following[slot >> RUN_LOG]!;
  }
  protected setRunAfter(slot: number, run: number): void {
    this.following[slot >> RUN_LOG] = run;
  }
  /** A slot that stands alone. */
  protected allocate(): number {
    if (this.singles.length === 0) {
      const run = this.allocateRun();
      for (let slot = run + RUN - 1; slot >= run; slot--) this.singles.push(slot);
    }
    return this.singles.pop()!;
  }
  protected free(slot: number): void {
    if (this.spent !== NONE) this.singles.push(this.spent);
    this.spent = slot;
  }
  /** Forgets everything; slots are handed out from 0 again. */
  protected clear(): void {
    this.used = 0;
    this.freeRun = NONE;
    this.spentRun = NONE;
    this.spent = NONE;
    this.singles.length = 0;
  }

  /** Writes all of a slot at once. @param answers the request that it answers, -1 for none: then `b` is 0. */
  protected write(
    slot: number,
    priority: number,
    type: number,
    link: number,
    to: number,
    from: number,
    kind: number,
    code: number,
    a: number,
    b: number,
    id: number,
    answers: number,
    took: number,
  ): void {
    const words = this.chunks[slot >> LOG]!;
    const at = (slot & MASK) * WIDTH;
    const near = link | 0;
    words[at + TO] = to;
    words[at + FROM] = from;
    words[at + LINK] = near === link ? near : FAR;
    words[at + WORD] = type | (answers === -1 ? 0 : ANSWERS) | (kind << KIND) | (priority << PRIORITY) | (code << CODE);
    words[at + A] = a;
    words[at + B] = answers === -1 ? b : answers;
    words[at + ID] = id;
    words[at + TOOK] = took;
    if (near !== link) (this.far[slot >> LOG] ??= new Float64Array(1 << LOG))[slot & MASK] = link;
  }
  /** All of a slot, out to `words` from `at` on, and back. @returns the link, if it is too large for them, else 0. */
  protected copyOut(slot: number, words: Int32Array, at: number): number {
    const chunk = this.chunks[slot >> LOG]!;
    const from = (slot & MASK) * WIDTH;
    for (let i = 0; i < WIDTH; i++) words[at + i] = chunk[from + i]!;
    return chunk[from + LINK] === FAR ? this.far[slot >> LOG]![slot & MASK]! : 0;
  }
  protected copyIn(slot: number, words: Int32Array, at: number, farLink: number): void {
    const chunk = this.chunks[slot >> LOG]!;
    const to = (slot & MASK) * WIDTH;
    for (let i = 0; i < WIDTH; i++) chunk[to + i] = words[at + i]!;
    if (words[at + LINK] === FAR) (this.far[slot >> LOG] ??= new Float64Array(1 << LOG))[slot & MASK] = farLink;
  }
  /** Of the event whose words stand there. */
  protected priorityIn(words: Int32Array, at: number): number {
    return (words[at + WORD]! >> PRIORITY) & 0xff;
  }
  /** Lets the event be the one in this slot; its tick is not said there. */
  protected read(slot: number, event: PoppedEvent): void {
    const words = this.chunks[slot >> LOG]!;
    const at = (slot & MASK) * WIDTH;
    event.show(words, at, words[at + LINK] === FAR ? this.far[slot >> LOG]![slot & MASK]! : 0);
  }

  link(slot: number): number {
    const link = this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + LINK]!;
    return link === FAR ? this.far[slot >> LOG]![slot & MASK]! : link;
  }
  /** Whom the event is for, and who sent it. */
  to(slot: number): number {
    return this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + TO]!;
  }
  from(slot: number): number {
    return this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + FROM]!;
  }
  a(slot: number): number {
    return this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + A]!;
  }
  b(slot: number): number {
    return this.word(slot) & ANSWERS ? 0 : this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + B]!;
  }
  answers(slot: number): number {
    return this.word(slot) & ANSWERS ? this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + B]! : -1;
  }
  /** Says how long its message took, where that is not the time until it is due. */
  tookIs(slot: number, ticks: number): void {
    this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + TOOK] = ticks;
  }
  took(slot: number): number {
    return this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + TOOK]! >>> 0;
  }
  /** Row of the message. */
  id(slot: number): number {
    return this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + ID]!;
  }
  type(slot: number): number {
    return this.word(slot) & TYPE;
  }
  kind(slot: number): number {
    return (this.word(slot) >> KIND) & 15;
  }
  priority(slot: number): number {
    return (this.word(slot) >> PRIORITY) & 0xff;
  }
  code(slot: number): number {
    return this.word(slot) >> CODE;
  }
  private word(slot: number): number {
    return this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + WORD]!;
  }
}
