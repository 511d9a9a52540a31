/** What a person fills in, and the sweep that it stands for. */
import type { Problem } from '../../base/result.ts';
import type { Catalogue } from '../../protocol/catalogue.ts';
import type { Param, ParamSchema, ParamValue, ParamValues } from '../../protocol/params.ts';
import type { SweepRange, SweepSpec } from '../../protocol/sweep.ts';
import type { OpenScene } from '../state/store.ts';

export interface Draft {
  readonly title: string;
  readonly algorithm: string;
  readonly topology: SweepSpec['topology'];
  readonly fixed: readonly { readonly name: string; readonly value: string }[];
  /** Values as they are typed: `1, 2, 4`, `1..12`, `0..0.5 in 6`, `100..100000 in 7 log`. */
  readonly over: readonly { readonly name: string; readonly values: string }[];
  readonly seed: string;
  readonly runs: string;
  readonly redraw: boolean;
}

export const MOST_SWEPT = 2;

/** Every parameter that a configuration has, flat. Those of membership protocols begin with their id. */
export function schemaOf(catalogue: Catalogue, algorithm: string, topology: string): ParamSchema {
  const own = catalogue.algorithms.find((a) => a.id === algorithm)?.params ?? {};
  const graph = catalogue.topologies.find((t) => t.id === topology)?.params ?? {};
  const layers = catalogue.algorithms
    .filter((a) => a.membership && a.id !== algorithm)
    .flatMap((a) => Object.entries(a.params).map(([name, param]) => [`${a.id}.${name}`, param] as const));
  return { ...own, ...graph, ...catalogue.conditions, ...Object.fromEntries(layers) };
}

/** A sweep of the open scene: its configuration, and the first whole number that it has. */
export function draftOfScene(scene: OpenScene, file: string | null): Draft | null {
  if (scene.algorithm === undefined) return null;
  const fixed = Object.entries(scene.values)
    .filter(([name, value]) => scene.params[name] !== undefined && scene.params[name].default !== value)
    .map(([name, value]) => ({ name, value: String(value) }));
  const swept = Object.entries(scene.params).find(([, param]) => param.type === 'int' && param.group === 'algorithm')?.[0];
  return {
    title: '',
    algorithm: scene.algorithm,
    // A sweep runs on a graph that its workers can draw or fetch: a file of the person's own is neither.
    topology:
      file !== null || scene.topology === undefined
        ? { id: 'complete' }
        : scene.topology === 'file'
          ? fileOf(scene)
          : { id: scene.topology },
    fixed: fixed.filter(({ name }) => name !== swept),
    over: swept === undefined ? [] : [{ name: swept, values: '1..6' }],
    seed: scene.seed,
    runs: '50',
    redraw: false,
  };
}

const fileOf = (scene: OpenScene): SweepSpec['topology'] => ({ id: 'file', ...(scene.topologyFile ? { file: scene.topologyFile } : {}) });

export function draftOfSpec(spec: SweepSpec): Draft {
  return {
    title: spec.title ?? '',
    algorithm: spec.algorithm,
    topology: spec.topology,
    fixed: Object.entries(spec.params ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    over: Object.entries(spec.over).map(([name, range]) => ({ name, values: textOfRange(range) })),
    seed: spec.seed,
    runs: String(spec.runs),
    redraw: spec.redraw ?? false,
  };
}

function textOfRange(range: SweepRange): string {
  if (!('from' in range)) return range.join(', ');
  const { from, to, steps, scale } = range;
  const log = scale === 'log';
  return `${from}..${to}${steps === stepsOf(from, to, log) ? '' : ` in ${steps}`}${log ? ' log' : ''}`;
}

/** Where nothing is said of them: every whole number, else six. */
const stepsOf = (from: number, to: number, log: boolean): number =>
  !log && Number.isInteger(from) && Number.isInteger(to) ? Math.abs(to - from) + 1 : 6;

const RANGE = /^(-?[\d.e+-]+?)\s*\.\.\s*(-?[\d.e+-]+)(?:\s+in\s+(\d+))?(\s+log)?$/i;

/** @throws Error in words, for the field. */
export function rangeOfText(text: string): SweepRange {
  const found = RANGE.exec(text.trim());
  if (!found) {
    const values = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    if (values.length === 0) throw new Error('Give values: 1, 2, 4 or 1..12 or 100..100000 in 7 log');
    return values.map(valueOfText);
  }
  const [from, to] = [Number(found[1]), Number(found[2])];
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw new Error('Both ends of a range are numbers, as in 1..12');
  const log = found[4] !== undefined;
  const steps = found[3] === undefined ? stepsOf(from, to, log) : Number(found[3]);
  return { from, to, steps, ...(log ? { scale: 'log' as const } : {}) };
}

/** As JSON would have it: the worker checks it against the parameter. */
function valueOfText(text: string): ParamValue {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
}

export function valueOf(param: Param | undefined, text: string): ParamValue {
  return param?.type === 'text' || param?.type === 'choice' ? text : valueOfText(text);
}

/** @throws Error that names the field. */
export function specOfDraft(draft: Draft, schema: ParamSchema): SweepSpec {
  const params: Record<string, ParamValue> = {};
  for (const { name, value } of draft.fixed) if (name !== '') params[name] = valueOf(schema[name], value);
  const over: Record<string, SweepRange> = {};
  for (const { name, values } of draft.over) {
    if (name === '') continue;
    try {
      const range = rangeOfText(values);
      over[name] = 'from' in range ? range : range.map((value) => valueOf(schema[name], String(value)));
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  return {
    format: 'stanzascope/sweep',
    version: 1,
    ...(draft.title === '' ? {} : { title: draft.title }),
    algorithm: draft.algorithm,
    topology: draft.topology,
    params: params satisfies ParamValues,
    seed: draft.seed,
    runs: Number(draft.runs),
    ...(draft.redraw ? { redraw: true } : {}),
    over,
  };
}

/** The field that a problem is about: the parameter that it names last, else the number of runs or the seed. */
export function placeOf({ message }: Problem, draft: Draft): string | undefined {
  const words = Array.from(message.matchAll(/[a-z](?:[\w.-]*\w)?/gi), ([word]) => word.replace(/^(over|params)\./, ''));
  const named = words.filter((word) => [...draft.over, ...draft.fixed].some(({ name }) => name === word));
  return named.at(-1) ?? words.findLast((word) => word === 'runs' || word === 'seed');
}
