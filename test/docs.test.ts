import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogueTables, compliance } from '../scripts/lib/conformance-tables.mjs';
import { tablesOf, withTables } from '../scripts/lib/tables.mjs';
import { catalogue } from '../src/core/simulation/catalogue.ts';

test.each([
  ['README.md', tablesOf(catalogue())],
  ['docs/conformance.md', catalogueTables(catalogue())],
])('the tables of %s are those of the catalogue; `npm run docs` writes them', (file, tables) => {
  const text = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  for (const name of Object.keys(tables)) expect(text, name).toContain(`<!-- ${name} -->`);
  expect(withTables(text, tables)).toBe(text);
});

test('the modules that the compliance suites name are there', () => {
  const ids = new Set(catalogue().modules.map((module) => module.id));
  const named = compliance.flatMap(({ features }) => features.flatMap(({ modules }) => modules));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((id) => !ids.has(id))).toEqual([]);
});
