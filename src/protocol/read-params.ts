/** Reads parameters against their schema: whatever comes from a form, a file, a link or the command line. */
import { InputError } from '../base/result.ts';
import type { Param, ParamSchema, ParamValue, ParamValues } from './params.ts';

/**
 * Every parameter of the schema, with its default where none is given. Texts are read as what the schema asks for.
 * @throws InputError that names the parameter, its range and the value.
 */
export function readParams(schema: ParamSchema, given: ParamValues, where: string): ParamValues {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(schema, name))
      throw new InputError({
        message: `${where}: there is no parameter \`${name}\``,
        hint: `It has: ${Object.keys(schema).join(', ') || 'none'}.`,
      });
  const values: Record<string, ParamValue> = {};
  for (const [name, param] of Object.entries(schema)) {
    const value = given[name];
    values[name] = value === undefined ? param.default : readParam(param, value, `${where}: \`${name}\``);
  }
  return values;
}

function readParam(param: Param, value: ParamValue, where: string): ParamValue {
  const got = `got ${JSON.stringify(value)}`;
  switch (param.type) {
    case 'int':
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      const fits = typeof number === 'number' && number >= param.min && number <= param.max;
      if (fits && (param.type === 'number' || Number.isInteger(number))) return number;
      throw new InputError(
        `${where} must be ${param.type === 'int' ? 'an integer' : 'a number'} from ${param.min} to ${param.max}, ${got}`,
      );
    }
    case 'choice':
      if (typeof value === 'string' && param.options.includes(value)) return value;
      throw new InputError(`${where} must be one of ${param.options.join(', ')}, ${got}`);
    case 'flag':
      if (value === true || value === 'true') return true;
      if (value === false || value === 'false') return false;
      throw new InputError(`${where} must be true or false, ${got}`);
    case 'text':
      return String(value);
  }
}
