/** Finds and checks scenarios. A file of ours that a person or a link brings is checked field by field before it is run. */
import { InputError } from '../../base/result.ts';
import type { GraphData, OpenArgs } from '../../protocol/protocol.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import { scenarios } from '../../scenarios/index.ts';
import { gossipWorld } from './gossip.ts';
import type { World } from './world.ts';
import { xmppWorld } from './xmpp.ts';

export function scenarioOf(id: string): Scenario {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found) return found;
  throw new InputError({
    message: `there is no scenario ${JSON.stringify(id)}`,
    hint: `There are: ${scenarios.map((s) => s.id).join(', ')}.`,
  });
}

/** The graph file that a scenario names; undefined where it names none. */
export const graphFileOf = (scenario: Scenario): string | undefined =>
  scenario.model === 'gossip' && scenario.topology.id === 'file' ? (scenario.topology.file ?? '') : undefined;

export function createWorld(args: OpenArgs & { readonly scenario: Scenario }, graph: GraphData | undefined): World {
  const { scenario } = args;
  const seed = args.seed ?? scenario.seed;
  const given = args.params ?? {};
  return scenario.model === 'xmpp' ? xmppWorld(scenario, seed, given) : gossipWorld(scenario, seed, given, graph);
}

type Check = (value: unknown) => string | undefined;
const text: Check = (value) => (typeof value === 'string' ? undefined : 'a text');
const object: Check = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'an object');
const list: Check = (value) => (Array.isArray(value) ? undefined : 'a list');
const whole: Check = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : 'a whole number, 0 or more');
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);

const COMMON: Readonly<Record<string, Check>> = {
  format: text,
  version: whole,
  id: text,
  title: text,
  summary: text,
  model: text,
  seed: text,
  until: maybe(whole),
  speed: maybe(whole),
  params: maybe(object),
  values: maybe(object),
};
const BY_MODEL: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  gossip: { algorithm: text, algorithmParams: object, topology: object, origin: maybe(text) },
  xmpp: { servers: list, clients: list, latency: object, follow: maybe(object) },
};

/** @throws InputError that names the file, the field and what it should be. */
export function readScenario(source: string, name: string): Scenario {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new InputError({ message: `${name}: not JSON: ${error instanceof Error ? error.message : String(error)}` });
  }
  if (object(value)) throw new InputError(`${name}: a scenario is one JSON object`);
  const fields = value as Record<string, unknown>;
  if (fields['format'] !== 'stanzascope/scenario')
    throw new InputError({ message: `${name}: \`format\` must be "stanzascope/scenario", got ${JSON.stringify(fields['format'])}` });
  if (fields['version'] !== 1)
    throw new InputError({
      message: `${name}: \`version\` must be 1, got ${JSON.stringify(fields['version'])}`,
      hint: 'It was made by another version of Stanzascope.',
    });
  const model = fields['model'];
  const own = typeof model === 'string' && Object.hasOwn(BY_MODEL, model) ? BY_MODEL[model]! : undefined;
  if (own === undefined) throw new InputError(`${name}: \`model\` must be "xmpp" or "gossip", got ${JSON.stringify(model)}`);
  const checks = { ...COMMON, ...own };
  for (const field of Object.keys(fields))
    if (!Object.hasOwn(checks, field))
      throw new InputError({
        message: `${name}: unknown field \`${field}\``,
        hint: `A scenario of this model has: ${Object.keys(checks).join(', ')}.`,
      });
  for (const [field, check] of Object.entries(checks)) {
    const wrong = check(fields[field]);
    if (wrong) throw new InputError(`${name}: \`${field}\` must be ${wrong}, got ${JSON.stringify(fields[field]) ?? 'nothing'}`);
  }
  return value as Scenario;
}
