/**
 * Reads a scenario file and checks it against its JSON Schema, by @cfworker/json-schema: unlike others it compiles nothing
 * at run time, which a page's policy would forbid. It wants `URL`, so only hosts that have it import this file.
 */
import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import { InputError } from '../../base/result.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import { scenarioSchemas } from '../../protocol/schemas.ts';

/** @throws InputError that names the file, the field and what is wrong with it. */
export function readScenario(source: string, name: string): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new InputError(`${name}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InputError(`${name}: a scenario is one JSON object`);
  const { format, version, model } = value as Record<string, unknown>;
  if (format !== 'stanzascope/scenario')
    throw new InputError(`${name}: \`format\` must be "stanzascope/scenario", got ${JSON.stringify(format) ?? 'nothing'}`);
  if (version !== 1)
    throw new InputError({
      message: `${name}: \`version\` must be 1, got ${JSON.stringify(version) ?? 'nothing'}`,
      hint: 'It was made by another version of Stanzascope.',
    });
  if (model !== 'gossip' && model !== 'xmpp')
    throw new InputError(`${name}: \`model\` must be "gossip" or "xmpp", got ${JSON.stringify(model) ?? 'nothing'}`);
  // The schema's type is narrower than the checker's, which takes any object.
  const { valid, errors } = new Validator(scenarioSchemas[model] as unknown as Schema, '2020-12').validate(value);
  if (!valid) throw new InputError({ message: `${name}: ${worst(errors)}`, hint: 'public/schemas/ has the JSON Schema of scenarios.' });
  return value as Scenario;
}

/** The deepest complaint is the one about the value itself; the others only say that something inside it is wrong. */
function worst(errors: readonly OutputUnit[]): string {
  const depth = (error: OutputUnit): number => error.instanceLocation.split('/').length;
  const deepest = errors.reduce((a, b) => (depth(b) > depth(a) ? b : a));
  return `${deepest.instanceLocation.replace(/^#\/?/, '').replaceAll('/', '.') || 'the scenario'}: ${deepest.error}`;
}
