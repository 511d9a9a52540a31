/**
 * A timing wheel (Varghese and Lauck, "Hashed and hierarchical timing wheels", SOSP 1987): a place for each tick of a span, events
 * of a place one behind the other. They stand in runs of neighbouring slots, so that going through a place is going through memory.
 */
import { NONE, Pool, RUN } from './pool.ts';

/** Ticks ahead that the wheel can tell apart. */
export const SPAN = 2048;
const MASK = SPAN - 1;
/** Of the last slot of a run, and of NONE: what comes next needs another run. */
const END = RUN - 1;

export class Wheel extends Pool {
  protected inWheel = 0;
  /** No place before this tick holds anything. */
  protected scan = 0;
  /** The slot of each place that is taken next; of no meaning where the place is empty. */
  private readonly first = new Int32Array(SPAN);
  /** The slot of each place that was filled last; NONE where the place is empty. */
  private readonly last = new Int32Array(SPAN).fill(NONE);

  /** A slot behind all others of this tick, to be filled. */
  protected append(tick: number): number {
    const place = tick & MASK;
    if (tick < this.scan) this.scan = tick;
    this.inWheel++;
    const last = this.last[place]!;
    const slot = (last & END) === END ? this.extend(place, last) : last + 1;
    this.last[place] = slot;
    return slot;
  }
  private extend(place: number, last: number): number {
    const run = this.allocateRun();
    if (last === NONE) this.first[place] = run;
    else this.setRunAfter(last, run);
    return run;
  }
  /** Brings `scan` to the first place that holds anything; only of a wheel that is not empty. */
  protected seek(): void {
    let { scan } = this;
    while (this.last[scan & MASK] === NONE) scan++;
    this.scan = scan;
  }
  /** Takes it out; what it holds stays until the next one is appended. */
  protected shift(): number {
    const place = this.scan & MASK;
    const slot = this.first[place]!;
    this.inWheel--;
    if (slot === this.last[place]) {
      this.last[place] = NONE;
      this.releaseRun(slot);
    } else if ((slot & END) === END) {
      this.first[place] = this.runAfter(slot);
      this.releaseRun(slot);
    } else this.first[place] = slot + 1;
    return slot;
  }
  /** How many slots this tick has; it is one of those that the wheel can tell apart. */
  protected dueInPlace(tick: number): number {
    const last = this.last[tick & MASK]!;
    if (last === NONE) return 0;
    let count = 1;
    for (let slot = this.first[tick & MASK]!; slot !== last; slot = (slot & END) === END ? this.runAfter(slot) : slot + 1) count++;
    return count;
  }
  /** All slots in order, each with its tick. */
  protected around(visit: (slot: number, tick: number) => void): void {
    for (let tick = this.scan, left = this.inWheel; left > 0; tick++) {
      const last = this.last[tick & MASK]!;
      if (last === NONE) continue;
      let slot = this.first[tick & MASK]!;
      for (; ; slot = (slot & END) === END ? this.runAfter(slot) : slot + 1) {
        left--;
        visit(slot, tick);
        if (slot === last) break;
      }
    }
  }
  protected clearWheel(now: number): void {
    this.last.fill(NONE);
    this.inWheel = 0;
    this.scan = now;
  }
}
