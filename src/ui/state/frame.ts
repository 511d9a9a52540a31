/**
 * What is on show now: frames and totals from the source. Plain and not reactive, because it changes with every
 * animation frame: canvases read it and subscribe; React reads it through `useLive`, at 10 Hz at most.
 */
import type { Notes } from '../../protocol/notes.ts';
import type { Groups } from '../../protocol/groups.ts';
import type { Frame, Progress, Series } from '../../protocol/protocol.ts';
import type { MARK_KINDS, Traffic } from '../../protocol/timeline.ts';
import type { Story } from './followed.ts';

/** What was found so far, without the notes themselves: those are asked for in windows. */
export type NotesSummary = Omit<Notes, 'notes' | 'total'>;

/** A place on the scrubber to jump to. */
export interface ScrubMark {
  readonly ordinal: number;
  readonly tick: number;
  readonly kind: (typeof MARK_KINDS)[number] | 'stop' | 'warn' | 'error' | 'fork';
  readonly text: string;
}

export interface Live {
  /** Which opened scene all this is about; 0 before the first. */
  readonly run: number;
  /** State at the cursor; `frame.ordinal` IS the cursor. */
  readonly frame: Frame | null;
  /** The frame that is drawn: the same one, except while a step glides towards it. */
  readonly shown: Frame | null;
  /** Displayed time in ticks, fractional while playing. */
  readonly t: number;
  readonly progress: Progress | null;
  /** Rows that were asked for are being made again: what is on show is that of before. */
  readonly refilling: boolean;
  /** Curves of the whole run so far, refreshed while it is being computed. */
  readonly series: Series | null;
  /** Rooms and nodes, as of a moment that is at most a tenth of a second from the frame’s; null where there are none. */
  readonly groups: Groups | null;
  /** What is followed, once its tree is there; null while nothing is. */
  readonly followed: Story | null;
  /** Counts of notes, and marks for the scrubber; null until the run was looked into. */
  readonly notes: NotesSummary | null;
  /** 1 by entity that takes part in something that the filter lets through; null while nothing is filtered. */
  readonly involved: Uint8Array | null;
  /** Where breakpoints that are on stop the run: ordinals, thinned to what can be drawn. */
  readonly stops: Uint32Array;
  /** How many stanzas went between whom just now, while time runs too fast, or too many are under way, to see each; null otherwise. */
  readonly traffic: (Traffic & { /** Not even one of them could be seen. */ readonly fast: boolean }) | null;
  /** What stands out along the run, in the order of events. */
  readonly marks: readonly ScrubMark[];
}

const EMPTY: Live = {
  run: 0,
  frame: null,
  shown: null,
  t: 0,
  progress: null,
  refilling: false,
  series: null,
  groups: null,
  followed: null,
  notes: null,
  involved: null,
  stops: new Uint32Array(0),
  traffic: null,
  marks: [],
};

export interface LiveStore {
  get(): Live;
  /** Called after every change; answers how to stop. */
  subscribe(listener: () => void): () => void;
  patch(change: Partial<Live>): void;
  /** A scene was opened: everything known of the last one goes. */
  reset(run: number): void;
}

export function createLive(): LiveStore {
  let now = EMPTY;
  const listeners = new Set<() => void>();
  const set = (next: Live) => {
    now = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    patch: (change) => set({ ...now, ...change }),
    reset: (run) => set({ ...EMPTY, run }),
  };
}

/** A store that shows what another one holds, and may be turned to a third. */
function createSwitch(first: LiveStore): LiveStore & { turnTo(store: LiveStore): void } {
  let store = first;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let stop = store.subscribe(tell);
  return {
    get: () => store.get(),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    patch: (change) => store.patch(change),
    reset: (run) => store.reset(run),
    turnTo(next) {
      stop();
      store = next;
      stop = store.subscribe(tell);
      tell();
    },
  };
}

/** The scene on show; of several that are compared, the primary one. */
export const live = createSwitch(createLive());

/** Events processed at the cursor. */
export const cursorOf = (state: Live): number => state.frame?.ordinal ?? 0;

/** The run is computed to its end and the cursor stands there: Play reads Replay. */
export function atEnd({ frame, progress, t }: Live): boolean {
  return progress !== null && progress.ended !== 'running' && frame !== null && frame.ordinal >= progress.events && t >= progress.tick;
}
