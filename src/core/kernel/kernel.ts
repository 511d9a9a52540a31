/**
 * The kernel: pending events in a total order, one handler at a time, everything that counts in this object. A run is a
 * pure function of program, seed and interventions; two kernels interleaved equal two run alone.
 */
import type { Intervention } from '../../protocol/intervention.ts';
import { Kind } from '../../protocol/scene.ts';
import { Churn } from './churn.ts';
import { disturbSent } from './copies.ts';
import { Disturbances, NO_FAULTS } from './disturbances.ts';
import { Horizon } from './horizon.ts';
import { Interventions } from './intervene.ts';
import { Outcome, What, type Journal } from './journal.ts';
import type { Keyframe, Silence } from './keyframe.ts';
import type { Outgoing } from './model.ts';
import type { StateColumn } from './patches.ts';
import type { PoppedEvent } from './pool.ts';
import type { KernelOptions, Program } from './program.ts';
import { ARRIVAL, EventQueue } from './queue.ts';
import type { Rounds } from './rounds.ts';
import { restore } from './saving.ts';
import type { Watch } from './watch.ts';

export class Kernel {
  readonly queue: EventQueue;
  journal: Journal | undefined;
  tick = 0;
  /** Events processed; while a handler runs, the ordinal of its event. */
  ordinal = 0;
  /** Arrivals and timers processed; rows that only say why nothing happened are not among them. */
  processed = 0;
  messages = 0;
  inFlight = 0;
  maxInFlight = 0;
  /** Tick at which an entity was reached; -1 while it is not. */
  readonly reachedAt: Float64Array;
  reachedCount = 0;
  readonly latency: (link: number) => number;
  /** State that keyframes compare with how it was. */
  readonly columns: readonly StateColumn[];
  readonly watch: Watch | undefined;
  readonly program: Program;
  /** What is out of order; undefined until anything is. */
  disturbed: Disturbances | undefined;
  readonly churn: Churn | undefined;
  private readonly seed: string;
  readonly rounds: Rounds;
  private readonly shown: Uint8Array;
  readonly horizon: Horizon;
  readonly interventions: Interventions;
  /** Said in the event that is being handled, to be written behind it. */
  silences: Silence[] = [];
  /** What becomes of the message that is being handled. */
  private outcome: number = Outcome.delivered;
  /** Nothing is recorded, nobody intervenes, rounds need not be told: then an event leaves nothing behind but what its handler did. */
  private plain: boolean;

  constructor(options: KernelOptions) {
    options.queue?.reset();
    this.queue = options.queue ?? new EventQueue(options.ties);
    this.program = options.program;
    this.rounds = options.rounds;
    this.latency = options.latency;
    this.journal = options.journal;
    this.watch = options.watch;
    this.horizon = new Horizon(options);
    this.interventions = new Interventions(options.interventions ?? []);
    this.plain = !options.journal && options.rounds.stateless && this.interventions.none;
    this.seed = options.seed ?? '';
    const { loss, duplication, reordering } = options.faults ?? NO_FAULTS;
    if (loss + duplication + reordering > 0)
      this.disturbed = new Disturbances(options.entities, this.seed, options.faults, this.program.stage.tcp);
    this.reachedAt = new Float64Array(options.entities).fill(-1);
    this.shown = new Uint8Array(options.entities);
    this.churn = options.churn && new Churn(options.churn, this.seed);
    this.columns = [{ values: this.reachedAt }, ...(this.program.columns ?? [])];
    this.program.begin(this);
    this.churn?.begin(this);
    this.maxInFlight = this.inFlight;
    this.interventions.sent(0, 0, this.messages);
    if (this.journal) {
      this.journal.messagesAtStart = this.messages;
      this.journal.changesAtStart = this.journal.changes.entity.length;
      this.journal.reachedAtStart = this.reachedCount;
    }
    this.interventions.apply(this);
  }

  /** What comes from here on leaves no rows; the run is the same. */
  stopRecording(): void {
    this.journal = undefined;
    this.plain = this.rounds.stateless && this.interventions.none;
  }

  /** Tick of the next event, Infinity if nothing is pending. */
  get nextTick(): number {
    return this.queue.nextTick;
  }

  /** Processes the next event; false if nothing is pending or it lies beyond the horizon. */
  step(): boolean {
    const queue = this.queue;
    const { tick: until } = this.horizon;
    if (until !== Infinity && this.nextTick > until) return false;
    if (!queue.pop()) return false;
    const { event } = queue;
    this.tick = event.tick;
    this.ordinal++;
    const why = this.disturbed?.waits(event);
    if (why !== undefined) return this.hold(event, why);
    this.processed++;
    this.outcome = Outcome.delivered;
    const first = this.messages;
    if (event.type === ARRIVAL) {
      this.inFlight--;
      if (this.disturbed === undefined) this.program.arrive(this, event);
      else this.disturbed.arrive(this, event);
    } else if (this.disturbed?.tcp?.runs(this, event) !== true && this.churn?.runs(this, event) !== true) this.program.timer(this, event);
    if (this.inFlight > this.maxInFlight) this.maxInFlight = this.inFlight;
    if (!this.plain) this.leaveRow(event, first);
    else if (this.silences.length > 0) this.forgetSilences();
    return true;
  }
  /** @param first id of the first message that the event's handler may have sent. */
  private leaveRow({ type, to, id, code }: PoppedEvent, first: number): void {
    const { ordinal } = this;
    if (!this.interventions.none) this.interventions.sent(ordinal, first, this.messages);
    if (type === ARRIVAL) this.finish(What.arrival, to, id, id);
    else this.finish(What.timer, to, code, -1);
    if (this.interventions.areLeft) this.interventions.apply(this);
  }
  /** They count as rows that nobody writes. */
  private forgetSilences(): void {
    this.ordinal += this.silences.length;
    this.silences = [];
  }

  /** At most `events` further events, and none once there are `most` rows; answers how many there were. */
  run(events: number, most = Infinity): number {
    let n = 0;
    while (n < events && this.ordinal < most && this.step()) n++;
    return n;
  }

  /** A message of small integers. `delay` in ticks; `answers` as in the journal. Answers the id of its row. */
  send(
    link: number,
    from: number,
    to: number,
    delay: number,
    kind: number,
    code: number,
    a: number,
    b: number,
    answers: number,
    data?: readonly number[],
  ): number {
    this.inFlight++;
    const id = this.messages++;
    const { disturbed } = this;
    const takes = disturbed === undefined ? delay : disturbed.delayOf(from, to, link, kind, delay, this.tick);
    const slot = this.queue.schedule(this.tick + takes, ARRIVAL, link, to, from, kind, code, a, b, id, answers);
    if (data !== undefined) this.queue.carry(slot, undefined, data);
    if (this.journal)
      this.journal.addMessage(this.queue, slot, this.tick, this.tick + takes, this.ordinal, this.program.bytes(this, slot), '', -1);
    if (disturbed !== undefined) disturbSent(this, disturbed, slot, id, delay, takes);
    return id;
  }

  /** A whole stanza; it takes as long as its link does. */
  post(from: number, to: number, message: Outgoing): number {
    const { link, kind, stanza, bytes, rule, relays = -1, answers = -1 } = message;
    const delay = this.latency(link);
    this.inFlight++;
    const id = this.messages++;
    const { disturbed } = this;
    const takes = disturbed === undefined ? delay : disturbed.delayOf(from, to, link, kind, delay, this.tick);
    const slot = this.queue.schedule(this.tick + takes, ARRIVAL, link, to, from, kind, 0, 0, 0, id, answers);
    this.queue.carry(slot, stanza, undefined);
    this.watch?.sent(this.tick, from, to, link, bytes, kind !== Kind.stream);
    if (this.journal) this.journal.addMessage(this.queue, slot, this.tick, this.tick + takes, this.ordinal, bytes, rule, relays);
    if (disturbed !== undefined) disturbSent(this, disturbed, slot, id, delay, takes, bytes);
    return id;
  }

  /** Wakes `entity` after `delay` ticks. */
  timer(entity: number, delay: number, code: number, argument: number, second = 0): void {
    const wait = this.disturbed === undefined ? delay : this.disturbed.waitOf(entity, delay);
    this.queue.wake(this.tick + wait, entity, code, argument, second);
  }

  /** Nothing happened and why; a row of its own behind the event's. */
  silence(entity: number, rule: string, subject: number, dropped: boolean): void {
    this.silences.push({ entity, rule, subject });
    if (dropped) this.outcome = Outcome.dropped;
  }
  /** The arriving message goes no further, and this rule is why: lost on the way, or for another reason than the receiver's own. */
  undelivered(entity: number, rule: string, subject: number, outcome: number): void {
    this.silences.push({ entity, rule, subject });
    this.outcome = outcome;
  }

  show(entity: number, state: number): void {
    const before = this.shown[entity]!;
    if (before === state) return;
    this.shown[entity] = state;
    this.journal?.addChange(entity, before, state);
  }

  /** Only the picture asks for it: it is recorded and kept nowhere else. */
  showLink(link: number, state: number): void {
    this.journal?.links.add(this.ordinal, link, state);
  }

  reached(entity: number): void {
    if (this.reachedAt[entity]! >= 0) return;
    this.reachedAt[entity] = this.tick;
    this.reachedCount++;
  }

  /** The run ends before an event later than this tick, if it does not end earlier anyway. */
  endBy(tick: number): void {
    this.horizon.comesBy(tick);
  }

  /**
   * Goes on from a keyframe of a run that did the same up to there, into that run's journal as it was then.
   * @param journal absent: nothing is recorded. @param sentBy what the other run's journal says. @param shown states of the entities.
   */
  adopt(keyframe: Keyframe, sentBy: (event: number) => readonly [number, number], journal?: Journal, shown?: Uint8Array): void {
    restore(this, keyframe);
    this.interventions.adopt(keyframe.interventions, keyframe.ordinal, sentBy);
    if (!journal) return;
    this.record(journal, shown);
    this.interventions.apply(this);
  }
  /** What comes from here on leaves rows in this journal, which begins here. @param shown states of the entities. */
  record(journal: Journal, shown?: Uint8Array): void {
    this.journal = journal;
    this.plain = false;
    if (shown) this.shown.set(shown);
  }

  // What interventions and faults ask.

  /** What is out of order; there is such a thing from now on. */
  disturb(): Disturbances {
    return (this.disturbed ??= new Disturbances(this.reachedAt.length, this.seed, NO_FAULTS, this.program.stage.tcp));
  }
  /** The message that this one is a copy of, or was edited from; else itself. */
  originalOf(id: number): number {
    return this.disturbed === undefined ? id : (this.disturbed.originals.get(id) ?? id);
  }
  /** A message that was on its way is not any more. */
  forget(id: number, outcome: number): void {
    this.inFlight--;
    this.outcome = outcome;
    this.disturbed?.doomed.delete(id);
    this.program.gone?.(id);
  }
  /** It comes to a paused entity, or does not get through: it waits, and a row says so. */
  private hold(event: PoppedEvent, why: string): boolean {
    this.disturbed!.hold(this, event, why);
    this.finish(What.nothing, event.to, event.id, -1, why);
    if (this.interventions.areLeft) this.interventions.apply(this);
    return true;
  }

  /** The event is over: its row, and those that say what was left undone. @param gone the message that is not in flight any more, or -1. */
  finish(what: number, entity: number, subject: number, gone: number, rule = ''): void {
    if (!this.journal && this.rounds.stateless) {
      this.forgetSilences();
      return;
    }
    const round = this.rounds.after(this.tick, gone, this.messages, this.inFlight);
    const journal = this.journal;
    if (journal) {
      if (gone >= 0) journal.messages.outcome.set(gone, this.outcome);
      this.row(journal, what, entity, subject, rule, round);
    }
    for (const silence of this.silences) {
      this.ordinal++;
      if (journal) this.row(journal, What.nothing, silence.entity, silence.subject, silence.rule, round);
    }
    if (this.silences.length > 0) this.silences = [];
  }
  private row(journal: Journal, what: number, entity: number, subject: number, rule: string, round: number): void {
    const counts = { messages: this.messages, inFlight: this.inFlight, reached: this.reachedCount };
    journal.addEvent(this.tick, what, entity, subject, rule, round, counts);
  }

  /** What somebody outside has the entity send while the run is under way. Answers the intervention that it was: with it the run is the same again. */
  type(entity: number, text: string): Intervention {
    const typed: Intervention = { after: this.ordinal, at: this.tick, do: { type: 'inject', entity, text } };
    this.interventions.insert(typed);
    this.plain = false;
    this.interventions.apply(this);
    return typed;
  }
}
