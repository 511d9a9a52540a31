/** Notes that are found in a journal: each is about one event and leads there. */
import type { Target } from './parts.ts';

/** From least to most. `chat`: as it should be, and worth knowing; `note`: unusual; `warn`: may be wrong; `error`: against a specification, or somebody went without. */
export const SEVERITIES = ['chat', 'note', 'warn', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Note {
  readonly severity: Severity;
  /** Id and title of what looked for it. */
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  /** Specification and section, where there is one. */
  readonly source: string;
  readonly ordinal: number;
  readonly tick: number;
  readonly target: Target;
}

export interface NotesArgs {
  /** Of those that match, in the order of events: the first one wanted, from 0, and how many (at most 500). */
  readonly from: number;
  readonly count: number;
  /** Absent: all. */
  readonly severities?: readonly Severity[] | undefined;
  readonly kind?: string | undefined;
}

export interface Notes {
  readonly notes: readonly Note[];
  /** Notes that match, as far as they are kept. */
  readonly total: number;
  /** How many there are of each severity, by index into `SEVERITIES`, those not kept included. */
  readonly counts: readonly number[];
  /** What was found at all: how often, and how many of them are kept. */
  readonly kinds: readonly {
    readonly id: string;
    readonly title: string;
    readonly severity: Severity;
    readonly count: number;
    readonly kept: number;
  }[];
  /** Events looked through, of those there are; what is only known at the end of a run is not there before `complete`. */
  readonly scanned: number;
  readonly events: number;
  readonly complete: boolean;
  /** For the scrubber: ordinals with a warning (2) or an error (3), at most 500 evenly chosen. */
  readonly marks: { readonly ordinal: Uint32Array; readonly severity: Uint8Array };
}
