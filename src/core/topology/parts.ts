/** A topology named in a text, as parts of larger ones are: its id, its number of nodes, parameters, parted by colons. */
import { InputError } from '../../base/result.ts';
import type { ParamValue, TextParam } from '../../protocol/params.ts';
import { readParams } from '../../protocol/read-params.ts';
import type { Topology, TopologyDefinition } from './topology.ts';

export const partParam = (value: string, help: string): TextParam => ({
  type: 'text',
  default: value,
  help: `${help}: a topology such as complete:50 or ring:20:degree=4`,
});

interface Given {
  /** The parameter it stands in, for errors, such as "topology/join: `first`". */
  readonly where: string;
  readonly seed: string;
  /** For parts that name none of their own. */
  readonly latency: string;
  /** The number of nodes where the text gives none. */
  readonly nodes?: number;
}

/** @throws InputError that names the parameter, the piece of the text and what there is. */
export function partOf(registry: readonly TopologyDefinition[], text: string, given: Given): Topology {
  const [id = '', ...pieces] = text.split(':').map((piece) => piece.trim());
  const where = `${given.where} (${JSON.stringify(text)})`;
  const found = registry.find((topology) => topology.id === id);
  if (found === undefined)
    throw new InputError({
      message: `${where}: there is no topology ${JSON.stringify(id)} to build from`,
      hint: `There are: ${registry.map((topology) => topology.id).join(', ')}; for example complete:50 or ring:20:degree=4.`,
    });
  const values: Record<string, ParamValue> = {};
  pieces.forEach((piece, i) => {
    const equals = piece.indexOf('=');
    const name = equals < 0 && i === 0 ? 'nodes' : piece.slice(0, Math.max(0, equals)).trim();
    const value = piece.slice(equals + 1).trim();
    if (name === '' || value === '')
      throw new InputError({ message: `${where}: ${JSON.stringify(piece)} should be name=value`, hint: 'For example ring:20:degree=4.' });
    if (equals < 0 && !Object.hasOwn(found.params, 'nodes'))
      throw new InputError({
        message: `${where}: ${id} has no number of nodes of its own`,
        hint: `Give its parameters by name: ${Object.keys(found.params).join(', ')}.`,
      });
    if (Object.hasOwn(values, name)) throw new InputError(`${where}: \`${name}\` is given twice`);
    values[name] = value;
  });
  if (given.nodes !== undefined && Object.hasOwn(found.params, 'nodes')) values['nodes'] ??= given.nodes;
  return found.generate(readParams(found.params, { latency: given.latency, ...values }, where), given.seed);
}
