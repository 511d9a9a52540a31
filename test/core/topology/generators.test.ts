/** Every topology of the registry keeps the same promises, whatever its parameters; each one its own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topologyOf } from '../../../src/core/topology/file.ts';
import { topologies } from '../../../src/core/topology/index.ts';
import { sparse, unreachable, type Topology } from '../../../src/core/topology/topology.ts';
import { EntityKind } from '../../../src/protocol/scene.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';
import { degrees, lengths, linksOf, made, neighbours } from './made.ts';

const ids = topologies.map((topology) => topology.id);
const int = (min: number, max: number) => fc.integer({ min, max });
const even = (min: number, max: number) => int(min / 2, max / 2).map((half) => 2 * half);
const part = fc.constantFrom('complete:5', 'ring:7:degree=4', 'star:nodes=6', 'single', 'grid:width=3:height=2', 'two-clusters:3');
const across = { bridge: fc.constantFrom('one-way', 'both'), length: int(0, 9) };
const sides = { width: int(1, 5), height: int(1, 4), depth: int(1, 3) };

/** Parameters for each id, with the number of nodes they make. */
const drawn: Readonly<Record<string, fc.Arbitrary<{ given: ParamValues; nodes: number }>>> = {
  complete: int(2, 30).map((nodes) => ({ given: { nodes }, nodes })),
  line: int(2, 30).map((nodes) => ({ given: { nodes }, nodes })),
  star: int(2, 60).map((nodes) => ({ given: { nodes }, nodes })),
  ring: fc.record({ nodes: int(7, 60), degree: even(2, 6) }).map((given) => ({ given, nodes: given.nodes })),
  grid: fc.record(sides).map((given) => ({ given, nodes: given.width * given.height * given.depth })),
  torus: fc.record(sides).map((given) => ({ given, nodes: given.width * given.height * given.depth })),
  tree: fc.record({ nodes: int(2, 50), arity: int(2, 5) }).map((given) => ({ given, nodes: given.nodes })),
  hypercube: int(1, 7).map((dimension) => ({ given: { dimension }, nodes: 1 << dimension })),
  'random-regular': fc.record({ nodes: even(2, 30), part: int(0, 99) }).map(({ nodes, part }) => {
    return { given: { nodes, degree: 1 + Math.floor((part * (nodes - 1)) / 100) }, nodes };
  }),
  'erdos-renyi': fc
    .record({ nodes: int(2, 40), probability: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map((given) => ({ given, nodes: given.nodes })),
  'watts-strogatz': fc
    .record({ nodes: int(7, 40), degree: even(2, 6), rewire: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map((given) => ({ given, nodes: given.nodes })),
  'barabasi-albert': fc.record({ nodes: int(7, 40), attach: int(1, 6) }).map((given) => ({ given, nodes: given.nodes })),
  'random-geometric': fc
    .record({ nodes: int(2, 40), radius: fc.double({ min: 0, max: 1.5, noNaN: true }) })
    .map((given) => ({ given, nodes: given.nodes })),
  caveman: fc.record({ cliques: int(2, 6), size: int(3, 6) }).map((given) => ({ given, nodes: given.cliques * given.size })),
  'two-clusters': fc.record({ nodes: int(2, 12), ...across }).map((given) => ({ given, nodes: 2 * given.nodes })),
  single: fc.constant({ given: {}, nodes: 1 }),
  union: fc.record({ first: part, second: part }).map((given) => ({ given, nodes: sizeOf(given.first) + sizeOf(given.second) })),
  join: fc.record({ first: part, second: part, ...across }).map((given) => ({ given, nodes: sizeOf(given.first) + sizeOf(given.second) })),
  federation: fc
    .record({ servers: int(1, 6), clients: int(0, 5), shape: fc.constantFrom('complete', 'star', 'line', 'tree:arity=3') })
    .map((given) => ({ given, nodes: given.servers * (1 + given.clients) })),
};
const sizeOf = (text: string): number =>
  ({ 'complete:5': 5, 'ring:7:degree=4': 7, 'star:nodes=6': 6, single: 1, 'grid:width=3:height=2': 6, 'two-clusters:3': 6 })[text]!;
const latencies = fc.constantFrom('constant(4)', 'uniform(1,1000)', 'exponential(50)', 'lognormal(80,0.5)', 'distance(1000)');

function check(topology: Topology, nodes: number): void {
  expect(topology.nodes).toBe(nodes);
  let links = 0;
  for (let u = 0; u < nodes; u++) {
    expect(topology.first(u)).toBe(links);
    for (let link = links; link < links + topology.degree(u); link++) {
      const v = topology.target(link);
      expect(topology.source(link)).toBe(u);
      expect(v !== u && v >= 0 && v < nodes).toBe(true);
      expect(topology.between(u, v)).toBe(link);
      const ticks = topology.length(link);
      expect(Number.isSafeInteger(ticks) && ticks >= 0).toBe(true);
      if (!topology.directed) expect(topology.length(topology.between(v, u))).toBe(ticks);
    }
    expect(new Set(neighbours(topology, u)).size).toBe(topology.degree(u));
    expect(topology.between(u, u)).toBe(-1);
    for (let v = 0; v < nodes; v++) {
      if (!neighbours(topology, u).includes(v)) expect(topology.between(u, v)).toBe(-1);
      const ticks = topology.pairLength(u, v);
      expect(Number.isSafeInteger(ticks) && ticks >= 0).toBe(true);
      if (topology.between(u, v) < 0) expect(topology.pairLength(v, u)).toBe(ticks);
    }
    links += topology.degree(u);
  }
  expect(topology.links).toBe(links);
  const { positions } = topology;
  if (positions) {
    expect(positions.length).toBe(2 * nodes);
    expect(positions.every((at) => at >= 0 && at <= 1)).toBe(true);
  }
}

test('ids are all different, and each has parameters here', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(Object.keys(drawn).sort()).toEqual([...ids].sort());
});

test.each(ids)('%s: links, ends, lengths, pairs and drawing agree; the same seed makes the same', (id) => {
  fc.assert(
    fc.property(drawn[id]!, latencies, fc.string(), ({ given, nodes }, latency, seed) => {
      const one = made(id, { ...given, latency }, seed);
      check(one, nodes);
      expect(linksOf(made(id, { ...given, latency }, seed))).toEqual(linksOf(one));
      // Another distribution shifts no link.
      const other = made(id, { ...given, latency: 'constant(1)' }, seed);
      expect(Array.from({ length: nodes }, (_, u) => neighbours(other, u))).toEqual(
        Array.from({ length: nodes }, (_, u) => neighbours(one, u)),
      );
    }),
    { numRuns: 25 },
  );
});

test.each(ids)('%s: its defaults are drawn, and differ by seed', (id) => {
  const one = made(id);
  expect(one.nodes).toBeLessThanOrEqual(100);
  if (id === 'single') expect(one.links).toBe(0);
  else expect(linksOf(made(id, {}, 't'))).not.toEqual(linksOf(one));
  expect(() => made(id, { latency: 'gauss(1)' })).toThrow('`latency` must be');
});

test.each([
  'line',
  'ring',
  'star',
  'grid',
  'torus',
  'tree',
  'hypercube',
  'random-geometric',
  'caveman',
  'two-clusters',
  'watts-strogatz',
  'federation',
])('%s: is drawn, no node upon another one', (id) => {
  const { positions, nodes } = made(id);
  const places = Array.from({ length: nodes }, (_, u) => `${positions![2 * u]!.toFixed(4)} ${positions![2 * u + 1]!.toFixed(4)}`);
  expect(new Set(places).size).toBe(nodes);
});
test('larger cubes and grids of three dimensions are drawn without covering a node', () => {
  for (const { positions, nodes } of [made('hypercube', { dimension: 10 }), made('grid', { width: 7, height: 6, depth: 5 })])
    expect(
      new Set(Array.from({ length: nodes }, (_, u) => `${positions![2 * u]!.toFixed(6)} ${positions![2 * u + 1]!.toFixed(6)}`)).size,
    ).toBe(nodes);
});

test('counts of links and degrees', () => {
  const pairs = (id: string, given: ParamValues) => made(id, given).links / 2;
  expect(pairs('complete', { nodes: 9 })).toBe(36);
  expect(pairs('line', { nodes: 9 })).toBe(8);
  expect(pairs('star', { nodes: 9 })).toBe(8);
  expect(pairs('tree', { nodes: 40, arity: 3 })).toBe(39);
  expect(pairs('grid', { width: 4, height: 3 })).toBe(4 * 2 + 3 * 3);
  expect(pairs('grid', { width: 4, height: 3, depth: 2 })).toBe(2 * 17 + 12);
  expect(new Set(degrees(made('torus', { width: 4, height: 3 })))).toEqual(new Set([4]));
  expect(new Set(degrees(made('torus', { width: 4, height: 3, depth: 5 })))).toEqual(new Set([6]));
  expect(new Set(degrees(made('torus', { width: 4, height: 2 })))).toEqual(new Set([3]));
  expect(new Set(degrees(made('hypercube', { dimension: 5 })))).toEqual(new Set([5]));
  expect(pairs('watts-strogatz', { nodes: 50, degree: 6, rewire: 1 })).toBe(150);
  expect(pairs('barabasi-albert', { nodes: 50, attach: 3 })).toBe(6 + 46 * 3);
  expect(pairs('caveman', { cliques: 5, size: 4 })).toBe(30);
  expect(pairs('random-regular', { nodes: 6, degree: 5 })).toBe(15);
  expect(pairs('erdos-renyi', { nodes: 9, probability: 1 })).toBe(36);
  expect(pairs('erdos-renyi', { nodes: 9, probability: 0 })).toBe(0);
  expect(pairs('random-geometric', { nodes: 9, radius: 1.5 })).toBe(36);
  expect(pairs('random-geometric', { nodes: 9, radius: 0 })).toBe(0);
});

test('who is linked to whom', () => {
  expect(neighbours(made('ring', { nodes: 7, degree: 4 }), 0)).toEqual([1, 2, 5, 6]);
  expect(neighbours(made('star', { nodes: 5 }), 3)).toEqual([0]);
  expect(neighbours(made('tree', { nodes: 10, arity: 3 }), 1)).toEqual([0, 4, 5, 6]);
  expect(neighbours(made('grid', { width: 3, height: 3 }), 4)).toEqual([1, 3, 5, 7]);
  expect(neighbours(made('torus', { width: 3, height: 3 }), 0)).toEqual([1, 2, 3, 6]);
  expect(neighbours(made('hypercube', { dimension: 3 }), 5)).toEqual([1, 4, 7]);
  expect(neighbours(made('caveman', { cliques: 3, size: 4 }), 0)).toEqual([2, 3, 11]);
  expect(neighbours(made('watts-strogatz', { nodes: 9, rewire: 0 }), 0)).toEqual([1, 2, 7, 8]);
});

test.each([
  'line',
  'ring',
  'star',
  'grid',
  'torus',
  'tree',
  'hypercube',
  'complete',
  'barabasi-albert',
  'caveman',
  'two-clusters',
  'federation',
])('%s: is connected', (id) => expect(unreachable(made(id), 0)).toBe(0));

test('random geometric: linked exactly when near enough', () => {
  const { positions, ...topology } = made('random-geometric', { nodes: 200, radius: 0.13 });
  for (let u = 0; u < 200; u++)
    for (let v = 0; v < u; v++) {
      const apart = Math.hypot(positions![2 * u]! - positions![2 * v]!, positions![2 * u + 1]! - positions![2 * v + 1]!);
      expect(topology.between(u, v) >= 0).toBe(apart <= 0.13);
    }
});

test('two clusters: as in 2011 by default, one way at no cost; on wish both ways and long', () => {
  const usual = made('two-clusters', { nodes: 5 });
  expect([usual.links, usual.length(usual.between(4, 5)), usual.between(5, 4)]).toEqual([41, 0, -1]);
  expect([unreachable(usual, 0), unreachable(usual, 5)]).toEqual([0, 5]);
  const both = made('two-clusters', { nodes: 5, bridge: 'both', length: 77 });
  expect([both.links, both.length(both.between(4, 5)), both.length(both.between(5, 4))]).toEqual([42, 77, 77]);
  // The clusters' own lengths are drawn apart.
  expect(both.length(both.between(0, 1))).not.toBe(both.length(both.between(5, 6)));
  const large = made('two-clusters', { nodes: 500_000 });
  expect(large.target(large.between(999_998, 999_999))).toBe(999_999);
});

test('join: as many bridges as asked for, all different', () => {
  const topology = made('join', { first: 'ring:6', second: 'complete:3', bridges: 18, length: 5 });
  const across = linksOf(topology).filter((link) => /^[0-5]>[678]=5$/.test(link));
  expect(new Set(across).size).toBe(18);
  expect(topology.links).toBe(12 + 6 + 18);
  expect(unreachable(made('union', { first: 'ring:6', second: 'complete:3' }), 0)).toBe(3);
});

test('federation: clients know their own server only, and messages go by way of servers', () => {
  const t = made('federation', { servers: 3, clients: 2, shape: 'line', access: 'constant(5)', latency: 'constant(100)' });
  expect(Array.from({ length: 9 }, (_, u) => t.kind!(u))).toEqual([
    ...Array(3).fill(EntityKind.server),
    ...Array(6).fill(EntityKind.client),
  ]);
  expect(Array.from({ length: 9 }, (_, u) => t.parent!(u))).toEqual([-1, -1, -1, 0, 0, 1, 1, 2, 2]);
  expect([neighbours(t, 3), neighbours(t, 1)]).toEqual([[0], [0, 2, 5, 6]]);
  expect([t.pairLength(3, 4), t.pairLength(3, 8), t.pairLength(0, 8), t.pairLength(0, 2)]).toEqual([10, 110, 105, 100]);
});

test('a pair without a link in a file is as far as its links are on the mean', () => {
  const topology = sparse(3, [0, 1], [1, 2], (i) => [10, 21][i]!, { directed: true });
  expect([topology.pairLength(0, 2), topology.pairLength(2, 0)]).toEqual([16, 16]);
});

test('the links of a hub are found by halving, and keep the order in which they were given', () => {
  const to = Array.from({ length: 999 }, (_, i) => ((i * 500) % 999) + 1);
  const hub = sparse(
    1000,
    to.map(() => 0),
    to,
    (i) => i,
    { directed: true },
  );
  expect(to.map((_, link) => hub.target(link))).toEqual(to);
  expect(to.map((v) => hub.between(0, v))).toEqual(to.map((_, link) => link));
  expect(hub.between(0, 0)).toBe(-1);
});

test.each<readonly [string, ParamValues, string]>([
  ['ring', { nodes: 7, degree: 3 }, 'topology/ring: `degree` must be even and at most nodes - 1 = 6, got 3'],
  ['ring', { nodes: 5, degree: 6 }, 'at most nodes - 1 = 4, got 6'],
  ['watts-strogatz', { nodes: 7, degree: 8 }, '`degree` must be even and at most nodes - 1 = 6, got 8'],
  ['random-regular', { nodes: 7, degree: 3 }, 'nodes × degree must be even, got 7 × 3'],
  ['random-regular', { nodes: 6, degree: 6 }, '`degree` must be at most nodes - 1 = 5, got 6'],
  ['erdos-renyi', { nodes: 5, degree: 5 }, '`degree` must be at most nodes - 1 = 4, got 5'],
  ['erdos-renyi', { nodes: 1_000_000 }, 'about 99,999,900,000 links (either way counts), more than the 20,000,000'],
  ['random-geometric', { nodes: 100_000, radius: 1 }, 'more than the 20,000,000'],
  ['ring', { nodes: 1_000_000, degree: 22 }, '1000000 nodes of degree 22 would be about 22,000,000 links'],
  ['barabasi-albert', { nodes: 3, attach: 3 }, '`attach` must be at most nodes - 1 = 2, got 3'],
  ['grid', { width: 1001, height: 1000 }, '1001 × 1000 × 1 would be 1,001,000 nodes, more than 1,000,000'],
  ['caveman', { cliques: 100_000, size: 11 }, '100000 cliques of 11 would be 1,100,000 nodes'],
  ['federation', { servers: 1000, clients: 1000 }, 'would be 1,001,000 nodes'],
  ['federation', { servers: 4, shape: 'grid:width=3:height=3' }, '"grid:width=3:height=3" has 9 nodes, but `servers` is 4'],
  ['federation', { shape: 'circle' }, 'topology/federation: `shape` ("circle"): there is no topology "circle" to build from'],
  ['union', { first: 'complete:1000000', second: 'single' }, 'both parts together would be 1,000,001 nodes'],
  ['union', { first: 'unoin:5' }, 'topology/union: `first` ("unoin:5"): there is no topology "unoin" to build from'],
  ['union', { second: 'union:5' }, 'there is no topology "union" to build from'],
  [
    'join',
    { second: 'ring:20:degree=x' },
    'topology/join: `second` ("ring:20:degree=x"): `degree` must be an integer from 2 to 1000, got "x"',
  ],
  ['join', { second: 'ring:20:degre=4' }, 'there is no parameter `degre`'],
  ['join', { second: 'ring:20:4' }, '"4" should be name=value'],
  ['join', { second: 'ring:20:nodes=4' }, '`nodes` is given twice'],
  ['join', { second: 'ring:' }, '"" should be name=value'],
  ['join', { second: 'grid:20' }, 'grid has no number of nodes of its own'],
  ['join', { first: 'single', second: 'complete:3', bridges: 4 }, '`bridges` must be at most 1 × 3 = 3'],
])('%s %j is refused: %s', (id, given, message) => expect(() => made(id, given)).toThrow(message));

test('a million nodes of degree 10 are made', () => {
  const topology = made('erdos-renyi', { nodes: 1_000_000, degree: 10 });
  expect(Math.abs(topology.links / 1_000_000 - 10)).toBeLessThan(0.03);
});

test('each line of an undirected file is a link either way, of the same length', () => {
  const graph = {
    name: 'g',
    names: ['a', 'b', 'c'],
    from: Uint32Array.of(0, 2),
    to: Uint32Array.of(1, 0),
    length: Float64Array.of(4, 6),
    notes: [],
  };
  const either = topologyOf({ ...graph, directed: false });
  expect([either.between(0, 1), either.between(1, 0)].map((link) => either.length(link))).toEqual([4, 4]);
  expect([either.between(0, 2), either.between(2, 0)].map((link) => either.length(link))).toEqual([6, 6]);
  expect([either.links, either.between(1, 2), either.pairLength(1, 2)]).toEqual([4, -1, 5]);
  const oneWay = topologyOf({ ...graph, directed: true });
  expect([oneWay.links, oneWay.between(1, 0)]).toEqual([2, -1]);
  expect([unreachable(oneWay, 2), unreachable(oneWay, 0), unreachable(oneWay, 1)]).toEqual([0, 1, 2]);
});

test('lengths lie within their bounds', () => {
  expect(new Set(lengths(made('complete', { nodes: 40, latency: 'uniform(5,9)' })))).toEqual(new Set([5, 6, 7, 8, 9]));
  expect(new Set(lengths(made('ring', { nodes: 5, latency: 'constant(0)' })))).toEqual(new Set([0]));
});
