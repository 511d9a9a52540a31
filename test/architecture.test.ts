import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../src');
const model = ['base', 'protocol', 'core/kernel'];
const view = ['base', 'protocol', 'ui/state', 'ui/client', 'ui/shared'];

/** The diagram of src/README.md: which folders (or single files) the files of a folder may import beside each other. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  protocol: ['base'],
  'core/kernel': ['base', 'protocol'],
  'core/topology': ['base', 'protocol', 'core/kernel/random.ts'],
  'core/network': model,
  'core/gossip': [...model, 'core/topology'],
  'core/xmpp': model,
  'core/rpc': [...model, 'core/network', 'core/topology', 'core/gossip', 'core/xmpp'],
  'core/metrics': model,
  'core/causality': model,
  'core/query': [...model, 'core/causality'],
  'core/simulation': [
    ...model,
    'core/topology',
    'core/network',
    'core/gossip',
    'core/xmpp',
    'core/rpc',
    'core/metrics',
    'core/causality',
    'core/query',
    'scenarios',
  ],
  scenarios: ['base', 'protocol'],
  worker: ['base', 'protocol', 'core/topology', 'core/simulation'],
  cli: ['base', 'protocol', 'core/topology', 'core/simulation', 'scenarios'],
  'ui/shared': ['base', 'protocol'],
  'ui/state': ['base', 'protocol', 'ui/shared'],
  'ui/client': ['base', 'protocol', 'ui/shared', 'ui/state'],
  'ui/graph': view,
  'ui/timeline': view,
  'ui/events': view,
  'ui/spacetime': view,
  'ui/notes': view,
  'ui/console': view,
  'ui/inspector': [...view, 'ui/console'],
  'ui/charts': view,
  'ui/panels': view,
  'ui/palette': view,
  'ui/whatif': view,
  'ui/lab': view,
  // Its texts are the files of docs/, as they are.
  'ui/guide': [...view, '../docs/exercises.md?raw', '../docs/filters.md?raw'],
  'ui/app': [
    ...view,
    'ui/graph',
    'ui/timeline',
    'ui/events',
    'ui/spacetime',
    'ui/notes',
    'ui/inspector',
    'ui/console',
    'ui/charts',
    'ui/panels',
    'ui/palette',
    'ui/whatif',
    'ui/lab',
    'ui/guide',
  ],
};

/** Narrower than a folder: algorithms know the shapes of the kernel, not the kernel. */
const TYPES_ONLY = new Map([['core/gossip', 'core/kernel']]);

const IMPORT = /(?:\b(?:import|export)\b[^'";]*?\bfrom\s*|\bimport\s*\(?\s*)['"](\.[^'"]*)['"]/g;
const folderOf = (file: string) => Object.keys(MAY_IMPORT).find((folder) => file.startsWith(`${folder}/`));
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(ts|tsx|css)$/.test(file));
/** Without comments, so that an example in one is no import and `/**` no power. */
const codeOf = (file: string) => readFileSync(join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

test('there are files, and the diagram knows the folder of each', () => {
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !folderOf(file))).toEqual([]);
});

test('every import of ours is one that the diagram allows', () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const file of files) {
    const folder = folderOf(file) ?? '';
    for (const [statement, specifier = ''] of codeOf(file).matchAll(IMPORT)) {
      seen++;
      const target = relative(SRC, join(SRC, dirname(file), specifier)).replaceAll('\\', '/');
      const to = folderOf(target);
      const allowed = (to !== undefined && to === folder) || MAY_IMPORT[folder]?.some((path) => path === to || path === target) === true;
      const typesOnly = to !== undefined && TYPES_ONLY.get(folder) === to;
      if (!allowed || (typesOnly && !/^(import|export)\s+type\b/.test(statement)))
        wrong.push(`${file} imports ${target}${typesOnly ? ' (types only)' : ''}`);
    }
  }
  expect(seen).toBeGreaterThan(5);
  expect(wrong).toEqual([]);
});

test('no power operator where runs must be equal in every engine (oxlint cannot see it)', () => {
  const core = files.filter((file) => /^(base|protocol|core|scenarios)\//.test(file));
  expect(core.filter((file) => codeOf(file).includes('**'))).toEqual([]);
});
