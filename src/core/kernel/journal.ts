/**
 * The journal: two append-only tables (shared contract, "Journal"). A row of `messages` is a stanza on one link, a row of
 * `events` is one processed event. Ordinals of events begin with 1, ids of messages with 0. Beside each event stands what
 * follows from it and is asked for often (where its messages end, how many are in flight), and beside each message where it came to its
 * end, so that a fold need not walk.
 */
import type { Element } from '../../base/xml/element.ts';
import { Carried, Column, upperBound } from './column.ts';
import { LinkHistory } from './link-history.ts';
import type { EventQueue } from './queue.ts';
import { Totals } from './totals.ts';
import { Touched } from './touched.ts';

/** What an event was. */
export const What = { arrival: 0, timer: 1, intervention: 2, nothing: 3 } as const;
export const WHAT_NAMES = ['arrival', 'timer', 'intervention', 'nothing'] as const;
/** What became of a message. */
export const Outcome = { inFlight: 0, delivered: 1, dropped: 2, lost: 3, cut: 4, expired: 5 } as const;
export const OUTCOME_NAMES = ['in flight', 'delivered', 'dropped', 'lost', 'cut', 'expired'] as const;

/** Subject of an intervention's event that took no message away; `index` among the interventions in their order. */
export const injection = (index: number): number => -2 - index;

/** Totals after an event. */
interface EventCounts {
  readonly messages: number;
  readonly inFlight: number;
  readonly reached: number;
}

export class Journal {
  messages = {
    from: Column.u32(),
    to: Column.u32(),
    link: Column.f64(),
    kind: Column.u8(),
    /** Method of a gossip message; 0 for a whole stanza. */
    code: Column.u16(),
    a: Column.i32(),
    b: Column.i32(),
    bytes: Column.u32(),
    sent: Column.f64(),
    due: Column.f64(),
    outcome: Column.u8(),
    /** Ordinal of the event in which it arrived, or was taken away; 0 while it is in flight. */
    end: Column.u32(),
    /** Why it was sent. */
    rule: Column.u16(),
    /** Ordinal of the event whose handler sent it; 0 for what was sent at the beginning. */
    trigger: Column.u32(),
    /** Id of the message that it carries on, of the request that it answers; -1 if none. */
    relays: Column.i32(),
    answers: Column.i32(),
  };
  /** The stanza of a message, by id, where the source has it; a gossip message is made into one on demand. */
  stanzas = new Carried<Element>();
  /** What a message carries beside its arguments, by id. */
  data = new Carried<readonly number[]>();

  /** Row `ordinal - 1`. */
  events = {
    tick: Column.f64(),
    what: Column.u8(),
    entity: Column.u32(),
    /** Arrival, nothing: id of the message, or -1. Timer: its code. Intervention: the message that it took away, -1 where it found none, else `injection(index)`. */
    subject: Column.i32(),
    /** Why nothing happened, or what an intervention was; 0 elsewhere. */
    rule: Column.u16(),
    round: Column.u32(),
    /** Messages and state changes up to and with this event. */
    messagesEnd: Column.u32(),
    changesEnd: Column.u32(),
    inFlight: Column.u32(),
    reached: Column.u32(),
  };
  /** Changes of the shown state of an entity, in order; `at`: the event that each was made in. */
  changes = { at: Column.u32(), entity: Column.u32(), before: Column.u8(), after: Column.u8() };
  links = new LinkHistory();
  /** What interventions did. */
  touched = new Touched();
  totals = new Totals();
  /** The journal of which this one writes some rows a second time. */
  readonly original: Journal | undefined;

  /** Messages and changes made before the first event. */
  messagesAtStart = 0;
  changesAtStart = 0;
  reachedAtStart = 0;

  private readonly ruleIndex: Map<string, number>;
  private readonly ruleNames: string[];

  /** @param original one of which some rows are to be written again. */
  constructor(original?: Journal) {
    this.original = original;
    this.ruleIndex = original?.ruleIndex ?? new Map([['', 0]]);
    this.ruleNames = original?.ruleNames ?? [''];
  }
  /** The next event and message get these numbers, and so many changes were made before. Only of a journal that is empty. */
  beginAt(events: number, messages: number, changes: number): void {
    for (const column of Object.values(this.events)) column.beginAt(events);
    for (const column of Object.values(this.messages)) column.beginAt(messages);
    for (const column of Object.values(this.changes)) column.beginAt(changes);
  }

  get eventCount(): number {
    return this.events.tick.length;
  }
  get messageCount(): number {
    return this.messages.from.length;
  }

  /** A message just put into the queue's slot. @param trigger ordinal of the event whose handler sent it. */
  addMessage(
    queue: EventQueue,
    slot: number,
    sent: number,
    due: number,
    trigger: number,
    bytes: number,
    rule: string,
    relays: number,
  ): void {
    const m = this.messages;
    const stanza = queue.burdened ? queue.stanza[slot] : undefined;
    if (stanza !== undefined) this.stanzas.set(this.messageCount, stanza);
    const data = queue.burdened ? queue.data[slot] : undefined;
    if (data !== undefined) this.data.set(this.messageCount, data);
    const at = this.messageCount & Column.MASK;
    m.from.grow()[at] = queue.from(slot);
    m.to.grow()[at] = queue.to(slot);
    m.link.grow()[at] = queue.link(slot);
    m.kind.grow()[at] = queue.kind(slot);
    m.code.grow()[at] = queue.code(slot);
    m.a.grow()[at] = queue.a(slot);
    m.b.grow()[at] = queue.b(slot);
    m.bytes.grow()[at] = bytes;
    m.sent.grow()[at] = sent;
    m.due.grow()[at] = due;
    m.outcome.grow()[at] = Outcome.inFlight;
    m.end.grow()[at] = 0;
    m.rule.grow()[at] = this.ruleCode(rule);
    m.trigger.grow()[at] = trigger;
    m.relays.grow()[at] = relays;
    m.answers.grow()[at] = queue.answers(slot);
  }
  addEvent(tick: number, what: number, entity: number, subject: number, rule: string, round: number, counts: EventCounts): void {
    const e = this.events;
    const at = this.eventCount & Column.MASK;
    if (subject >= 0 && (what === What.arrival || what === What.intervention)) this.messages.end.set(subject, this.eventCount + 1);
    e.tick.grow()[at] = tick;
    e.what.grow()[at] = what;
    e.entity.grow()[at] = entity;
    e.subject.grow()[at] = subject;
    e.rule.grow()[at] = this.ruleCode(rule);
    e.round.grow()[at] = round;
    e.messagesEnd.grow()[at] = counts.messages;
    e.changesEnd.grow()[at] = this.changes.entity.length;
    e.inFlight.grow()[at] = counts.inFlight;
    e.reached.grow()[at] = counts.reached;
    if (!this.original) this.totals.add(this.eventCount, tick, round, counts.inFlight, counts.reached);
  }
  addChange(entity: number, before: number, after: number): void {
    // What was changed is never let go: it is only counted.
    if (this.original) return void this.changes.entity.length++;
    this.changes.at.push(this.eventCount + 1);
    this.changes.entity.push(entity);
    this.changes.before.push(before);
    this.changes.after.push(after);
  }

  /** Of rows that were written again only that they are, not what the messages came to, is of any use. */
  forgetEnds(page: number): void {
    this.messages.outcome.letGo(page);
    this.messages.end.letGo(page);
  }
  /** Of a copy that is known by its whole stanza. @param of whose copy it is. */
  bytesOfCopy(id: number, of: number): number {
    return this.original?.touched.bytesOf(id) ?? this.messages.bytes.get(of);
  }
  /** Message `id` is a copy of `of`, or stands in its place. */
  addCopy(id: number, of: number, bytes: number): void {
    if (!this.original) this.touched.replaces(id, of, this.sentOf(of), bytes);
  }

  /** Rules are interned in the order of their first use. */
  ruleCode(id: string): number {
    let code = this.ruleIndex.get(id);
    if (code === undefined) {
      code = this.ruleNames.length;
      this.ruleIndex.set(id, code);
      this.ruleNames.push(id);
    }
    return code;
  }
  ruleName(code: number): string {
    return this.ruleNames[code] ?? '';
  }

  /** The same journal as it was after the event, to be gone on with in another way. */
  fork(ordinal: number): Journal {
    const fork = new Journal();
    const messages = this.sentBy(ordinal)[1];
    // The chunks that are shared in part only are copied, so they have to be here.
    if (messages > 0) this.messages.from.get(messages - 1);
    const { outcome, end } = this.messages;
    fork.messages = { ...forked(this.messages, messages), outcome: outcome.fork(messages, true), end: end.fork(messages, true) };
    // What came to its end later is in flight there.
    for (let id = 0; id < messages; id++)
      if (end.get(id) > ordinal) {
        fork.messages.outcome.set(id, Outcome.inFlight);
        fork.messages.end.set(id, 0);
      }
    fork.stanzas = this.stanzas.fork(messages);
    fork.data = this.data.fork(messages);
    if (ordinal > 0) this.events.tick.get(ordinal - 1);
    fork.events = forked(this.events, ordinal);
    fork.changes = forked(this.changes, this.changesBy(ordinal));
    fork.links = this.links.until(ordinal);
    fork.touched = this.touched.until(ordinal, messages);
    fork.totals = this.totals.until(ordinal);
    [fork.messagesAtStart, fork.changesAtStart, fork.reachedAtStart] = [this.messagesAtStart, this.changesAtStart, this.reachedAtStart];
    this.ruleNames.forEach((name) => fork.ruleCode(name));
    return fork;
  }

  tickOf(ordinal: number): number {
    return ordinal === 0 ? 0 : this.events.tick.get(ordinal - 1);
  }
  roundOf(ordinal: number): number {
    return ordinal === 0 ? 0 : this.events.round.get(ordinal - 1);
  }
  /** Ids of the messages that the handler of this event sent: `[first, end)`. */
  sentBy(ordinal: number): readonly [number, number] {
    if (ordinal === 0) return [0, this.messagesAtStart];
    const first = ordinal === 1 ? this.messagesAtStart : this.events.messagesEnd.get(ordinal - 2);
    return [first, this.events.messagesEnd.get(ordinal - 1)];
  }
  changedBy(ordinal: number): readonly [number, number] {
    if (ordinal === 0) return [0, this.changesAtStart];
    const first = ordinal === 1 ? this.changesAtStart : this.events.changesEnd.get(ordinal - 2);
    return [first, this.events.changesEnd.get(ordinal - 1)];
  }
  /** How many changes were made up to and with the event. */
  changesBy(ordinal: number): number {
    const { at } = this.changes;
    return Math.max(
      this.changesAtStart,
      upperBound((i) => at.get(i), 0, at.length, ordinal),
    );
  }
  /** The last event at or before the tick; 0 if there is none. */
  ordinalAt(tick: number): number {
    const [low, high] = this.totals.around(tick, this.eventCount);
    return upperBound((row) => this.events.tick.get(row), low, high, tick);
  }
  /** Where message `id` began: a copy, and an edited one, where its original did. And when it arrived or is to arrive, by what is known. */
  sentOf(id: number): number {
    return this.touched.sentOf(id, this.messages.sent.get(id));
  }
  dueOf(id: number): number {
    return this.touched.dueOf(id, this.eventCount, this.messages.due.get(id));
  }
  /** Ordinal of the event at which message `id` arrived; 0 while it is in flight, or if it was taken away before. */
  arrivalOf(id: number): number {
    const end = this.messages.end.get(id);
    return end > 0 && this.events.what.get(end - 1) === What.arrival ? end : 0;
  }
  /** A stanza sent, arriving or dropped, or a changed state. */
  isVisible(ordinal: number): boolean {
    const what = this.events.what.get(ordinal - 1);
    if (what === What.arrival || what === What.intervention) return true;
    const [m0, m1] = this.sentBy(ordinal);
    const [c0, c1] = this.changedBy(ordinal);
    return m1 > m0 || c1 > c0;
  }
}

function forked<T extends Readonly<Record<string, Column>>>(columns: T, length: number): T {
  // The same names, each with a column.
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.fork(length)])) as unknown as T;
}
