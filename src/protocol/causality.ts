/** Causes and logical time: what happened before what, and whether a cut through the run could have been seen by somebody. */

export interface RelationArgs {
  /** Ordinals of two events, from 1. */
  readonly a: number;
  readonly b: number;
}

/** One leg of the way from an event to a later one: it waits at one entity, or travels in a message. */
export interface Leg {
  /** Ordinals of the events at its ends. */
  readonly from: number;
  readonly to: number;
  /** The message that arrives in `to` and was sent in `from`; -1 where both are at one entity. */
  readonly message: number;
}

/** An entry of two vector clocks: how many events of the entity lie in the past of each event, the event itself included. */
export interface Stamp {
  readonly entity: number;
  readonly a: number;
  readonly b: number;
}

/** Happened before, in the sense of Lamport, Communications of the ACM 21(7), 1978. */
export interface Relation {
  readonly relation: 'same' | 'before' | 'after' | 'concurrent';
  /** Lamport stamps: if a happened before b, a's is smaller; a smaller one alone proves nothing. */
  readonly lamport: readonly [number, number];
  /** The way from the earlier to the later one over the fewest messages: the proof. At most 200 legs. */
  readonly path: readonly Leg[];
  /** Legs of the whole way. */
  readonly legs: number;
  /** Entries of the vector clocks: those of the two events' entities first, then those that differ most; at most 40. */
  readonly vector: readonly Stamp[];
  /** Entries that are not 0 in one of the two. */
  readonly entries: number;
  /** In words, with names. */
  readonly text: string;
}

export interface CutArgs {
  /** Whether positions are ordinals or ticks. */
  readonly by: 'ordinal' | 'tick';
  /** Everything up to and with here belongs to the cut, at entities that `frontier` does not name. */
  readonly at: number;
  /** Entities whose position is another one. */
  readonly frontier: readonly (readonly [entity: number, at: number])[];
}

/** A message across the cut, with the events at its ends; `arrival` is 0 while it is under way, and where it is lost what lost it. */
export interface Crossing {
  readonly message: number;
  readonly from: number;
  readonly to: number;
  readonly trigger: number;
  readonly arrival: number;
}

export interface Cut {
  /** Nothing in it was caused by something outside: it could have been seen. Chandy and Lamport, ACM TOCS 3(1), 1985. */
  readonly consistent: boolean;
  /** Events in it. */
  readonly events: number;
  /** Messages that arrive inside and were sent outside: each breaks it. The first 100 in the order of sending, and how many there are. */
  readonly broken: readonly Crossing[];
  readonly brokenCount: number;
  /** Messages under way across it, which a snapshot has to record as the state of the channels; likewise. */
  readonly underWay: readonly Crossing[];
  readonly underWayCount: number;
  /** Where it is broken: the ordinals to go back to at these entities for the greatest consistent cut that lies in it. */
  readonly greatest: readonly (readonly [entity: number, ordinal: number])[];
  /** In words, with names. */
  readonly text: string;
}
