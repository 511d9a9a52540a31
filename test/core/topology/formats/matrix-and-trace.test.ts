/** Measured latencies as a matrix, and changes over time: two more kinds of table. */
import { expect, test } from 'vitest';
import { readGraph } from '../../../../src/core/topology/formats/index.ts';
import { holdsTrace, readTrace } from '../../../../src/core/topology/formats/trace.ts';

const links = (text: string): string[] => {
  const { names, from, to, length } = readGraph(text, 'm.csv');
  return Array.from(from, (u, i) => `${names[u]}>${names[to[i]!]} ${length[i]}`);
};

test.each([
  ['numbers alone, a diagonal of zeros', '0,12.4,3\n13,0,-1\n5,,0', ['0>1 12', '0>2 3', '1>0 13', '2>0 5']],
  ['a row of names', 'a,b,c\n0,1,2\n3,0,4\n5,6,0', ['a>b 1', 'a>c 2', 'b>a 3', 'b>c 4', 'c>a 5', 'c>b 6']],
  ['a row and a column of names', ';a;b;c\na;;1;2\nb;3;;4\nc;5;6;', ['a>b 1', 'a>c 2', 'b>a 3', 'b>c 4', 'c>a 5', 'c>b 6']],
  ['the corner left out', 'a b c\na 0 1 2\nb 3 0 4\nc 5 6 0', ['a>b 1', 'a>c 2', 'b>a 3', 'b>c 4', 'c>a 5', 'c>b 6']],
  ['a column of names', '"a,1",0,1,2\nb,3,0,4\nc,5,6,0', ['a,1>b 1', 'a,1>c 2', 'b>a,1 3', 'b>c 4', 'c>a,1 5', 'c>b 6']],
  [
    'four rows of four need no zeros',
    '9,1,2,3\n1,9,nan,3\n1,2,9,-\n1,2,3,9',
    ['0>1 1', '0>2 2', '0>3 3', '1>0 1', '1>3 3', '2>0 1', '2>1 2', '3>0 1', '3>1 2', '3>2 3'],
  ],
  ['names that are numbers', ',10,11,12\n10,0,1,2\n11,3,0,4\n12,5,6,0', ['10>11 1', '10>12 2', '11>10 3', '11>12 4', '12>10 5', '12>11 6']],
])('a matrix of latencies: %s', (_, text, expected) => {
  expect(links(text)).toEqual(expected);
  const graph = readGraph(text, 'm.csv');
  expect(graph.directed).toBe(true);
  expect(graph.notes[0]).toMatch(/Read as a matrix of measured latencies: [34] nodes/);
});

test('three edges of three numbers are edges', () => {
  expect(readGraph('0,1,5\n1,2,5\n2,0,7', 'm.csv').names).toEqual(['0', '1', '2']);
  expect(links('0,1,5\n1,2,5\n2,0,7')).toEqual(['0>1 5', '1>2 5', '2>0 7']);
});

test('what was not measured, rounded or is no number is said', () => {
  expect(readGraph('0,1.5,3\n13,0,-1\n5,,0', 'm.csv').notes.slice(1)).toEqual([
    '2 pairs without a measured latency: no link.',
    '1 length rounded to whole ticks.',
  ]);
  const wrong = Array.from({ length: 6 }, (_, u) => Array.from({ length: 6 }, (_, v) => (u === 5 && v === 2 ? 'slow' : '1')).join(','));
  expect(() => readGraph(wrong.join('\n'), 'm.csv')).toThrow(/m\.csv, line 6: the latency from 5 to 2 must be a number, got "slow"/);
  expect(() => readGraph('a,b,a\n0,1,2\n3,0,4\n5,6,0', 'm.csv')).toThrow(/same name/);
});

test('a thousand nodes, a million latencies, in seconds', () => {
  const n = 1000;
  const text = Array.from({ length: n }, (_, u) =>
    Array.from({ length: n }, (_, v) => (u === v ? 0 : ((u * v) % 300) + 0.25)).join(','),
  ).join('\n');
  const started = performance.now();
  const graph = readGraph(text, 'king.csv');
  expect(graph.from).toHaveLength(n * (n - 1));
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a churn trace: nodes and links, by tick, in their order within a tick', () => {
  const text =
    'tick,node,change\r\n500,b,crash\n# later lines may be earlier\n100,"a, b",JOIN\n500,b,c,up\n500, c ,leave\n600.4,b,c,down\n';
  expect(readTrace(text, 't.csv')).toEqual([
    { at: 100, do: 'join', node: 'a, b' },
    { at: 500, do: 'crash', node: 'b' },
    { at: 500, do: 'up', node: 'b', to: 'c' },
    { at: 500, do: 'leave', node: 'c' },
    { at: 600, do: 'down', node: 'b', to: 'c' },
  ]);
});

test.each([
  ['', /no change/],
  ['tick,node,change\n', /no change/],
  ['5,a,explode', /line 1: join, leave or crash .* got "a,explode"/],
  ['5,a,join\n-1,a,leave', /line 2: the tick .* got "-1"/],
  ['soon,a,join', /line 1: the tick .* got "soon"/],
  ['5,a,up', /line 1/],
  ['5,,join', /line 1: there is no node/],
  ['5,a,,up', /line 1: there is no second node/],
])('a trace %j is refused', (text, words) => {
  expect(() => readTrace(text, 't.csv')).toThrow(words);
});

test.each([
  ['tick,node,change\n1,a,join', true],
  ['# a trace\n\n10,a,crash', true],
  ['5;a;b;down', true],
  ['{"directed":false,"elements":{"nodes":[\n{"data":{"id":"n0"}}]}}', false],
  ['graph { a -- b [label="1,2"] }', false],
  ['<graphml><graph edgedefault="directed"/></graphml>', false],
  ['source,target\na,b', false],
  ['1,2\n2,3', false],
  ['', false],
])('whether %j is a trace: %j', (text, expected) => expect(holdsTrace(text, 'file')).toBe(expected));
