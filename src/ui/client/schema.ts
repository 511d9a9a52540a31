/** Which parameters a gossip scene will have once it is opened, and which values of the one on show it can keep. */
import type { Catalogue } from '../../protocol/catalogue.ts';
import type { Param, ParamSchema, ParamValue, ParamValues } from '../../protocol/params.ts';
import type { Scene } from '../../protocol/scene.ts';

const prefixed = (schema: ParamSchema, prefix: string): [string, Param][] =>
  Object.entries(schema).map(([name, param]) => [prefix + name, { ...param, group: 'membership' }]);
const grouped = (schema: ParamSchema, group: NonNullable<Param['group']>): [string, Param][] =>
  Object.entries(schema).map(([name, param]) => [name, { ...param, group }]);

/** Every parameter of a gossip scene with this algorithm, on this topology (undefined: a graph from a file). */
export function gossipSchema(catalogue: Catalogue, algorithm: string, topology: string | undefined, membership: string): ParamSchema {
  const paramsOf = (entries: readonly { readonly id: string; readonly params: ParamSchema }[], id: string | undefined) =>
    entries.find((entry) => entry.id === id)?.params ?? {};
  return Object.fromEntries([
    ...grouped(paramsOf(catalogue.algorithms, algorithm), 'algorithm'),
    ...grouped(paramsOf(catalogue.topologies, topology), 'topology'),
    ...grouped(catalogue.conditions, 'conditions'),
    ...prefixed(paramsOf(catalogue.algorithms, membership), `${membership}.`),
  ]);
}

/** As typed or as it was, if the parameter allows it; null where it does not. */
export function valueFor(param: Param, given: ParamValue): ParamValue | null {
  const text = String(given);
  switch (param.type) {
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : null;
    case 'int':
    case 'number': {
      const value = Number(text);
      const fits = text.trim() !== '' && value >= param.min && value <= param.max && (param.type === 'number' || Number.isInteger(value));
      return fits ? value : null;
    }
    case 'choice':
      return param.options.includes(text) ? text : null;
    case 'text':
      return text;
  }
}

/** Values of the scene that are not their parameter's default, and that the other schema has and allows under the same name. */
function keptValues(scene: Pick<Scene, 'params' | 'values'>, next: ParamSchema): ParamValues {
  const kept: Record<string, ParamValue> = {};
  for (const [name, value] of Object.entries(scene.values)) {
    const [before, after] = [scene.params[name], next[name]];
    if (!before || !after || before.type !== after.type || value === before.default) continue;
    const fitting = valueFor(after, value);
    if (fitting !== null) kept[name] = fitting;
  }
  return kept;
}

/** The values that another algorithm or topology begins with: what is kept, less what it cannot be combined with. */
export function valuesFor(catalogue: Catalogue, scene: Scene, algorithm: string, topology: string | undefined): ParamValues {
  const membership = String(scene.values['membership'] ?? '');
  const kept = { ...keptValues(scene, gossipSchema(catalogue, algorithm, topology, membership)) };
  if (!catalogue.algorithms.find(({ id }) => id === algorithm)?.many) delete kept['updates'];
  if (membership === algorithm) {
    for (const name of Object.keys(kept)) if (name === 'membership' || name.startsWith(`${membership}.`)) delete kept[name];
  }
  return kept;
}
