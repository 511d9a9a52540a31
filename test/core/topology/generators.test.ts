/** Every topology of the registry keeps the same promises; each one its own. */
import { expect, test } from 'vitest';
import { readParams } from '../../../src/core/simulation/params.ts';
import { latency } from '../../../src/core/topology/latency.ts';
import { topologyOf } from '../../../src/core/topology/file.ts';
import { topologies } from '../../../src/core/topology/index.ts';
import { unreachable, type Topology } from '../../../src/core/topology/topology.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

function made(id: string, given: ParamValues, seed = 's'): Topology {
  const definition = topologies.find((topology) => topology.id === id)!;
  return definition.generate(readParams(definition.params, given, id), seed);
}
const neighbours = (topology: Topology, u: number): number[] =>
  Array.from({ length: topology.degree(u) }, (_, i) => topology.target(topology.first(u) + i)).sort((x, y) => x - y);
const lengths = (topology: Topology): number[] => Array.from({ length: topology.links }, (_, link) => topology.length(link));

const ids = topologies.map((topology) => topology.id);

test('ids are all different', () => expect(new Set(ids).size).toBe(ids.length));

test.each(ids)('%s: links, degrees, ends and between agree', (id) => {
  for (const nodes of [4, 7, 30]) {
    const topology = made(id, { nodes });
    expect(topology.nodes).toBe(nodes);
    let links = 0;
    for (let u = 0; u < nodes; u++) {
      expect(topology.first(u)).toBe(links);
      for (let link = links; link < links + topology.degree(u); link++) {
        const v = topology.target(link);
        expect(topology.source(link)).toBe(u);
        expect(v !== u && v >= 0 && v < nodes).toBe(true);
        expect(topology.between(u, v)).toBe(link);
        if (!topology.directed) expect(topology.between(v, u)).toBeGreaterThanOrEqual(0);
      }
      expect(new Set(neighbours(topology, u)).size).toBe(topology.degree(u));
      expect(topology.between(u, u)).toBe(-1);
      links += topology.degree(u);
    }
    expect(topology.links).toBe(links);
    expect(unreachable(topology, 0)).toBe(0);
  }
});

test.each(ids)('%s: the same seed draws the same lengths, within their bounds, another seed others', (id) => {
  const given = { nodes: 40, latency: 'uniform(5,9)' };
  const one = lengths(made(id, given));
  expect(lengths(made(id, given))).toEqual(one);
  expect(lengths(made(id, given, 't'))).not.toEqual(one);
  expect(new Set(lengths(made('complete', given)))).toEqual(new Set([5, 6, 7, 8, 9]));
  expect(one.every((ticks) => ticks >= 5 && ticks <= 9)).toBe(true);
  expect(new Set(lengths(made(id, { nodes: 5, latency: 'constant(0)' })))).toEqual(new Set([0]));
});

test('complete: everyone knows every other one; a million nodes cost nothing', () => {
  const topology = made('complete', { nodes: 5 });
  for (let u = 0; u < 5; u++) expect(neighbours(topology, u)).toEqual([0, 1, 2, 3, 4].filter((v) => v !== u));
  const large = made('complete', { nodes: 1_000_000 });
  const link = large.between(999_999, 999_998);
  expect([link, large.source(link), large.target(link)]).toEqual([large.links - 1, 999_999, 999_998]);
});

test('ring: the nearest on either side, chords with a larger degree', () => {
  const topology = made('ring', { nodes: 7 });
  expect([0, 3, 6].map((u) => neighbours(topology, u))).toEqual([
    [1, 6],
    [2, 4],
    [0, 5],
  ]);
  expect(neighbours(made('ring', { nodes: 7, degree: 4 }), 0)).toEqual([1, 2, 5, 6]);
  expect(() => made('ring', { nodes: 7, degree: 3 })).toThrow('topology/ring: `degree` must be even and at most nodes - 1 = 6, got 3');
  expect(() => made('ring', { nodes: 5, degree: 6 })).toThrow('at most nodes - 1 = 4, got 6');
});

test('latency: whole ticks, both ends included, every one as likely', () => {
  const draw = latency('uniform(0,9)', 'seed', 'here');
  const counts = new Float64Array(10);
  for (let link = 0; link < 50_000; link++) counts[draw(link)]!++;
  const chi = counts.reduce((sum, count) => sum + ((count - 5000) * (count - 5000)) / 5000, 0);
  expect(chi).toBeLessThan(33);
  expect(latency(' uniform( 3 , 3 ) ', 'seed', 'here')(17)).toBe(3);
});

test.each([
  '',
  'uniform',
  'uniform()',
  'uniform(1)',
  'uniform(9,1)',
  'uniform(-1,2)',
  'uniform(0.5,2)',
  'uniform(1,2,3)',
  'constant(x)',
  'gauss(1,2)',
  'uniform(1,9e99)',
])('latency refuses %j', (text) => {
  expect(() => latency(text, 's', 'topology/ring')).toThrow(
    `topology/ring: \`latency\` must be constant(a) or uniform(a,b) with whole ticks 0 ≤ a ≤ b, got ${JSON.stringify(text)}`,
  );
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
  expect([either.links, either.between(1, 2)]).toEqual([4, -1]);
  const oneWay = topologyOf({ ...graph, directed: true });
  expect([oneWay.links, oneWay.between(1, 0)]).toEqual([2, -1]);
  expect([unreachable(oneWay, 2), unreachable(oneWay, 0), unreachable(oneWay, 1)]).toEqual([0, 1, 2]);
});
