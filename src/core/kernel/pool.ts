/**
 * What is pending, each event in 48 bytes that lie together: most of a large run's time goes into fetching them. Slots come in chunks,
 * so that growing neither copies nor doubles.
 */
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

export class Pool {
  private readonly floats: Float64Array[] = [];
  private readonly ints: Int32Array[] = [];
  private used = 0;
  private freeHead = NONE;

  /** A free slot, to be filled. */
  allocate(): number {
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
  free(slot: number): void {
    this.ints[slot >> LOG]![(slot & MASK) * WIDTH + NEXT] = this.freeHead;
    this.freeHead = slot;
  }
  /** Forgets everything; slots are handed out from 0 again. */
  clear(): void {
    this.used = 0;
    this.freeHead = NONE;
  }

  /** A message (`type` 0) or timer (1). @param answers the request that it answers, -1 for none: then `b` is 0. */
  fill(
    slot: number,
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
    const at = (slot & MASK) * WIDTH;
    this.floats[slot >> LOG]![(slot & MASK) * HALF + LINK] = link;
    ints[at + TO] = to;
    ints[at + FROM] = from;
    ints[at + WORD] = type | (answers === -1 ? 0 : ANSWERS) | (kind << KIND) | (code << CODE);
    ints[at + A] = a;
    ints[at + B] = answers === -1 ? b : answers;
    ints[at + ID] = id;
  }
  due(slot: number, tick: number, priority: number, sequence: number): void {
    const ints = this.ints[slot >> LOG]!;
    const at = (slot & MASK) * WIDTH;
    this.floats[slot >> LOG]![(slot & MASK) * HALF] = tick;
    ints[at + SEQUENCE] = sequence;
    ints[at + WORD] = (ints[at + WORD]! & ~(0xff << PRIORITY)) | (priority << PRIORITY);
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
  next(slot: number): number {
    return this.ints[slot >> LOG]![(slot & MASK) * WIDTH + NEXT]!;
  }
  setNext(slot: number, next: number): void {
    this.ints[slot >> LOG]![(slot & MASK) * WIDTH + NEXT] = next;
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
