/**
 * What a client can be made to do by hand, as view-neutral forms: a module that declares actions needs nothing in `ui/`.
 * An action is offered with what can be chosen at the moment, is filled in, becomes a stanza that the person reads and may change, and
 * is sent as any text typed by hand is.
 */
import type { Target } from './parts.ts';

export interface ActionOption {
  readonly value: string;
  readonly label: string;
  /** Why it cannot be chosen now. */
  readonly refused?: string | undefined;
}

/** `lines`: one value a line. `open`: a text of which the options are only suggestions. `words`: nothing to fill in, only to read. */
export type ActionFieldKind = 'text' | 'password' | 'paragraph' | 'lines' | 'number' | 'switch' | 'choice' | 'choices' | 'open' | 'words';

export interface ActionField {
  readonly name: string;
  readonly label: string;
  readonly kind: ActionFieldKind;
  readonly help?: string | undefined;
  readonly required?: boolean | undefined;
  readonly options?: readonly ActionOption[] | undefined;
  /** What it holds before it is touched; a switch that is on holds `1`. */
  readonly values: readonly string[];
}

/** By field: what was filled in. */
export type ActionValues = Readonly<Record<string, readonly string[]>>;

export interface Action {
  /** The same as long as it is the same: what is filled in belongs to it. */
  readonly id: string;
  readonly title: string;
  /** Specification and section. */
  readonly source: string;
  readonly help?: string | undefined;
  /** Why it cannot be done now. */
  readonly refused?: string | undefined;
  readonly fields: readonly ActionField[];
}

/** Actions on one thing: a room, a service, the contacts. */
export interface ActionGroup {
  readonly key: string;
  readonly title: string;
  /** How the client stands to it: `as Alice, moderator`. */
  readonly subtitle: string;
  readonly actions: readonly Action[];
}

/** What came of something that was done by hand. */
export interface ActionOutcome {
  /** Event after which it was done. */
  readonly after: number;
  /** What was sent, in a line. */
  readonly sent: string;
  /** `none`: nothing is to be answered. */
  readonly state: 'done' | 'refused' | 'waiting' | 'none';
  /** In words. */
  readonly text: string;
  /** The rule that answered, and where it comes from. */
  readonly rule?: string | undefined;
  readonly source?: string | undefined;
  /** Where to look: the answer, and the event in which it arrives. */
  readonly target?: Target | undefined;
  readonly ordinal?: number | undefined;
}

export interface ActionsArgs {
  readonly entity: number;
  /** Moment at which it would be done. */
  readonly ordinal: number;
}
export interface Actions {
  readonly groups: readonly ActionGroup[];
  /** Of what was done by hand by this client in this run, the latest first. */
  readonly outcomes: readonly ActionOutcome[];
}

export interface ComposeArgs extends ActionsArgs {
  readonly action: string;
  readonly values: ActionValues;
}
export interface Composed {
  /** The stanza, laid out for reading; empty where something has to be filled in first. */
  readonly xml: string;
  /** What is wrong, by field. */
  readonly faults: readonly { readonly field: string; readonly message: string }[];
}
