/**
 * What a person does to a running world, as data. It is applied right after event `after`, before the next, and names its
 * target by what caused it, so that it still means the same when an earlier intervention changes.
 */
export interface CausalTarget {
  /** Ordinal of the event whose handler sent the message; 0 for what was sent at the beginning. */
  readonly event: number;
  /** Which of the messages that it sent, from 1. */
  readonly nth: number;
}
export type Intervention = { readonly after: number } & (
  | {
      readonly target: CausalTarget;
      /** The message is taken off its link. */
      readonly do: { readonly type: 'drop' };
    }
  /** The entity sends what was typed for it, in whatever way its program takes it: at the tick `at`, if that lies before the next event. */
  | { readonly at: number; readonly do: { readonly type: 'inject'; readonly entity: number; readonly text: string } }
);
