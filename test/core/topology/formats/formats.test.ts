/** What is written and read again is the same graph, whatever its nodes are called; and other programs read it as we do. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import Graph from 'graphology';
import { parse as parseGexf } from 'graphology-gexf';
import { parse as parseGraphml } from 'graphology-graphml';
import { expect, test } from 'vitest';
import { InputError, type Problem } from '../../../../src/base/result.ts';
import { topologyOf, graphOf } from '../../../../src/core/topology/file.ts';
import { formatOf, formats, readGraph } from '../../../../src/core/topology/formats/index.ts';
import { complete } from '../../../../src/core/topology/complete.ts';
import { ring } from '../../../../src/core/topology/ring.ts';
import type { GraphData } from '../../../../src/protocol/protocol.ts';
import type { ParamValues } from '../../../../src/protocol/params.ts';
import type { TopologyDefinition } from '../../../../src/core/topology/topology.ts';
import { publicFile } from '../../../support/scenes.ts';

const XML = ['graphml', 'gexf'];

/** All that a format has to keep. */
const whole = ({ directed, names, from, to, length, positions }: GraphData) => ({
  directed,
  names: [...names],
  links: Array.from(from, (u, i) => [u, to[i], length[i]]),
  positions: positions && [...positions],
});

function problem(text: string, name: string): Problem {
  try {
    readGraph(text, name);
  } catch (error) {
    if (error instanceof InputError) return error.problem;
    throw error;
  }
  throw new Error('was not refused');
}
const links = (graph: GraphData): string[] =>
  Array.from(graph.from, (u, i) => `${graph.names[u]}${graph.directed ? '>' : '-'}${graph.names[graph.to[i]!]} ${graph.length[i]}`);

const ODD = [
  '',
  ' ',
  '  ',
  'a b',
  '"',
  '""',
  "'",
  '<&>',
  '&amp;',
  '&#10;',
  'a,b',
  'a;b',
  'a\tb',
  '#1',
  '\\',
  'a\\',
  '\\"',
  '\\N',
  '\n',
  'a\r\nb',
  '\r',
  'node',
  'graph',
  'source',
  'target',
  '-1',
  '1e3',
  '0',
  '00',
  '1',
  '1.0',
  'ü',
  '日本',
  '🐇',
  '\u2028',
  ']]>',
  '<!--',
  '__proto__',
  'constructor',
  'n0',
  'n1',
  '\ufeff',
  'tick',
  ' x ',
  'join',
  'orig',
];
const name = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: 'grapheme', maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 3 }));
const sayable = (text: string): boolean => /^(?:[\t\n\r\u0020-\ud7ff\ue000-\ufffd]|[\ud800-\udbff][\udc00-\udfff])*$/.test(text);
const coordinate = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

const graphs = (names: fc.Arbitrary<string>): fc.Arbitrary<GraphData> =>
  fc
    .record({
      directed: fc.boolean(),
      names: fc.uniqueArray(names, { minLength: 1, maxLength: 6 }),
      ends: fc.uniqueArray(fc.tuple(fc.nat(5), fc.nat(5), fc.oneof(fc.nat(9), fc.nat(0x7fffffff))), {
        maxLength: 12,
        selector: ([u, v]) => u * 6 + v,
      }),
      places: fc.option(fc.array(coordinate, { minLength: 12, maxLength: 12 })),
    })
    .map(({ directed, names, ends, places }) => {
      const n = names.length;
      const seen = new Set<string>();
      const kept = ends.filter(([u, v]) => {
        const key = directed || u < v ? `${u} ${v}` : `${v} ${u}`;
        return u < n && v < n && u !== v && !seen.has(key) && seen.add(key);
      });
      return {
        name: 'random',
        directed,
        names,
        from: Uint32Array.from(kept, ([u]) => u),
        to: Uint32Array.from(kept, ([, v]) => v),
        length: Float64Array.from(kept, ([, , ticks]) => ticks),
        ...(places ? { positions: Float64Array.from(places.slice(0, 2 * n)) } : {}),
        notes: [],
      };
    });

for (const format of formats) {
  const extension = format.extensions[0]!;
  test(`${format.title}: any graph that is written is read as itself, without a word`, () => {
    fc.assert(
      fc.property(graphs(XML.includes(format.id) ? name.filter(sayable) : name), (graph) => {
        const again = readGraph(format.write(graph), `random.${extension}`);
        expect(whole(again)).toEqual(whole(graph));
        expect(again.notes).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  for (const path of ['graphs/complete-20.dot', 'graphs/karate.dot'])
    test(`${path} goes through ${format.title} and back unchanged`, () => {
      const graph = readGraph(publicFile(path), path);
      const text = format.write(graph);
      expect(whole(readGraph(text, `x.${extension}`))).toEqual(whole(graph));
      // Told by what it holds, too.
      expect(whole(readGraph(text, 'no extension'))).toEqual(whole(graph));
      expect(readGraph(format.write(readGraph(text, `x.${extension}`)), path.replace(/dot$/, extension)).names).toEqual(graph.names);
    });
}

const ORIGINAL = '../shared/gossip/complete-20.dot';
test.runIf(existsSync(ORIGINAL))('the graph of 2011 goes through every format in turn and comes back as DOT unchanged', () => {
  const graph = readGraph(readFileSync(ORIGINAL, 'utf8'), ORIGINAL);
  let now = graph;
  for (const format of [...formats.slice(1), formats[0]!]) now = readGraph(format.write(now), `x.${format.extensions[0]}`);
  expect(whole(now)).toEqual(whole(graph));
});

test('graphology reads our GraphML and GEXF as we do', () => {
  fc.assert(
    fc.property(graphs(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).filter((text) => sayable(text))), (graph) => {
      for (const [id, parse] of [
        ['graphml', parseGraphml],
        ['gexf', parseGexf],
      ] as const) {
        const theirs = parse(Graph, formatOf(id).write(graph));
        expect(theirs.nodes().map((node) => theirs.getNodeAttribute(node, 'label'))).toEqual(graph.names);
        const label = (node: string): string => theirs.getNodeAttribute(node, 'label') as string;
        const found = theirs.mapEdges(
          (edge, attributes, u, v) => `${label(u)}${theirs.isDirected(edge) ? '>' : '-'}${label(v)} ${attributes['weight']}`,
        );
        const sorted = (list: readonly string[]): string[] => list.map((line) => line).sort();
        expect(sorted(found)).toEqual(sorted(links(graph)));
      }
    }),
    { numRuns: 60 },
  );
});

const defaults = ({ params }: TopologyDefinition): ParamValues =>
  Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default]));

test('generated topologies go through a file and are the same topology', () => {
  for (const [definition, given] of [
    [ring, { nodes: 12 }],
    [complete, { nodes: 7 }],
  ] as const) {
    const before = definition.generate({ ...defaults(definition), ...given }, '5');
    const after = topologyOf(readGraph(formatOf('csv').write(graphOf(before, 'g')), 'x.csv'));
    expect([after.nodes, after.links, after.directed]).toEqual([before.nodes, before.links, before.directed]);
    for (let link = 0; link < before.links; link++) {
      const there = after.between(before.source(link), before.target(link));
      expect(after.length(there)).toBe(before.length(link));
    }
  }
});

test('what XML cannot hold is refused by name, not lost', () => {
  const graph = { ...readGraph('a,b,1', 'x.csv'), names: ['a', 'b\u0001'] };
  for (const id of XML) expect(() => formatOf(id).write(graph)).toThrow(/"b\\u0001" cannot be written as/);
});

const node = (id: string, inner = ''): string => `<node id="${id}">${inner}</node>`;
const READ: readonly (readonly [string, string, string, readonly string[], readonly RegExp[]])[] = [
  [
    'GraphML with keys for all, defaults, nested graphs, an edge of the other kind, hyperedges',
    'a.graphml',
    `<?xml version="1.0"?><g:graphml xmlns:g="http://graphml.graphdrawing.org/xmlns"><g:key id="d0" for="all" attr.name="weight" attr.type="double"><g:default>7</g:default></g:key>
     <g:graph edgedefault="directed">${node('a', `<graph edgedefault="undirected">${node('b')}${node('c')}<edge source="b" target="c"/></graph>`)}
     <edge source="a" target="b"><data key="d0">2.4</data></edge><edge source="c" target="a" directed="false"/><hyperedge/></g:graph></g:graphml>`.replace(
      /<(\/?)(node|graph|edge|data|hyperedge)/g,
      '<$1g:$2',
    ),
    ['b>c 7', 'c>b 7', 'a>b 2', 'c>a 7', 'a>c 7'],
    [/1 hyperedge left out/, /both kinds/, /1 length rounded/],
  ],
  [
    "yEd's GraphML",
    'yed.graphml',
    `<graphml><key for="node" id="d6" yfiles.type="nodegraphics"/><key for="port" id="d0" yfiles.type="portgraphics"/><key for="edge" id="d9" attr.name="description"/><graph edgedefault="directed" id="G">
     ${node('n0', '<data key="d6"><y:ShapeNode><y:Geometry height="30" width="30" x="10" y="20"/><y:NodeLabel>Alice</y:NodeLabel></y:ShapeNode></data>')}
     ${node('n1', '<data key="d6"><y:ShapeNode><y:Geometry x="30" y="60"/><y:NodeLabel>Bob</y:NodeLabel></y:ShapeNode></data>')}
     <edge source="n0" target="n1"><data key="d9">x</data><data key="d1"><y:PolyLineEdge><y:EdgeLabel>12</y:EdgeLabel></y:PolyLineEdge></data></edge></graph></graphml>`,
    ['Alice>Bob 12'],
    [],
  ],
  [
    'GEXF with attributes, defaults, a mutual edge and spells',
    'a.gexf',
    `<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz"><graph defaultedgetype="mutual" mode="dynamic"><attributes class="edge"><attribute id="0" title="Latency" type="integer"><default>40</default></attribute></attributes>
     <nodes><node id="0" label="a"><viz:position x="1" y="2" z="0"/></node><node id="1" label="b"/><node id="2" label="c"/></nodes>
     <edges><edge id="0" source="0" target="1" weight="3"/><edge id="1" source="1" target="2" label="friends"><attvalues><attvalue for="0" value="5"/></attvalues></edge></edges></graph></gexf>`,
    ['a-b 40', 'b-c 5'],
    [/Times in the file/, /Positions are not used: 2 nodes/],
  ],
  [
    'Cytoscape JSON as one list',
    'a.json',
    '{"elements":[{"data":{"id":1,"name":"x"},"position":{"x":3,"y":4}},{"group":"nodes","data":{"id":"2"},"position":{"x":5,"y":4}},{"data":{"source":1,"target":"2","interaction":"pp","length":"8"}}]}',
    ['x-2 8'],
    [/read as undirected/],
  ],
  [
    'CSV without header, with comments',
    'a.csv',
    '# Directed graph (each unordered pair once)\r\n# FromNodeId\r\n0\t1\r\n1\t2\r\n',
    ['0>1 1', '1>2 1'],
    [/2 edges without/],
  ],
  ['CSV with blanks between', 'graph', '% of its own\n1 2 5\n2 3 6\n'.replace('% of its own\n', ''), ['1-2 5', '2-3 6'], [/undirected/]],
  [
    'CSV by names of columns, quotes and semicolons',
    'a.csv',
    'Id;Target;Source;Weight;Type\n1;"b;""1""";a;2.5;Directed\n2;c;a;3;Undirected',
    ['a>b;"1" 3', 'a>c 3', 'c>a 3'],
    [/Columns not read: Id/, /both kinds/, /1 length rounded/],
  ],
  ['loops and duplicates', 'a.csv', 'a,a,1\na,b,2\nb,a,3\na,b,4', ['a-b 2'], [/undirected/, /1 self-loop/, /2 duplicate edges .*b -- a/]],
  [
    'a DOT label as Graphviz shows it',
    'a.gv',
    'graph { a [label="A&amp;B\\n&#228;\\\\" pos="1,2!"]; a -- b [latency=4] }',
    ['A&B\nä\\-b 4'],
    [/Positions are not used/],
  ],
];
test.each(READ)('%s', (_, file, text, expected, notes) => {
  const graph = readGraph(text, file);
  expect(links(graph)).toEqual(expected);
  expect(graph.notes).toHaveLength(notes.length);
  for (const note of notes) expect(graph.notes.join('\n')).toMatch(note);
});

test('positions come into the unit square, of one scale, y downwards', () => {
  const text = 'graph { a [pos="10,100"]; b [pos="30,100"]; c [pos="20,110"] }';
  const graph = readGraph(text, 'x.dot');
  expect([...topologyOf(graph).positions!]).toEqual([0, 0.75, 1, 0.75, 0.5, 0.25]);
  const yed = readGraph(READ[1]![2], 'x.graphml');
  expect([...yed.positions!]).toEqual([10, 20, 30, 60]);
});

const BOMB = '<!DOCTYPE graphml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>';
test.each([
  ['x.graphml', `<?xml version="1.0"?>\n${BOMB}\n<graphml><graph><node id="&b;"/></graph></graphml>`, /DOCTYPE/, 2],
  ['x.gexf', '<!DOCTYPE gexf SYSTEM "http://elsewhere.example/gexf.dtd"><gexf/>', /DOCTYPE/, 1],
  ['x.gexf', '<gexf>\n<graph>\n<nodes><node id="1"</nodes></graph></gexf>', /line 3, column \d+/, 3],
  ['x.gexf', '<gexf><graph><nodes><node id="1"/>', /x\.gexf: not GEXF \(line 1/, 1],
  ['x.gexf', '<gexf><graph><nodes><node id="&unknown;"/></nodes></graph></gexf>', /entity/, 1],
  ['x.gexf', '<graphml/>', /<graphml>, not <gexf>/, 1],
  ['x.graphml', '<graphml><graph><node id="a"/>\n<edge source="a" target="b"/></graph></graphml>', /line 2: .*"b".* not declare/, 2],
  [
    'x.graphml',
    '<graphml><graph><node id="a"/><node id="b"/>\n<edge source="a" target="b"><data key="weight">far</data></edge></graph></graphml>',
    /line 2: the length of a -- b .*"far"/,
    2,
  ],
  ['x.graphml', '<graphml><graph/></graphml>', /empty/, undefined],
  ['x.json', '{"elements":\n{"nodes": [1 2]}}', /line 2, column \d+/, 2],
  ['x.json', '{"elements":{"nodes":[{"data":{}}]}}', /node 1 has no `id`/, undefined],
  ['x.json', '{"a":1}', /`elements` has no `nodes`/, undefined],
  ['x.json', '{"nodes":[{"data":{"id":"a"}}],"edges":[{"data":{"source":"a","target":"z"}}]}', /"z"/, undefined],
  ['x.csv', 'source,target,weight\na,b,1\nb,c,-4', /line 3: the length of b -- c .*"-4"/, 3],
  ['x.csv', 'a,b,far', /line 1: the length of a -- b .*"far"/, 1],
  ['x.csv', 'source,target\n\na,"b', /line 3: a quote is never closed/, 3],
  ['x.csv', 'source,target\n,b', /line 2: there is no source/, 2],
  ['x.csv', 'source,target,type\na,b,sideways', /line 2: the type must be/, 2],
  ['x.csv', '10,a,join\n20,b,leave', /changes over time/, 1],
  ['x.csv', '# nothing\n', /empty/, undefined],
  ['x.png', 'hello world, this is prose', /x\.png is no graph file/, undefined],
  ['notes.md', '# Title\n\nhello world\nand more words', /no graph file/, undefined],
  ['x', '', /empty/, undefined],
] as const)('%s is refused where it is wrong: %s', (file, text, words, line) => {
  const found = problem(text, file);
  expect(found.message).toMatch(words);
  expect(found.line).toBe(line);
});

test('whatever is broken in a file, it is read or refused in words, never an exception of ours', () => {
  const graph = readGraph('a,b,3\nb,c,4\n"d d",a,5', 'x.csv');
  fc.assert(
    fc.property(fc.constantFrom(...formats), fc.nat(400), fc.nat(12), fc.string({ maxLength: 4 }), (format, at, cut, put) => {
      const text = format.write({ ...graph, positions: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
      const broken = text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut);
      try {
        expect(readGraph(broken, `x.${format.extensions[0]}`).names.length).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        expect(error.message).toMatch(/^x\./);
      }
    }),
    { numRuns: 1500 },
  );
});

test('a million lines of CSV are read in seconds', () => {
  const n = 200_000;
  const lines = Array.from({ length: 1_000_000 }, (_, i) => `${i % n},${(i * 7919 + 13 * Math.floor(i / n) + 1) % n},${i % 1000}`);
  const text = lines.join('\n');
  const started = performance.now();
  const graph = readGraph(text, 'large.csv');
  const seconds = (performance.now() - started) / 1000;
  expect(graph.names).toHaveLength(n);
  expect(graph.from.length).toBeGreaterThan(900_000);
  expect(seconds).toBeLessThan(15);
});
