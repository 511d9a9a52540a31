#!/usr/bin/env node
// `npm run build`: dist/web (static files for any path of any host) and dist/cli/stanzascope.js (one file, no packages needed).
import './lib/node-version.mjs';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, inputsDigest, root, runBin, stampFile } from './lib/setup.mjs';

await ensureInstalled();
const digest = inputsDigest();
rmSync(stampFile, { force: true });
// React picks its development half by NODE_ENV: a build is always a production build.
const env = { NODE_ENV: 'production' };
for (const config of ['vite.config.ts', 'vite.cli.config.ts']) {
  const { code } = await runBin('vite', ['build', '--config', config, '--logLevel', 'warn'], { env });
  if (code !== 0) process.exit(1);
}
chmodSync(join(root, 'dist', 'cli', 'stanzascope.js'), 0o755);
writeFileSync(stampFile, digest);
console.log('Built dist/web and dist/cli/stanzascope.js.');
