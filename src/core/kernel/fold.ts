/**
 * The picture's fold over a journal: which messages are in flight and how each entity is shown, after any event. One step
 * forward and one step back are exact inverses; checkpoints make far seeks short.
 */
import { upperBound } from './column.ts';
import type { Journal } from './journal.ts';
import { What } from './journal.ts';

/** Events between two checkpoints, and no fewer than one holds: so their cost stays a constant share of the run's. */
const EVERY = 4096;

interface Checkpoint {
  readonly ordinal: number;
  readonly flights: Int32Array;
  readonly states: Uint8Array;
}

export class JournalFold {
  readonly states: Uint8Array;
  /** Ids of the messages in flight. */
  readonly flights = new Set<number>();
  /** Events processed. */
  ordinal = 0;
  private readonly journal: Journal;
  private readonly checkpoints: Checkpoint[];

  /** @param checkpoints shared with the fold that follows the end of the run, which makes them. */
  constructor(journal: Journal, entities: number, checkpoints: Checkpoint[] = []) {
    this.journal = journal;
    this.states = new Uint8Array(entities);
    this.checkpoints = checkpoints;
    this.apply(0);
  }
  /** Another cursor over the same journal. */
  sibling(): JournalFold {
    return new JournalFold(this.journal, this.states.length, this.checkpoints);
  }

  seek(ordinal: number): void {
    const target = Math.min(Math.max(0, ordinal), this.journal.eventCount);
    const after = upperBound((i) => this.checkpoints[i]!.ordinal, 0, this.checkpoints.length, target);
    const nearest = this.checkpoints[after - 1];
    if (nearest !== undefined && Math.abs(target - this.ordinal) > target - nearest.ordinal) this.load(nearest);
    while (this.ordinal < target) this.forward();
    while (this.ordinal > target) this.back();
  }

  private forward(): void {
    const ordinal = this.ordinal + 1;
    const taken = this.takenBy(ordinal);
    if (taken >= 0) this.flights.delete(taken);
    this.ordinal = ordinal;
    this.apply(ordinal);
    const last = this.checkpoints.at(-1)?.ordinal ?? 0;
    if (ordinal - last >= Math.max(EVERY, this.flights.size + this.states.length))
      this.checkpoints.push({ ordinal, flights: Int32Array.from(this.flights), states: this.states.slice() });
  }
  private back(): void {
    const ordinal = this.ordinal;
    const [m0, m1] = this.journal.sentBy(ordinal);
    for (let id = m0; id < m1; id++) this.flights.delete(id);
    const [c0, c1] = this.journal.changedBy(ordinal);
    const { entity, before } = this.journal.changes;
    for (let c = c1 - 1; c >= c0; c--) this.states[entity.get(c)] = before.get(c);
    const taken = this.takenBy(ordinal);
    if (taken >= 0) this.flights.add(taken);
    this.ordinal = ordinal - 1;
  }
  private apply(ordinal: number): void {
    const [m0, m1] = this.journal.sentBy(ordinal);
    for (let id = m0; id < m1; id++) this.flights.add(id);
    const [c0, c1] = this.journal.changedBy(ordinal);
    const { entity, after } = this.journal.changes;
    for (let c = c0; c < c1; c++) this.states[entity.get(c)] = after.get(c);
  }
  /** The message that this event took out of flight. */
  private takenBy(ordinal: number): number {
    const { what, subject } = this.journal.events;
    const w = what.get(ordinal - 1);
    return w === What.arrival || w === What.intervention ? subject.get(ordinal - 1) : -1;
  }
  private load(saved: Checkpoint): void {
    this.flights.clear();
    for (const id of saved.flights) this.flights.add(id);
    this.states.set(saved.states);
    this.ordinal = saved.ordinal;
  }
}
