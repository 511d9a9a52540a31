/**
 * What is pending, ordered by (tick, priority, sequence number). A timing wheel holds what is due within its span, a heap the rest;
 * both give one total order. Equal ticks are first-in first-out, or last-in first-out where a scenario asks for the original
 * program's order.
 */
import type { Element } from '../../base/xml/element.ts';
import { Buckets } from './buckets.ts';
import { Heap } from './heap.ts';
import { NONE, Pool, PoppedEvent } from './pool.ts';

const SPAN = 2048;
const MASK = SPAN - 1;

export type Ties = 'fifo' | 'lifo';
export const ARRIVAL = 0;
export const TIMER = 1;

/** The numbers of one pending event; a keyframe holds a column of each, in the order in which the events are due. */
const FIELDS = ['sequence', 'priority', 'type', 'to', 'from', 'link', 'kind', 'code', 'a', 'b', 'id', 'answers'] as const;
/** Before them stands the column of ticks. */
const column = (field: (typeof FIELDS)[number]): number => 1 + FIELDS.indexOf(field);
export interface PendingEvents {
  readonly numbers: Float64Array;
  /** What messages carry; shared, as it never changes. */
  readonly data: readonly (readonly number[] | undefined)[];
  readonly stanzas: readonly (Element | undefined)[];
  readonly sequence: number;
  readonly now: number;
}

export class EventQueue extends Pool {
  /** The event that was popped last. */
  readonly event = new PoppedEvent();
  /** What a message carries beside its numbers, by slot. */
  readonly stanza: (Element | undefined)[] = [];
  readonly data: (readonly number[] | undefined)[] = [];
  /** Some message carries a stanza or data: until then those lists are not even looked at. */
  burdened = false;
  private readonly wheel = new Buckets(SPAN);
  private inWheel = 0;
  private readonly order = (x: number, y: number): boolean => this.firstOf(x, y);
  private readonly heap = new Heap(this.order);
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

  /** Empty, as it was made; what it has grown to stays, for the next run. */
  reset(): void {
    this.restore({ numbers: new Float64Array(0), stanzas: [], data: [], sequence: 0, now: 0 });
    this.burdened = false;
    this.inTurn = !this.lifo;
  }

  get size(): number {
    return this.inWheel + this.heap.length;
  }

  /** What the message in this slot carries beside its numbers. */
  carry(slot: number, stanza: Element | undefined, data: readonly number[] | undefined): void {
    this.burdened = true;
    if (stanza !== undefined) this.stanza[slot] = stanza;
    if (data !== undefined) this.data[slot] = data;
  }

  /** Puts an event in its turn. @param tick when it is due: an integer, not before the tick of the latest event popped. @returns its slot. */
  schedule(
    tick: number,
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
    priority = 0,
  ): number {
    const slot = this.allocate();
    this.write(slot, priority, this.counter++, type, link, to, from, kind, code, a, b, id, answers);
    this.place(slot, tick, priority);
    return slot;
  }

  /** Takes the next event out of the order, into `event`; false when nothing is pending. */
  pop(): boolean {
    const wheel = this.firstInWheel();
    let slot = this.heap.first;
    if (wheel === NONE && slot === NONE) return false;
    if (wheel !== NONE && (slot === NONE || this.wheelFirst(wheel, slot))) {
      slot = wheel;
      this.wheel.removeFirst(this.scan & MASK);
      this.inWheel--;
      this.now = this.scan;
    } else {
      this.now = this.heap.tick;
      this.heap.removeFirst();
      if (this.scan < this.now) this.scan = this.now;
    }
    this.read(slot, this.event);
    this.event.tick = this.now;
    if (this.burdened) {
      this.event.stanza = this.stanza[slot];
      this.event.data = this.data[slot];
      this.stanza[slot] = undefined;
      this.data[slot] = undefined;
    }
    this.free(slot);
    return true;
  }
  /** Tick of the event that comes next; Infinity when nothing is pending. */
  get nextTick(): number {
    const wheel = this.firstInWheel() === NONE ? Infinity : this.scan;
    return this.heap.length === 0 ? wheel : Math.min(wheel, this.heap.tick);
  }
  /** Its slot; -1 when nothing is pending. */
  peek(): number {
    const wheel = this.firstInWheel();
    const heap = this.heap.first;
    if (wheel === NONE || heap === NONE) return wheel === NONE ? heap : wheel;
    return this.wheelFirst(wheel, heap) ? wheel : heap;
  }

  /** Takes the arrival of message `id` out of the order; false if it is not pending. Rare, so it searches. */
  cancelMessage(id: number): boolean {
    const kept = this.dump();
    const count = kept.stanzas.length;
    let row = 0;
    while (row < count && (kept.numbers[column('type') * count + row] !== ARRIVAL || kept.numbers[column('id') * count + row] !== id))
      row++;
    if (row === count) return false;
    const numbers = kept.numbers.filter((_, i) => i % count !== row);
    this.restore({ ...kept, numbers, stanzas: kept.stanzas.toSpliced(row, 1), data: kept.data.toSpliced(row, 1) });
    return true;
  }

  /** All that is pending, in order, as plain data. */
  dump(): PendingEvents {
    const { slots, ticks } = this.inOrder();
    const count = slots.length;
    const numbers = new Float64Array(count * (1 + FIELDS.length));
    numbers.set(ticks);
    FIELDS.forEach((field, f) => {
      for (let row = 0, at = (f + 1) * count; row < count; row++) numbers[at++] = this[field](slots[row]!);
    });
    const stanzas = slots.map((slot) => this.stanza[slot]);
    return { numbers, stanzas, data: slots.map((slot) => this.data[slot]), sequence: this.counter, now: this.now };
  }
  restore(pending: PendingEvents): void {
    const { numbers, stanzas, data } = pending;
    const count = stanzas.length;
    this.clear();
    this.wheel.clear();
    this.inWheel = 0;
    this.heap.clear();
    this.now = pending.now;
    this.scan = pending.now;
    this.counter = pending.sequence;
    this.stanza.length = 0;
    this.data.length = 0;
    for (let row = 0; row < count; row++) {
      const of = (field: (typeof FIELDS)[number]): number => numbers[column(field) * count + row]!;
      const slot = this.allocate();
      const about = [
        of('type'),
        of('link'),
        of('to'),
        of('from'),
        of('kind'),
        of('code'),
        of('a'),
        of('b'),
        of('id'),
        of('answers'),
      ] as const;
      this.write(slot, of('priority'), of('sequence'), ...about);
      if (stanzas[row] !== undefined || data[row] !== undefined) this.carry(slot, stanzas[row], data[row]);
      this.place(slot, numbers[row]!, of('priority'));
    }
  }

  /** The wheel's slots, which are in order already, and the heap's, merged. */
  private inOrder(): { readonly slots: number[]; readonly ticks: number[] } {
    const far = this.heap.sorted();
    const slots: number[] = [];
    const ticks: number[] = [];
    const add = (slot: number, tick: number): void => {
      slots.push(slot);
      ticks.push(tick);
    };
    let f = 0;
    for (let tick = this.scan, left = this.inWheel; left > 0; tick++)
      for (const slot of this.wheel.list(tick & MASK)) {
        for (; f < far.length && (far[f]!.tick < tick || (far[f]!.tick === tick && this.firstOf(far[f]!.slot, slot))); f++)
          add(far[f]!.slot, far[f]!.tick);
        add(slot, tick);
        left--;
      }
    for (; f < far.length; f++) add(far[f]!.slot, far[f]!.tick);
    return { slots, ticks };
  }

  private place(slot: number, tick: number, priority: number): void {
    if (priority !== 0) this.inTurn = false;
    if (tick - this.now >= SPAN) {
      this.heap.push(slot, tick);
      return;
    }
    if (tick < this.scan) this.scan = tick;
    this.inWheel++;
    if (this.inTurn) this.wheel.push(tick & MASK, slot);
    else this.wheel.insert(tick & MASK, slot, this.order);
  }
  private firstInWheel(): number {
    if (this.inWheel === 0) return NONE;
    let { scan } = this;
    while (this.wheel.isEmpty(scan & MASK)) scan++;
    this.scan = scan;
    return this.wheel.first(scan & MASK);
  }
  /** Whether the first slot of the wheel comes before the first one of the heap. */
  private wheelFirst(wheel: number, heap: number): boolean {
    return this.scan === this.heap.tick ? this.firstOf(wheel, heap) : this.scan < this.heap.tick;
  }
  /** The total order among those of one tick. */
  private firstOf(x: number, y: number): boolean {
    const [p, q] = [this.priority(x), this.priority(y)];
    return p === q ? this.sequence(x) < this.sequence(y) !== this.lifo : p < q;
  }
}
