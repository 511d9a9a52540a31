/**
 * What is pending, as plain columns: a pool of slots, ordered by (tick, priority, sequence number). A timing wheel holds
 * what is due within its span, a binary heap the rest; both give one total order. Equal ticks are first-in first-out, or
 * last-in first-out where a scenario asks for the original program's order.
 */
import type { Element } from '../../base/xml/element.ts';

const SPAN = 2048;
const MASK = SPAN - 1;
const NONE = -1;

export type Ties = 'fifo' | 'lifo';
export const ARRIVAL = 0;
export const TIMER = 1;

/** The numbers of one pending event; a keyframe holds a column of each, in the order in which the events are due. */
const FIELDS = ['tick', 'sequence', 'priority', 'type', 'to', 'from', 'link', 'kind', 'code', 'a', 'b', 'id', 'sent', 'answers'] as const;
export interface PendingEvents {
  readonly numbers: Float64Array;
  /** What messages carry; shared, as it never changes. */
  readonly data: readonly (readonly number[] | undefined)[];
  readonly stanzas: readonly (Element | undefined)[];
  readonly sequence: number;
  readonly now: number;
}

export class EventQueue {
  tick = new Float64Array(256);
  private sequence = new Float64Array(256);
  private priority = new Uint8Array(256);
  /** `ARRIVAL` or `TIMER`. */
  type = new Uint8Array(256);
  /** Whom the event is for, and who sent it. */
  to = new Int32Array(256);
  from = new Int32Array(256);
  /** A complete graph of 10⁶ nodes has 10¹² links: more than 32 bits count. */
  link = new Float64Array(256);
  kind = new Uint8Array(256);
  code = new Int32Array(256);
  a = new Int32Array(256);
  b = new Int32Array(256);
  /** Row of the message. */
  id = new Int32Array(256);
  sent = new Float64Array(256);
  answers = new Int32Array(256);
  readonly stanza: (Element | undefined)[] = [];
  /** Numbers that a message carries beside `a` and `b`. */
  readonly data: (readonly number[] | undefined)[] = [];

  private next = new Int32Array(256);
  private capacity = 256;
  private used = 0;
  private freeHead = NONE;
  private readonly head = new Int32Array(SPAN).fill(NONE);
  private readonly tail = new Int32Array(SPAN).fill(NONE);
  private inWheel = 0;
  private heap: number[] = [];
  private now = 0;
  /** No wheel slot before this tick holds anything. */
  private scan = 0;
  private counter = 0;
  private readonly lifo: boolean;

  constructor(ties: Ties = 'fifo') {
    this.lifo = ties === 'lifo';
  }

  get size(): number {
    return this.inWheel + this.heap.length;
  }

  /** A free slot, to be filled and then scheduled. */
  allocate(): number {
    if (this.freeHead !== NONE) {
      const slot = this.freeHead;
      this.freeHead = this.next[slot]!;
      return slot;
    }
    if (this.used === this.capacity) this.grow();
    return this.used++;
  }
  free(slot: number): void {
    if (this.stanza[slot] !== undefined) this.stanza[slot] = undefined;
    if (this.data[slot] !== undefined) this.data[slot] = undefined;
    this.next[slot] = this.freeHead;
    this.freeHead = slot;
  }

  /** @param tick when it is due: an integer, not before the tick of the latest event popped. */
  schedule(slot: number, tick: number, priority = 0): void {
    this.sequence[slot] = this.counter++;
    this.place(slot, tick, priority);
  }

  /** The slot of the next event, taken out of the order; the caller frees it. -1 when nothing is pending. */
  pop(): number {
    const wheel = this.firstInWheel();
    const heap = this.heap.length === 0 ? NONE : this.heap[0]!;
    if (wheel === NONE && heap === NONE) return NONE;
    let slot: number;
    if (wheel !== NONE && (heap === NONE || this.before(wheel, heap))) {
      slot = wheel;
      const bucket = this.tick[slot]! & MASK;
      this.head[bucket] = this.next[slot]!;
      if (this.head[bucket] === NONE) this.tail[bucket] = NONE;
      this.inWheel--;
    } else {
      slot = heap;
      this.removeTop();
    }
    this.now = this.tick[slot]!;
    if (this.scan < this.now) this.scan = this.now;
    return slot;
  }
  /** The slot that `pop` would answer. */
  peek(): number {
    const wheel = this.firstInWheel();
    const heap = this.heap.length === 0 ? NONE : this.heap[0]!;
    if (wheel === NONE || heap === NONE) return wheel === NONE ? heap : wheel;
    return this.before(wheel, heap) ? wheel : heap;
  }

  /** Takes the arrival of message `id` out of the order; false if it is not pending. Rare, so it searches. */
  cancelMessage(id: number): boolean {
    const kept = this.dump();
    const count = kept.stanzas.length;
    const [types, ids] = [FIELDS.indexOf('type') * count, FIELDS.indexOf('id') * count];
    let row = 0;
    while (row < count && (kept.numbers[types + row] !== ARRIVAL || kept.numbers[ids + row] !== id)) row++;
    if (row === count) return false;
    this.restore({
      ...kept,
      numbers: kept.numbers.filter((_, i) => i % count !== row),
      stanzas: kept.stanzas.toSpliced(row, 1),
      data: kept.data.toSpliced(row, 1),
    });
    return true;
  }

  /** All that is pending, in order, as plain data. */
  dump(): PendingEvents {
    const slots = this.inOrder();
    const count = slots.length;
    const numbers = new Float64Array(count * FIELDS.length);
    FIELDS.forEach((field, f) => {
      const column = this[field];
      for (let row = 0, at = f * count; row < count; row++) numbers[at++] = column[slots[row]!]!;
    });
    const stanzas = slots.map((slot) => this.stanza[slot]);
    return { numbers, stanzas, data: slots.map((slot) => this.data[slot]), sequence: this.counter, now: this.now };
  }
  restore(pending: PendingEvents): void {
    const { numbers, stanzas, data } = pending;
    const count = stanzas.length;
    while (this.capacity < count) this.grow();
    FIELDS.forEach((field, f) => this[field].set(numbers.subarray(f * count, (f + 1) * count)));
    this.used = count;
    this.freeHead = NONE;
    this.head.fill(NONE);
    this.tail.fill(NONE);
    this.inWheel = 0;
    this.heap = [];
    this.now = pending.now;
    this.scan = pending.now;
    this.counter = pending.sequence;
    this.stanza.length = 0;
    this.data.length = 0;
    for (let row = 0; row < count; row++) {
      const stanza = stanzas[row];
      if (stanza !== undefined) this.stanza[row] = stanza;
      const carried = data[row];
      if (carried !== undefined) this.data[row] = carried;
      this.place(row, this.tick[row]!, this.priority[row]!);
    }
  }

  /** The wheel's slots, which are in order already, and the heap's, merged. */
  private inOrder(): number[] {
    const far = this.heap.slice().sort((x, y) => (this.before(x, y) ? -1 : 1));
    const slots: number[] = [];
    let f = 0;
    for (let tick = this.scan, left = this.inWheel; left > 0; tick++)
      for (let slot = this.head[tick & MASK]!; slot !== NONE; slot = this.next[slot]!, left--) {
        while (f < far.length && this.before(far[f]!, slot)) slots.push(far[f++]!);
        slots.push(slot);
      }
    while (f < far.length) slots.push(far[f++]!);
    return slots;
  }

  private place(slot: number, tick: number, priority: number): void {
    this.tick[slot] = tick;
    this.priority[slot] = priority;
    if (tick - this.now >= SPAN) {
      this.push(slot);
      return;
    }
    const bucket = tick & MASK;
    const last = this.tail[bucket]!;
    if (tick < this.scan) this.scan = tick;
    this.inWheel++;
    if (last === NONE) {
      this.next[slot] = NONE;
      this.head[bucket] = this.tail[bucket] = slot;
    } else if (this.before(last, slot)) {
      this.next[last] = slot;
      this.next[slot] = NONE;
      this.tail[bucket] = slot;
    } else {
      let previous = NONE;
      let current = this.head[bucket]!;
      while (current !== NONE && this.before(current, slot)) {
        previous = current;
        current = this.next[current]!;
      }
      this.next[slot] = current;
      if (previous === NONE) this.head[bucket] = slot;
      else this.next[previous] = slot;
    }
  }
  private firstInWheel(): number {
    if (this.inWheel === 0) return NONE;
    while (this.head[this.scan & MASK] === NONE) this.scan++;
    return this.head[this.scan & MASK]!;
  }
  /** The total order. */
  private before(x: number, y: number): boolean {
    const dt = this.tick[x]! - this.tick[y]!;
    if (dt !== 0) return dt < 0;
    const dp = this.priority[x]! - this.priority[y]!;
    if (dp !== 0) return dp < 0;
    return this.sequence[x]! < this.sequence[y]! !== this.lifo;
  }
  private push(slot: number): void {
    const heap = this.heap;
    let i = heap.length;
    heap.push(slot);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.before(slot, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = slot;
  }
  private removeTop(): void {
    const heap = this.heap;
    const slot = heap.pop()!;
    const n = heap.length;
    if (n === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= n) break;
      if (child + 1 < n && this.before(heap[child + 1]!, heap[child]!)) child++;
      if (!this.before(heap[child]!, slot)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = slot;
  }
  private grow(): void {
    this.capacity *= 2;
    const larger = <T extends Float64Array | Uint8Array | Int32Array>(old: T, column: T): T => {
      column.set(old);
      return column;
    };
    const c = this.capacity;
    this.tick = larger(this.tick, new Float64Array(c));
    this.sequence = larger(this.sequence, new Float64Array(c));
    this.sent = larger(this.sent, new Float64Array(c));
    this.priority = larger(this.priority, new Uint8Array(c));
    this.type = larger(this.type, new Uint8Array(c));
    this.kind = larger(this.kind, new Uint8Array(c));
    this.to = larger(this.to, new Int32Array(c));
    this.from = larger(this.from, new Int32Array(c));
    this.link = larger(this.link, new Float64Array(c));
    this.code = larger(this.code, new Int32Array(c));
    this.a = larger(this.a, new Int32Array(c));
    this.b = larger(this.b, new Int32Array(c));
    this.id = larger(this.id, new Int32Array(c));
    this.answers = larger(this.answers, new Int32Array(c));
    this.next = larger(this.next, new Int32Array(c));
  }
}
