/** What published theory expects of a gossip configuration, to be laid over what was simulated. */
import type { ParamValues } from './params.ts';

export interface TheoryArgs {
  readonly algorithm: string;
  readonly topology: string;
  /** Values of any parameters by flat name; absent ones have their defaults. */
  readonly values: ParamValues;
  readonly nodes: number;
  /**
   * Absent: curves for the plot of one run (share reached over periods). Present: a measure over a swept parameter, whose
   * name is a parameter's, `nodes`, or the measure `traffic` where one measure is drawn against another.
   */
  readonly over?: { readonly name: string; readonly values: readonly number[]; readonly measure: string } | undefined;
}

export interface TheoryCurve {
  readonly id: string;
  readonly title: string;
  /** Plain text with Unicode signs. */
  readonly formula: string;
  readonly source: string;
  readonly assumptions: readonly string[];
  /** Why the simulation differs, where the present configuration breaks an assumption. */
  readonly differs?: string | undefined;
  /** Periods since the update entered, or values of the swept parameter. */
  readonly x: Float64Array;
  /** Share of nodes reached, or the measure; NaN where the theory says nothing. */
  readonly y: Float64Array;
  readonly axis: 'periods' | 'parameter';
  /** What y is: `reached` (a share of nodes) along periods, else the measure that was asked for. */
  readonly measure: string;
}
