/** What a gossip world is made of, whatever carries its calls. */
import type { ParamValues } from '../../protocol/params.ts';
import type { Change } from '../../protocol/scenario.ts';
import type { Algorithm, Data } from '../gossip/contract.ts';
import type { Stage } from '../kernel/model.ts';
import type { Conditions } from '../network/conditions.ts';
import type { Topology } from '../topology/topology.ts';

export interface GraphWorldOptions {
  readonly algorithm: Algorithm;
  readonly params: ParamValues;
  /** The membership protocol below it, where the conditions ask for one. */
  readonly membership?: { readonly algorithm: Algorithm; readonly params: ParamValues } | undefined;
  readonly conditions: Conditions;
  readonly changes?: readonly Change[] | undefined;
  /** Tick of the last change that is none of nodes. */
  readonly lastChange?: number | undefined;
  readonly topology: Topology;
  readonly origin: number;
  /** Seed of this run; streams `node/…` and those of the conditions are derived from it. */
  readonly seed: string;
  readonly stage: Stage;
  /** Bytes of the stanza that a row stands for; asked only when rows are kept. */
  readonly bytes: (code: number, from: number, to: number, id: number, args: readonly number[], data: Data) => number;
  /** Count bytes although no rows are kept. */
  readonly weigh?: boolean | undefined;
  /** Where and when each update enters, instead of what the conditions say; then the run ends at its horizon only. */
  readonly says?: readonly Saying[] | undefined;
  /** Told as a node learns an update for the first time. */
  readonly heard?: ((node: number, update: number, tick: number) => void) | undefined;
  /** Told of an empty acknowledgement, which a graph implies and does not carry. */
  readonly acknowledged?: ((from: number, to: number, id: number, tick: number) => void) | undefined;
}

/** A message of somebody's: update u of a run is the u-th of them. */
export interface Saying {
  readonly node: number;
  readonly at: number;
  /** What is said: carried beside the update's number. */
  readonly text: string;
}
