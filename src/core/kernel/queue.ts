/**
 * What is pending, ordered by (tick, priority, sequence number). A timing wheel holds what is due within its span, a heap the rest;
 * both give one total order: of one tick, what is in the heap was put there earlier. Equal ticks are first-in first-out, or last-in
 * first-out where a scenario asks for the original program's order. Then, and once a priority is asked for, the heap holds all.
 */
import type { Element } from '../../base/xml/element.ts';
import { Heap } from './heap.ts';
import { NONE, PoppedEvent, WIDTH } from './pool.ts';
import { SPAN, Wheel } from './wheel.ts';

export type Ties = 'fifo' | 'lifo';
export const ARRIVAL = 0;
const TIMER = 1;
/** More events than a run ever has. */
const TURNS = 1e13;
const NO_PRIORITY = (): number => 0;

/** The numbers of one pending event. */
const FIELDS = ['priority', 'type', 'to', 'from', 'link', 'kind', 'code', 'a', 'b', 'id', 'answers', 'took'] as const;
/** What is pending, in the order in which it is due, as it stands in the slots. */
export interface PendingEvents {
  readonly ticks: Float64Array;
  readonly words: Int32Array;
  /** Links that are too large for the words; absent where none is. */
  readonly far: Float64Array | undefined;
  /** What messages carry; shared, as it never changes, and empty where none carries anything. */
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
    this.refill([], 0, NO_PRIORITY, () => undefined);
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
  /** Somebody acts between two events: what is scheduled then takes its time from there. @param tick not behind that of the next event. */
  stand(tick: number): void {
    this.now = tick;
    if (this.scan < tick) this.scan = tick;
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
    const { slots, ticks } = this.inOrder();
    return Array.from(slots, (slot, row) => {
      const fields = FIELDS.map((field) => [field, this[field](slot)] as const);
      const carried = { stanza: this.stanza[slot], data: this.data[slot] };
      return { tick: ticks[row]!, ...carried, ...(Object.fromEntries(fields) as Record<(typeof FIELDS)[number], number>) };
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
    const ticks = rows.map(({ tick }) => tick);
    this.refill(
      ticks,
      this.now,
      (row) => rows[row]!.priority,
      (slot, row) => {
        const { priority, type, link, to, from, kind, code, a, b, id, answers, took, stanza, data } = rows[row]!;
        this.write(slot, priority, type, link, to, from, kind, code, a, b, id, answers, took);
        if (stanza !== undefined || data !== undefined) this.carry(slot, stanza, data);
      },
    );
  }

  /** All that is pending, in order, as plain data. */
  dump(): PendingEvents {
    const { slots, ticks } = this.inOrder();
    const words = new Int32Array(slots.length * WIDTH);
    let far: Float64Array | undefined;
    slots.forEach((slot, row) => {
      const link = this.copyOut(slot, words, row * WIDTH);
      if (link !== 0) (far ??= new Float64Array(slots.length))[row] = link;
    });
    const { burdened } = this;
    const stanzas = burdened ? Array.from(slots, (slot) => this.stanza[slot]) : [];
    return { ticks, words, far, stanzas, data: burdened ? Array.from(slots, (slot) => this.data[slot]) : [], now: this.now };
  }
  /** What is pending for one entity, in order. Rare, so it searches. */
  pendingOf(entity: number): { readonly tick: number; readonly isArrival: boolean; readonly id: number; readonly code: number }[] {
    const { slots, ticks } = this.inOrder();
    return Array.from(slots).flatMap((slot, i) =>
      this.to(slot) === entity
        ? [{ tick: ticks[i]!, isArrival: this.type(slot) === ARRIVAL, id: this.id(slot), code: this.code(slot) }]
        : [],
    );
  }
  restore({ ticks, words, far, stanzas, data, now }: PendingEvents): void {
    const put = (slot: number, row: number): void => {
      this.copyIn(slot, words, row * WIDTH, far === undefined ? 0 : far[row]!);
      if (stanzas[row] !== undefined || data[row] !== undefined) this.carry(slot, stanzas[row], data[row]);
    };
    this.refill(ticks, now, (row) => this.priorityIn(words, row * WIDTH), put);
  }
  /** Instead of what is pending: events in the order in which they are due. @param put writes that of the row into a slot. */
  private refill(
    ticks: ArrayLike<number>,
    now: number,
    priorityOf: (row: number) => number,
    put: (slot: number, row: number) => void,
  ): void {
    const count = ticks.length;
    // A handler may ask for this, and is not done with its event.
    this.event.keep();
    this.clear();
    this.clearWheel(now);
    this.heap.clear();
    this.now = now;
    this.counter = count + 1;
    for (let row = 0; row < count && this.inTurn; row++) if (priorityOf(row) !== 0) this.inTurn = false;
    this.stanza.length = 0;
    this.data.length = 0;
    for (let row = 0; row < count; row++) {
      const tick = ticks[row]!;
      const near = this.inTurn && tick - now < SPAN;
      // Rows are in order, and what is scheduled later comes behind them; or before them.
      put(near ? this.append(tick) : this.placeFar(tick, priorityOf(row), this.lifo ? count - row : row), row);
    }
  }

  /** All slots in order, and their ticks. */
  private inOrder(): { readonly slots: Int32Array; readonly ticks: Float64Array } {
    const far = this.heap.sorted();
    const slots = new Int32Array(this.size);
    const ticks = new Float64Array(this.size);
    let n = 0;
    let f = 0;
    const add = (slot: number, tick: number): void => {
      slots[n] = slot;
      ticks[n++] = tick;
    };
    const addFar = (until: number): void => {
      for (; f < far.length && far[f]!.tick <= until; f++) add(far[f]!.slot, far[f]!.tick);
    };
    this.around((slot, tick) => {
      addFar(tick);
      add(slot, tick);
    });
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
