/** A keyframe: plain data from which a run goes on exactly as it did. */
import type { SavedDisturbances } from './disturbances.ts';
import type { SavedInterventions } from './intervene.ts';
import type { SavedColumns } from './patches.ts';
import type { PendingEvents } from './pending.ts';

/** What is kept anew in each one. */
export interface KeyframeRest {
  readonly ordinal: number;
  /** Messages sent up to there. */
  readonly messages: number;
  /** About what it takes; what it shares with others costs nothing. */
  readonly bytes: number;
  readonly numbers: readonly number[];
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
export interface Keyframe extends KeyframeRest {
  readonly pending: PendingEvents;
  readonly columns: SavedColumns;
}

/** Nothing happened and why. */
export interface Silence {
  readonly entity: number;
  readonly rule: string;
  readonly subject: number;
}
