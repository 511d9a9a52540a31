/** One group by one way under one fault, nothing recorded: a pure function of the spec. */
import { InputError } from '../../../base/result.ts';
import type { ParamValues } from '../../../protocol/params.ts';
import { FAULTS, type Fault, type WayResult, type WaysPlan, type WaysSpec } from '../../../protocol/ways.ts';
import { waysSchema } from '../../../protocol/schemas.ts';
import { checkSchema } from '../json-schema.ts';
import { FAULT_ENTRIES, FIGURES } from './figures.ts';
import { wayOf, ways } from './index.ts';
import { planOf } from './plan.ts';
import { resultOf } from './result.ts';

/** A run is told of, and may be given up, after so many events. */
const SLICE = 20_000;

const valuesOf = ({ params }: WaysSpec, way: string, fault: Fault): ParamValues => ({ ...params, way, fault });

/** @param went called now and then with how many events there were. */
export function runWay(spec: WaysSpec, id: string, fault: Fault, went?: (events: number) => void): WayResult {
  const way = wayOf(id);
  const plan = planOf(spec.seed, valuesOf(spec, id, fault));
  const group = way.world(plan);
  const playing = group.world.play(undefined, []);
  const { kernel } = playing;
  while (kernel.run(SLICE) === SLICE) went?.(kernel.processed);
  return resultOf(way, plan, group, group.watchOf(playing), kernel.processed);
}

/** Every way under every fault of a spec, in this order. */
export const tasksOf = ({ ways, faults }: WaysPlan): readonly { readonly way: string; readonly fault: Fault }[] =>
  faults.flatMap((fault) => ways.map((way) => ({ way: way.id, fault: fault.id })));

/** @throws InputError that names what is wrong with the spec. */
export function planWays(given: unknown, where = 'ways'): WaysPlan {
  checkSchema(given, waysSchema, where, 'spec');
  let spec = given as WaysSpec;
  for (const name of ['way', 'fault'])
    if (Object.hasOwn(spec.params ?? {}, name))
      throw new InputError({ message: `${where}: params: \`${name}\` is compared, and not set`, hint: `Use \`${name}s\`: a list.` });
  const chosen = spec.ways?.map((id) => wayOf(id)) ?? ways;
  const faults = spec.faults ?? FAULTS;
  const plans = faults.map((fault) => planOf(spec.seed, valuesOf(spec, chosen[0]?.id ?? 'muc', fault)));
  const { begins, ends, faultAt, backAt, values } = plans[0]!;
  // As the parameters have them, where they were typed.
  const named = Object.keys(spec.params ?? {}).map((name) => [name, values[name]!] as const);
  spec = { ...spec, ...(named.length > 0 ? { params: Object.fromEntries(named) } : {}) };
  return {
    spec,
    ways: chosen.map(({ id, title, short, summary }) => ({ id, title, short, summary })),
    faults: FAULT_ENTRIES.filter(({ id }) => faults.includes(id)),
    figures: FIGURES,
    begins,
    ends,
    faultAt,
    backAt,
  };
}
