/** Reads a scenario file and checks it against its JSON Schema. */
import { InputError } from '../../base/result.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import { scenarioSchemas } from '../../protocol/schemas.ts';
import { checkSchema } from './json-schema.ts';

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
  if (model !== 'gossip' && model !== 'xmpp' && model !== 'group')
    throw new InputError(`${name}: \`model\` must be "gossip", "xmpp" or "group", got ${JSON.stringify(model) ?? 'nothing'}`);
  checkSchema(value, scenarioSchemas[model], name, 'scenario');
  return value as Scenario;
}
