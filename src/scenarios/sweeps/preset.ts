/** A sweep that is offered ready made, and published values to hold it against. */
import type { SweepPlan, SweepSpec } from '../../protocol/sweep.ts';

export interface SweepPreset {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly spec: SweepSpec;
  readonly references?: SweepPlan['references'];
}
