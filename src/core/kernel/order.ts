/**
 * The order of what is pending: (tick, priority, sequence number). A timing wheel holds what is due within its span, a heap the rest;
 * both give one total order: of one tick, what is in the heap was put there earlier. Equal ticks are first-in first-out, or last-in
 * first-out where a scenario asks for the original program's order. Then, and once a priority is asked for, the heap holds all.
 */
import type { Element } from '../../base/xml/element.ts';
import type { Backlog } from './backlog.ts';
import { Heap } from './heap.ts';
import { NONE, PoppedEvent } from './pool.ts';
import { SPAN, Wheel } from './wheel.ts';

export type Ties = 'fifo' | 'lifo';
const TIMER = 1;
/** More events than a run ever has. */
const TURNS = 1e13;

export abstract class EventOrder extends Wheel {
  /** The event that was popped last. */
  readonly event = new PoppedEvent();
  /** What a message carries beside its numbers, by slot. */
  readonly stanza: (Element | undefined)[] = [];
  readonly data: (readonly number[] | undefined)[] = [];
  /** Some message carries a stanza or data: until then those lists are not even looked at. */
  burdened = false;
  protected readonly heap = new Heap();
  protected now = 0;
  /** Of what is in the heap. */
  private counter = 0;
  protected readonly lifo: boolean;
  /** First-in first-out, and no other priority than 0 was ever asked for: what is scheduled goes behind what is there. */
  protected inTurn: boolean;
  /** What is still to come of a keyframe: it was scheduled before everything else that is here. */
  protected backlog: Backlog | undefined;
  /** Slots and ticks of what was scheduled since `keep`; undefined until somebody keeps, and where more than that has changed. */
  protected log: { readonly slots: number[]; readonly ticks: number[] } | undefined;

  constructor(ties: Ties = 'fifo') {
    super();
    this.lifo = ties === 'lifo';
    this.inTurn = !this.lifo;
  }

  get size(): number {
    return this.inWheel + this.heap.length + (this.backlog?.size ?? 0);
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
    if (this.backlog !== undefined && this.backlog.tick <= this.ownTick) return this.popBacklog(this.backlog);
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
  private popBacklog(backlog: Backlog): boolean {
    backlog.next(this.event);
    this.now = this.event.tick;
    if (this.scan < this.now) this.scan = this.now;
    if (backlog.size === 0) this.backlog = undefined;
    return true;
  }
  /** Somebody acts between two events: what is scheduled then takes its time from there. @param tick not behind that of the next event. */
  stand(tick: number): void {
    this.now = tick;
    if (this.scan < tick) this.scan = tick;
  }
  /** Tick of the event that comes next; Infinity when nothing is pending. */
  get nextTick(): number {
    return this.backlog === undefined ? this.ownTick : Math.min(this.backlog.tick, this.ownTick);
  }
  private get ownTick(): number {
    if (this.isWheelNext()) return this.scan;
    return this.heap.length === 0 ? Infinity : this.heap.tick;
  }

  /** Instead of what is pending: events in the order in which they are due. @param put writes that of the row into a slot. */
  protected refill(
    ticks: ArrayLike<number>,
    now: number,
    priorityOf: (row: number) => number,
    put: (slot: number, row: number) => void,
  ): void {
    const count = ticks.length;
    // A handler may ask for this, and is not done with its event.
    this.event.keep();
    this.backlog = undefined;
    this.log = undefined;
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
  protected inOrder(): { readonly slots: Int32Array; readonly ticks: Float64Array } {
    const far = this.heap.sorted();
    const slots = new Int32Array(this.inWheel + this.heap.length);
    const ticks = new Float64Array(slots.length);
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
    const slot = this.inTurn && tick - this.now < SPAN ? this.append(tick) : this.placeFar(tick, priority, this.counter++);
    if (this.log !== undefined) this.note(this.log, slot, tick);
    return slot;
  }
  private note({ slots, ticks }: { readonly slots: number[]; readonly ticks: number[] }, slot: number, tick: number): void {
    slots.push(slot);
    ticks.push(tick);
  }
  private placeFar(tick: number, priority: number, sequence: number): number {
    const slot = this.allocate();
    this.heap.push(slot, tick, priority * TURNS + (this.lifo ? -sequence : sequence));
    return slot;
  }
  /** From now on the heap keeps the order. */
  protected abstract outOfTurn(): void;
  private isWheelNext(): boolean {
    if (this.inWheel === 0) return false;
    this.seek();
    return this.heap.length === 0 || this.scan < this.heap.tick;
  }
}
