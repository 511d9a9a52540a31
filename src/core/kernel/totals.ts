/**
 * What is kept of all events of a run, however few of their rows are here: totals at every 256th, and where rounds begin. So the whole of a
 * run is drawn, and a place in it found, without a look at its rows.
 */
import { Column, upperBound } from './column.ts';

/** Events between two samples. */
const EVERY = 256;

export class Totals {
  static readonly EVERY = EVERY;
  /** Row `i` is of event `(i + 1) · EVERY`. */
  samples = { tick: Column.f64(), inFlight: Column.u32(), reached: Column.u32() };
  /** A row for each round in which anything happened: its number, and its first event. */
  rounds = { round: Column.u32(), ordinal: Column.u32(), tick: Column.f64() };
  private round = -1;

  add(ordinal: number, tick: number, round: number, inFlight: number, reached: number): void {
    if (ordinal % EVERY === 0) {
      this.samples.tick.push(tick);
      this.samples.inFlight.push(inFlight);
      this.samples.reached.push(reached);
    }
    if (round === this.round) return;
    this.round = round;
    this.rounds.round.push(round);
    this.rounds.ordinal.push(ordinal);
    this.rounds.tick.push(tick);
  }
  /** Those of the first `ordinal` events. */
  until(ordinal: number): Totals {
    const fork = new Totals();
    const { samples, rounds } = this;
    const samplesKept = Math.floor(ordinal / EVERY);
    const roundsKept = upperBound((i) => rounds.ordinal.get(i), 0, rounds.ordinal.length, ordinal);
    fork.samples = {
      tick: samples.tick.fork(samplesKept),
      inFlight: samples.inFlight.fork(samplesKept),
      reached: samples.reached.fork(samplesKept),
    };
    fork.rounds = { round: rounds.round.fork(roundsKept), ordinal: rounds.ordinal.fork(roundsKept), tick: rounds.tick.fork(roundsKept) };
    fork.round = roundsKept > 0 ? rounds.round.get(roundsKept - 1) : -1;
    return fork;
  }

  /** Among which rows the last event at or before the tick is looked for: it is `low`, or the last of those in `[low, high)` that are. */
  around(tick: number, events: number): readonly [low: number, high: number] {
    const { samples } = this;
    const block = upperBound((i) => samples.tick.get(i), 0, samples.tick.length, tick);
    return [block * EVERY, Math.min(events, (block + 1) * EVERY)];
  }
  /** The last event of a round, or of those before it where nothing happened in it; 0 if there is none. @param events of the run so far. */
  lastOf(round: number, events: number): number {
    const { rounds } = this;
    const next = upperBound((i) => rounds.round.get(i), 0, rounds.round.length, round);
    return next < rounds.round.length ? rounds.ordinal.get(next) - 1 : events;
  }
  /** The last sample at or before the tick; -1 where the one behind it is farther than `within`, so that it would tell too little. */
  sampleAt(tick: number, within: number): number {
    const { tick: ticks } = this.samples;
    const next = upperBound((i) => ticks.get(i), 0, ticks.length, tick);
    return next > 0 && next < ticks.length && ticks.get(next) - ticks.get(next - 1) <= within ? next - 1 : -1;
  }
  /** Place in `rounds` of the first that is not before this one. */
  firstFrom(round: number): number {
    const { rounds } = this;
    return upperBound((i) => rounds.round.get(i), 0, rounds.round.length, round - 1);
  }
  /** Place in `rounds` of the round of an event. */
  roundAt(ordinal: number): number {
    const { rounds } = this;
    return upperBound((i) => rounds.ordinal.get(i), 0, rounds.ordinal.length, ordinal) - 1;
  }
}
