#!/usr/bin/env node
// `npm start [-- --port N] [-- --no-open]`: installs what is missing, builds what has changed, serves dist/web.
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, root } from './lib/setup.mjs';
import { serveFolder } from './lib/static-server.mjs';

function misuse(message) {
  console.error(`${message}\nUsage: npm start -- [--port N] [--no-open]`);
  process.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } } });
    return values;
  } catch (error) {
    return misuse(error.message);
  }
}

const options = readOptions();
const asked = options.port ?? process.env.PORT;
const firstPort = asked === undefined ? 4173 : Number(asked);
if (!Number.isInteger(firstPort) || firstPort < 0 || firstPort > 65535) misuse(`A port is a number from 0 to 65535, not “${asked}”.`);

/** The asked port, or the next free one. */
async function serve() {
  for (let port = firstPort; ; port++) {
    try {
      return await serveFolder(join(root, 'dist', 'web'), { port });
    } catch (error) {
      if (!['EADDRINUSE', 'EACCES'].includes(error.code) || port >= Math.min(firstPort + 50, 65535)) throw error;
    }
  }
}

function openBrowser(url) {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (options['no-open'] || process.env.CI || !display) return;
  const [command, ...args] =
    process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url];
  // No browser is no error: the address stands on the screen.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

try {
  await ensureInstalled();
  await ensureBuilt();
  const server = await serve();
  console.log(`\n  Stanzascope is ready:  ${server.url}\n\n  Ctrl+C ends it.`);
  openBrowser(server.url);
  const end = () => server.close().then(() => process.exit(0));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
