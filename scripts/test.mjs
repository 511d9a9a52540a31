#!/usr/bin/env node
// `npm test [-- --full] [-- --only PART]`: installs what is missing, then every check and test, one line each.
// The last line is `N passed, N failed`.
import './lib/node-version.mjs';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromiumPath, findOrInstall } from './lib/programs.mjs';
import { ensureInstalled, root, run, runBin } from './lib/setup.mjs';

const { values: options } = parseArgs({ options: { full: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } } });
const CI = ['true', '1'].includes(process.env.CI ?? '');
const env = { NODE_ENV: 'test' };
if (options.full) env.STANZASCOPE_FULL = '1';

/** A check that is passed or not, as a whole. */
const check =
  (...commands) =>
  async () => {
    for (const [name, ...args] of commands) {
      const { code, output } = await runBin(name, args, { env, quiet: true });
      if (code !== 0) return { passed: 0, failed: 1, output };
    }
    return { passed: 1, failed: 0, output: '' };
  };

/** One project of vitest.config.ts; its counts come from the JSON reporter. */
const tests = (project, extra) => async () => {
  const report = join(root, 'test-results', `${project}.json`);
  rmSync(report, { force: true });
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code, output } = await runBin('vitest', args, { env: { ...env, ...extra?.() }, quiet: true });
  if (!existsSync(report)) return { passed: 0, failed: 1, output };
  const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot be loaded has no tests to count, and an error outside a test belongs to none.
  const broken = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed')).length;
  const failed = Math.max(numFailedTests + broken, code === 0 ? 0 : 1);
  if (passed + failed === 0) return { passed: 0, failed: 1, output: `${output}\nNo test ran.\n` };
  return { passed, failed, output };
};

const hasTests = (folder) => {
  const path = join(root, 'test', folder);
  const files = existsSync(path) ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  return files.some((name) => name.endsWith('.test.ts') && (options.full || !name.endsWith('.full.test.ts')));
};
const shared = existsSync(join(root, '..', 'shared', 'conformance', 'validate.mjs'));

const build = async () => {
  const { code, output } = await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { env, quiet: true });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
};

/** In this order: what is quick to say comes first. `needs` is a program; `when` false means that there is nothing to run here. */
const parts = [
  { name: 'typecheck', run: check(['typescript', '-p', 'tsconfig.json'], ['typescript', '-p', 'src/tsconfig.json']) },
  { name: 'lint', run: check(['oxlint', '--deny-warnings']) },
  { name: 'format', run: check(['prettier', '--check', '.']) },
  { name: 'dead code', run: check(['knip']) },
  { name: 'unit', run: tests('unit') },
  { name: 'conformance', when: shared && hasTests('conformance'), needs: 'xmllint', run: tests('conformance') },
  { name: 'build', run: build },
  { name: 'browser', when: hasTests('browser'), needs: 'chromium', run: tests('browser', () => ({ CHROME_PATH: chromiumPath() })) },
  { name: 'live server', when: hasTests('live'), needs: 'prosody', run: tests('live') },
].filter((part) => part.when !== false);

const wanted = options.only ?? parts.map((part) => part.name);
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`No part “${unknown.join('”, “')}”; the parts are: ${parts.map((part) => part.name).join(', ')}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const began = performance.now();
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

try {
  await ensureInstalled();
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
mkdirSync(join(root, 'test-results'), { recursive: true });

for (const part of parts.filter((candidate) => wanted.includes(candidate.name))) {
  process.stdout.write(`${part.name.padEnd(14)}`);
  const since = performance.now();
  const missing = part.needs && (await findOrInstall(part.needs));
  if (missing) {
    // On the machine that decides, a test that did not run is not a passed one.
    if (CI) failed++;
    console.log(`${CI ? 'FAILED' : 'skipped'}: ${missing}`);
    continue;
  }
  const result = await part.run();
  passed += result.passed;
  failed += result.failed;
  console.log(`${result.failed > 0 ? 'FAILED' : 'ok'}  ${String(result.passed).padStart(4)} passed  ${seconds(since)}`);
  if (result.failed > 0) console.log(`\n${result.output.trimEnd()}\n`);
}

console.log(`\nAll in ${seconds(began)}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
