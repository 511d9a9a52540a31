/** The space-time diagram: what travels and happens in a window of the run, on the lines that are shown. */
import { Fate, FATES } from './causality.ts';

export const DIAGRAM_AXES = ['time', 'events'] as const;
/** What lies along the diagram: ticks, or ordinals, which keep a dense moment readable. */
export type DiagramAxis = (typeof DIAGRAM_AXES)[number];

export interface DiagramArgs {
  readonly axis: DiagramAxis;
  /** The window, both ends in it: ticks, or ordinals. */
  readonly from: number;
  readonly to: number;
  /** Line of each entity, -1 where it is hidden. Entities on one line are drawn as one. */
  readonly lines: Int32Array;
  /** First and last line in view. */
  readonly first: number;
  readonly last: number;
  /** More stanzas, or more marks, than this are counted by line and column instead of being listed. */
  readonly most: number;
  /** Columns of these counts. */
  readonly columns: number;
  /** Ids of messages that are listed in any case, where they cross the window. */
  readonly keep?: readonly number[] | undefined;
}

/** What became of a stanza, the index is its `fate`: as when it is followed, or it arrived, and a rule says why nothing came of it. */
export const ENDS = [...FATES, 'came to nothing'] as const;
export const End = { ...Fate, idle: FATES.length } as const;

export interface DiagramMessages {
  readonly id: Int32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly kind: Uint8Array;
  /** An index into `ENDS`. */
  readonly fate: Uint8Array;
  /** Where on the axis it begins, and where it arrives: it would have, if it did not. */
  readonly sent: Float64Array;
  readonly due: Float64Array;
  /** How much of its way it went, 0 … 1: less than 1 where it was taken away by hand. */
  readonly part: Float32Array;
  readonly sentTick: Float64Array;
  readonly dueTick: Float64Array;
  /** Ordinals of the events at its ends; 0: before the first event, or not yet at its end. */
  readonly trigger: Uint32Array;
  readonly end: Uint32Array;
  /** Why it came to nothing, was refused or lost: an index into `reasons`; 0 elsewhere. */
  readonly reason: Uint16Array;
}

export interface DiagramMarks {
  readonly ordinal: Uint32Array;
  readonly at: Float64Array;
  readonly entity: Uint32Array;
  /** An index into `MARKS`. */
  readonly what: Uint8Array;
  /** Of an arrival: the message; -1 elsewhere. */
  readonly message: Int32Array;
}
/** In the journal's order of what an event is. */
export const MARKS = ['arrival', 'timer', 'intervention', 'silence'] as const;
export const Mark = { arrival: 0, timer: 1, intervention: 2, silence: 3 } as const;

/** Events by line and column, where they are too many to be listed. */
export interface DiagramDensity {
  readonly columns: number;
  /** Row by row: line `first + i / columns`. */
  readonly counts: Uint32Array;
  readonly highest: number;
}

export interface Diagram {
  readonly axis: DiagramAxis;
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
  /** Ordinals of the first and last event in the window; the first is greater than the last where there is none. */
  readonly firstOrdinal: number;
  readonly lastOrdinal: number;
  /** Events known when this was made, and where on the axis the last one is. */
  readonly known: number;
  readonly end: number;
  /** Every stanza that is under way at some time within the window and has an end on a shown line, or passes one in view. */
  readonly messages: DiagramMessages;
  /** All that travel in the window, on hidden lines too. */
  readonly crossing: number;
  /** Of the messages found: those from a line to itself, which are not drawn. */
  readonly inner: number;
  readonly marks: DiagramMarks;
  /** Instead of messages and marks. */
  readonly density: DiagramDensity | null;
  /** Shown state of every entity before the window, and what it is changed to within, in order. */
  readonly states: Uint8Array;
  readonly changes: { readonly at: Float64Array; readonly entity: Uint32Array; readonly state: Uint8Array };
  /** Changes were left out: more than anybody sees. */
  readonly changesThinned: boolean;
  /** Where rounds begin. */
  readonly rounds: readonly { readonly round: number; readonly at: number }[];
  readonly reasons: readonly string[];
  /** Where something is filtered: 1 by row of what is let through. Bars count all the same. */
  readonly passes: { readonly messages: Uint8Array; readonly marks: Uint8Array } | null;
  /** What each stanza is, in a few words; empty where they are too many to be written beside them. */
  readonly texts: readonly string[];
}

export interface AlongArgs {
  /** The entities of one line. */
  readonly entities: readonly number[];
  readonly from: number;
  readonly back: boolean;
}

export const SEQUENCE_FORMATS = ['mermaid', 'svg'] as const;
export type SequenceFormat = (typeof SEQUENCE_FORMATS)[number];
/** A window as a sequence diagram. */
export interface SequenceArgs extends Pick<DiagramArgs, 'axis' | 'from' | 'to' | 'lines'> {
  readonly format: SequenceFormat;
  /** What each line is called, in order. */
  readonly names: readonly string[];
}
