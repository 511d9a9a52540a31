/** The one contract between the interface and a source: every request gets a reply, and a reply may say no. */
import type { Problem } from '../base/result.ts';
import type { Actions, ActionsArgs, ComposeArgs, Composed } from './actions.ts';
import type { BranchRequests, SavedBranch } from './branches.ts';
import type { Catalogue } from './catalogue.ts';
import type { Cut, CutArgs, FollowArgs, Followed, Relation, RelationArgs } from './causality.ts';
import type { CheckArgs, Checked } from './console.ts';
import type { AlongArgs, Diagram, DiagramArgs, SequenceArgs } from './diagram.ts';
import type { Disturbed, Intervention } from './intervention.ts';
import type { JournalRequests } from './journal-file.ts';
import type { Groups } from './groups.ts';
import type { ParamValues } from './params.ts';
import type { Notes, NotesArgs } from './notes.ts';
import type { Inspection, Target } from './parts.ts';
import type { KindName, Scene } from './scene.ts';
import type { FilterFrame, QueryRequests, Watched } from './query.ts';
import type { Change, Scenario } from './scenario.ts';
import type { SendingRequests } from './sendings.ts';
import type { SweepPlan, SweepRun, SweepSpec } from './sweep.ts';
import type { TheoryArgs, TheoryCurve } from './theory.ts';
import type { TimelineRequests } from './timeline.ts';
import type { WaysRequests } from './ways.ts';

/** A graph file that the person opened: its text, parsed in a worker of its own, travels as columns. */
export interface GraphData {
  readonly name: string;
  readonly directed: boolean;
  /** Display names, by node. */
  readonly names: readonly string[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly length: Float64Array;
  /** Where the file places its nodes: x and y of node u at 2u and 2u + 1, in any unit, y downwards. */
  readonly positions?: Float64Array | undefined;
  /** What the importer changed or left out, for the person to read. */
  readonly notes: readonly string[];
}

export interface OpenArgs {
  readonly scenario: string | Scenario;
  /** Absent: the scenario's own seed. */
  readonly seed?: string | undefined;
  /** Another algorithm than the gossip scenario's own, with its defaults. */
  readonly algorithm?: string | undefined;
  /**
   * Another topology than the gossip scenario's own graph: one of the catalogue with its defaults (`graph` is not used then), or
   * the path of a graph file among the page's.
   */
  readonly topology?: string | undefined;
  /** One run of an experiment, as a sweep measured it: its seed is stream `run/<run>` of the scenario's. */
  readonly experiment?:
    | {
        readonly run: number;
        readonly redraw?: boolean | undefined;
        readonly until?: number | undefined;
        readonly origin?: string | undefined;
      }
    | undefined;
  readonly params?: ParamValues | undefined;
  readonly graph?: GraphData | undefined;
  /** Joins, leaves, crashes and links that come and go, instead of the gossip scenario's own. */
  readonly changes?: readonly Change[] | undefined;
  /** What a person does to the run, in order. */
  readonly interventions?: readonly Intervention[] | undefined;
  /** Branches of that run, and which of them is shown: 0 is the run itself, 1 the first of these. */
  readonly branches?: readonly SavedBranch[] | undefined;
  readonly active?: number | undefined;
}

/** What the picture needs at one cursor position; typed arrays are transferred. */
export interface Frame {
  /** Events processed: 0 before the first. */
  readonly ordinal: number;
  /** Tick of that event (0 before the first), and of the next one (Infinity when there is none). */
  readonly tick: number;
  readonly nextTick: number;
  readonly round: number;
  /** Shown state by entity: an index into `Scene.states`. */
  readonly states: Uint8Array;
  /** How far the stream of each link is, an index into `LINK_STATES`; absent where `Scene.streams` is not set. */
  readonly links?: Uint8Array | undefined;
  /** Stanzas in flight: sent ≤ t < due. At most 5,000, an even sample beyond that; `total` counts all. */
  readonly flights: {
    readonly id: Int32Array;
    readonly from: Uint32Array;
    readonly to: Uint32Array;
    readonly kind: Uint8Array;
    readonly sent: Float64Array;
    readonly due: Float64Array;
    readonly bytes: Uint32Array;
    readonly total: number;
  };
  /** What is out of order by hand at this moment; absent where nothing is. */
  readonly disturbed?: Disturbed | undefined;
  readonly reached: number;
  /** Where a filter is watched. */
  readonly filter?: FilterFrame | undefined;
  /** Who acts next and what it will do. */
  readonly next: { readonly ordinal: number; readonly tick: number; readonly entity: number; readonly text: string } | null;
}

/**
 * Kinds of step. `change` is the default one: a stanza sent, arriving or dropped, or a changed state. `hop`: of what follows from `about`, and
 * what it follows from; `same`: of the conversation that `about` belongs to, of an entity its own events; `wave`: causal waves.
 */
export type StepBy = 'change' | 'event' | 'round' | 'entity' | 'hop' | 'same' | 'wave';

export interface Position {
  readonly ordinal: number;
  readonly tick: number;
}

export interface Row {
  readonly ordinal: number;
  readonly tick: number;
  readonly round: number;
  /** The stanza's kind; absent for a timer, an intervention, or when nothing happened. */
  readonly kind?: KindName | undefined;
  readonly from: string;
  readonly to: string;
  readonly what: string;
  /** What is selected when the row is clicked. */
  readonly target: Target;
  /** No visible change: drawn muted. */
  readonly quiet: boolean;
}

/** Curves and strips over the whole run so far, sampled at `ticks`. */
export interface Series {
  readonly ticks: Float64Array;
  readonly ordinals: Float64Array;
  readonly reached: Float64Array;
  readonly inFlight: Float64Array;
  /** Events per bucket, for the density strip of the scrubber. */
  readonly density: Float64Array;
  /** Where rounds begin, thinned to what can be labelled. */
  readonly rounds: readonly { readonly round: number; readonly ordinal: number; readonly tick: number }[];
}

/** How a run ended; `running` while it is still being computed. `budget`: it would go on, and is not computed any further. */
export type Ended = 'running' | 'drained' | 'horizon' | 'budget';

export interface Progress {
  /** Which opened scene this is about: replies and updates of an older one are ignored. */
  readonly run: number;
  readonly events: number;
  readonly messages: number;
  readonly tick: number;
  readonly ended: Ended;
  /** Events whose rows are here; absent: all. The others are made again, by replay, when somebody looks there. */
  readonly rows?: number | undefined;
  /** SHA-256 of the journal, its first 16 hex characters, once the run has ended. */
  readonly hash?: string | undefined;
  readonly metrics?: Readonly<Record<string, number>> | undefined;
  /** Filter and breakpoints: how far each is answered. */
  readonly watched?: readonly Watched[] | undefined;
  /** Something asked for waits until causes in a long run are worked out. */
  readonly preparing?: Preparing | undefined;
}

/** Events that are taken in, of those that have to be. */
export interface Preparing {
  readonly done: number;
  readonly of: number;
}

/** Every request: what it takes and what it answers. */
export interface Requests extends BranchRequests, JournalRequests, WaysRequests, QueryRequests, TimelineRequests, SendingRequests {
  /** A window of the space-time diagram, and the next event of a line of it. */
  diagram: { args: DiagramArgs; reply: Diagram };
  along: { args: AlongArgs; reply: { readonly ordinal: number | null } };
  sequence: { args: SequenceArgs; reply: { name: string; type: string; text: string } };
  catalogue: { args: Record<string, never>; reply: Catalogue };
  open: { args: OpenArgs; reply: Scene & { readonly run: number } };
  /** The last event at or before the tick. */
  locate: { args: { tick: number }; reply: Position };
  frame: { args: { ordinal: number } | { tick: number }; reply: Frame };
  move: { args: { from: number; by: StepBy; back: boolean; entity?: number | undefined; about?: Target | undefined }; reply: Position };
  /** Rows of the events `from` … `from + count - 1` (ordinals, from 1). */
  rows: { args: { from: number; count: number }; reply: readonly Row[] };
  series: { args: { buckets: number }; reply: Series };
  inspect: { args: { target: Target; ordinal: number }; reply: Inspection };
  /** What happened before what, and the way that proves it. */
  relation: { args: RelationArgs; reply: Relation };
  /** A stanza with all that it follows from and all that follows from it. */
  follow: { args: FollowArgs; reply: Followed };
  /** What is remarkable in the run, as far as it was looked through: each request looks a little further. */
  notes: { args: NotesArgs; reply: Notes };
  /** Whether a cut through the run is consistent, and what breaks it. */
  cut: { args: CutArgs; reply: Cut };
  /** What is wrong with a text that a client is to send. */
  check: { args: CheckArgs; reply: Checked };
  /** What the client can be made to do, and what came of what it was made to do. */
  actions: { args: ActionsArgs; reply: Actions };
  /** The stanza of an action that was filled in. */
  compose: { args: ComposeArgs; reply: Composed };
  /** Rooms, nodes and what else spreads things to many, at a moment. */
  groups: { args: { ordinal: number }; reply: Groups };
  /** Checks a sweep's spec, whatever it came from. */
  sweepPlan: { args: { spec: unknown }; reply: SweepPlan };
  /** How to open one run of a sweep. */
  sweepRun: { args: { spec: SweepSpec; point: number; run: number }; reply: OpenArgs };
  /** Reads a spec or a result file, whole or cut off. */
  sweepFile: {
    args: { name: string; text: string };
    reply: { readonly plan: SweepPlan; readonly runs: readonly SweepRun[]; readonly notes: readonly string[] };
  };
  /** Results as a file. */
  sweepExport: {
    args: { spec: SweepSpec; runs: readonly SweepRun[]; format: 'csv' | 'json' | 'jsonl' | 'svg'; measure: string };
    reply: { readonly name: string; readonly type: string; readonly text: string };
  };
  /** What theory expects of a gossip configuration. */
  theory: { args: TheoryArgs; reply: readonly TheoryCurve[] };
  /** The open scene's graph as a file, in one of the catalogue's graph formats. */
  exportGraph: { args: { format: string }; reply: { name: string; type: string; text: string } };
}
export type RequestName = keyof Requests;

export type Request = { [N in RequestName]: { readonly id: number; readonly name: N; readonly args: Requests[N]['args'] } }[RequestName];
export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: Requests[RequestName]['reply'] }
  | { readonly id: number; readonly ok: false; readonly problem: Problem };
export type Update =
  | { readonly update: 'progress'; readonly progress: Progress }
  /** Rows that somebody asked for are being made again, which takes a while; then, that it is over. */
  | { readonly update: 'refilling'; readonly refilling: boolean };

/** Sent to the graph import worker, and what comes back. */
export type ImportRequest = { readonly name: string; readonly text: string };
export type ImportReply =
  | { readonly ok: true; readonly graph: GraphData }
  | { readonly ok: true; readonly changes: readonly Change[] }
  | { readonly ok: false; readonly problem: Problem };
