/** The filter that all views share, and the breakpoints. What of them is remembered on this machine: the latest filters. */
import { create } from 'zustand';

/** Name under which the worker keeps the filter's answers. */
export const FILTER = 'filter';
/** And those of "run until". */
export const UNTIL = 'until';
export const MOST_BREAKPOINTS = 40;
export const MOST_CONTEXT = 20;
const MOST_RECENT = 8;
const KEY = 'stanzascope/filters/1';

export interface Breakpoint {
  /** Its name in the worker. */
  readonly id: string;
  readonly text: string;
  readonly on: boolean;
}
/** What is wrong with a text: where it is, if it has such a place. */
export interface QueryFault {
  readonly at: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string | undefined;
}

interface Queries {
  /** What is filtered by; empty for nothing. */
  readonly filter: string;
  /** Rows before and behind each match. */
  readonly context: number;
  readonly breakpoints: readonly Breakpoint[];
  /** What the source says is wrong, by name. */
  readonly refused: Readonly<Record<string, QueryFault>>;
  /** Latest filters, the last one first. */
  readonly recent: readonly string[];
  /** "Run until" looks for where to stop. */
  readonly looking: boolean;
  /** More than 0: the keyboard is to go to the filter. */
  readonly summons: number;
  /** The list of breakpoints is shown. */
  readonly listed: boolean;
}

function readRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string').slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

export const useQueries = create<Queries>()(() => ({
  filter: '',
  context: 0,
  breakpoints: [],
  refused: {},
  recent: readRecent(),
  looking: false,
  summons: 0,
  listed: false,
}));
const { setState, getState } = useQueries;

export const filtered = (filter: string): void => setState({ filter: filter.trim() });
export const contextChosen = (rows: number): void => setState({ context: Math.min(MOST_CONTEXT, Math.max(0, Math.round(rows))) });
export const filterSummoned = (): void => setState(({ summons }) => ({ summons: summons + 1 }));
/** The keyboard is there: a list that is made anew later is not to call it back. */
export const filterAnswered = (): void => setState({ summons: 0 });
export const listShown = (listed: boolean): void => setState({ listed });

/** A filter that somebody settled on. */
export function filterKept(text: string): void {
  if (text === '') return;
  const recent = [text, ...getState().recent.filter((other) => other !== text)].slice(0, MOST_RECENT);
  setState({ recent });
  try {
    localStorage.setItem(KEY, JSON.stringify(recent));
  } catch {
    // Remembered until the page is closed.
  }
}

let made = 0;
const named = (text: string, on: boolean): Breakpoint => ({ id: `break-${++made}`, text, on });
/** Answers whether it was added: the same one twice, or too many, are not. */
export function breakpointAdded(text: string): boolean {
  const { breakpoints } = getState();
  if (breakpoints.length >= MOST_BREAKPOINTS || breakpoints.some((other) => other.text === text)) return false;
  setState({ breakpoints: [...breakpoints, named(text, true)] });
  return true;
}
export const breakpointChanged = (id: string, change: Partial<Pick<Breakpoint, 'text' | 'on'>>): void =>
  setState(({ breakpoints }) => ({ breakpoints: breakpoints.map((other) => (other.id === id ? { ...other, ...change } : other)) }));
export const breakpointRemoved = (id: string): void =>
  setState(({ breakpoints }) => ({ breakpoints: breakpoints.filter((other) => other.id !== id) }));
/** As a link has them. */
export const breakpointsRestored = (list: readonly Pick<Breakpoint, 'text' | 'on'>[]): void =>
  setState({ breakpoints: list.slice(0, MOST_BREAKPOINTS).map(({ text, on }) => named(text, on)) });

export const refusedBy = (name: string, fault: QueryFault | null): void =>
  setState(({ refused }) => {
    const others = Object.entries(refused).filter(([other]) => other !== name);
    return { refused: Object.fromEntries(fault ? [...others, [name, fault]] : others) };
  });
