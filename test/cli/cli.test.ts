/** The command line as people run it: built to one file, its graphs beside it, nothing else near. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseXml } from '../../src/base/xml/codec.ts';
import { karateRumour } from '../../src/scenarios/karate-rumour.ts';
import golden from '../support/golden.json';
import { Kind } from '../../src/protocol/scene.ts';
import { finished, SCENES, SOME_SCENES } from '../support/scenes.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'stanzascope-cli-'));
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  const configFile = join(ROOT, 'vite.cli.config.ts');
  await build({ configFile, root: ROOT, logLevel: 'error', build: { outDir: path('dist/cli') } });
  cpSync(join(ROOT, 'public/graphs'), path('dist/web/graphs'), { recursive: true });
  // The bundle is an ES module, as package.json says.
  writeFileSync(path('package.json'), '{"type":"module"}');
  writeFileSync(path('broken.json'), '{"format":');
  writeFileSync(path('graphless.json'), JSON.stringify({ ...karateRumour, topology: { id: 'file', file: 'nowhere.dot' } }));
  writeFileSync(path('broken.dot'), 'digraph {\n  a -> b [label=3];\n  c -> [label=1];\n}');
  writeFileSync(path('negative.dot'), 'digraph {\n  a -> b [label=-4];\n}');
  writeFileSync(path('empty.dot'), '');
  writeFileSync(path('fine.dot'), 'graph { a -- b }');
  const connect = { op: 'connect', as: 'a', user: 'alice@wonderland.lit', resource: 'tea', presence: '' };
  const say = { as: 'a', xml: "<message to='alice@wonderland.lit' id='m'><body>x</body></message>" };
  writeFileSync(path('talk.json'), JSON.stringify({ id: 'talk', title: 'One talks', steps: [connect, say] }));
  writeFileSync(path('bosh.json'), JSON.stringify({ id: 'bosh', title: 'HTTP', steps: [connect, { op: 'post', as: 'b' }] }));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function cli(...words: readonly string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path('dist/cli/stanzascope.js'), ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}
type Json = Readonly<Record<string, unknown>>;
function json(...words: readonly string[]): Json {
  const { code, out, err } = cli(...words);
  expect(code, err).toBe(0);
  return JSON.parse(out) as Json;
}
const jsonLines = (name: string): Json[] =>
  readFileSync(path(name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);

test('converse: what each connection saw; of several files one that cannot be played is named, and the others are played', () => {
  const alone = json('converse', 'talk.json', '--out', 'alone');
  const [talk] = alone['conversations'] as Json[];
  expect(talk).toMatchObject({ id: 'talk' });
  const lines = jsonLines('alone/talk.jsonl');
  expect(lines).toHaveLength(Number(talk!['lines']));
  expect(lines.filter((l) => l['dir'] === 'recv' && String(l['xml']).includes('<body>x</body>'))).toHaveLength(1);
  const { code, out, err } = cli('converse', 'bosh.json', 'nowhere.json', 'talk.json', '--out', 'together');
  expect(code).toBe(2);
  expect(err).toMatch(/^stanzascope: bosh\.json: step 2 \(post\): .*\n.*nowhere\.json.*\n$/);
  const both = JSON.parse(out) as Json;
  expect(both['conversations']).toEqual(alone['conversations']);
  expect((both['failed'] as Json[]).map((f) => f['file'])).toEqual(['bosh.json', 'nowhere.json']);
  expect(jsonLines('together/talk.jsonl')).toEqual(lines);
});

test('catalogue: what there is, with parameters of type, range, default and help', () => {
  const catalogue = json('catalogue');
  const entries = (part: string): Json[] => catalogue[part] as Json[];
  expect(entries('scenarios').map((entry) => entry['id'])).toEqual(SCENES);
  expect(entries('algorithms').map((entry) => entry['id'])).toEqual(expect.arrayContaining(['uniform', 'rumour']));
  expect(entries('topologies').map((entry) => entry['id'])).toEqual(expect.arrayContaining(['complete', 'ring']));
  for (const module of entries('modules')) {
    expect(module['spec']).toMatch(/^(RFC|XEP-)/);
    expect(module['version']).toEqual(expect.any(String));
  }
  for (const entry of ['scenarios', 'algorithms', 'topologies'].flatMap(entries)) {
    expect(entry['title']).toEqual(expect.stringMatching(/./));
    for (const param of Object.values(entry['params'] as Record<string, Json>)) {
      expect(param['help']).toEqual(expect.stringMatching(/./));
      expect(param['default']).toBeDefined();
      if (param['type'] === 'int' || param['type'] === 'number') expect(param['min']).toBeLessThan(param['max'] as number);
      else if (param['type'] === 'choice') expect(param['options']).toContain(param['default']);
      else expect(['flag', 'text']).toContain(param['type']);
    }
  }
});

test.each(SOME_SCENES)('run %s: twice the same document, with the pinned hash', (id) => {
  const one = cli('run', id);
  expect(one.code, one.err).toBe(0);
  expect(cli('run', id).out).toBe(one.out);
  const document = JSON.parse(one.out) as Json;
  const run = finished(id);
  expect(document).toMatchObject({ scenario: id, seed: run.world.seed, events: run.journal.eventCount, ticks: run.tick, ended: run.ended });
  expect(document['hash']).toBe(golden[id as keyof typeof golden]);
  expect(document['metrics']).toEqual(run.metrics());
});

test('run: seed, horizon and parameters', () => {
  const plain = json('run', 'karate-rumour');
  expect(json('run', 'karate-rumour', '--seed=7')).toEqual(plain);
  for (const seed of ['8', '', '🎩', "it's; $(x)"]) {
    const other = json('run', 'karate-rumour', '--seed', seed);
    expect(other['seed']).toBe(seed);
    expect(other['hash']).not.toBe(plain['hash']);
  }
  const cut = json('run', 'karate-rumour', '--until', '3000');
  expect(cut['ended']).toBe('horizon');
  expect(cut['ticks']).toBeLessThanOrEqual(3000);
  expect(json('run', 'karate-rumour', '--param', 'k=1')['events']).toBeLessThan(plain['events'] as number);
});

test.each(SOME_SCENES)('run %s --stanzas: every stanza with its namespace, tick and ends', (id) => {
  json('run', id, '--stanzas', path('stanzas.jsonl'));
  const lines = jsonLines('stanzas.jsonl');
  const { journal } = finished(id);
  // What negotiates a stream is no stanza.
  const stanzas = Array.from({ length: journal.messageCount }, (_, row) => row).filter(
    (row) => journal.messages.kind.get(row) !== Kind.stream,
  );
  expect(lines.length).toBeGreaterThanOrEqual(stanzas.length);
  for (const line of lines) {
    expect(line).toEqual({
      xml: expect.any(String),
      ns: expect.stringMatching(/^jabber:(client|server|component:accept)$/),
      tick: expect.any(Number),
      from: expect.stringMatching(/./),
      to: expect.stringMatching(/./),
    });
    const stanza = parseXml(line['xml'] as string);
    expect(['message', 'presence', 'iq']).toContain(stanza.name);
    expect(stanza.ns).toBe(line['ns']);
  }
});

test.each(SOME_SCENES)('run %s --journal: a head, then one object per message or event, each message behind what sent it', (id) => {
  json('run', id, '--journal', path('journal.jsonl'));
  const [head, ...rows] = jsonLines('journal.jsonl');
  const { journal } = finished(id);
  expect(head).toMatchObject({ format: 'stanzascope/journal', version: 1, scenario: { id }, interventions: [] });
  expect(head!['seed']).toBe((head!['scenario'] as Json)['seed']);
  const events = rows.filter((row) => 'event' in row);
  const messages = rows.filter((row) => !('event' in row));
  expect(events.map((row) => row['event'])).toEqual(Array.from({ length: journal.eventCount }, (_, i) => i + 1));
  expect(messages.map((row) => row['message'])).toEqual(Array.from({ length: journal.messageCount }, (_, i) => i));
  for (const row of events) expect(['arrival', 'timer', 'intervention', 'nothing']).toContain(row['what']);
  for (const row of events) if (row['what'] === 'nothing') expect(row['rule']).toEqual(expect.stringMatching(/\//));
  let last = 0;
  for (const row of rows) {
    if ('event' in row) last = row['event'] as number;
    else expect(row['trigger']).toBe(last);
  }
  for (const key of ['from', 'to', 'link', 'kind', 'arguments', 'bytes', 'sent', 'due', 'outcome', 'relays', 'answers'])
    expect(messages[0]).toHaveProperty(key);
});

test('run: a scenario file, its graph beside it or among ours', () => {
  writeFileSync(path('mine.json'), JSON.stringify({ ...karateRumour, id: 'mine' }));
  expect(json('run', path('mine.json'))).toMatchObject({ scenario: 'mine', hash: golden['karate-rumour'] });
  writeFileSync(path('pair.dot'), 'graph { a -- b [label=5] }');
  writeFileSync(path('pair.json'), JSON.stringify({ ...karateRumour, id: 'pair', topology: { id: 'file', file: 'pair.dot' } }));
  expect((json('run', path('pair.json'))['metrics'] as Json)['reached']).toBe(2);
});

test('gossip: one document with the measures of all runs', () => {
  const words = [
    'gossip',
    '--algorithm',
    'uniform',
    '--topology',
    'complete',
    '--nodes',
    '12',
    '--param',
    'tolerance=2',
    '--param',
    'period=5',
  ];
  const options = ['--set', 'latency=uniform(1,9)', '--runs', '20', '--seed', 'x'];
  const document = json(...words, ...options);
  expect(document).toMatchObject({
    algorithm: 'uniform',
    topology: { id: 'complete', nodes: 12, edges: 132 },
    params: { tolerance: 2, period: 5 },
    seed: 'x',
    runs: 20,
  });
  const metrics = document['metrics'] as Record<string, { mean: number; sd: number; ci95: [number, number] }>;
  for (const name of ['time', 'maxInFlight', 'residue', 'traffic', 'tAve', 'tLast']) {
    const { mean, sd, ci95 } = metrics[name]!;
    expect(sd).toBeGreaterThanOrEqual(0);
    expect(ci95[0]).toBeLessThanOrEqual(mean);
    expect(ci95[1]).toBeGreaterThanOrEqual(mean);
  }
  expect(document['completed']).toBeLessThanOrEqual(20);
  expect(document['wallSeconds']).toBeGreaterThan(0);
  const again = json(...words, ...options);
  expect({ ...again, wallSeconds: 0, eventsPerSecond: 0 }).toEqual({ ...document, wallSeconds: 0, eventsPerSecond: 0 });
  expect(json(...words, '--runs', '20', '--seed', 'y', '--set', 'latency=uniform(1,9)')['metrics']).not.toEqual(metrics);
});

test('gossip on a file: directed and undirected, the origin by name', () => {
  const file = path('dist/web/graphs/karate.dot');
  expect(json('gossip', '--algorithm', 'rumour', '--topology', file, '--runs', '3')['topology']).toEqual({
    id: file,
    nodes: 34,
    edges: 78,
  });
  const one = json('gossip', '--algorithm', 'rumour', '--topology', file, '--runs', '3', '--origin', '34');
  expect(one['runs']).toBe(3);
  const original = path('dist/web/graphs/complete-20.dot');
  expect(json('gossip', '--algorithm', 'uniform', '--topology', original, '--runs', '2')['topology']).toMatchObject({
    nodes: 20,
    edges: 380,
  });
});

test('help is no error', () => {
  expect(cli('--help')).toMatchObject({ code: 0, err: '' });
  expect(cli('--help').out).toContain('stanzascope gossip');
});

const GOSSIP = ['gossip', '--algorithm', 'uniform', '--topology', 'complete'];
const MISUSE: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /no command; there are catalogue, run, converse, gossip/],
  [['converse', 'talk.json'], /converse takes conversation files/],
  [['converse', 'bosh.json', '--out', 'none'], /bosh\.json: step 2 \(post\): there are no requests over HTTP here/],
  [['fly'], /unknown command "fly"/],
  [['constructor'], /unknown command "constructor"/],
  [['catalogue', 'all'], /catalogue takes nothing/],
  [['run'], /run takes one scenario/],
  [['run', 'karate-rumour', 'experiment-2011'], /run takes one scenario/],
  [['run', 'tea-for-two'], /no scenario "tea-for-two".*room-two-servers/],
  [['run', 'karate-rumour', '--speed', '3'], /unknown option --speed; there are --seed/],
  [['run', 'karate-rumour', '--seed'], /--seed needs a value/],
  [['run', 'karate-rumour', '--until', 'noon'], /--until must be a whole number .*, got "noon"/],
  [['run', 'karate-rumour', '--until', '-1'], /--until must be a whole number/],
  [['run', 'karate-rumour', '--param', 'k'], /--param takes name=value, got "k"/],
  [['run', 'karate-rumour', '--param', 'k=0'], /gossip\/rumour: `k` must be an integer from 1 to 1000, got "0"/],
  [['run', 'room-two-servers', '--param', 'clientLatency=-1'], /`clientLatency` must be a number from 0 to 2000, got "-1"/],
  [['run', 'nowhere.json'], /nowhere\.json cannot be read/],
  [['run', 'broken.json'], /broken\.json: not JSON/],
  [['run', 'graphless.json'], /nowhere\.dot cannot be read/],
  [['run', 'karate-rumour', '--stanzas', 'no/such/folder.jsonl'], /no\/such\/folder\.jsonl cannot be written/],
  [['gossip', '--topology', 'complete'], /gossip needs --algorithm/],
  [['gossip', '--algorithm', 'uniform'], /gossip needs --topology/],
  [['gossip', '--algorithm', 'shouting', '--topology', 'complete'], /no algorithm "shouting".*uniform, .*rumour/],
  [['gossip', '--algorithm', 'uniform', '--topology', 'knot'], /no topology "knot".*complete, ring/],
  [[...GOSSIP, '--param', 'tolerance=0'], /gossip\/uniform: `tolerance` must be an integer from 1 to 10000, got "0"/],
  [[...GOSSIP, '--param', 'speed=1'], /no parameter `speed`.*tolerance, period/],
  [[...GOSSIP, '--set', 'latency=soon'], /topology\/complete: `latency` must be constant\(a\), uniform\(a,b\).*got "soon"/],
  [[...GOSSIP, '--nodes', '1'], /topology\/complete: `nodes` must be an integer from 2 to 1000000, got "1"/],
  [[...GOSSIP, '--runs', '0'], /--runs must be a whole number from 1/],
  [[...GOSSIP, '--origin', 'zed'], /no node named "zed"/],
  [[...GOSSIP, 'now'], /gossip takes options only, got "now"/],
  [['gossip', '--algorithm', 'uniform', '--topology', 'nowhere.dot'], /nowhere\.dot cannot be read/],
  [['gossip', '--algorithm', 'uniform', '--topology', 'broken.dot'], /broken\.dot: not a DOT graph \(line 3, column 8\)/],
  [['gossip', '--algorithm', 'uniform', '--topology', 'negative.dot'], /negative\.dot, line 2: the length of a -> b .*got "-4"/],
  [['gossip', '--algorithm', 'uniform', '--topology', 'empty.dot'], /empty\.dot: the file is empty/],
  [['gossip', '--algorithm', 'uniform', '--topology', 'fine.dot', '--nodes', '5'], /--nodes is for generated topologies/],
];
test.each(MISUSE)('misuse is one line and exit code 2: %j', (words, message) => {
  const { code, out, err } = cli(...words);
  expect(err).toMatch(message);
  expect(err).toMatch(/^stanzascope: [^\n]+\n$/);
  expect([code, out]).toEqual([2, '']);
});

test('a part of a run as a sequence diagram, from its scenario and from its journal', () => {
  const words = ['--format', 'mermaid', '--from', '20', '--to', '60', '--axis', 'events'];
  const { code, out, err } = cli('export', 'room-two-servers', ...words);
  expect(code, err).toBe(0);
  expect(out).toMatch(
    /^%% Stanzascope: A room on two servers, seed 42, events 20 to 60\nsequenceDiagram\n {2}participant L0 as alice\/tea\n/,
  );
  json('run', 'room-two-servers', '--journal', 'room.jsonl');
  expect(cli('export', 'room.jsonl', ...words).out).toBe(out);
  // With what was done by hand, as the page saves it.
  const [head, ...rows] = readFileSync(path('room.jsonl'), 'utf8').split('\n');
  const changed = { ...(JSON.parse(head!) as object), interventions: [{ after: 33, at: 352_000, do: { type: 'crash', entity: 2 } }] };
  writeFileSync(path('crashed.jsonl'), [JSON.stringify(changed), ...rows].join('\n'));
  expect(cli('export', 'crashed.jsonl', ...words).out).toMatch(/^ {2}Note over L\d+: \d\.\d{3} s: by hand: .*crash/m);
  const svg = cli('export', 'room.jsonl', '--format', 'svg', '--to', '30');
  expect(svg.out).toMatch(/^<svg /);
  expect(cli('export', 'room-two-servers', '--format', 'svg', '--from', '9', '--to', '3').err).toMatch(/--from 9 is behind --to 3/);
  expect(cli('export', 'room-two-servers', '--format', 'svg', '--axis', 'rounds').err).toMatch(
    /--axis must be time or events, got "rounds"/,
  );
});
