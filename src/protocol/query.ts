/** Filters, breakpoints and "run until": expressions that the worker keeps answers to, by name. */
import type { Target } from './parts.ts';
import type { Position, Row } from './protocol.ts';

export interface WatchArgs {
  /** `filter`, or a breakpoint's name: a later watch of the same name replaces it. */
  readonly name: string;
  /** The expression; null to forget it. */
  readonly text: string | null;
  /** Rows before and behind each match that are shown with it. */
  readonly context?: number | undefined;
}

/** How far an expression is answered: it goes on while the run does. */
export interface Watched {
  readonly name: string;
  readonly text: string;
  /** Events looked at. */
  readonly scanned: number;
  readonly matches: number;
  /** Rows shown: the matches and those around them. */
  readonly shown: number;
  /** Where a run stops because of it: its matches, or where a condition on the run as a whole becomes true. */
  readonly stops: number;
}

export interface FilteredArgs {
  readonly name: string;
  /** Places in the list of shown rows, from 1. */
  readonly from: number;
  readonly count: number;
}
export interface FilteredRow extends Row {
  /** Here only because it is near one that matches. */
  readonly around: boolean;
}

export interface StopArgs {
  readonly names: readonly string[];
  /** The next one behind this ordinal, or before it. */
  readonly from: number;
  readonly back: boolean;
}
export interface Stop {
  /** The nearest stop, with the names of those that stop there. */
  readonly stop: (Position & { readonly names: readonly string[] }) | null;
  /** There is certainly none between `from` and here: how far has been looked. */
  readonly clear: Position;
  /** Nothing more is to come. */
  readonly final: boolean;
}

/** An expression that the thing fulfils, and what it catches, in words. */
export interface Alike {
  readonly title: string;
  readonly text: string;
}

/** What the picture needs of a filter at one cursor position. */
export interface FilterFrame {
  /** Place of the last shown row at or before the cursor; 0 before the first. */
  readonly place: number;
  /** By flight of the frame: 1 where its message matches as it would on arrival. */
  readonly flights: Uint8Array;
}

export interface QueryRequests {
  /** Expressions for what is like this, the narrowest first. */
  alike: { args: { target: Target }; reply: readonly Alike[] };
  watch: { args: WatchArgs; reply: { readonly watched: Watched | null } };
  filtered: { args: FilteredArgs; reply: readonly FilteredRow[] };
  /** The place of the first shown row at or behind the event. */
  placeOf: { args: { name: string; ordinal: number }; reply: { readonly place: number } };
  /** Who takes part in what matches: 1 by entity. */
  involved: { args: { name: string }; reply: Uint8Array };
  stop: { args: StopArgs; reply: Stop };
  /** Ordinals of stops, thinned evenly to `most`, and how many lie at or before `at`. */
  stops: { args: { name: string; most: number; at: number }; reply: { readonly ordinals: Uint32Array; readonly passed: number } };
}
