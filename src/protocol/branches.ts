/**
 * Branches: runs of the open scene that differ by what a person did. The first one is the run as it was opened; acting in the past of a run makes
 * another one, forked right after an event. Each is a function of scenario, seed and its own list of interventions.
 */
import type { Act, Intervention, MessageAct, WorldAct } from './intervention.ts';
import type { Target } from './parts.ts';
import type { Ended, Position, Row } from './protocol.ts';

/** One thing that was done, and what came of it. */
export interface Acted {
  readonly intervention: Intervention;
  /** In words: `cut wonderland.lit ↔ looking-glass.lit`. */
  readonly text: string;
  /** `waiting`: the run is not computed up to there, or ends before. */
  readonly state: 'done' | 'no-target' | 'waiting';
  /** Why nothing came of it. */
  readonly why?: string | undefined;
  /** Its row; absent while it waits. */
  readonly ordinal?: number | undefined;
  readonly target: Target | null;
}

export interface Branch {
  readonly id: number;
  readonly name: string;
  /** The branch that it was forked from, null for the first one, and after which event, and when. */
  readonly parent: number | null;
  readonly fork: Position;
  readonly acts: readonly Acted[];
  /** How far it is computed; another one than that on show may not be computed at all yet. */
  readonly end: Position & { readonly ended: Ended };
  readonly metrics?: Readonly<Record<string, number>> | undefined;
  readonly hash?: string | undefined;
}

/** What every change of branches answers. Events and messages of another `run` are other ones: whoever holds some asks again. */
export interface BranchReply {
  readonly run: number;
  readonly active: number;
  readonly branches: readonly Branch[];
  /** Where to look now. */
  readonly position: Position;
  /** What `undo` and `redo` would do; absent where there is nothing. */
  readonly undo?: string | undefined;
  readonly redo?: string | undefined;
}

/** A branch as files and links keep it. */
export interface SavedBranch {
  readonly name: string;
  /** Index of the branch that it was forked from: 0 is the run as it was opened, 1 the first of these. */
  readonly parent: number;
  readonly interventions: readonly Intervention[];
}

/** Something to be done right after event `ordinal` of the run on show. */
export interface InterveneArgs {
  readonly ordinal: number;
  /** Tick at which it is done, between that event and the next one. */
  readonly at?: number | undefined;
  readonly do: Act;
  /** Of an act on a message: its id. */
  readonly message?: number | undefined;
  /** Always another branch; else a branch in which something was done already is itself gone on with. */
  readonly fork?: boolean | undefined;
}

/** What differs between two branches. */
export interface Comparison {
  /** The first event at which they differ, beside what was done by hand; null where they do not. Either may end before. */
  readonly divergence: { readonly a: Row | null; readonly b: Row | null; readonly text: string } | null;
  readonly metrics: readonly { readonly name: string; readonly a: number | null; readonly b: number | null }[];
  /** Both are computed to their ends: nothing of this will change. */
  readonly complete: boolean;
}

/** A choice in a menu of what can be done. */
export interface Choice {
  readonly id: Act['type'];
  readonly label: string;
  readonly help: string;
  /** Why it cannot be done now. */
  readonly disabled?: string | undefined;
  /** What is asked before: a number of ticks, a factor, a share, or XML. */
  readonly asks?:
    | {
        readonly what: 'ticks' | 'factor' | 'share' | 'xml';
        readonly label: string;
        readonly value: number | string;
        readonly min?: number | undefined;
        readonly max?: number | undefined;
      }
    | undefined;
  /** The act, with the value above in its place. */
  readonly act: MessageAct | WorldAct;
}
export interface ChoicesArgs {
  readonly target: Target;
  readonly ordinal: number;
}

export interface BranchRequests {
  /** Does it; answers the branches, and where to look. */
  intervene: { args: InterveneArgs; reply: BranchReply };
  /** What can be done to a stanza, an entity or a link at this moment. */
  choices: { args: ChoicesArgs; reply: readonly Choice[] };
  /** Whether a stanza can be exchanged for this text; no error: it can. */
  checkEdit: { args: { message: number; xml: string }; reply: { readonly text: string } };
  branches: { args: Record<string, never>; reply: BranchReply };
  /** Shows another branch, at the same tick. */
  branchChosen: { args: { id: number; tick?: number | undefined }; reply: BranchReply };
  branchNamed: { args: { id: number; name: string }; reply: BranchReply };
  /** With those that were forked from it. */
  branchDeleted: { args: { id: number }; reply: BranchReply };
  /** Takes back one thing that was done in a branch; what was done after it stays, as far as it still means anything. */
  withdraw: { args: { id: number; index: number }; reply: BranchReply };
  undo: { args: { tick: number }; reply: BranchReply };
  redo: { args: { tick: number }; reply: BranchReply };
  compareBranches: { args: { a: number; b: number }; reply: Comparison };
}
