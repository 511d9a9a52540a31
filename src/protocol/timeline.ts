/** What the timeline and fast motion ask for: how many stanzas went between whom in a while, and what stands out along a run. */

/** Sent after the tick `from`, up to and with the tick `to`. */
export interface TrafficArgs {
  readonly from: number;
  readonly to: number;
}

/** Stanzas by pair of entities, in both directions together; the pairs with most first, at most 3,000. */
export interface Traffic {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly count: Uint32Array;
  /** Stanzas, and pairs between which they went, those that are not listed included. */
  readonly total: number;
  readonly pairs: number;
  /** How long one of them is under way, in ticks: the mean; 0 where nothing was sent. */
  readonly flight: number;
}

/** `hand`: done by somebody; `down`, `up`: an entity goes and comes back; `cut`, `mend`: so does a link. */
export const MARK_KINDS = ['hand', 'down', 'up', 'cut', 'mend'] as const;

/** One thing that stands out, to jump to. */
export interface TimeMark {
  readonly ordinal: number;
  readonly tick: number;
  readonly kind: (typeof MARK_KINDS)[number];
  readonly text: string;
}

export interface TimeMarks {
  /** In the order of events, at most 500 evenly chosen of `total`. */
  readonly marks: readonly TimeMark[];
  readonly total: number;
  /** Ticks of the events that were asked about. */
  readonly ticks: Float64Array;
}

export interface TimelineRequests {
  traffic: { args: TrafficArgs; reply: Traffic };
  /** What was done by hand and what the scene had planned, as far as the run is computed; and when the events `ordinals` happened. */
  timeMarks: { args: { readonly ordinals: Uint32Array }; reply: TimeMarks };
}
