#!/usr/bin/env node
// `npm run docs`: writes the catalogue's tables into README.md. A test fails when they are out of date.
import './lib/node-version.mjs';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './lib/setup.mjs';
import { tablesOf, withTables } from './lib/tables.mjs';

await ensureInstalled();
await ensureBuilt();
const catalogue = JSON.parse(
  execFileSync(process.execPath, [join(root, 'dist', 'cli', 'stanzascope.js'), 'catalogue'], { encoding: 'utf8', maxBuffer: 1 << 26 }),
);
const file = join(root, 'README.md');
writeFileSync(file, withTables(readFileSync(file, 'utf8'), tablesOf(catalogue)));
