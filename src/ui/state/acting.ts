/** What is being filled in on clients' panels: another selection, a replay or a closed panel forgets nothing of it. */
import { create } from 'zustand';
import type { ActionValues } from '../../protocol/actions.ts';

export interface Draft {
  /** The group of actions that is unfolded; empty: none. */
  readonly group: string;
  /** The action that is being filled in; empty: none. */
  readonly action: string;
  /** By action. */
  readonly values: Readonly<Record<string, ActionValues>>;
  /** By action: the stanza as the person has changed it, and what it was made from. */
  readonly edited: Readonly<Record<string, { readonly from: string; readonly text: string }>>;
}
const EMPTY: Draft = { group: '', action: '', values: {}, edited: {} };

interface ActingState {
  readonly open: boolean;
  /** More than 0: the keyboard is to go to the panel. */
  readonly summons: number;
  /** By address of the client. */
  readonly drafts: Readonly<Record<string, Draft>>;
}
export const useActing = create<ActingState>()(() => ({ open: false, summons: 0, drafts: {} }));

export const drafted = (jid: string, change: Partial<Draft>): void =>
  useActing.setState(({ drafts }) => ({ drafts: { ...drafts, [jid]: { ...EMPTY, ...drafts[jid], ...change } } }));

export const filledIn = (jid: string, action: string, field: string, values: readonly string[]): void =>
  useActing.setState(({ drafts }) => {
    const before = drafts[jid] ?? EMPTY;
    const filled = { ...before.values[action], [field]: values };
    return { drafts: { ...drafts, [jid]: { ...before, values: { ...before.values, [action]: filled } } } };
  });

/** @param text null: as the form makes it. */
export const rewritten = (jid: string, action: string, from: string, text: string | null): void =>
  useActing.setState(({ drafts }) => {
    const before = drafts[jid] ?? EMPTY;
    const { [action]: _, ...others } = before.edited;
    return { drafts: { ...drafts, [jid]: { ...before, edited: text === null ? others : { ...others, [action]: { from, text } } } } };
  });
