/** Causes and logical time: what happened before what, and whether a cut through the run could have been seen by somebody. */
import type { Target } from './parts.ts';

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

/** What became of a followed message; the index is its `fate`. `duplicate`: it brought only what the receiver had. `refused`: the receiver took it no further. */
export const FATES = ['under way', 'delivered', 'duplicate', 'refused', 'lost'] as const;
export const Fate = { underWay: 0, delivered: 1, duplicate: 2, refused: 3, lost: 4 } as const;

export interface FollowArgs {
  /** A stanza, or an event: what arrived in it, or else what it sent. */
  readonly target: Target;
}

/** A stanza with everything that it follows from, back to the root, and everything that follows from it. */
export interface Followed {
  /** The stanza itself; -1 where an event is followed that no stanza arrived in. */
  readonly message: number;
  /** What began it: the first message of the chain (-1: none), the event that sent it (0: the beginning of the run), and that in words. */
  readonly root: { readonly message: number; readonly event: number; readonly text: string };
  /** Its messages in the order of sending, at most 100,000; `total` counts all. */
  readonly total: number;
  readonly id: Int32Array;
  readonly parent: Int32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly kind: Uint8Array;
  /** Tick of sending, and tick at which it came to its end (Infinity while it is under way). */
  readonly sent: Float64Array;
  readonly end: Float64Array;
  /** Ordinals of the events in which it was sent and came to its end; 0 for the beginning, and while it is under way. */
  readonly trigger: Uint32Array;
  readonly arrival: Uint32Array;
  /** An index into `FATES`. */
  readonly fate: Uint8Array;
  /** Steps from the followed stanza: negative before it, 0 itself, positive after it. */
  readonly depth: Int32Array;
  /** How many of all came to which end, by index into `FATES`, and how many entities took any in. */
  readonly fates: readonly number[];
  readonly entities: number;
  /** In words. */
  readonly text: string;
}
