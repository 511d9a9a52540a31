/** What a filter, a breakpoint or "run until" says, as parsed. Places (`at`, `end`) are indices into the text. */
export const OPERATORS = ['==', '!=', '~', '!~', '<', '<=', '>', '>='] as const;
export type Operator = (typeof OPERATORS)[number];

/** Units of durations, in seconds; `ticks` are the source's own. */
export const UNITS = ['us', 'ms', 's', 'min', 'ticks'] as const;
export type Unit = (typeof UNITS)[number];

export type Value =
  | { readonly type: 'text'; readonly text: string }
  /** `unit` empty: none was written. */
  | { readonly type: 'number'; readonly value: number; readonly unit: '' | '%' | Unit };

interface Placed {
  readonly at: number;
  readonly end: number;
}
export type Expr = Placed &
  (
    | { readonly type: 'and' | 'or'; readonly left: Expr; readonly right: Expr }
    | { readonly type: 'not'; readonly of: Expr }
    /** A property of a row that it has or has not: `iq`, `timer`, `duplicate`. */
    | { readonly type: 'word'; readonly word: string }
    /** The attribute is there: `@id`. */
    | { readonly type: 'has'; readonly field: string }
    | { readonly type: 'compare'; readonly field: string; readonly op: Operator; readonly value: Value; readonly valueAt: number }
    /** `xpath("//x")`, `broken("forgets")`. */
    | { readonly type: 'call'; readonly name: string; readonly text: string; readonly textAt: number }
    /** How many rows so far, this one included. */
    | { readonly type: 'count'; readonly of: Expr; readonly op: Operator; readonly value: number }
    /** The first row of the run for which it holds. */
    | { readonly type: 'first'; readonly of: Expr }
    /** It has not held for so long: `no event for 2s`. */
    | { readonly type: 'quiet'; readonly of: Expr; readonly value: number; readonly unit: '' | Unit }
  );

/** What is wrong with a text, where, and what may be done. */
export interface Fault {
  readonly at: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string | undefined;
}
