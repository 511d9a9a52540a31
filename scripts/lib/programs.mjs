// Programs of the system that some tests need: found, installed where that is possible, or said to be missing.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './setup.mjs';

const PROGRAMS = {
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    paths: ['/usr/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    packages: ['chromium', 'fonts-dejavu-core'],
  },
  xmllint: { names: ['xmllint'], paths: [], packages: ['libxml2-utils'] },
  prosody: { names: ['prosody'], paths: [], packages: ['prosody'] },
};

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function pathOf(program) {
  const { names, paths } = PROGRAMS[program];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...paths];
  return candidates.find(executable);
}

/** The browser to test in: CHROME_PATH, or the system's own. */
export function chromiumPath() {
  return process.env.CHROME_PATH ?? pathOf('chromium');
}

const found = (program) => (program === 'chromium' ? chromiumPath() : pathOf(program)) !== undefined;

let listsAreFresh = false;
async function aptInstall(packages) {
  const options = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  if (!listsAreFresh) {
    const { code } = await run('apt-get', ['update'], options);
    if (code !== 0) return false;
    listsAreFresh = true;
  }
  const { code } = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  return code === 0;
}

/** Undefined where the program is there (now); else one line that says what is missing and how to get it. */
export async function findOrInstall(program) {
  if (found(program)) return undefined;
  const { packages } = PROGRAMS[program];
  const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && executable('/usr/bin/apt-get');
  if (canInstall && (await aptInstall(packages)) && found(program)) return undefined;
  return `${program} is not installed (on Debian: apt-get install ${packages.join(' ')}).`;
}
