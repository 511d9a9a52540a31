/** Parameters of scenarios, algorithms and topologies: one schema for the form, the command line and the checks. */
export type ParamValue = number | string | boolean;
export type ParamValues = Readonly<Record<string, ParamValue>>;

interface Described {
  /** Shown as the label where it differs from the name. */
  readonly label?: string;
  readonly help: string;
  readonly unit?: string;
  /** Which part of a gossip scene it belongs to; absent: the scenario's own. */
  readonly group?: 'algorithm' | 'topology' | 'conditions' | 'membership';
  /** Name of another parameter: while that one is at its default, this one changes nothing. */
  readonly with?: string;
}
export interface IntParam extends Described {
  readonly type: 'int';
  readonly min: number;
  readonly max: number;
  readonly default: number;
}
export interface NumberParam extends Described {
  readonly type: 'number';
  readonly min: number;
  readonly max: number;
  readonly default: number;
}
export interface ChoiceParam extends Described {
  readonly type: 'choice';
  readonly options: readonly string[];
  readonly default: string;
}
export interface FlagParam extends Described {
  readonly type: 'flag';
  readonly default: boolean;
}
export interface TextParam extends Described {
  readonly type: 'text';
  readonly default: string;
}
export type Param = IntParam | NumberParam | ChoiceParam | FlagParam | TextParam;
export type ParamSchema = Readonly<Record<string, Param>>;
