/**
 * The kernel: pending events in a total order, one handler at a time, everything that counts in this object. A run is a
 * pure function of program, seed and interventions; two kernels interleaved equal two run alone.
 */
import type { CausalTarget, Intervention } from './intervention.ts';
import type { Journal } from './journal.ts';
import { Kind } from '../../protocol/scene.ts';
import { injection, Outcome, What } from './journal.ts';
import type { Outgoing, Stage } from './model.ts';
import type { PoppedEvent } from './pool.ts';
import type { PendingEvents, Ties } from './queue.ts';
import { ARRIVAL, EventQueue } from './queue.ts';
import type { Rounds } from './rounds.ts';
import type { Watch } from './watch.ts';

/** What runs on the kernel. The event is valid until the handler is done. */
export interface Program {
  readonly stage: Stage;
  begin(kernel: Kernel): void;
  arrive(kernel: Kernel, event: PoppedEvent): void;
  timer(kernel: Kernel, event: PoppedEvent): void;
  /** Somebody has typed this for the entity to send; absent where nobody can. */
  typed?(kernel: Kernel, entity: number, text: string): void;
  /** Bytes of the XML of the message in this slot. */
  bytes(kernel: Kernel, slot: number): number;
  save(): unknown;
  load(saved: unknown): void;
  /** Bytes that `save` copies; what it shares costs nothing. */
  readonly stateBytes: number;
}

export interface KernelOptions {
  readonly program: Program;
  readonly rounds: Rounds;
  readonly entities: number;
  readonly latency: (link: number) => number;
  readonly ties?: Ties;
  /** A queue that an earlier run is done with, instead of a new one. */
  readonly queue?: EventQueue | undefined;
  readonly interventions?: readonly Intervention[];
  /** The run ends before an event later than this tick. */
  readonly until?: number | undefined;
  /** Absent: nothing is recorded; the run is the same. */
  readonly journal?: Journal | undefined;
  /** Told of every stanza that is put on a link. */
  readonly watch?: Watch | undefined;
}

/** A keyframe: plain data from which the run goes on exactly as it did. */
export interface Keyframe {
  readonly ordinal: number;
  readonly bytes: number;
  readonly pending: PendingEvents;
  readonly numbers: readonly number[];
  readonly reachedAt: Float64Array;
  readonly rounds: readonly number[];
  readonly sentBy: ReadonlyMap<number, readonly [number, number]>;
  /** Said before the first event, to be written behind it. */
  readonly silences: readonly Silence[];
  readonly program: unknown;
}

interface Silence {
  readonly entity: number;
  readonly rule: string;
  readonly subject: number;
}

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
  private readonly watch: Watch | undefined;
  private readonly program: Program;
  private readonly rounds: Rounds;
  private readonly shown: Uint8Array;
  private until: number;
  private readonly interventions: Intervention[];
  private nextIntervention = 0;
  private silences: Silence[] = [];
  /** What becomes of the message that is being handled. */
  private outcome: number = Outcome.delivered;
  /** Ids `[first, end)` of the messages of each event that an intervention names. */
  private sentBy = new Map<number, readonly [number, number]>();
  private readonly named: ReadonlySet<number>;
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
    this.until = options.until ?? Infinity;
    this.interventions = [...(options.interventions ?? [])].sort((x, y) => x.after - y.after);
    this.named = new Set(this.interventions.flatMap((i) => ('target' in i ? [i.target.event] : [])));
    this.plain = !options.journal && options.rounds.stateless && this.interventions.length === 0;
    this.reachedAt = new Float64Array(options.entities).fill(-1);
    this.shown = new Uint8Array(options.entities);
    this.program.begin(this);
    this.maxInFlight = this.inFlight;
    if (this.named.has(0)) this.sentBy.set(0, [0, this.messages]);
    if (this.journal) {
      this.journal.messagesAtStart = this.messages;
      this.journal.changesAtStart = this.journal.changes.entity.length;
      this.journal.reachedAtStart = this.reachedCount;
    }
    this.intervene();
  }

  /** What comes from here on leaves no rows; the run is the same. */
  stopRecording(): void {
    this.journal = undefined;
    this.plain = this.rounds.stateless && this.interventions.length === 0;
  }

  /** Tick of the next event, Infinity if nothing is pending. */
  get nextTick(): number {
    return this.queue.nextTick;
  }

  /** Processes the next event; false if nothing is pending or it lies beyond the horizon. */
  step(): boolean {
    const queue = this.queue;
    if (this.until !== Infinity && this.nextTick > this.until) return false;
    if (!queue.pop()) return false;
    const { event } = queue;
    this.tick = event.tick;
    this.ordinal++;
    this.processed++;
    this.outcome = Outcome.delivered;
    const first = this.messages;
    if (event.type === ARRIVAL) {
      this.inFlight--;
      this.program.arrive(this, event);
    } else this.program.timer(this, event);
    if (this.inFlight > this.maxInFlight) this.maxInFlight = this.inFlight;
    if (!this.plain) this.record(event, first);
    else if (this.silences.length > 0) this.forgetSilences();
    return true;
  }
  /** @param first id of the first message that the event's handler may have sent. */
  private record({ type, to, id, code }: PoppedEvent, first: number): void {
    const { ordinal } = this;
    if (this.named.has(ordinal)) this.sentBy.set(ordinal, [first, this.messages]);
    if (type === ARRIVAL) this.finish(What.arrival, to, id, id);
    else this.finish(What.timer, to, code, -1);
    if (this.nextIntervention < this.interventions.length) this.intervene();
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
    const slot = this.queue.schedule(this.tick + delay, ARRIVAL, link, to, from, kind, code, a, b, id, answers);
    if (data !== undefined) this.queue.carry(slot, undefined, data);
    if (this.journal)
      this.journal.addMessage(this.queue, slot, this.tick, this.tick + delay, this.ordinal, this.program.bytes(this, slot), '', -1);
    return id;
  }

  /** A whole stanza; it takes as long as its link does. */
  post(from: number, to: number, message: Outgoing): number {
    const { link, kind, stanza, bytes, rule, relays = -1, answers = -1 } = message;
    const delay = this.latency(link);
    this.inFlight++;
    const id = this.messages++;
    const slot = this.queue.schedule(this.tick + delay, ARRIVAL, link, to, from, kind, 0, 0, 0, id, answers);
    this.queue.carry(slot, stanza, undefined);
    this.watch?.sent(this.tick, from, to, link, bytes, kind !== Kind.stream);
    if (this.journal) this.journal.addMessage(this.queue, slot, this.tick, this.tick + delay, this.ordinal, bytes, rule, relays);
    return id;
  }

  /** Wakes `entity` after `delay` ticks. */
  timer(entity: number, delay: number, code: number, argument: number, second = 0): void {
    this.queue.wake(this.tick + delay, entity, code, argument, second);
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
    this.journal?.addLinkState(this.ordinal, link, state);
  }

  reached(entity: number): void {
    if (this.reachedAt[entity]! >= 0) return;
    this.reachedAt[entity] = this.tick;
    this.reachedCount++;
  }

  /** The run ends before an event later than this tick, if it does not end earlier anyway. */
  endBy(tick: number): void {
    if (tick < this.until) this.until = tick;
  }

  save(): Keyframe {
    const pending = this.queue.dump();
    const { tick, ordinal, messages, inFlight, maxInFlight, reachedCount, nextIntervention, processed, until } = this;
    const numbers = [tick, ordinal, messages, inFlight, maxInFlight, reachedCount, nextIntervention, processed, until];
    const bytes = pending.numbers.byteLength + this.reachedAt.byteLength + this.program.stateBytes + 1024;
    const kept = { ordinal, bytes, pending, numbers, reachedAt: this.reachedAt.slice(), rounds: this.rounds.save() };
    return { ...kept, sentBy: new Map(this.sentBy), silences: [...this.silences], program: this.program.save() };
  }
  /** Only for a kernel that records nothing: a journal does not shrink. */
  load(keyframe: Keyframe): void {
    this.queue.restore(keyframe.pending);
    const n = keyframe.numbers;
    [this.tick, this.ordinal, this.messages, this.inFlight] = [n[0]!, n[1]!, n[2]!, n[3]!];
    [this.maxInFlight, this.reachedCount, this.nextIntervention, this.processed] = [n[4]!, n[5]!, n[6]!, n[7]!];
    this.until = n[8]!;
    this.reachedAt.set(keyframe.reachedAt);
    this.rounds.load(keyframe.rounds);
    this.sentBy = new Map(keyframe.sentBy);
    this.silences = [...keyframe.silences];
    this.program.load(keyframe.program);
  }

  private finish(what: number, entity: number, subject: number, gone: number): void {
    if (!this.journal && this.rounds.stateless) {
      this.forgetSilences();
      return;
    }
    const round = this.rounds.after(this.tick, gone, this.messages, this.inFlight);
    const journal = this.journal;
    if (journal) {
      if (gone >= 0) journal.messages.outcome.set(gone, this.outcome);
      this.row(journal, what, entity, subject, '', round);
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
    this.interventions.splice(this.nextIntervention, 0, typed);
    this.plain = false;
    this.intervene();
    return typed;
  }

  /** Applies what is to be applied after the latest event. A target that is not found leaves a row all the same. */
  private intervene(): void {
    for (;;) {
      const next = this.interventions[this.nextIntervention];
      if (next === undefined || next.after > this.ordinal) return;
      this.nextIntervention++;
      if (!('target' in next)) {
        // Between two events time may stand anywhere.
        this.tick = Math.max(this.tick, Math.min(next.at, this.nextTick));
        this.inject(next.do.entity, next.do.text, this.nextIntervention - 1);
        continue;
      }
      const id = this.findTarget(next.target);
      const found = id >= 0 && this.queue.cancelMessage(id);
      this.ordinal++;
      if (found) this.inFlight--;
      else this.silences.push({ entity: 0, rule: 'intervention/no-target', subject: -1 });
      this.outcome = Outcome.dropped;
      this.finish(What.intervention, found && this.journal ? this.journal.messages.to.get(id) : 0, found ? id : -1, found ? id : -1);
    }
  }
  private inject(entity: number, text: string, index: number): void {
    const first = this.messages;
    this.ordinal++;
    this.program.typed?.(this, entity, text);
    if (this.named.has(this.ordinal)) this.sentBy.set(this.ordinal, [first, this.messages]);
    if (this.inFlight > this.maxInFlight) this.maxInFlight = this.inFlight;
    this.finish(What.intervention, entity, injection(index), -1);
  }
  private findTarget(target: CausalTarget): number {
    const sent = this.sentBy.get(target.event);
    const id = sent === undefined ? -1 : sent[0] + target.nth - 1;
    return sent !== undefined && id < sent[1] ? id : -1;
  }
}
