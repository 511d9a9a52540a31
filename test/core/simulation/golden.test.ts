/** The scenes' hashes are pinned, in Node and in an engine that is not V8 (shared contract, "Randomness"). */
import { getQuickJS } from 'quickjs-emscripten';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { expect, test } from 'vitest';
import { scenarios } from '../../../src/scenarios/index.ts';
import golden from '../../support/golden.json';
import { publicFile } from '../../support/scenes.ts';
import { sceneHashes } from '../../support/worlds.ts';

test('the scenes give the pinned hashes in Node', () => {
  expect(sceneHashes(publicFile)).toEqual(golden);
});

/** Thousands of rounds of hashing a password take QuickJS as long as all other scenes together: only in `npm run test:full`. */
const LONG: ReadonlySet<string> = new Set(process.env['STANZASCOPE_FULL'] === '1' ? [] : ['login']);
const IDS = scenarios.map(({ id }) => id).filter((id) => !LONG.has(id));

/** What is built to one script for QuickJS: graph texts in, hashes out. */
const ENTRY = 'scenes-for-quickjs';
const entry: Plugin = {
  name: 'entry-in-memory',
  resolveId: (id) => (id.endsWith(ENTRY) ? join(import.meta.dirname, `${ENTRY}.ts`) : null),
  load: (id) =>
    id.endsWith(`${ENTRY}.ts`)
      ? `import { sceneHashes } from '../../support/worlds.ts';
         export const result = JSON.stringify(sceneHashes((path) => GRAPHS[path], IDS));`
      : null,
};

test('and in QuickJS', async () => {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '../../..'),
    plugins: [entry],
    build: { write: false, minify: false, target: 'es2022', lib: { entry: ENTRY, formats: ['iife'], name: 'scenes' } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const [chunk] = bundle !== undefined && 'output' in bundle ? bundle.output : [];
  const graphs: Record<string, string> = {};
  for (const scenario of scenarios)
    if (scenario.model === 'gossip' && scenario.topology.file) graphs[scenario.topology.file] = publicFile(scenario.topology.file);
  const vm = (await getQuickJS()).newContext();
  try {
    const code = `const GRAPHS = ${JSON.stringify(graphs)}, IDS = ${JSON.stringify(IDS)};\n${chunk?.code ?? ''}\nscenes.result`;
    const result = vm.unwrapResult(vm.evalCode(code));
    const hashes: unknown = JSON.parse(vm.getString(result));
    result.dispose();
    expect(hashes).toEqual(Object.fromEntries(Object.entries(golden).filter(([id]) => !LONG.has(id))));
  } finally {
    vm.dispose();
  }
}, 180_000);
