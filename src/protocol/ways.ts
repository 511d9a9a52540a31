/** One room built several ways: what is compared, and what a run of each way comes to. */
import type { Problem } from '../base/result.ts';
import type { ParamValues } from './params.ts';
import type { Target } from './parts.ts';

/** What befalls the group: nothing, the room's server, the link between two servers, or a tenth of the people. */
export const FAULTS = ['none', 'server', 'link', 'leave'] as const;
export type Fault = (typeof FAULTS)[number];

/** `stanzascope/ways`, version 1: one group, to be carried by several ways under several faults. */
export interface WaysSpec {
  readonly format: 'stanzascope/ways';
  readonly version: 1;
  readonly seed: string;
  /** Values of the group's parameters, without `way` and `fault`. */
  readonly params?: ParamValues | undefined;
  /** Ids; absent: all that there are. */
  readonly ways?: readonly string[] | undefined;
  readonly faults?: readonly Fault[] | undefined;
}

export interface WayEntry {
  readonly id: string;
  readonly title: string;
  /** In a few words, for the head of a column. */
  readonly short: string;
  readonly summary: string;
}
export interface FaultEntry {
  readonly id: Fault;
  readonly title: string;
}
/** A spec that was checked. */
export interface WaysPlan {
  readonly spec: WaysSpec;
  readonly ways: readonly WayEntry[];
  readonly faults: readonly FaultEntry[];
  readonly figures: readonly FigureEntry[];
  /** Of the conversation: when the first and the last message are said, and when the fault comes and goes, in ticks of 1 µs. */
  readonly begins: number;
  readonly ends: number;
  readonly faultAt: number;
  readonly backAt: number;
}
export interface FigureEntry {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly unit?: string | undefined;
}

/** Where in the run a number comes from. */
export interface Moment {
  readonly tick: number;
  readonly select?: Target | undefined;
}

/** One order of two messages and the other, and who saw which. */
export interface Disagreement {
  /** Tick at which it could first be noticed: when the later of the two had seen the second message. */
  readonly tick: number;
  /** `one` saw `first` before `second`; `other` the other way round. */
  readonly one: string;
  readonly other: string;
  readonly first: number;
  readonly second: number;
}
/** Somebody saw an answer before what it may answer. */
export interface CausalViolation {
  readonly tick: number;
  readonly person: string;
  /** Seen first, though its author had seen or said `cause` before. */
  readonly effect: number;
  readonly cause: number;
}

export interface OrderSeen {
  /** Everybody saw what they saw in one order; nobody saw an effect before its cause; neither. */
  readonly verdict: 'total' | 'causal' | 'none';
  /** Pairs of messages that somebody saw in one order and somebody in the other. */
  readonly disputed: number;
  /** Times that somebody saw a message before one in its causal past. */
  readonly violations: number;
  readonly firstDispute?: Disagreement | undefined;
  readonly firstViolation?: CausalViolation | undefined;
}

export interface PersonSeen {
  readonly name: string;
  readonly server: string;
  /** Entity in the scene. */
  readonly entity: number;
  readonly left: boolean;
  readonly seen: number;
  /** Messages of others that never came; of those who leave nothing is expected. */
  readonly missed: number;
  /** Messages in the order in which this person saw them. */
  readonly order: readonly number[];
}

export interface MessageSaid {
  readonly author: string;
  readonly at: number;
  readonly body: string;
  /** How many of those who were to see it did, and the last of them when (−1: nobody). */
  readonly seen: number;
  readonly owed: number;
  readonly last: number;
}

/** Share of what people were to see that they saw, of messages said before, during and after the fault; null where none were said. */
export interface PhaseShares {
  readonly before: number | null;
  readonly during: number | null;
  readonly after: number | null;
}

/** What a run of one way comes to. */
export interface WayResult {
  readonly way: string;
  readonly fault: Fault;
  readonly events: number;
  /** By `FigureEntry.id`; null where there is none. */
  readonly figures: Readonly<Record<string, number | null>>;
  readonly moments: Readonly<Record<string, Moment>>;
  /** Stanzas that each server handled, in and out. */
  readonly servers: readonly { readonly name: string; readonly stanzas: number; readonly entity: number }[];
  /** The heaviest links, in stanzas of both directions. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly stanzas: number }[];
  /** Share of what was owed that was seen within so many ms of its being said. */
  readonly curve: { readonly ms: readonly number[]; readonly share: readonly number[] };
  readonly order: OrderSeen;
  readonly people: readonly PersonSeen[];
  readonly messages: readonly MessageSaid[];
  /** Where both the author's server and the receiver's live. */
  readonly reach: PhaseShares;
}

/** A sentence made from runs, and true of them. */
export interface Claim {
  readonly id: string;
  readonly text: string;
  /** It is what the literature leads one to expect of such ways. */
  readonly expected: boolean;
  /** The numbers that it rests on. */
  readonly because: string;
  readonly fault: Fault;
  readonly ways: readonly string[];
}

/** To a worker, and from it. */
export interface WaysTask {
  readonly id: number;
  readonly spec: WaysSpec;
  readonly way: string;
  readonly fault: Fault;
}
export type WaysAnswer =
  | { readonly id: number; readonly ok: true; readonly result: WayResult }
  | { readonly id: number; readonly ok: true; readonly events: number }
  | { readonly id: number; readonly ok: false; readonly problem: Problem };

export interface WaysRequests {
  /** Checks a spec, whatever it came from. */
  waysPlan: { args: { spec: unknown }; reply: WaysPlan };
  /** What can be said of these runs. */
  waysClaims: { args: { results: readonly WayResult[] }; reply: readonly Claim[] };
  waysExport: {
    args: { spec: WaysSpec; results: readonly WayResult[]; format: 'csv' | 'json' };
    reply: { readonly name: string; readonly type: string; readonly text: string };
  };
}
