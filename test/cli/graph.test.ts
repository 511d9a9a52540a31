/** `stanzascope graph`, and that every command that takes a graph takes each format. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'stanzascope-graph-'));
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  await build({ configFile: join(ROOT, 'vite.cli.config.ts'), root: ROOT, logLevel: 'error', build: { outDir: path('cli') } });
  writeFileSync(path('package.json'), '{"type":"module"}');
  writeFileSync(path('small.dot'), 'graph { a -- b [label=3]; b -- c [label=4] }');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(...words: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path('cli/stanzascope.js'), ...words], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
const text = (name: string): string => readFileSync(path(name), 'utf8');

test('a generated topology goes from format to format and ends as it began; the same seed makes the same file', () => {
  const made = (seed: string) => cli('graph', 'complete', '--set', 'nodes=6', '--seed', seed, '--format', 'csv');
  const first = made('5');
  expect(first.code, first.err).toBe(0);
  expect(first.out.trimEnd().split('\n')).toHaveLength(1 + 30);
  expect(made('5').out).toBe(first.out);
  expect(made('6').out).not.toBe(first.out);
  writeFileSync(path('0.csv'), first.out);
  let from = '0.csv';
  for (const [format, file] of [
    ['dot', '1.dot'],
    ['graphml', '2.graphml'],
    ['gexf', '3.gexf'],
    ['cytoscape', '4.json'],
    ['csv', '5.csv'],
  ] as const) {
    const { code, out, err } = cli('graph', from, '--format', format, '--out', file);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toEqual({ topology: from, format, out: file, directed: true, nodes: 6, edges: 30 });
    from = file;
  }
  expect(text('5.csv')).toBe(first.out);
  const runs = ['0.csv', '1.dot', '2.graphml', '3.gexf', '4.json'].map((file) => {
    const { code, out, err } = cli('gossip', '--algorithm', 'uniform', '--topology', file, '--runs', '3', '--seed', '7');
    expect(code, err).toBe(0);
    return (JSON.parse(out) as { readonly metrics: object }).metrics;
  });
  for (const metrics of runs) expect(metrics).toEqual(runs[0]);
});

test.each([
  [['graph'], /takes one topology/],
  [['graph', 'ring'], /needs --format/],
  [['graph', 'ring', '--format', 'png'], /no graph format "png".*dot, graphml, gexf, cytoscape, csv/],
  [['graph', 'nope', '--format', 'dot'], /no topology "nope"/],
  [['graph', 'ring', '--nodes', 'many', '--format', 'dot'], /`nodes`.*"many"/],
  [['graph', 'small.dot', '--nodes', '5', '--format', 'dot'], /for generated topologies/],
  [['graph', 'nowhere.gexf', '--format', 'dot'], /nowhere\.gexf cannot be read/],
  [['graph', 'complete', '--nodes', '10000', '--format', 'dot'], /99,990,000 links are too many/],
  [['graph', 'ring', '--format', 'dot', '--out', 'no/such/folder/x.dot'], /cannot be written/],
])('%j is refused in one line, with exit code 2', (words, message) => {
  const { code, out, err } = cli(...words);
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(message);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});
