/**
 * Rounds (shared contract, "Time and order"): a fixed period of ticks where the model has one, else causal waves. A wave
 * ends with the event that takes in the last of the messages that were in flight when it began.
 */
export interface Rounds {
  /** The round follows from the tick alone: nobody need ask while nothing is recorded. */
  readonly stateless: boolean;
  /** Round of the event just processed. @param id the message that arrived or was taken away, or -1. */
  after(tick: number, id: number, messages: number, inFlight: number): number;
  save(): readonly number[];
  load(saved: readonly number[]): void;
}

export function periods(ticks: number): Rounds {
  return { stateless: true, after: (tick) => Math.floor(tick / ticks), save: () => [], load: () => undefined };
}

export function waves(): Rounds {
  let wave = 1;
  let last = -1;
  let outstanding = 0;
  return {
    stateless: false,
    after(_tick, id, messages, inFlight) {
      const now = wave;
      if (id >= 0 && id <= last && outstanding > 0) outstanding--;
      if (outstanding === 0) {
        wave++;
        last = messages - 1;
        outstanding = inFlight;
      }
      return now;
    },
    save: () => [wave, last, outstanding],
    load(saved) {
      [wave, last, outstanding] = [saved[0]!, saved[1]!, saved[2]!];
    },
  };
}
