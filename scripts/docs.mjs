#!/usr/bin/env node
// `npm run docs`: writes the catalogue's tables into README.md and docs/conformance.md, and what the conformance tests find out into the latter,
// where the shared folder is there to find it out with. Tests fail when the tables are out of date.
import './lib/node-version.mjs';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueTables, findingTables } from './lib/conformance-tables.mjs';
import { ensureBuilt, ensureInstalled, root } from './lib/setup.mjs';
import { tablesOf, withTables } from './lib/tables.mjs';

await ensureInstalled();
await ensureBuilt();
const catalogue = JSON.parse(
  execFileSync(process.execPath, [join(root, 'dist', 'cli', 'stanzascope.js'), 'catalogue'], { encoding: 'utf8', maxBuffer: 1 << 26 }),
);

function write(name, tables) {
  const file = join(root, name);
  writeFileSync(file, withTables(readFileSync(file, 'utf8'), tables));
}

write('README.md', tablesOf(catalogue));
write(join('docs', 'conformance.md'), catalogueTables(catalogue));
if (existsSync(join(root, '..', 'shared', 'conformance'))) {
  process.chdir(root);
  // Not before it is sure to be installed.
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(join(root, 'test', 'conformance', 'report.ts'));
  write(join('docs', 'conformance.md'), findingTables(module.findings()));
}
