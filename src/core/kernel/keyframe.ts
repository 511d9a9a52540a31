/** A keyframe: plain data from which a run goes on exactly as it did. */
import type { SavedDisturbances } from './disturbances.ts';
import type { SavedInterventions } from './intervene.ts';
import type { PendingEvents } from './queue.ts';

export interface Keyframe {
  readonly ordinal: number;
  /** Messages sent up to there. */
  readonly messages: number;
  readonly bytes: number;
  readonly pending: PendingEvents;
  readonly numbers: readonly number[];
  readonly reachedAt: Float64Array;
  readonly rounds: readonly number[];
  readonly interventions: SavedInterventions;
  readonly disturbed: SavedDisturbances | undefined;
  /** Words of the random streams of churn. */
  readonly churn?: Uint32Array | undefined;
  /** Said before the first event, to be written behind it. */
  readonly silences: readonly Silence[];
  readonly program: unknown;
  /** What whoever looks on has counted. */
  readonly watch: unknown;
}

/** Nothing happened and why. */
export interface Silence {
  readonly entity: number;
  readonly rule: string;
  readonly subject: number;
}
