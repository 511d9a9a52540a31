// What has to be there before anything of ours can run: packages in step with the lock file, and a build in step with the sources.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const STAMP = join(root, 'dist', 'inputs.sha256');
const BUILD_INPUTS = ['src', 'public', 'index.html', 'vite.config.ts', 'vite.cli.config.ts', 'tsconfig.json', 'package-lock.json'];

/** Runs a program to its end; `quiet` keeps its output instead of showing it. */
export function run(command, args, { env = {}, quiet = false, shell = false } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => done({ code: 127, output: `${command}: ${error.message}\n` }));
    child.on('close', (code, signal) => {
      if (signal) output += `\nended by ${signal}\n`;
      // Some programs colour their output whatever they are told.
      done({ code: code ?? 1, output: stripVTControlCharacters(output) });
    });
  });
}

/** Runs the program of an installed package with this very Node, so that no shell and no PATH is needed. */
export function runBin(name, args, options) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : bin[name === 'typescript' ? 'tsc' : name];
  return run(process.execPath, [join(folder, file), ...args], options);
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** npm keeps beside the packages what it installed: compare that with what is asked for. */
function installedIsInStep() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(hidden);
  const paths = Object.keys(wanted).filter((path) => path !== '');
  return (
    // Optional packages are left out where they are made for another platform.
    paths.every((path) => (present[path] ? present[path].version === wanted[path].version : wanted[path].optional === true)) &&
    Object.keys(present).every((path) => wanted[path] !== undefined)
  );
}

/** `npm ci`, where needed. `--include=dev` because NODE_ENV=production would leave the build tools out. */
export async function ensureInstalled() {
  if (installedIsInStep()) return;
  console.log('Installing packages (npm ci) …');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const { code } = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args])
    : await run('npm', args, { shell: process.platform === 'win32' });
  if (code !== 0) throw new Error('npm ci failed: see its own words above. Is the package registry reachable?');
}

function* filesBelow(path) {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(child);
    else yield child;
  }
}

/** One digest over everything that a build reads: a deleted file or an older date counts too. */
export function inputsDigest() {
  const hash = createHash('sha256');
  for (const name of BUILD_INPUTS) {
    const path = join(root, name);
    if (!existsSync(path)) continue;
    const files = name.includes('.') ? [path] : filesBelow(path);
    for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

export const stampFile = STAMP;

export async function ensureBuilt() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputsDigest()) return;
  console.log('Building …');
  const { code, output } = await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { quiet: true });
  if (code !== 0) throw new Error(`The build failed:\n${output}`);
}
