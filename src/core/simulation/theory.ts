/** The request `theory`: fills in what the configuration leaves open and asks the registry. */
import { InputError } from '../../base/result.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { TheoryArgs, TheoryCurve } from '../../protocol/theory.ts';
import { theoryCurves } from '../metrics/theory/index.ts';
import { algorithmOf, gossipSchema } from './configuration.ts';
import { gossipScenario } from './experiment.ts';

/** Curves are for the eye: more points than this are a mistake. */
const MOST_POINTS = 10_000;

export function theory(args: TheoryArgs): readonly TheoryCurve[] {
  const { algorithm, topology, values, nodes, over } = args;
  if (!Number.isSafeInteger(nodes) || nodes < 1) throw new InputError(`theory: \`nodes\` must be a whole number from 1, got ${nodes}`);
  if (over && over.values.length > MOST_POINTS)
    throw new InputError(`theory: at most ${MOST_POINTS} values of \`${over.name}\`, got ${over.values.length}`);
  const schema = gossipSchema(gossipScenario(algorithm, { id: topology }), values);
  const defaults: ParamValues = Object.fromEntries(Object.entries(schema).map(([name, param]) => [name, param.default]));
  const definition = algorithmOf(algorithm);
  const timing = (all: ParamValues) => ({ period: definition.period(all), synchronous: definition.synchronous(all) });
  return theoryCurves({ ...args, values: { ...defaults, ...values } }, timing);
}
