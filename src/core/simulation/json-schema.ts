/**
 * Checks values against JSON Schemas, by @cfworker/json-schema: unlike others it compiles nothing at run time, which a page's
 * policy would forbid. It wants `URL`, so only hosts that have it import this file.
 */
import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import { InputError } from '../../base/result.ts';

/** @param what is being read: `scenario`. @throws InputError that names the file, the field and what is wrong with it. */
export function checkSchema(value: unknown, schema: object, name: string, what: string): void {
  // Our schemas' types are narrower than the checker's, which takes any object.
  const { valid, errors } = new Validator(schema as unknown as Schema, '2020-12').validate(value);
  if (!valid)
    throw new InputError({ message: `${name}: ${worst(errors, what)}`, hint: `public/schemas/ has the JSON Schema of a ${what}.` });
}

/** The deepest complaint is the one about the value itself; the others only say that something inside it is wrong. */
function worst(errors: readonly OutputUnit[], what: string): string {
  const depth = (error: OutputUnit): number => error.instanceLocation.split('/').length;
  const deepest = errors.reduce((a, b) => (depth(b) > depth(a) ? b : a));
  const place = deepest.instanceLocation.replace(/^#\/?/, '').replaceAll('/', '.') || `the ${what}`;
  // Keys that a schema does not know have "false" for their own.
  return deepest.keyword === 'false' ? `${place}: there is no such key` : `${place}: ${deepest.error}`;
}
