/** A heap of slots by tick, four children to a node, keys beside the slots so that most comparisons look nowhere else. */
export class Heap {
  private ticks = new Float64Array(64);
  private slots = new Int32Array(64);
  length = 0;
  /** Whether slot x, of the same tick as y, comes before it. */
  private readonly before: (x: number, y: number) => boolean;

  constructor(before: (x: number, y: number) => boolean) {
    this.before = before;
  }
  /** The first slot; -1 if there is none. */
  get first(): number {
    return this.length === 0 ? -1 : this.slots[0]!;
  }
  /** Its tick. */
  get tick(): number {
    return this.ticks[0]!;
  }
  clear(): void {
    this.length = 0;
  }
  /** Slots in order, and their ticks. */
  sorted(): { readonly slot: number; readonly tick: number }[] {
    const order = Array.from({ length: this.length }, (_, i) => i);
    const comes = (i: number, j: number): boolean =>
      this.ticks[i] === this.ticks[j] ? this.before(this.slots[i]!, this.slots[j]!) : this.ticks[i]! < this.ticks[j]!;
    return order.sort((i, j) => (comes(i, j) ? -1 : 1)).map((i) => ({ slot: this.slots[i]!, tick: this.ticks[i]! }));
  }

  push(slot: number, tick: number): void {
    if (this.length === this.slots.length) {
      const [ticks, slots] = [new Float64Array(2 * this.length), new Int32Array(2 * this.length)];
      ticks.set(this.ticks);
      slots.set(this.slots);
      [this.ticks, this.slots] = [ticks, slots];
    }
    const { ticks, slots } = this;
    let i = this.length++;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const t = ticks[parent]!;
      if (t < tick || (t === tick && !this.before(slot, slots[parent]!))) break;
      ticks[i] = t;
      slots[i] = slots[parent]!;
      i = parent;
    }
    ticks[i] = tick;
    slots[i] = slot;
  }
  removeFirst(): void {
    const { ticks, slots } = this;
    const n = --this.length;
    const tick = ticks[n]!;
    const slot = slots[n]!;
    let i = 0;
    for (;;) {
      const from = 4 * i + 1;
      if (from >= n) break;
      const to = Math.min(from + 4, n);
      let best = from;
      for (let child = from + 1; child < to; child++) {
        const t = ticks[child]!;
        if (t < ticks[best]! || (t === ticks[best]! && this.before(slots[child]!, slots[best]!))) best = child;
      }
      const t = ticks[best]!;
      if (tick < t || (tick === t && !this.before(slots[best]!, slot))) break;
      ticks[i] = t;
      slots[i] = slots[best]!;
      i = best;
    }
    ticks[i] = tick;
    slots[i] = slot;
  }
}
