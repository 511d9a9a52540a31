/**
 * What is pending, each event in 32 bytes that lie together: most of a run's time goes into fetching them. Slots come in chunks, so that
 * growing neither copies nor doubles, and are handed out in runs of neighbours, so that what is due at one tick is fetched in one go.
 * When an event is due is not in its slot: its place in the order says so.
 */
import type { Element } from '../../base/xml/element.ts';

const LOG = 14;
const MASK = (1 << LOG) - 1;
/** Words of four bytes a slot. */
const WIDTH = 8;
const TO = 0;
const FROM = 1;
const LINK = 2;
const WORD = 3;
const A = 4;
const B = 5;
const ID = 6;
const TOOK = 7;
const RUN_LOG = 4;
/** Slots that are handed out together. */
export const RUN = 1 << RUN_LOG;
/** Of the word: type, whether `b` holds what the message answers, kind, priority, code (signed). */
const ANSWERS = 1 << 1;
const KIND = 2;
const PRIORITY = 6;
const CODE = 16;
/** The link is beyond 32 bits and stands in a column of its own: a complete graph of 10⁶ nodes has 10¹² links. */
const FAR = -2;

export const NONE = -1;

/** An event that was taken out of the order; the same object is filled again and again. */
export class PoppedEvent {
  tick = 0;
  link = 0;
  to = 0;
  from = 0;
  type = 0;
  kind = 0;
  code = 0;
  a = 0;
  b = 0;
  answers = 0;
  id = 0;
  /** Ticks from when it was scheduled; modulo 2³², which no message exceeds. */
  took = 0;
  stanza: Element | undefined = undefined;
  data: readonly number[] | undefined = undefined;
}

export class Pool {
  private readonly chunks: Int32Array[] = [];
  private readonly far: Float64Array[] = [];
  private used = 0;
  /** The run that follows each one, in its place or among those that are free. */
  private following = new Int32Array(256);
  private freeRun = NONE;
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
  /** @param slot one of the run. */
  protected releaseRun(slot: number): void {
    this.setRunAfter(slot, this.freeRun);
    this.freeRun = slot & -RUN;
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
    this.singles.push(slot);
  }
  /** Forgets everything; slots are handed out from 0 again. */
  protected clear(): void {
    this.used = 0;
    this.freeRun = NONE;
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
  /** Reads all of a slot but its tick. */
  protected read(slot: number, event: PoppedEvent): void {
    const words = this.chunks[slot >> LOG]!;
    const at = (slot & MASK) * WIDTH;
    const word = words[at + WORD]!;
    const link = words[at + LINK]!;
    const b = words[at + B]!;
    const isAnswer = (word & ANSWERS) !== 0;
    event.to = words[at + TO]!;
    event.from = words[at + FROM]!;
    event.link = link === FAR ? this.far[slot >> LOG]![slot & MASK]! : link;
    event.type = word & 1;
    event.kind = (word >> KIND) & 15;
    event.code = word >> CODE;
    event.a = words[at + A]!;
    event.b = isAnswer ? 0 : b;
    event.answers = isAnswer ? b : -1;
    event.id = words[at + ID]!;
    event.took = words[at + TOOK]! >>> 0;
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
  took(slot: number): number {
    return this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + TOOK]! >>> 0;
  }
  /** Row of the message. */
  id(slot: number): number {
    return this.chunks[slot >> LOG]![(slot & MASK) * WIDTH + ID]!;
  }
  type(slot: number): number {
    return this.word(slot) & 1;
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
