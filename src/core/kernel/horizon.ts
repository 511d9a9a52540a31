/** Where a run ends that does not fall silent: no event later than this tick is processed. */
import type { KernelOptions } from './program.ts';

export class Horizon {
  /** The run ends before an event later than this. */
  tick: number;
  private until: number;
  /** The end that comes of what was done by hand. */
  private patientUntil = Infinity;
  private readonly patience: KernelOptions['patience'];
  private readonly aftermath: number;

  constructor({ until = Infinity, patience, aftermath = 0 }: Pick<KernelOptions, 'until' | 'patience' | 'aftermath'>) {
    this.until = until;
    this.tick = until;
    this.patience = patience;
    this.aftermath = aftermath;
  }

  /** The run ends here, if it does not end earlier anyway. */
  comesBy(tick: number): void {
    this.become(Math.min(this.until, tick), this.patientUntil);
  }
  /** Something is done by hand now. @param isTrouble what comes of it may take minutes: the run is not over before. */
  byHand(now: number, isTrouble: boolean): void {
    const until = isTrouble && this.aftermath > 0 ? Math.max(this.until, now + this.aftermath) : this.until;
    this.become(until, this.patience ? Math.max(now, this.patience.since) + this.patience.ticks : this.patientUntil);
  }
  private become(until: number, patientUntil: number): void {
    this.until = until;
    this.patientUntil = patientUntil;
    this.tick = Math.min(until, patientUntil);
  }

  save(): readonly [number, number] {
    return [this.until, this.patientUntil];
  }
  load([until, patientUntil]: readonly [number, number]): void {
    this.become(until, patientUntil);
  }
}
