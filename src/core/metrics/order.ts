/**
 * In which order people saw messages, by vector clocks (C. Fidge, "Timestamps in Message-Passing Systems That Preserve the Partial Ordering",
 * 1988; F. Mattern, "Virtual Time and Global States of Distributed Systems", 1989): a message is stamped with how many messages of each author
 * its own author had said or seen. Only people have clocks; that servers see things too is no cause for what people say.
 * Causal order (K. Birman, T. Joseph, "Reliable Communication in the Presence of Failures", ACM TOCS 5, 1987): nobody sees a message before one
 * in its past. Total order: no two people see two messages in different orders. Both are judged on what was seen; what was missed is counted elsewhere.
 */
import type { CausalViolation, Disagreement } from '../../protocol/ways.ts';

export interface OrderFound {
  readonly verdict: 'total' | 'causal' | 'none';
  readonly disputed: number;
  readonly violations: number;
  readonly firstDispute: Places<Disagreement, 'one' | 'other'> | undefined;
  readonly firstViolation: Places<CausalViolation, 'person'> | undefined;
}
/** The same, people by their number. */
type Places<T, K extends keyof T> = Omit<T, K> & Readonly<Record<K, number>>;

export interface SavedSightings {
  readonly author: Int32Array;
  readonly saidAt: Float64Array;
  readonly seenAt: Float64Array;
  readonly clocks: Uint16Array;
  readonly stamps: Uint16Array;
  readonly order: readonly (readonly number[])[];
}

export class Sightings {
  readonly people: number;
  readonly messages: number;
  /** Author of each message, -1 before it is said. */
  readonly author: Int32Array;
  /** Tick at which it was said; -1 before. */
  readonly saidAt: Float64Array;
  /** Tick at which a person saw a message, at `person * messages + message`; -1 while they have not. */
  readonly seenAt: Float64Array;
  /** Messages in the order in which each person saw them. */
  readonly order: readonly number[][];
  /** How many messages of each author a person has said or seen, at `person * people + author`. */
  private readonly clocks: Uint16Array;
  /** The author's clock when the message was said, at `message * people + author`. */
  private readonly stamps: Uint16Array;

  constructor(people: number, messages: number) {
    this.people = people;
    this.messages = messages;
    this.author = new Int32Array(messages).fill(-1);
    this.saidAt = new Float64Array(messages).fill(-1);
    this.seenAt = new Float64Array(people * messages).fill(-1);
    this.order = Array.from({ length: people }, () => []);
    this.clocks = new Uint16Array(people * people);
    this.stamps = new Uint16Array(messages * people);
  }

  said(person: number, message: number, tick: number): void {
    const { people } = this;
    if (this.author[message]! >= 0) return;
    this.author[message] = person;
    this.saidAt[message] = tick;
    const own = person * people;
    this.clocks[own + person]!++;
    this.stamps.set(this.clocks.subarray(own, own + people), message * people);
  }
  /** What is seen again is no news. */
  saw(person: number, message: number, tick: number): void {
    const at = person * this.messages + message;
    if (this.seenAt[at]! >= 0) return;
    this.seenAt[at] = tick;
    this.order[person]!.push(message);
    const { people } = this;
    for (let i = 0; i < people; i++) {
      const known = this.stamps[message * people + i]!;
      if (known > this.clocks[person * people + i]!) this.clocks[person * people + i] = known;
    }
  }
  /** A copy. */
  save(): SavedSightings {
    const { author, saidAt, seenAt, clocks, stamps } = this;
    const copied = { author: author.slice(), saidAt: saidAt.slice(), seenAt: seenAt.slice() };
    return { ...copied, clocks: clocks.slice(), stamps: stamps.slice(), order: this.order.map((seen) => [...seen]) };
  }
  load({ author, saidAt, seenAt, clocks, stamps, order }: SavedSightings): void {
    this.author.set(author);
    this.saidAt.set(saidAt);
    this.seenAt.set(seenAt);
    this.clocks.set(clocks);
    this.stamps.set(stamps);
    order.forEach((seen, person) => this.order[person]!.splice(0, Infinity, ...seen));
  }
  /** That a copy takes, at most. */
  get bytes(): number {
    const { author, saidAt, seenAt, clocks, stamps } = this;
    return [author, saidAt, seenAt, seenAt, clocks, stamps].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }
  seen(person: number, message: number): number {
    return this.seenAt[person * this.messages + message]!;
  }
  /** Whether `cause` happened before `effect`: the author of `effect` had said it, or seen it or one that came after it. */
  before(cause: number, effect: number): boolean {
    const author = this.author[cause]!;
    if (cause === effect || author < 0 || this.author[effect]! < 0) return false;
    return this.stamps[effect * this.people + author]! >= this.stamps[cause * this.people + author]!;
  }

  found(): OrderFound {
    const disputes = this.disputes();
    const violations = this.violations();
    return {
      verdict: violations.count > 0 ? 'none' : disputes.count > 0 ? 'causal' : 'total',
      disputed: disputes.count,
      violations: violations.count,
      firstDispute: disputes.first,
      firstViolation: violations.first,
    };
  }

  private violations() {
    let count = 0;
    let first: OrderFound['firstViolation'];
    this.order.forEach((order, person) => {
      for (let i = 1; i < order.length; i++)
        for (let j = 0; j < i; j++) {
          if (!this.before(order[i]!, order[j]!)) continue;
          count++;
          const tick = this.seen(person, order[i]!);
          if (first === undefined || tick < first.tick) first = { tick, person, effect: order[j]!, cause: order[i]! };
        }
    });
    return { count, first };
  }

  private disputes() {
    let count = 0;
    let first: OrderFound['firstDispute'];
    for (let a = 0; a < this.messages; a++)
      for (let b = a + 1; b < this.messages; b++) {
        const [one, other] = [this.firstWho(a, b), this.firstWho(b, a)];
        if (one < 0 || other < 0) continue;
        count++;
        const tick = Math.max(this.seen(one, b), this.seen(other, a));
        if (first === undefined || tick < first.tick) first = { tick, one, other, first: a, second: b };
      }
    return { count, first };
  }
  /** Of those who saw `a` before `b`, the one who had seen both first; -1 for nobody. */
  private firstWho(a: number, b: number): number {
    let who = -1;
    for (let person = 0; person < this.people; person++) {
      const [seenA, seenB] = [this.seen(person, a), this.seen(person, b)];
      if (seenA < 0 || seenB < 0 || !this.sawFirst(person, a, b, seenA, seenB)) continue;
      if (who < 0 || seenB < this.seen(who, b)) who = person;
    }
    return who;
  }
  /** Two of one tick were seen in the order in which they were handled. */
  private sawFirst(person: number, a: number, b: number, seenA: number, seenB: number): boolean {
    if (seenA !== seenB) return seenA < seenB;
    const order = this.order[person]!;
    return order.indexOf(a) < order.indexOf(b);
  }
}
