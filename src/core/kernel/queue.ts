/** What is pending, as plain data: kept in keyframes and taken back from them, looked at, and moved by hand. */
import type { Element } from '../../base/xml/element.ts';
import { Backlog } from './backlog.ts';
import { EventOrder } from './order.ts';
import { listOf, type PendingEvents, type PendingList, type PendingRows } from './pending.ts';
import { PoppedEvent, WIDTH } from './pool.ts';

export const ARRIVAL = 0;
const NO_PRIORITY = (): number => 0;

/** The numbers of one pending event. */
const FIELDS = ['priority', 'type', 'to', 'from', 'link', 'kind', 'code', 'a', 'b', 'id', 'answers', 'took'] as const;
/** One of them as an object: for the rare cases in which a person moves it. */
export type PendingEvent = { tick: number; stanza: Element | undefined; data: readonly number[] | undefined } & Record<
  (typeof FIELDS)[number],
  number
>;

export class EventQueue extends EventOrder {
  /** Empty, as it was made; what it has grown to stays, for the next run. */
  reset(): void {
    this.inTurn = !this.lifo;
    this.refill([], 0, NO_PRIORITY, () => undefined);
    this.burdened = false;
  }

  /** All that is pending, in order, as objects: rare, so it may cost. */
  rows(): PendingEvent[] {
    this.settle();
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

  /** All that is pending, as plain data. */
  dump(): PendingEvents {
    return { lists: [listOf(this.allRows())], now: this.now, left: this.leftNow, inTurn: this.inTurn };
  }
  /**
   * What is pending, as plain data: the list of what was scheduled since this was asked last, or, where it is `whole`, of everything. Then what was kept
   * before is of no meaning.
   */
  keep(): { readonly list: PendingList; readonly whole: boolean; readonly pending: Omit<PendingEvents, 'lists'> } {
    const whole = this.log === undefined;
    const list = listOf(this.log === undefined ? this.allRows() : this.loggedRows(this.log));
    this.log = this.inTurn ? { slots: [], ticks: [] } : undefined;
    return { list, whole, pending: { now: this.now, left: this.leftNow, inTurn: this.inTurn } };
  }
  private loggedRows({ slots, ticks }: { readonly slots: readonly number[]; readonly ticks: readonly number[] }): PendingRows {
    // What was due before is over. Of what is due now some may be: that it is among the first of its tick says so.
    const order = inOrderOf(ticks, this.now);
    const due = new Float64Array(order.length);
    for (let row = 0; row < due.length; row++) due[row] = ticks[order[row]!]!;
    return this.rowsOf(due.length, (row) => slots[order[row]!]!, due);
  }
  private rowsOf(length: number, slotOf: (row: number) => number, ticks: Float64Array): PendingRows {
    const words = new Int32Array(length * WIDTH);
    let far: Float64Array | undefined;
    for (let row = 0; row < length; row++) {
      const link = this.copyOut(slotOf(row), words, row * WIDTH);
      if (link !== 0) (far ??= new Float64Array(length))[row] = link;
    }
    const { burdened } = this;
    const carried = <T>(column: readonly T[]): T[] => (burdened ? Array.from(ticks, (_, row) => column[slotOf(row)]!) : []);
    return { ticks, words, far, stanzas: carried(this.stanza), data: carried(this.data) };
  }
  private allRows(): PendingRows {
    this.settle();
    const { slots, ticks } = this.inOrder();
    return this.rowsOf(slots.length, (row) => slots[row]!, ticks);
  }
  /** How many of those that are pending are due now. */
  private get leftNow(): number {
    let left = this.dueInPlace(this.now) + this.heap.countOf(this.now);
    const waiting = this.backlog?.copy();
    for (const event = new PoppedEvent(); waiting !== undefined && waiting.tick === this.now; left++) waiting.next(event);
    return left;
  }
  /** Instead of a backlog: its events in slots, in their order. */
  private settle(): void {
    const { backlog } = this;
    if (backlog === undefined) return;
    const own = this.inOrder();
    const rows = this.rowsOf(own.slots.length, (row) => own.slots[row]!, own.ticks);
    this.restoreRows(backlog.drainedWith(rows));
  }
  /** What is pending for one entity, in order. Rare, so it searches. */
  pendingOf(entity: number): { readonly tick: number; readonly isArrival: boolean; readonly id: number; readonly code: number }[] {
    this.settle();
    const { slots, ticks } = this.inOrder();
    return Array.from(slots).flatMap((slot, i) =>
      this.to(slot) === entity
        ? [{ tick: ticks[i]!, isArrival: this.type(slot) === ARRIVAL, id: this.id(slot), code: this.code(slot) }]
        : [],
    );
  }
  restore(pending: PendingEvents): void {
    this.refill([], pending.now, NO_PRIORITY, () => undefined);
    const backlog = Backlog.of(pending);
    if (backlog.size === 0) return;
    this.backlog = backlog;
    this.burdened ||= backlog.carries;
    if (!this.inTurn || !pending.inTurn) this.settle();
  }
  private restoreRows({ ticks, words, far, stanzas, data }: PendingRows): void {
    const put = (slot: number, row: number): void => {
      this.copyIn(slot, words, row * WIDTH, far === undefined ? 0 : far[row]!);
      if (stanzas[row] !== undefined || data[row] !== undefined) this.carry(slot, stanzas[row], data[row]);
    };
    this.refill(ticks, this.now, (row) => this.priorityIn(words, row * WIDTH), put);
  }
  /** From now on the heap keeps the order. */
  protected outOfTurn(): void {
    const kept = this.allRows();
    this.inTurn = false;
    this.restoreRows(kept);
  }
}

/** Places of the ticks from `now` on, in their order; of equal ones as they come. */
function inOrderOf(ticks: readonly number[], now: number): Int32Array {
  let [most, count] = [now, 0];
  for (const tick of ticks) {
    if (tick > most) most = tick;
    if (tick >= now) count++;
  }
  const order = new Int32Array(count);
  if (most - now > 4 * count + 4096) {
    let next = 0;
    ticks.forEach((tick, i) => {
      if (tick >= now) order[next++] = i;
    });
    return order.sort((i, j) => ticks[i]! - ticks[j]! || i - j);
  }
  // Ticks lie close together: how many there are of each says where they come.
  const ends = new Int32Array(most - now + 2);
  for (const tick of ticks) if (tick >= now) ends[tick - now + 1]!++;
  for (let i = 1; i < ends.length; i++) ends[i]! += ends[i - 1]!;
  for (let i = 0; i < ticks.length; i++) {
    const tick = ticks[i]!;
    if (tick >= now) order[ends[tick - now]!++] = i;
  }
  return order;
}
