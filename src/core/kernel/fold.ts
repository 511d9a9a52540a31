/**
 * The picture's fold over a journal: which messages are in flight and how each entity is shown, after any event. Neither needs a walk
 * over events: a message is in flight from the event that sent it to the one that it ended in, which both stand in its row, and states
 * are those of the checkpoint before, with the few changes since. So to go anywhere costs about the same, at any length of the run.
 */
import type { Journal } from './journal.ts';

/** Changes between two checkpoints of all states; with more entities as many as there are, so that a checkpoint costs a byte a change at most. */
const CHANGES = 1 << 14;
/** Events between two marks of the oldest message in flight. */
const EVENTS = 1 << 12;

/** What folds over one journal share: grows with it, when somebody asks. */
interface Kept {
  /** States after each `spacing` changes, from none on. */
  readonly states: Uint8Array[];
  /** By each `EVENTS` events: no message below this id is in flight then or later. */
  readonly oldest: number[];
}

export class JournalFold {
  readonly states: Uint8Array;
  /** Events processed. */
  ordinal = 0;
  /** Changes that `states` has. */
  private change = 0;
  private readonly journal: Journal;
  private readonly kept: Kept;
  private readonly spacing: number;

  constructor(journal: Journal, entities: number, kept: Kept = { states: [new Uint8Array(entities)], oldest: [0] }) {
    this.journal = journal;
    this.states = new Uint8Array(entities);
    this.kept = kept;
    this.spacing = Math.max(CHANGES, entities);
    this.seek(0);
  }
  /** Another cursor over the same journal. */
  sibling(): JournalFold {
    return new JournalFold(this.journal, this.states.length, this.kept);
  }

  seek(ordinal: number): void {
    const { journal, states, spacing } = this;
    this.ordinal = Math.min(Math.max(0, ordinal), journal.eventCount);
    const target = journal.changesBy(this.ordinal);
    const checkpoint = Math.floor(target / spacing);
    if (Math.abs(target - this.change) > target - checkpoint * spacing) {
      states.set(this.checkpoint(checkpoint));
      this.change = checkpoint * spacing;
    }
    const { entity, before, after } = journal.changes;
    for (let c = this.change; c < target; c++) states[entity.get(c)] = after.get(c);
    for (let c = this.change - 1; c >= target; c--) states[entity.get(c)] = before.get(c);
    this.change = target;
  }
  private checkpoint(number: number): Uint8Array {
    const { states } = this.kept;
    const { entity, after } = this.journal.changes;
    while (states.length <= number) {
      const next = states.at(-1)!.slice();
      const from = (states.length - 1) * this.spacing;
      for (let c = from; c < from + this.spacing; c++) next[entity.get(c)] = after.get(c);
      states.push(next);
    }
    return states[number]!;
  }

  /** How many messages are in flight. */
  get inFlight(): number {
    return this.ordinal === 0 ? this.journal.messagesAtStart : this.journal.events.inFlight.get(this.ordinal - 1);
  }
  /** Ids of the messages in flight, in their order. @param every only those that it divides. */
  *flights(every = 1): Generator<number> {
    const { ordinal, journal } = this;
    const { end } = journal.messages;
    const sent = journal.sentBy(ordinal)[1];
    for (let id = Math.ceil(this.oldest(ordinal) / every) * every; id < sent; id += every) {
      const ended = end.get(id);
      if (ended === 0 || ended > ordinal) yield id;
    }
  }
  /** The first message in flight; where there is none, one that is sent later. */
  get first(): number {
    const { end } = this.journal.messages;
    let id = this.oldest(this.ordinal);
    for (let ended = end.get(id); ended > 0 && ended <= this.ordinal; ended = end.get(id)) id++;
    return id;
  }
  /** No message below this id is in flight after the event. */
  private oldest(ordinal: number): number {
    const { oldest } = this.kept;
    const { messages } = this.journal;
    const block = Math.floor(ordinal / EVENTS);
    while (oldest.length <= block) {
      const until = oldest.length * EVENTS;
      let id = oldest.at(-1)!;
      for (let ended = messages.end.get(id); ended > 0 && ended <= until; ended = messages.end.get(id)) id++;
      oldest.push(id);
    }
    return oldest[block]!;
  }
}
