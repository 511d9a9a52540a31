#!/usr/bin/env node
// `npm run bench [-- NAME…] [-- --json] [-- --write]`: runs test/bench/NAME.bench.ts, or all of them. Each file exports
// `default async () => ({ figure: { value, unit, ratioTo? } })`. `--write` puts the figures into README.md. What a benchmark runs
// elsewhere is bundled with it: NAME.node.ts as a process's program, NAME.worker.ts as that of a browser's worker, below `web`.
import './lib/node-version.mjs';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromiumPath } from './lib/programs.mjs';
import { ensureBuilt, ensureInstalled, root } from './lib/setup.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
});
const folder = join(root, 'test', 'bench');
const suffix = '.bench.ts';
const present = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(suffix)) : [];
const names = present.map((file) => file.slice(0, -suffix.length)).sort();
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0 || names.length === 0) {
  console.error(`No benchmark “${unknown.join('”, “')}”; there are: ${names.join(', ') || 'none'}.`);
  process.exit(2);
}
if (options.json) console.log = console.error;
process.chdir(root);
if (process.env.CHROME_PATH === undefined && chromiumPath()) process.env.CHROME_PATH = chromiumPath();
await ensureInstalled();
await ensureBuilt();

// Bundled as the command line is, so that what is measured is what people run.
const chosen = positionals.length > 0 ? positionals : names;
const outDir = join(root, 'dist', 'bench');
const { build } = await import('vite');
const bundle = (suffixes, into, options) => {
  const files = chosen.flatMap((name) => suffixes.map((end) => name + end)).filter((file) => existsSync(join(folder, file)));
  if (files.length === 0) return undefined;
  const input = Object.fromEntries(files.map((file) => [file.replace(/(\.bench)?\.ts$/, ''), join(folder, file)]));
  const output = { entryFileNames: '[name].js', topLevelVar: false };
  const rest = { outDir: into, emptyOutDir: true, rolldownOptions: { input, output } };
  return build({ configFile: false, root, publicDir: false, logLevel: 'error', build: { ...rest, ...options } });
};
await bundle([suffix, '.node.ts'], outDir, { ssr: true, target: 'node20' });
await bundle(['.worker.ts'], join(outDir, 'web'), { target: 'es2022' });

const figures = {};
for (const name of chosen) {
  const since = performance.now();
  process.stderr.write(`${name} … `);
  const { default: bench } = await import(pathToFileURL(join(outDir, `${name}.js`)).href);
  Object.assign(figures, await bench());
  process.stderr.write(`${((performance.now() - since) / 1000).toFixed(1)} s\n`);
}

const shown = (value) => value.toLocaleString('en-GB', { maximumSignificantDigits: 4 });
const rows = Object.entries(figures).map(([name, { value, unit, ratioTo }]) => [name, `${shown(value)} ${unit}`, ratioTo ?? '']);

if (options.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
else {
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value, ratioTo] of rows) console.log(`${name.padEnd(width)}  ${value}${ratioTo ? `  (to ${ratioTo})` : ''}`);
}

if (options.write) {
  const file = join(root, 'README.md');
  const machine = `Node ${process.versions.node}, ${availableParallelism()} cores, ${process.platform} ${process.arch}`;
  const table = ['| figure | value | in proportion to |', '| --- | ---: | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)];
  const marked = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
  const text = readFileSync(file, 'utf8');
  if (!marked.test(text)) throw new Error('README.md has no “<!-- bench --> … <!-- /bench -->” to write to.');
  writeFileSync(
    file,
    text.replace(marked, (_, begin, end) => `${begin}Measured by \`npm run bench\` on ${machine}.\n\n${table.join('\n')}\n\n${end}`),
  );
}
process.exit(0);
