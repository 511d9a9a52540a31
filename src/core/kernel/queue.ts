/**
 * What is pending, ordered by (tick, priority, sequence number). A timing wheel holds what is due within its span, a heap the rest;
 * both give one total order: of one tick, what is in the heap was put there earlier. Equal ticks are first-in first-out, or last-in
 * first-out where a scenario asks for the original program's order. Then, and once a priority is asked for, the heap holds all.
 */
import type { Element } from '../../base/xml/element.ts';
import { Heap } from './heap.ts';
import { NONE, PoppedEvent } from './pool.ts';
import { SPAN, Wheel } from './wheel.ts';

export type Ties = 'fifo' | 'lifo';
export const ARRIVAL = 0;
const TIMER = 1;
/** More events than a run ever has. */
const TURNS = 1e13;

/** The numbers of one pending event; a keyframe holds a column of each, in the order in which the events are due. */
const FIELDS = ['priority', 'type', 'to', 'from', 'link', 'kind', 'code', 'a', 'b', 'id', 'answers', 'took'] as const;
/** Before them stands the column of ticks. */
const column = (field: (typeof FIELDS)[number]): number => 1 + FIELDS.indexOf(field);
export interface PendingEvents {
  readonly numbers: Float64Array;
  /** What messages carry; shared, as it never changes. */
  readonly data: readonly (readonly number[] | undefined)[];
  readonly stanzas: readonly (Element | undefined)[];
  readonly now: number;
}

/** One of them as an object: for the rare cases in which a person moves it. */
export type PendingEvent = { tick: number; stanza: Element | undefined; data: readonly number[] | undefined } & Record<
  (typeof FIELDS)[number],
  number
>;

export class EventQueue extends Wheel {
  /** The event that was popped last. */
  readonly event = new PoppedEvent();
  /** What a message carries beside its numbers, by slot. */
  readonly stanza: (Element | undefined)[] = [];
  readonly data: (readonly number[] | undefined)[] = [];
  /** Some message carries a stanza or data: until then those lists are not even looked at. */
  burdened = false;
  private readonly heap = new Heap();
  private now = 0;
  /** Of what is in the heap. */
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
    this.inTurn = !this.lifo;
    this.restore({ numbers: new Float64Array(0), stanzas: [], data: [], now: 0 });
    this.burdened = false;
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
    if (priority !== 0 && this.inTurn) this.outOfTurn();
    const slot = this.place(tick, priority);
    this.write(slot, priority, type, link, to, from, kind, code, a, b, id, answers, tick - this.now);
    return slot;
  }
  /** The same of a timer. */
  wake(tick: number, entity: number, code: number, a: number, b: number): void {
    this.write(this.place(tick, 0), 0, TIMER, -1, entity, entity, 0, code, a, b, -1, -1, tick - this.now);
  }

  /** Takes the next event out of the order, into `event`; false when nothing is pending. */
  pop(): boolean {
    const { event, heap } = this;
    let slot: number;
    if (this.isWheelNext()) {
      slot = this.shift();
      this.now = this.scan;
      this.read(slot, event);
    } else {
      slot = heap.first;
      if (slot === NONE) return false;
      this.now = heap.tick;
      heap.removeFirst();
      if (this.scan < this.now) this.scan = this.now;
      this.read(slot, event);
      this.free(slot);
    }
    event.tick = this.now;
    if (this.burdened) {
      event.stanza = this.stanza[slot];
      event.data = this.data[slot];
      this.stanza[slot] = undefined;
      this.data[slot] = undefined;
    }
    return true;
  }
  /** Tick of the event that comes next; Infinity when nothing is pending. */
  get nextTick(): number {
    if (this.isWheelNext()) return this.scan;
    return this.heap.length === 0 ? Infinity : this.heap.tick;
  }
  /** Its slot; -1 when nothing is pending. */
  peek(): number {
    return this.isWheelNext() ? this.front : this.heap.first;
  }

  /** All that is pending, in order, as objects: rare, so it may cost. */
  rows(): PendingEvent[] {
    const { numbers, stanzas, data } = this.dump();
    const count = stanzas.length;
    return stanzas.map((stanza, row) => {
      const fields = FIELDS.map((field) => [field, numbers[column(field) * count + row]!] as const);
      return { tick: numbers[row]!, stanza, data: data[row], ...(Object.fromEntries(fields) as Record<(typeof FIELDS)[number], number>) };
    });
  }
  /** Takes the arrival of message `id` out of the order; undefined if it is not pending. */
  take(id: number): PendingEvent | undefined {
    const rows = this.rows();
    const at = rows.findIndex((row) => row.id === id && row.type === ARRIVAL);
    if (at < 0) return undefined;
    this.fill(rows.toSpliced(at, 1));
    return rows[at];
  }
  /** Puts these among what is pending, each in its turn: behind all of its tick that is there, or before it where the latest comes first. */
  put(events: readonly PendingEvent[]): void {
    const rows = this.rows();
    for (const event of events) {
      const before = rows.findIndex(({ tick }) => (this.lifo ? tick >= event.tick : tick > event.tick));
      rows.splice(before < 0 ? rows.length : before, 0, event);
    }
    this.fill(rows);
  }
  /** @param rows in the order in which they are due, instead of what is pending. */
  fill(rows: readonly PendingEvent[]): void {
    const count = rows.length;
    const numbers = new Float64Array(count * (1 + FIELDS.length));
    rows.forEach((event, row) => {
      numbers[row] = event.tick;
      for (const field of FIELDS) numbers[column(field) * count + row] = event[field];
    });
    this.restore({ numbers, stanzas: rows.map((row) => row.stanza), data: rows.map((row) => row.data), now: this.now });
  }

  /** All that is pending, in order, as plain data. */
  dump(): PendingEvents {
    const { slots, ticks } = this.inOrder();
    const count = slots.length;
    const numbers = new Float64Array(count * (1 + FIELDS.length));
    numbers.set(ticks);
    // In the order of FIELDS; one slot after the other, as its numbers lie together.
    for (let row = 0; row < count; row++) {
      const slot = slots[row]!;
      let at = row;
      numbers[(at += count)] = this.priority(slot);
      numbers[(at += count)] = this.type(slot);
      numbers[(at += count)] = this.to(slot);
      numbers[(at += count)] = this.from(slot);
      numbers[(at += count)] = this.link(slot);
      numbers[(at += count)] = this.kind(slot);
      numbers[(at += count)] = this.code(slot);
      numbers[(at += count)] = this.a(slot);
      numbers[(at += count)] = this.b(slot);
      numbers[(at += count)] = this.id(slot);
      numbers[(at += count)] = this.answers(slot);
      numbers[(at += count)] = this.took(slot);
    }
    const stanzas = slots.map((slot) => this.stanza[slot]);
    return { numbers, stanzas, data: slots.map((slot) => this.data[slot]), now: this.now };
  }
  /** What is pending for one entity, in order. Rare, so it searches. */
  pendingOf(entity: number): { readonly tick: number; readonly isArrival: boolean; readonly id: number; readonly code: number }[] {
    const { slots, ticks } = this.inOrder();
    return slots.flatMap((slot, i) =>
      this.to(slot) === entity
        ? [{ tick: ticks[i]!, isArrival: this.type(slot) === ARRIVAL, id: this.id(slot), code: this.code(slot) }]
        : [],
    );
  }
  restore(pending: PendingEvents): void {
    const { numbers, stanzas, data } = pending;
    const count = stanzas.length;
    this.clear();
    this.clearWheel(pending.now);
    this.heap.clear();
    this.now = pending.now;
    this.counter = count + 1;
    const priorities = numbers.subarray(column('priority') * count, (column('priority') + 1) * count);
    if (priorities.some((priority) => priority !== 0)) this.inTurn = false;
    this.stanza.length = 0;
    this.data.length = 0;
    for (let row = 0; row < count; row++) {
      const of = (field: (typeof FIELDS)[number]): number => numbers[column(field) * count + row]!;
      const tick = numbers[row]!;
      const near = this.inTurn && tick - this.now < SPAN;
      // Rows are in order, and what is scheduled later comes behind them; or before them.
      const slot = near ? this.append(tick) : this.placeFar(tick, of('priority'), this.lifo ? count - row : row);
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
        of('took'),
      ] as const;
      this.write(slot, of('priority'), ...about);
      if (stanzas[row] !== undefined || data[row] !== undefined) this.carry(slot, stanzas[row], data[row]);
    }
  }

  /** All slots in order, and their ticks. */
  private inOrder(): { readonly slots: number[]; readonly ticks: number[] } {
    const far = this.heap.sorted();
    const slots: number[] = [];
    const ticks: number[] = [];
    let f = 0;
    const addFar = (until: number): void => {
      for (; f < far.length && far[f]!.tick <= until; f++) {
        slots.push(far[f]!.slot);
        ticks.push(far[f]!.tick);
      }
    };
    for (const [slot, tick] of this.around()) {
      addFar(tick);
      slots.push(slot);
      ticks.push(tick);
    }
    addFar(Infinity);
    return { slots, ticks };
  }

  /** A slot in the order, to be written. */
  private place(tick: number, priority: number): number {
    return this.inTurn && tick - this.now < SPAN ? this.append(tick) : this.placeFar(tick, priority, this.counter++);
  }
  private placeFar(tick: number, priority: number, sequence: number): number {
    const slot = this.allocate();
    this.heap.push(slot, tick, priority * TURNS + (this.lifo ? -sequence : sequence));
    return slot;
  }
  /** From now on the heap keeps the order. */
  private outOfTurn(): void {
    const kept = this.dump();
    this.inTurn = false;
    this.restore(kept);
  }
  private isWheelNext(): boolean {
    if (this.inWheel === 0) return false;
    this.seek();
    return this.heap.length === 0 || this.scan < this.heap.tick;
  }
}
