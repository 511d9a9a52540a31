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
  readonly topology: Topology;
  readonly origin: number;
  /** Seed of this run; streams `node/…` and those of the conditions are derived from it. */
  readonly seed: string;
  readonly stage: Stage;
  /** Bytes of the stanza that a row stands for; asked only when rows are kept. */
  readonly bytes: (code: number, from: number, to: number, id: number, args: readonly number[], data: Data) => number;
  /** Count bytes although no rows are kept. */
  readonly weigh?: boolean | undefined;
}
