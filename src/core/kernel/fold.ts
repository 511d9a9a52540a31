/**
 * The picture's fold over a journal: which messages are in flight and how each entity is shown, after any event. One step
 * forward and one step back are exact inverses; checkpoints make far seeks short.
 */
import type { Journal } from './journal.ts';
import { What } from './journal.ts';

const EVERY = 4096;

interface Checkpoint {
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
    const nearest = Math.min(Math.floor(target / EVERY), this.checkpoints.length);
    if (nearest > 0 && Math.abs(target - this.ordinal) > EVERY) this.load(nearest);
    while (this.ordinal < target) this.forward();
    while (this.ordinal > target) this.back();
  }

  private forward(): void {
    const ordinal = this.ordinal + 1;
    const taken = this.takenBy(ordinal);
    if (taken >= 0) this.flights.delete(taken);
    this.ordinal = ordinal;
    this.apply(ordinal);
    if (ordinal % EVERY === 0 && this.checkpoints.length === ordinal / EVERY - 1)
      this.checkpoints.push({ flights: Int32Array.from(this.flights), states: this.states.slice() });
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
  private load(checkpoint: number): void {
    const saved = this.checkpoints[checkpoint - 1]!;
    this.flights.clear();
    for (const id of saved.flights) this.flights.add(id);
    this.states.set(saved.states);
    this.ordinal = checkpoint * EVERY;
  }
}
