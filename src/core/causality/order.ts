/**
 * Which event may have caused which, over a journal that still grows: the order of events at each entity, and from each
 * sending to its arrival. Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System", Communications of the
 * ACM 21(7), 1978. Rows that say why nothing happened are events like the others. What was lost, cut or taken away by hand never
 * came to its receiver, so it orders nothing; nor does time itself, nor what befalls an entity from outside (a crash by the conditions
 * of the run), nor a timer beyond the order at its own entity.
 */
import { Column, upperBound } from '../kernel/column.ts';
import { Outcome, What, type Journal } from '../kernel/journal.ts';

/** A dropped message with one of these rules behind it met nobody: what happened to it happened on the way. */
const ON_THE_WAY = /^(network|fault|intervention)\//;

export class CausalOrder {
  readonly journal: Journal;
  /**
   * By event: its entity, its number there from 1, its Lamport stamp, its cause (-1: none) and the event that sent that. A way through a past goes
   * to and fro over the whole run, of which the rows may not be here.
   */
  private readonly at = Column.u32();
  private readonly ranks = Column.u32();
  private readonly stamps = Column.u32();
  private readonly causes = Column.i32();
  private readonly origins = Column.u32();
  /** Ordinals of the events of each entity. */
  private readonly lines: number[][] = [];

  constructor(journal: Journal) {
    this.journal = journal;
  }

  /** Takes in what was recorded since, up to the event `to`. Answers itself. */
  follow(to = Infinity): this {
    const { journal, lines } = this;
    const { events } = journal;
    for (let ordinal = this.at.length + 1; ordinal <= Math.min(to, journal.eventCount); ordinal++) {
      const entity = events.entity.get(ordinal - 1);
      const line = (lines[entity] ??= []);
      const previous = line.at(-1) ?? 0;
      line.push(ordinal);
      const cause = this.foundCause(ordinal);
      const sent = cause < 0 ? 0 : this.sentIn(cause);
      this.at.push(entity);
      this.ranks.push(line.length);
      this.causes.push(cause);
      this.origins.push(sent);
      this.stamps.push(1 + Math.max(this.lamport(previous), this.lamport(sent)));
    }
    return this;
  }

  /** How many events are taken in. */
  get followed(): number {
    return this.at.length;
  }
  /** One more than the greatest number of an entity that any event was at. */
  get entities(): number {
    return this.lines.length;
  }
  entityOf(ordinal: number): number {
    return ordinal <= this.at.length ? this.at.get(ordinal - 1) : this.journal.events.entity.get(ordinal - 1);
  }
  /** Ordinals of its events, in order. */
  eventsOf(entity: number): readonly number[] {
    return this.lines[entity] ?? [];
  }
  /** The event before this one at the same entity; 0 if it is the first. */
  previous(ordinal: number): number {
    return this.eventsOf(this.entityOf(ordinal))[this.rank(ordinal) - 2] ?? 0;
  }
  /** Its number among the events of its entity, from 1. */
  rank(ordinal: number): number {
    return this.ranks.get(ordinal - 1);
  }
  /** Events of the entity up to and with `ordinal`. */
  countUpTo(entity: number, ordinal: number): number {
    const line = this.eventsOf(entity);
    return upperBound((i) => line[i]!, 0, line.length, ordinal);
  }
  /** 0 for what is before the first event. */
  lamport(ordinal: number): number {
    return ordinal === 0 ? 0 : this.stamps.get(ordinal - 1);
  }
  /** The event in which the message came to its receiver, was lost on the way or taken away by hand; 0 while it is under way. */
  endOf(message: number): number {
    const end = this.journal.messages.end.get(message);
    return end <= this.at.length ? end : 0;
  }
  /** The event in which it was sent; what stands in the place of another by hand or by chance was sent where that was. 0: at the beginning. */
  sentIn(message: number): number {
    return this.journal.messages.trigger.get(this.journal.touched.originalOf(message));
  }
  /** The message that its receiver took in, or refused, in this event; -1 if the event has no cause but those before it at its entity. */
  causeOf(ordinal: number): number {
    return ordinal <= this.causes.length ? this.causes.get(ordinal - 1) : this.foundCause(ordinal);
  }
  /** The event that sent the cause of this one; 0 if it has none, or was sent at the beginning. */
  originOf(ordinal: number): number {
    return this.origins.get(ordinal - 1);
  }
  private foundCause(ordinal: number): number {
    const { events, messages } = this.journal;
    if (events.what.get(ordinal - 1) !== What.arrival) return -1;
    const id = events.subject.get(ordinal - 1);
    const outcome = messages.outcome.get(id);
    if (outcome === Outcome.delivered) return id;
    return outcome === Outcome.dropped && !this.wasMissed(ordinal) ? id : -1;
  }
  /** One of the rows behind the arrival says that the receiver never saw it. */
  private wasMissed(ordinal: number): boolean {
    const { events } = this.journal;
    for (let row = ordinal; row < this.journal.eventCount && events.what.get(row) === What.nothing; row++)
      if (ON_THE_WAY.test(this.journal.ruleName(events.rule.get(row)))) return true;
    return false;
  }
}
