import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tablesOf, withTables } from '../scripts/lib/tables.mjs';
import { catalogue } from '../src/core/simulation/catalogue.ts';

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');

test('the README’s tables are those of the catalogue; `npm run docs` writes them', () => {
  const tables = tablesOf(catalogue());
  for (const name of Object.keys(tables)) expect(readme, name).toContain(`<!-- ${name} -->`);
  expect(withTables(readme, tables)).toBe(readme);
});
