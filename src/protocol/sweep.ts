/** A sweep is data: one gossip configuration, some of its parameters over ranges, so many runs at each point. */
import type { Problem } from '../base/result.ts';
import type { ParamValue, ParamValues } from './params.ts';

/** Values that a parameter takes: a list, or so many steps from one end to the other (whole numbers where the parameter is one). */
export type SweepRange =
  | readonly ParamValue[]
  | { readonly from: number; readonly to: number; readonly steps: number; readonly scale?: 'linear' | 'log' | undefined };

/** `stanzascope/sweep`, version 1. */
export interface SweepSpec {
  readonly format: 'stanzascope/sweep';
  readonly version: 1;
  readonly title?: string | undefined;
  readonly algorithm: string;
  readonly topology: { readonly id: string; readonly file?: string | undefined };
  /** Fixed values of any parameter: the algorithm's, the topology's, the conditions'. */
  readonly params?: ParamValues | undefined;
  readonly origin?: string | undefined;
  readonly seed: string;
  /** Runs at each point; run r of every point uses stream `run/r`. */
  readonly runs: number;
  /** Draw topology and latencies anew for each run; else once from the seed. */
  readonly redraw?: boolean | undefined;
  /** Parameters by name; `algorithm` and `topology` may be swept too. Points are the product, the last name varying fastest. */
  readonly over: Readonly<Record<string, SweepRange>>;
  /** Count the XML bytes of every run, too: a run takes about two thirds longer. */
  readonly bytes?: boolean | undefined;
  /** Horizon in ticks; 10⁷ events end a run in any case. */
  readonly until?: number | undefined;
}

export interface SweepPoint {
  readonly index: number;
  readonly values: ParamValues;
}

/** A spec that was checked, and what it comes to. */
export interface SweepPlan {
  readonly spec: SweepSpec;
  readonly points: readonly SweepPoint[];
  /** What runs are measured by. */
  readonly measures: readonly { readonly id: string; readonly label: string; readonly help: string }[];
  /** Published values that a preset is compared with, along its axis. */
  readonly references: readonly { readonly measure: string; readonly x: number; readonly y: number; readonly label: string }[];
}

/** First line of a result file; the runs follow, one a line, in any order. */
export interface SweepHeader {
  readonly format: 'stanzascope/sweep-result';
  readonly version: 1;
  readonly spec: SweepSpec;
  readonly points: number;
}

/** One run, one line. Measures that do not exist for it (`time` of a run that did not complete) are absent. */
export interface SweepRun {
  readonly point: number;
  readonly run: number;
  readonly completed: boolean;
  readonly events: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** What a pool's worker is asked for, and what it answers: runs `[from, to)` of one point. */
export interface SweepTask {
  readonly id: number;
  readonly spec: SweepSpec;
  readonly point: number;
  readonly from: number;
  readonly to: number;
  /** Text of the graph file that the spec names. */
  readonly graph?: { readonly name: string; readonly text: string } | undefined;
}
export type SweepAnswer =
  | { readonly id: number; readonly ok: true; readonly runs: readonly SweepRun[]; readonly done: boolean }
  | { readonly id: number; readonly ok: false; readonly problem: Problem };

/** What a worker is asked for before a sweep: how long it will take on one core. */
export interface SweepEstimateTask {
  readonly spec: SweepSpec;
  readonly points: number;
  readonly estimate: true;
  readonly graph?: SweepTask['graph'];
}
export type SweepEstimateAnswer = { readonly ok: true; readonly seconds: number } | { readonly ok: false; readonly problem: Problem };
