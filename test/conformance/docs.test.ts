/** What docs/conformance.md says that these tests found out is what they find out. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingTables } from '../../scripts/lib/conformance-tables.mjs';
import { withTables } from '../../scripts/lib/tables.mjs';
import { findings } from './report.ts';

const shared = existsSync('../shared/conformance');

test.runIf(shared)('docs/conformance.md is up to date; `npm run docs` writes it', () => {
  const text = readFileSync('docs/conformance.md', 'utf8');
  const tables = findingTables(findings());
  for (const name of Object.keys(tables)) expect(text, name).toContain(`<!-- ${name} -->`);
  expect(withTables(text, tables)).toBe(text);
});

test.runIf(!shared)('SKIPPED: docs/conformance.md was not compared, because ../shared/conformance is not there', () => {
  expect(existsSync('docs/conformance.md')).toBe(true);
});
