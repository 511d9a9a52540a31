/** `sweep` and `export` as people run them: built to one file; shards, threads, kills, and the files of 2011. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readGraph } from '../../src/core/topology/formats/index.ts';
import { sweeps } from '../../src/scenarios/sweeps/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'stanzascope-sweep-'));
const path = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(path(name), 'utf8');

const SPEC = {
  format: 'stanzascope/sweep',
  version: 1,
  title: 'Tolerance',
  algorithm: 'uniform',
  topology: { id: 'complete' },
  params: { nodes: 40, latency: 'uniform(0,99)' },
  seed: 's',
  runs: 25,
  over: { tolerance: [1, 3, 9], period: [1, 4] },
};
const LINES = 1 + 6 * 25;

beforeAll(async () => {
  const configFile = join(ROOT, 'vite.cli.config.ts');
  await build({ configFile, root: ROOT, logLevel: 'error', build: { outDir: path('dist/cli') } });
  cpSync(join(ROOT, 'public/graphs'), path('dist/web/graphs'), { recursive: true });
  writeFileSync(path('package.json'), '{"type":"module"}');
  writeFileSync(path('spec.json'), JSON.stringify(SPEC));
  writeFileSync(path('other.json'), JSON.stringify({ ...SPEC, seed: 't', runs: 26 }));
  writeFileSync(
    path('long.json'),
    JSON.stringify({ ...SPEC, params: { nodes: 100, latency: 'uniform(0,99)', period: 2 }, runs: 400, over: { tolerance: [2, 3, 4] } }),
  );
  writeFileSync(path('huge.json'), JSON.stringify({ ...SPEC, runs: 2_000_000 }));
  writeFileSync(path('file.json'), JSON.stringify({ ...SPEC, params: {}, topology: { id: 'file', file: 'mine.dot' }, over: {}, runs: 2 }));
  writeFileSync(path('mine.dot'), 'graph { a -- b [label=3]; b -- c [label=4] }');
  writeFileSync(path('nofile.json'), JSON.stringify({ ...SPEC, params: {}, topology: { id: 'file', file: 'nowhere.dot' }, over: {} }));
  writeFileSync(path('bad.json'), JSON.stringify({ ...SPEC, tolerance: 3 }));
  expect(cli('sweep', 'spec.json', '--out', 'whole.jsonl', '--jobs', '1').code).toBe(0);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCRIPT = () => path('dist/cli/stanzascope.js');
function cli(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT(), ...words], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}
function fine(...words: readonly string[]): string {
  const { code, out, err } = cli(...words);
  expect(code, err).toBe(0);
  return out;
}
/** Ends a sweep by a signal once its file has grown to so many bytes; answers its exit code. */
async function interrupted(signal: 'SIGKILL' | 'SIGINT', bytes: number, ...words: readonly string[]): Promise<number | null> {
  const out = path(words[words.indexOf('--out') + 1]!);
  const child = spawn(process.execPath, [SCRIPT(), ...words], { cwd: folder, stdio: 'ignore' });
  const ended = new Promise<number | null>((done) => child.on('exit', (code) => done(code)));
  while (child.exitCode === null && (!existsSync(out) || statSync(out).size < bytes)) await new Promise((go) => setTimeout(go, 5));
  child.kill(signal);
  return ended;
}

test('one line a run behind the header, in order', () => {
  const [header, ...runs] = read('whole.jsonl')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(header).toEqual({ format: 'stanzascope/sweep-result', version: 1, spec: SPEC, points: 6 });
  expect(runs).toHaveLength(LINES - 1);
  expect(runs.map(({ point, run }) => Number(point) * 25 + Number(run))).toEqual(runs.map((_, i) => i));
  expect(Object.keys(runs[0]!['metrics'] as object)).toEqual(
    expect.arrayContaining(['time', 'traffic', 'loadGini', 'treeDepth', 'rounds']),
  );
});

test('threads change nothing, not even the order', () => {
  const summary = JSON.parse(fine('sweep', 'spec.json', '--out', 'threads.jsonl', '--jobs', '3')) as object;
  expect(summary).toMatchObject({ sweep: 'Tolerance', points: 6, runs: 150, done: 150, resumed: 0, out: 'threads.jsonl' });
  expect(read('threads.jsonl')).toBe(read('whole.jsonl'));
});

test('without --out the lines go to standard output', () => {
  expect(fine('sweep', 'spec.json', '--jobs', '1')).toBe(read('whole.jsonl'));
});

test('shards together are the whole, each run in exactly one of them', () => {
  const shards = [1, 2, 3, 4].map((i) => {
    fine('sweep', 'spec.json', '--out', `shard${i}.jsonl`, '--shard', `${i}/4`, '--jobs', i === 2 ? '2' : '1');
    return `shard${i}.jsonl`;
  });
  const lines = shards.flatMap((name) => read(name).trimEnd().split('\n').slice(1));
  expect(lines.toSorted()).toEqual(read('whole.jsonl').trimEnd().split('\n').slice(1).toSorted());
  const { code, err } = cli('export', ...shards.toReversed(), '--format', 'jsonl', '--out', 'merged.jsonl');
  expect([code, err]).toEqual([0, '']);
  expect(read('merged.jsonl')).toBe(read('whole.jsonl'));
  expect(cli('export', ...shards.slice(1), '--format', 'csv').err).toContain('of 150 runs are missing');
});

test('killed at any moment and resumed: nothing lost, nothing double', async () => {
  fine('sweep', 'long.json', '--out', 'long.jsonl', '--jobs', '2');
  for (const [i, bytes] of [1, 30_000, 60_000].entries()) {
    const out = `killed${i}.jsonl`;
    expect(await interrupted('SIGKILL', bytes, 'sweep', 'long.json', '--out', out, '--jobs', '2')).toBe(null);
    const had = statSync(path(out)).size;
    expect(had).toBeLessThan(statSync(path('long.jsonl')).size);
    expect(JSON.parse(fine('sweep', 'long.json', '--out', out, '--resume', '--jobs', '2'))).toMatchObject({ done: 1200 });
    expect(read(out) === read('long.jsonl')).toBe(true);
  }
});

test('Ctrl+C ends with a whole line and says how to go on', async () => {
  expect(await interrupted('SIGINT', 20_000, 'sweep', 'long.json', '--out', 'stopped.jsonl', '--jobs', '2')).toBe(130);
  expect(read('stopped.jsonl').endsWith('}\n')).toBe(true);
  expect(read('long.jsonl').startsWith(read('stopped.jsonl'))).toBe(true);
  fine('sweep', 'long.json', '--out', 'stopped.jsonl', '--resume');
  expect(read('stopped.jsonl') === read('long.jsonl')).toBe(true);
});

test('a file that is cut off anywhere, even in its header, is made whole', () => {
  const whole = read('whole.jsonl');
  for (const bytes of [0, 30, whole.indexOf('\n'), whole.indexOf('\n') + 1, 5000, whole.length - 1, whole.length]) {
    writeFileSync(path('cut.jsonl'), whole);
    truncateSync(path('cut.jsonl'), bytes);
    const { code, err } = cli('sweep', 'spec.json', '--out', 'cut.jsonl', '--resume', '--jobs', '1');
    expect(code, err).toBe(0);
    expect(read('cut.jsonl')).toBe(whole);
    if (bytes === 5000) expect(err).toMatch(/cut\.jsonl is cut off in line \d+: that line is left out/);
  }
});

test('resuming does what other shards have not done', () => {
  fine('sweep', 'spec.json', '--out', 'both.jsonl', '--shard', '2/3');
  expect(JSON.parse(fine('sweep', 'spec.json', '--out', 'both.jsonl', '--resume'))).toMatchObject({ runs: 150, done: 150, resumed: 50 });
  expect(read('both.jsonl').trimEnd().split('\n').toSorted()).toEqual(read('whole.jsonl').trimEnd().split('\n').toSorted());
  expect(JSON.parse(fine('sweep', 'spec.json', '--out', 'both.jsonl', '--resume'))).toMatchObject({ resumed: 150 });
});

test('presets by their id, files beside the spec', () => {
  expect(sweeps.map(({ id }) => id)).toContain('tolerance-2011');
  fine('sweep', 'file.json', '--out', 'file.jsonl');
  expect(read('file.jsonl').trimEnd().split('\n')).toHaveLength(3);
  // One of 2400 shards: a single run on the graph that lies among the built page's files.
  fine('sweep', 'tolerance-2011', '--out', 'one.jsonl', '--shard', '7/2400');
  expect(JSON.parse(read('one.jsonl').split('\n')[1]!)).toMatchObject({ point: 0, run: 6, completed: true });
});

test('a sweep of 12 million runs says first how long it takes, and waits to be asked again', () => {
  const { code, err } = cli('sweep', 'huge.json', '--out', 'huge.jsonl', '--jobs', '1');
  expect(code).toBe(2);
  expect(err).toMatch(/6 points × 2,000,000 runs: about [\d.]+ (s|min|h|days) with 1 job\. Give --yes/);
  expect(existsSync(path('huge.jsonl'))).toBe(false);
});

const SWEEP = ['sweep', 'spec.json', '--out', 'never.jsonl'];
test.each<readonly [readonly string[], RegExp]>([
  [['sweep'], /sweep takes one spec: a file, or one of tolerance-2011/],
  [['sweep', 'nowhere.json'], /nowhere\.json cannot be read/],
  [['sweep', 'bad.json'], /bad\.json: tolerance: there is no such key/],
  [['sweep', 'whole.jsonl', '--out', 'never.jsonl'], /whole\.jsonl is no spec: it has results/],
  [['sweep', 'mine.dot'], /mine\.dot: this is neither a sweep's spec/],
  [['sweep', 'nofile.json'], /nowhere\.dot cannot be read/],
  [[...SWEEP, '--shard', '0/3'], /--shard must be i\/n with 1 ≤ i ≤ n, such as 2\/8, got "0\/3"/],
  [[...SWEEP, '--shard', '4/3'], /--shard must be/],
  [[...SWEEP, '--jobs', '0'], /--jobs must be a whole number from 1 to 256/],
  [[...SWEEP, '--resume=yes'], /--resume takes no value/],
  [['sweep', 'spec.json', '--resume'], /--resume needs --out/],
  [['sweep', 'spec.json', '--out', 'whole.jsonl'], /whole\.jsonl exists: --resume goes on with it/],
  [
    ['sweep', 'other.json', '--out', 'whole.jsonl', '--resume'],
    /whole\.jsonl has the results of another sweep: `seed` is "s" there and "t" here; `runs` is 25 there and 26 here/,
  ],
  [['sweep', 'spec.json', '--out', 'mine.dot', '--resume'], /mine\.dot: these are no results of a sweep/],
  [['sweep', 'spec.json', '--out', 'no/where.jsonl'], /no\/where\.jsonl cannot be written/],
  [['export', 'whole.jsonl'], /export needs --format csv\|json\|jsonl\|svg\|dot/],
  [['export', '--format', 'csv'], /export takes results of a sweep/],
  [['export', 'whole.jsonl', '--format', 'png'], /export needs --format .* got "png"/],
  [['export', 'whole.jsonl', '--format', 'svg', '--measure', 'beauty'], /--measure must be one of tLast, .*got "beauty"/],
  [['export', 'nowhere.jsonl', '--format', 'csv'], /nowhere\.jsonl is not there/],
  [['export', 'spec.json', '--format', 'csv'], /spec\.json: these are no results of a sweep/],
  [['export', 'room-two-servers', '--format', 'dot'], /room-two-servers is no gossip scenario/],
  [['export', 'nowhere', '--format', 'dot'], /no scenario "nowhere"/],
])('%j is refused in one line', (words, message) => {
  const { code, out, err } = cli(...words);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(existsSync(path('never.jsonl'))).toBe(false);
});

test('a broken line in the middle is named, and nothing is overwritten', () => {
  writeFileSync(path('broken.jsonl'), read('whole.jsonl').replace('"run":3,', '"run":"3",'));
  const before = read('broken.jsonl');
  expect(cli('sweep', 'spec.json', '--out', 'broken.jsonl', '--resume').err).toMatch(/broken\.jsonl, line 5: this is no run of this sweep/);
  expect(read('broken.jsonl')).toBe(before);
  expect(cli('export', 'whole.jsonl', 'long.jsonl', '--format', 'csv').err).toMatch(
    /long\.jsonl has the results of another sweep than whole\.jsonl/,
  );
});

test('results as a table, as JSON and as a plot', () => {
  const csv = fine('export', 'whole.jsonl', '--format', 'csv').trimEnd().split('\n');
  expect(csv).toHaveLength(7);
  expect(csv[0]).toMatch(/^tolerance,period,runs,completed,tLast,tLast_sd,/);
  const { points } = JSON.parse(fine('export', 'whole.jsonl', '--format', 'json')) as {
    points: { runs: number; metrics: Record<string, object> }[];
  };
  expect(points[0]).toMatchObject({ runs: 25, completed: 25 });
  fine('export', 'whole.jsonl', '--format', 'svg', '--measure', 'maxInFlight', '--out', 'plot.svg');
  expect(read('plot.svg')).toContain('most in flight');
});

const ORIGINAL = readGraph(readFileSync(join(ROOT, 'public/graphs/complete-20.dot'), 'utf8'), 'complete-20.dot');

test('2011: the graph, named by the tick of receipt', () => {
  const { metrics } = JSON.parse(fine('run', 'experiment-2011')) as { metrics: { time: number } };
  fine('export', 'experiment-2011', '--format', 'dot', '--out', 'out.dot');
  const graph = readGraph(read('out.dot'), 'out.dot');
  expect(read('out.dot')).toMatch(/^digraph G \{\n {2}"10 \(\d+\)";/);
  expect([graph.directed, graph.names.length]).toEqual([true, 20]);
  expect(graph.names).toContain('orig (0)');
  // The same edges and lengths as in the file that the program wrote, whose names have its own run's ticks.
  const edges = (g: typeof graph) =>
    Array.from(g.from, (from, i) => [g.names[from]!, g.names[g.to[i]!]!].map((name) => name.replace(/ \(.*/, '')).join() + g.length[i]!);
  expect(edges(graph).toSorted()).toEqual(edges(ORIGINAL).toSorted());
  const ticks = graph.names.map((name) => Number(/ \((\d+)\)$/.exec(name)![1]));
  expect(Math.max(...ticks)).toBe(metrics.time);
});

test('2011: nodes reached at every tick, messages in the queue at every event', () => {
  const { metrics, events } = JSON.parse(fine('run', 'experiment-2011', '--journal', 'run.jsonl')) as {
    events: number;
    metrics: { time: number; maxInFlight: number };
  };
  const columns = (format: string, of = 'experiment-2011'): number[][] =>
    fine('export', of, '--format', format)
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t').map(Number));
  const propagation = columns('propagation');
  expect(propagation.map(([tick]) => tick)).toEqual(Array.from({ length: metrics.time + 1 }, (_, tick) => tick));
  expect([propagation[0], propagation.at(-1), propagation.at(-2)]).toEqual([
    [0, 1],
    [metrics.time, 20],
    [metrics.time - 1, 19],
  ]);
  const traffic = columns('traffic');
  const timersAndArrivals = readFileSync(path('run.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => /"what":"(arrival|timer)"/.test(line));
  expect(traffic).toHaveLength(timersAndArrivals.length);
  expect(events).toBeGreaterThanOrEqual(traffic.length);
  const most = Math.max(...traffic.map(([, value]) => value!));
  expect([traffic[0], traffic.at(-1)![1]]).toEqual([[0, 0], 0]);
  expect(metrics.maxInFlight - most).toBeGreaterThanOrEqual(0);
  expect(metrics.maxInFlight - most).toBeLessThanOrEqual(1);
  // A journal names all that its run depends on.
  expect(columns('propagation', 'run.jsonl')).toEqual(propagation);
  expect(columns('traffic', 'run.jsonl')).toEqual(traffic);
});

test('who told whom: every node but the origin learned from one that knew before', () => {
  const rows = fine('export', 'experiment-2011', '--format', 'tree')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const tick = new Map(rows.map(([name, , at]) => [name, Number(at)]));
  const depth = new Map(rows.map(([name, , , steps]) => [name, Number(steps)]));
  expect(rows).toHaveLength(20);
  for (const [name, from] of rows) {
    if (name === 'orig (0)') expect([from, depth.get(name)]).toEqual(['', 0]);
    else expect([tick.get(from!)! < tick.get(name!)!, depth.get(name!)]).toEqual([true, depth.get(from!)! + 1]);
  }
});

test('gossip: graphs drawn anew, bytes, and the curve of nodes reached', () => {
  const words = [
    'gossip',
    '--algorithm',
    'rumour',
    '--topology',
    'random-regular',
    '--nodes',
    '50',
    '--set',
    'degree=6',
    '--runs',
    '5',
    '--seed',
    'x',
  ];
  type Out = { metrics: Record<string, { mean: number; median: number; quartiles: number[] }>; reached: Record<string, number[]> };
  const once = JSON.parse(fine(...words)) as Out;
  expect(once).not.toHaveProperty('reached');
  expect(once.metrics).not.toHaveProperty('bytes');
  expect(once.metrics['loadGini']!.mean).toBeGreaterThan(0);
  expect(once.metrics['tLast']!.quartiles[0]).toBeLessThanOrEqual(once.metrics['tLast']!.median);
  const more = JSON.parse(fine(...words, '--redraw', '--bytes', '--curve', '12')) as Out;
  expect(more.metrics['traffic']).not.toEqual(once.metrics['traffic']);
  expect(more.metrics['overhead']!.mean).toBeGreaterThan(10);
  const { periods, mean, low, high } = more.reached;
  expect(periods).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(mean![0]).toBe(1 / 50);
  for (let i = 1; i <= 12; i++)
    expect([mean![i]! >= mean![i - 1]!, low![i]! <= mean![i]!, high![i]! >= mean![i]!]).toEqual([true, true, true]);
  expect(cli('gossip', '--algorithm', 'rumour', '--topology', 'mine.dot', '--redraw').err).toMatch(/--redraw is for generated topologies/);
});
