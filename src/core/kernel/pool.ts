/**
 * What is pending, each event in 48 bytes that lie together: most of a large run's time goes into fetching them. Slots come in chunks,
 * so that growing neither copies nor doubles.
 */
import type { Element } from '../../base/xml/element.ts';

const LOG = 14;
const MASK = (1 << LOG) - 1;
/** Words of four bytes a slot; the first four are two doubles. */
const WIDTH = 12;
const HALF = WIDTH / 2;
const LINK = 1;
const [SEQUENCE, NEXT, TO, FROM, WORD, A, B, ID] = [4, 5, 6, 7, 8, 9, 10, 11] as const;
/** Of the word: type, whether `b` holds what the message answers, kind, priority, code (signed). */
const ANSWERS = 1 << 1;
const KIND = 2;
const PRIORITY = 6;
const CODE = 16;

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
  stanza: Element | undefined = undefined;
  data: readonly number[] | undefined = undefined;
}

export class Pool {
  private readonly floats: Float64Array[] = [];
  private readonly ints: Int32Array[] = [];
  private used = 0;
  private freeHead = NONE;

  /** A free slot, to be filled. */
  protected allocate(): number {
    const slot = this.freeHead;
    if (slot !== NONE) {
      this.freeHead = this.ints[slot >> LOG]![(slot & MASK) * WIDTH + NEXT]!;
      return slot;
    }
    if (this.used >> LOG === this.ints.length) {
      const buffer = new ArrayBuffer((4 * WIDTH) << LOG);
      this.floats.push(new Float64Array(buffer));
      this.ints.push(new Int32Array(buffer));
    }
    return this.used++;
  }
  protected free(slot: number): void {
    this.ints[slot >> LOG]![(slot & MASK) * WIDTH + NEXT] = this.freeHead;
    this.freeHead = slot;
  }
  /** Forgets everything; slots are handed out from 0 again. */
  protected clear(): void {
    this.used = 0;
    this.freeHead = NONE;
  }

  /** Writes all of a slot at once. @param answers the request that it answers, -1 for none: then `b` is 0. */
  protected write(
    slot: number,
    tick: number,
    priority: number,
    sequence: number,
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
  ): void {
    const ints = this.ints[slot >> LOG]!;
    const floats = this.floats[slot >> LOG]!;
    const at = (slot & MASK) * WIDTH;
    floats[at >> 1] = tick;
    floats[(at >> 1) + LINK] = link;
    ints[at + SEQUENCE] = sequence;
    ints[at + TO] = to;
    ints[at + FROM] = from;
    ints[at + WORD] = type | (answers === -1 ? 0 : ANSWERS) | (kind << KIND) | (priority << PRIORITY) | (code << CODE);
    ints[at + A] = a;
    ints[at + B] = answers === -1 ? b : answers;
    ints[at + ID] = id;
  }
  /** Reads all of a slot at once. */
  protected read(slot: number, event: PoppedEvent): void {
    const ints = this.ints[slot >> LOG]!;
    const floats = this.floats[slot >> LOG]!;
    const at = (slot & MASK) * WIDTH;
    const word = ints[at + WORD]!;
    const b = ints[at + B]!;
    const isAnswer = (word & ANSWERS) !== 0;
    event.tick = floats[at >> 1]!;
    event.link = floats[(at >> 1) + LINK]!;
    event.to = ints[at + TO]!;
    event.from = ints[at + FROM]!;
    event.type = word & 1;
    event.kind = (word >> KIND) & 15;
    event.code = word >> CODE;
    event.a = ints[at + A]!;
    event.b = isAnswer ? 0 : b;
    event.answers = isAnswer ? b : -1;
    event.id = ints[at + ID]!;
  }

  tick(slot: number): number {
    return this.floats[slot >> LOG]![(slot & MASK) * HALF]!;
  }
  /** A complete graph of 10⁶ nodes has 10¹² links: more than 32 bits count. */
  link(slot: number): number {
    return this.floats[slot >> LOG]![(slot & MASK) * HALF + LINK]!;
  }
  sequence(slot: number): number {
    return this.ints[slot >> LOG]![(slot & MASK) * WIDTH + SEQUENCE]!;
  }
  /** Whom the event is for, and who sent it. */
  to(slot: number): number {
    return this.ints[slot >> LOG]![(slot & MASK) * WIDTH + TO]!;
  }
  from(slot: number): number {
    return this.ints[slot >> LOG]![(slot & MASK) * WIDTH + FROM]!;
  }
  a(slot: number): number {
    return this.ints[slot >> LOG]![(slot & MASK) * WIDTH + A]!;
  }
  b(slot: number): number {
    return this.word(slot) & ANSWERS ? 0 : this.ints[slot >> LOG]![(slot & MASK) * WIDTH + B]!;
  }
  answers(slot: number): number {
    return this.word(slot) & ANSWERS ? this.ints[slot >> LOG]![(slot & MASK) * WIDTH + B]! : -1;
  }
  /** Row of the message. */
  id(slot: number): number {
    return this.ints[slot >> LOG]![(slot & MASK) * WIDTH + ID]!;
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
    return this.ints[slot >> LOG]![(slot & MASK) * WIDTH + WORD]!;
  }
}
