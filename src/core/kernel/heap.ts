/**
 * A heap of slots by tick, then by turn, four children to a node (D. B. Johnson, Information Processing Letters 4, 1975), keys beside
 * the slots so that comparing looks nowhere else.
 */
export class Heap {
  private ticks = new Float64Array(64);
  private turns = new Float64Array(64);
  private slots = new Int32Array(64);
  length = 0;

  /** The first slot; -1 if there is none. */
  get first(): number {
    return this.length === 0 ? -1 : this.slots[0]!;
  }
  /** Its tick. */
  get tick(): number {
    return this.ticks[0]!;
  }
  /** How many slots have this tick. */
  countOf(tick: number): number {
    let count = 0;
    for (let i = 0; i < this.length; i++) if (this.ticks[i] === tick) count++;
    return count;
  }
  clear(): void {
    this.length = 0;
  }
  /** Slots in order, and their ticks. */
  sorted(): { readonly slot: number; readonly tick: number }[] {
    const { ticks, turns } = this;
    const order = Array.from({ length: this.length }, (_, i) => i);
    order.sort((i, j) => ticks[i]! - ticks[j]! || turns[i]! - turns[j]!);
    return order.map((i) => ({ slot: this.slots[i]!, tick: ticks[i]! }));
  }

  /** @param turn no two of one tick have the same. */
  push(slot: number, tick: number, turn: number): void {
    if (this.length === this.slots.length) this.grow();
    const { ticks, turns, slots } = this;
    let i = this.length++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const t = ticks[parent]!;
      if (t < tick || (t === tick && turns[parent]! < turn)) break;
      ticks[i] = t;
      turns[i] = turns[parent]!;
      slots[i] = slots[parent]!;
      i = parent;
    }
    ticks[i] = tick;
    turns[i] = turn;
    slots[i] = slot;
  }
  removeFirst(): void {
    const { ticks, turns, slots } = this;
    const n = --this.length;
    const tick = ticks[n]!;
    const turn = turns[n]!;
    let i = 0;
    for (;;) {
      const from = 4 * i + 1;
      if (from >= n) break;
      const to = from + 4 < n ? from + 4 : n;
      let best = from;
      let t = ticks[from]!;
      for (let child = from + 1; child < to; child++) {
        const other = ticks[child]!;
        if (other < t || (other === t && turns[child]! < turns[best]!)) {
          best = child;
          t = other;
        }
      }
      if (tick < t || (tick === t && turn < turns[best]!)) break;
      ticks[i] = t;
      turns[i] = turns[best]!;
      slots[i] = slots[best]!;
      i = best;
    }
    ticks[i] = tick;
    turns[i] = turn;
    slots[i] = slots[n]!;
  }
  private grow(): void {
    const { ticks, turns, slots } = this;
    this.ticks = new Float64Array(2 * this.length);
    this.turns = new Float64Array(2 * this.length);
    this.slots = new Int32Array(2 * this.length);
    this.ticks.set(ticks);
    this.turns.set(turns);
    this.slots.set(slots);
  }
}
