import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InputError, type Problem } from '../../../../src/base/result.ts';
import { dot } from '../../../../src/core/topology/formats/dot.ts';
import { topologyOf } from '../../../../src/core/topology/file.ts';
import type { GraphData } from '../../../../src/protocol/protocol.ts';
import { publicFile } from '../../../support/scenes.ts';

const SHARED = '../shared/gossip/';

/** One line an edge: `a>b 3`. */
function lines(graph: GraphData): string[] {
  const arrow = graph.directed ? '>' : '-';
  return Array.from(graph.from, (u, i) => `${graph.names[u]}${arrow}${graph.names[graph.to[i]!]} ${graph.length[i]}`);
}
const read = (text: string): GraphData => dot.read(text, 'g.dot');
function problem(text: string): Problem {
  try {
    dot.read(text, 'g.dot');
  } catch (error) {
    if (error instanceof InputError) return error.problem;
    throw error;
  }
  throw new Error('was not refused');
}

const originals: readonly (readonly [string, string | undefined, number])[] = [
  ['public/graphs/complete-20.dot', publicFile('graphs/complete-20.dot'), 20],
  ...([20, 100] as const).map((n) => {
    const path = `${SHARED}complete-${n}.dot`;
    return [path, existsSync(path) ? readFileSync(path, 'utf8') : undefined, n] as const;
  }),
];
for (const [path, text, n] of originals)
  test.runIf(text !== undefined)(
    `${path}: a complete digraph with lengths 0 to 999, names and origin as the program of 2011 wrote them`,
    () => {
      const graph = read(text!);
      expect(graph.directed).toBe(true);
      expect(graph.names).toHaveLength(n);
      expect(graph.names.filter((name) => name.startsWith('orig'))).toHaveLength(1);
      expect(graph.names.filter((name) => /^\d+ \(\d+\)$/.test(name))).toHaveLength(n - 1);
      expect(new Set(lines(graph).map((line) => line.split(' ').slice(0, -1).join(' '))).size).toBe(n * (n - 1));
      expect(graph.length.every((length) => Number.isInteger(length) && length >= 0 && length <= 999)).toBe(true);
      expect(graph.notes).toEqual([]);
      // Read by a rule of our own: every line with an arrow, its two names and its label.
      const byHand = [...text!.matchAll(/"?([^"\n]*?)"? *-> *"?([^"\n]*?)"? *\[.*label="?(\d+)"?.*\]/g)].map(
        (m) => `${m[1]!.trim()}>${m[2]!.trim()} ${m[3]}`,
      );
      expect(byHand).toHaveLength(n * (n - 1));
      expect(lines(graph)).toEqual(byHand);
    },
  );

test('the karate club: 34 people, 78 lines, those of the published list', () => {
  const graph = read(publicFile('graphs/karate.dot'));
  expect([graph.directed, graph.names.length, graph.from.length]).toEqual([false, 34, 78]);
  expect(topologyOf(graph).links).toBe(156);
  const published = `${SHARED}karate.csv`;
  if (!existsSync(published)) return;
  const pairs = (list: readonly (readonly string[])[]): string[] => list.map((pair) => [...pair].sort().join()).sort();
  const rows = readFileSync(published, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => /^\d/.test(line));
  const ours = Array.from(graph.from, (u, i) => [graph.names[u]!, graph.names[graph.to[i]!]!]);
  expect(pairs(ours)).toEqual(pairs(rows.map((row) => row.split(',').slice(0, 2))));
});

const GRAPHS: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['directed', 'digraph { a -> b [label=3]; b -> a [label=4] }', ['a>b 3', 'b>a 4'], []],
  ['undirected', 'graph { a -- b [label=3] }', ['a-b 3'], []],
  ['a chain', 'digraph { a -> b -> c -> d [label=2] }', ['a>b 2', 'b>c 2', 'c>d 2'], []],
  ['a group', 'digraph { a -> { b c } [label=2] }', ['a>b 2', 'a>c 2'], []],
  ['groups at both ends', 'graph { {a b} -- {c d} [len=1] }', ['a-c 1', 'a-d 1', 'b-c 1', 'b-d 1'], []],
  ['a named subgraph', 'digraph { subgraph one { a -> b [label=1] } b -> c [label=2] }', ['a>b 1', 'b>c 2'], []],
  ['edge defaults', 'digraph { edge [label=5]; a -> b; a -> c [label=6]; edge [label=7]; b -> c }', ['a>b 5', 'a>c 6', 'b>c 7'], []],
  [
    'edge defaults end with their subgraph',
    'digraph { edge [label=5]; subgraph s { edge [label=9]; a -> b } b -> c }',
    ['a>b 9', 'b>c 5'],
    [],
  ],
  ['weight', 'digraph { a -> b [weight=8] }', ['a>b 8'], []],
  ['len', 'digraph { a -> b [len=2] }', ['a>b 2'], []],
  ['label before weight before len', 'digraph { a -> b [len=1, weight=2, label=3]; b -> a [len=1, weight=2] }', ['a>b 3', 'b>a 2'], []],
  ['quoted names and labels', 'digraph "g" { "node one" -> "b;{}" [label="12"] }', ['node one>b;{} 12'], []],
  ['numbers as names, a strict graph, comments', 'strict graph { // one\n /* two */ 1 -- 2 [label=0] }', ['1-2 0'], []],
  ['names by label', 'digraph { a [label="Alice"]; a -> b [label=1] }', ['Alice>b 1'], []],
  [
    'labels that repeat',
    'digraph { a [label="x"]; b [label="x"]; a -> b [label=1] }',
    ['a>b 1'],
    ['Some nodes share a label: nodes are named by their own names in the file instead.'],
  ],
  [
    'self-loops',
    'digraph { a -> a [label=1]; b -> b; a -> b [label=2] }',
    ['a>b 2'],
    ['2 self-loops left out: nobody needs to tell itself.'],
  ],
  [
    'a duplicate edge: the first is kept',
    'digraph { a -> b [label=1]; a -> b [label=2]; b -> a [label=3] }',
    ['a>b 1', 'b>a 3'],
    ['1 duplicate edge left out, the first of each is kept (such as a -> b).'],
  ],
  [
    'undirected, the other way round is a duplicate',
    'graph { a -- b [label=1]; b -- a [label=2] }',
    ['a-b 1'],
    ['1 duplicate edge left out, the first of each is kept (such as b -- a).'],
  ],
  ['no length', 'digraph { a -> b -> c }', ['a>b 1', 'b>c 1'], ['2 edges without label, weight or len: length 1 is taken.']],
  [
    'a length between ticks',
    'digraph { a -> b [label=2.6]; b -> a [label=3.0] }',
    ['a>b 3', 'b>a 3'],
    ['1 length rounded to whole ticks.'],
  ],
  ['one node, no edge', 'graph { a }', [], []],
];
test.each(GRAPHS)('%s', (_, text, expected, notes) => {
  const graph = read(text);
  expect(lines(graph)).toEqual(expected);
  expect(graph.notes).toEqual(notes);
});

test('malformed: line and column are named', () => {
  expect(problem('digraph {\n  a -> b [label=3];\n  c -> [label=1];\n}')).toMatchObject({ line: 3, column: 8 });
  expect(problem('digraph {\n  a -> b').line).toBe(2);
  const { message, hint } = problem('digraph {\n  a => b\n}');
  expect(message).toMatch(/^g\.dot: not a DOT graph \(line 2, column 6\): /);
  expect(hint).toContain('digraph { a -> b [label=3]; }');
  expect(problem('{"format":"stanzascope/scenario"}')).toMatchObject({ line: 1, column: 1 });
});

test.each([
  ['', 'g.dot: the file is empty'],
  [' \n\t\n', 'g.dot: the file is empty'],
  ['digraph { }', 'g.dot: the graph is empty'],
  ['graph { node [shape=box]; }', 'g.dot: the graph is empty'],
])('nothing to see in %j', (text, message) => {
  expect(problem(text).message).toBe(message);
  expect(problem(text).hint).toBeTruthy();
});

const LENGTHS: readonly (readonly [string, string, number | undefined])[] = [
  [
    'digraph {\n a -> b [label=1];\n b -> c [label=-3];\n}',
    'g.dot, line 3: the length of b -> c must be a number of ticks, 0 or more, got "-3"',
    3,
  ],
  ['graph {\n a -- b [label="3 ms"]\n}', 'g.dot, line 2: the length of a -- b must be a number of ticks, 0 or more, got "3 ms"', 2],
  ['digraph {\n a -> b [label=""] }', 'g.dot, line 2: the length of a -> b must be a number of ticks, 0 or more, got ""', 2],
  ['digraph {\n a -> b [weight=Infinity] }', 'g.dot, line 2: the length of a -> b must be a number of ticks, 0 or more, got "Infinity"', 2],
  [
    'digraph {\n a -> b [label=99999999999] }',
    'g.dot, line 2: the length of a -> b must be a number of ticks, 0 or more, got "99999999999"',
    2,
  ],
  // Names that are parts of other names, and the other direction, must not lead to another line.
  [
    'digraph {\n 12 -> 21 [label=1]\n 1 -> 2 [label=1]\n 2 -> 1 [label=-1]\n}',
    'g.dot, line 4: the length of 2 -> 1 must be a number of ticks, 0 or more, got "-1"',
    4,
  ],
  [
    'digraph {\n "1 (20)" -> "2 (10)" [label=1]\n "2 (10)" -> "1 (20)" [label=x]\n}',
    'g.dot, line 3: the length of 2 (10) -> 1 (20) must be a number of ticks, 0 or more, got "x"',
    3,
  ],
  ['digraph {\n a -> b -> c [label=no]\n}', 'g.dot, line 2: the length of a -> b must be a number of ticks, 0 or more, got "no"', 2],
  ['digraph {\n a\n ->\n b [label=no]\n}', 'g.dot, line 2: the length of a -> b must be a number of ticks, 0 or more, got "no"', 2],
];
test.each(LENGTHS)('a length that is none: edge and line are named: %j', (text, message, line) => {
  const found = problem(text);
  expect(found.message).toBe(message);
  expect(found.line).toBe(line);
  expect(found.hint).toBeTruthy();
});

test('100,000 nodes are read in seconds', () => {
  const text = `graph {\n${Array.from({ length: 100_000 }, (_, i) => `  ${i} -- ${(i + 1) % 100_000} [label=${i % 1000}];`).join('\n')}\n}`;
  const graph = read(text);
  expect([graph.names.length, graph.from.length]).toEqual([100_000, 100_000]);
  const topology = topologyOf(graph);
  expect([topology.links, topology.between(99_999, 0) >= 0]).toEqual([200_000, true]);
}, 30_000);
