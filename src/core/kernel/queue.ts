/**
 * What is pending, ordered by (tick, priority, sequence number). A timing wheel holds what is due within its span, a heap the rest;
 * both give one total order. Equal ticks are first-in first-out, or last-in first-out where a scenario asks for the original
 * program's order.
 */
import type { Element } from '../../base/xml/element.ts';
import { Heap } from './heap.ts';
import { NONE, Pool } from './pool.ts';

const SPAN = 2048;
const MASK = SPAN - 1;

export type Ties = 'fifo' | 'lifo';
export const ARRIVAL = 0;
export const TIMER = 1;

/** The numbers of one pending event; a keyframe holds a column of each, in the order in which the events are due. */
const FIELDS = ['tick', 'sequence', 'priority', 'type', 'to', 'from', 'link', 'kind', 'code', 'a', 'b', 'id', 'answers'] as const;
const [TICK, SEQUENCE, PRIORITY, TYPE, TO, FROM, LINK, KIND, CODE, A, B, ID, ANSWERS] = FIELDS.map((_, i) => i) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];
export interface PendingEvents {
  readonly numbers: Float64Array;
  /** What messages carry; shared, as it never changes. */
  readonly data: readonly (readonly number[] | undefined)[];
  readonly stanzas: readonly (Element | undefined)[];
  readonly sequence: number;
  readonly now: number;
}

export class EventQueue extends Pool {
  /** What a message carries beside its numbers, by slot. */
  readonly stanza: (Element | undefined)[] = [];
  readonly data: (readonly number[] | undefined)[] = [];
  /** Some message carries a stanza or data: until then those lists are not even looked at. */
  burdened = false;
  private readonly head = new Int32Array(SPAN).fill(NONE);
  private readonly tail = new Int32Array(SPAN).fill(NONE);
  private inWheel = 0;
  private readonly heap = new Heap((x, y) => this.firstOf(x, y));
  private now = 0;
  /** No wheel slot before this tick holds anything. */
  private scan = 0;
  private counter = 0;
  private readonly lifo: boolean;
  /** First-in first-out, and no other priority than 0 was ever asked for: what is scheduled goes behind what is there. */
  private inTurn: boolean;

  constructor(ties: Ties = 'fifo') {
    super();
    this.lifo = ties === 'lifo';
    this.inTurn = !this.lifo;
  }

  get size(): number {
    return this.inWheel + this.heap.length;
  }

  override free(slot: number): void {
    if (this.burdened) {
      this.stanza[slot] = undefined;
      this.data[slot] = undefined;
    }
    super.free(slot);
  }
  /** What the message in this slot carries beside its numbers. */
  carry(slot: number, stanza: Element | undefined, data: readonly number[] | undefined): void {
    this.burdened = true;
    if (stanza !== undefined) this.stanza[slot] = stanza;
    if (data !== undefined) this.data[slot] = data;
  }

  /** @param tick when it is due: an integer, not before the tick of the latest event popped. */
  schedule(slot: number, tick: number, priority = 0): void {
    this.place(slot, tick, priority, this.counter++);
  }

  /** The slot of the next event, taken out of the order; the caller frees it. -1 when nothing is pending. */
  pop(): number {
    const wheel = this.firstInWheel();
    const heap = this.heap.first;
    if (wheel === NONE && heap === NONE) return NONE;
    if (wheel !== NONE && (heap === NONE || this.before(wheel, heap))) {
      const bucket = this.scan & MASK;
      const next = this.next(wheel);
      this.head[bucket] = next;
      if (next === NONE) this.tail[bucket] = NONE;
      this.inWheel--;
      this.now = this.scan;
      return wheel;
    }
    this.now = this.heap.tick;
    this.heap.removeFirst();
    if (this.scan < this.now) this.scan = this.now;
    return heap;
  }
  /** The slot that `pop` would answer. */
  peek(): number {
    const wheel = this.firstInWheel();
    const heap = this.heap.first;
    if (wheel === NONE || heap === NONE) return wheel === NONE ? heap : wheel;
    return this.before(wheel, heap) ? wheel : heap;
  }

  /** Takes the arrival of message `id` out of the order; false if it is not pending. Rare, so it searches. */
  cancelMessage(id: number): boolean {
    const kept = this.dump();
    const count = kept.stanzas.length;
    let row = 0;
    while (row < count && (kept.numbers[TYPE * count + row] !== ARRIVAL || kept.numbers[ID * count + row] !== id)) row++;
    if (row === count) return false;
    const numbers = kept.numbers.filter((_, i) => i % count !== row);
    this.restore({ ...kept, numbers, stanzas: kept.stanzas.toSpliced(row, 1), data: kept.data.toSpliced(row, 1) });
    return true;
  }

  /** All that is pending, in order, as plain data. */
  dump(): PendingEvents {
    const slots = this.inOrder();
    const count = slots.length;
    const numbers = new Float64Array(count * FIELDS.length);
    FIELDS.forEach((field, f) => {
      for (let row = 0, at = f * count; row < count; row++) numbers[at++] = this[field](slots[row]!);
    });
    const stanzas = slots.map((slot) => this.stanza[slot]);
    return { numbers, stanzas, data: slots.map((slot) => this.data[slot]), sequence: this.counter, now: this.now };
  }
  restore(pending: PendingEvents): void {
    const { numbers, stanzas, data } = pending;
    const count = stanzas.length;
    this.clear();
    this.head.fill(NONE);
    this.tail.fill(NONE);
    this.inWheel = 0;
    this.heap.clear();
    this.now = pending.now;
    this.scan = pending.now;
    this.counter = pending.sequence;
    this.stanza.length = 0;
    this.data.length = 0;
    for (let row = 0; row < count; row++) {
      const of = (field: number): number => numbers[field * count + row]!;
      const slot = this.allocate();
      this.fill(slot, of(TYPE), of(LINK), of(TO), of(FROM), of(KIND), of(CODE), of(A), of(B), of(ID), of(ANSWERS));
      if (stanzas[row] !== undefined || data[row] !== undefined) this.carry(slot, stanzas[row], data[row]);
      this.place(slot, of(TICK), of(PRIORITY), of(SEQUENCE));
    }
  }

  /** The wheel's slots, which are in order already, and the heap's, merged. */
  private inOrder(): number[] {
    const far = this.heap.sorted();
    const slots: number[] = [];
    let f = 0;
    for (let tick = this.scan, left = this.inWheel; left > 0; tick++)
      for (let slot = this.head[tick & MASK]!; slot !== NONE; slot = this.next(slot), left--) {
        while (f < far.length && this.before(far[f]!, slot)) slots.push(far[f++]!);
        slots.push(slot);
      }
    while (f < far.length) slots.push(far[f++]!);
    return slots;
  }

  private place(slot: number, tick: number, priority: number, sequence: number): void {
    this.due(slot, tick, priority, sequence);
    if (priority !== 0) this.inTurn = false;
    if (tick - this.now >= SPAN) {
      this.heap.push(slot, tick);
      return;
    }
    const bucket = tick & MASK;
    const last = this.tail[bucket]!;
    if (tick < this.scan) this.scan = tick;
    this.inWheel++;
    // All in one place of the wheel are of one tick.
    if (last === NONE) {
      this.setNext(slot, NONE);
      this.head[bucket] = this.tail[bucket] = slot;
    } else if (this.inTurn || this.firstOf(last, slot)) {
      this.setNext(last, slot);
      this.setNext(slot, NONE);
      this.tail[bucket] = slot;
    } else this.insert(slot, bucket);
  }
  private insert(slot: number, bucket: number): void {
    let previous = NONE;
    let current = this.head[bucket]!;
    while (current !== NONE && this.firstOf(current, slot)) {
      previous = current;
      current = this.next(current);
    }
    this.setNext(slot, current);
    if (previous === NONE) this.head[bucket] = slot;
    else this.setNext(previous, slot);
  }
  private firstInWheel(): number {
    if (this.inWheel === 0) return NONE;
    const { head } = this;
    let { scan } = this;
    while (head[scan & MASK] === NONE) scan++;
    this.scan = scan;
    return head[scan & MASK]!;
  }
  /** The total order. */
  private before(x: number, y: number): boolean {
    const [s, t] = [this.tick(x), this.tick(y)];
    return s === t ? this.firstOf(x, y) : s < t;
  }
  /** The total order among those of one tick. */
  private firstOf(x: number, y: number): boolean {
    const [p, q] = [this.priority(x), this.priority(y)];
    return p === q ? this.sequence(x) < this.sequence(y) !== this.lifo : p < q;
  }
}
