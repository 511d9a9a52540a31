import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readScenario } from '../../src/core/simulation/read-scenario.ts';
import { scenarioSchemas } from '../../src/protocol/schemas.ts';
import { scenarios } from '../../src/scenarios/index.ts';

const FOLDER = join(import.meta.dirname, '../../public/schemas');

for (const [model, schema] of Object.entries(scenarioSchemas)) {
  test(`public/schemas/scenario-${model}.json is the schema that is checked`, () => {
    expect(JSON.parse(readFileSync(join(FOLDER, `scenario-${model}.json`), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });
}

for (const scenario of scenarios) {
  test(`${scenario.id} passes its schema and reads back as itself`, () => {
    const text = JSON.stringify(scenario);
    expect(readScenario(text, 'x.json')).toEqual(JSON.parse(text));
  });
}

const room = JSON.parse(JSON.stringify(scenarios[0])) as Record<string, unknown>;
for (const [what, change, words] of [
  ['an unknown field', { colour: 'red' }, /colour/],
  ['a missing list', { clients: undefined }, /clients/],
  ['a wrong type deep inside', { servers: [{ domain: 5 }] }, /servers\.0\.domain/],
  ['another version', { version: 2 }, /version.*must be 1, got 2/],
  ['another format', { format: 'stanzascope/lesson' }, /format.*must be/],
  ['another model', { model: 'chess' }, /model.*must be/],
] as const) {
  test(`${what} is refused by name`, () => {
    expect(() => readScenario(JSON.stringify({ ...room, ...change }), 'mine.json')).toThrow(words);
    expect(() => readScenario(JSON.stringify({ ...room, ...change }), 'mine.json')).toThrow(/^mine\.json/);
  });
}

test('a text that is no JSON, and JSON that is no object, are refused', () => {
  expect(() => readScenario('{', 'mine.json')).toThrow(/mine\.json: not JSON/);
  expect(() => readScenario('[]', 'mine.json')).toThrow(/one JSON object/);
});
