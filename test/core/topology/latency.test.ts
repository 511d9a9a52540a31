/** Each distribution has the mean, median and shape that its name says. */
import { expect, test } from 'vitest';
import { latency } from '../../../src/core/topology/latency.ts';
import { made } from './made.ts';

const COUNT = 40_000;
const lengthsBy = (text: string) => latency(text, { seed: 'seed', where: 'here', nodes: 300 });
const samples = (text: string): readonly (readonly [string, Float64Array])[] => {
  const { byNumber, byPair } = lengthsBy(text);
  const pairs: number[] = [];
  for (let u = 1; pairs.length < COUNT; u++) for (let v = 0; v < u; v++) pairs.push(byPair(u, v));
  return [
    ['by number', Float64Array.from({ length: COUNT }, (_, link) => byNumber!(link)).sort()],
    ['by pair', Float64Array.from(pairs.slice(0, COUNT)).sort()],
  ];
};
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const quantile = (values: Float64Array, part: number): number => values[Math.floor(part * values.length)]!;

test('uniform: whole ticks, both ends included, every one as likely', () => {
  for (const [, values] of samples('uniform(0,9)')) {
    const counts = new Float64Array(10);
    for (const value of values) counts[value]!++;
    // χ² with nine degrees of freedom exceeds 33 with probability 0.0001.
    expect(counts.reduce((sum, count) => sum + ((count - COUNT / 10) * (count - COUNT / 10)) / (COUNT / 10), 0)).toBeLessThan(33);
  }
  expect(lengthsBy(' uniform( 3 , 3 ) ').byNumber!(17)).toBe(3);
});

test('exponential: mean, median mean · ln 2, a tail of e⁻³ beyond three means', () => {
  for (const [, values] of samples('exponential(1000)')) {
    expect(Math.abs(mean(values) - 1000)).toBeLessThan(25);
    expect(Math.abs(quantile(values, 0.5) - 1000 * Math.LN2)).toBeLessThan(25);
    expect(Math.abs(values.filter((value) => value > 3000).length / COUNT - Math.exp(-3))).toBeLessThan(0.005);
  }
});

test('log-normal: median, quartiles of the normal deviate, mean median · e^(σ²/2)', () => {
  for (const [, values] of samples('lognormal(1000,0.5)')) {
    expect(Math.abs(quantile(values, 0.5) - 1000)).toBeLessThan(20);
    expect(Math.abs(quantile(values, 0.25) - 1000 * Math.exp(-0.6745 * 0.5))).toBeLessThan(20);
    expect(Math.abs(quantile(values, 0.975) - 1000 * Math.exp(1.96 * 0.5))).toBeLessThan(60);
    expect(Math.abs(mean(values) - 1000 * Math.exp(0.125))).toBeLessThan(20);
  }
  expect(lengthsBy('lognormal(70,0)').byPair(1, 2)).toBe(70);
});

test('neighbouring pairs and numbers are not alike', () => {
  for (const text of ['uniform(0,999)', 'exponential(500)']) {
    const { byNumber, byPair } = lengthsBy(text);
    for (const draw of [byNumber!, (i: number) => byPair(0, i + 1), (i: number) => byPair(i, i + 1)]) {
      const values = Float64Array.from({ length: 20_000 }, (_, i) => draw(i));
      const middle = mean(values);
      let [together, alone] = [0, 0];
      for (let i = 1; i < values.length; i++) {
        together += (values[i]! - middle) * (values[i - 1]! - middle);
        alone += (values[i]! - middle) * (values[i]! - middle);
      }
      // Four standard errors of the correlation of independent values.
      expect(Math.abs(together / alone)).toBeLessThan(4 / Math.sqrt(20_000));
    }
  }
});

test('distance: as drawn, times the scale; on a lattice the true way, on a torus the shorter one', () => {
  const geometric = made('random-geometric', { nodes: 50, latency: 'distance(1000)' });
  const at = (u: number): readonly [number, number] => [geometric.positions![2 * u]!, geometric.positions![2 * u + 1]!];
  for (let link = 0; link < geometric.links; link++) {
    const [[a, b], [c, d]] = [at(geometric.source(link)), at(geometric.target(link))];
    expect(geometric.length(link)).toBe(Math.round(1000 * Math.hypot(a - c, b - d)));
    expect(geometric.length(link)).toBeLessThanOrEqual(200);
  }
  const cube = made('grid', { width: 3, height: 3, depth: 3, latency: 'distance(100)' });
  expect([cube.pairLength(0, 2), cube.pairLength(0, 18), cube.pairLength(0, 26)]).toEqual([100, 100, 173]);
  const torus = made('torus', { width: 11, height: 11, latency: 'distance(100)' });
  expect([torus.pairLength(0, 10), torus.pairLength(0, 5)]).toEqual([10, 50]);
});

test('distance without a drawing: nodes stand at random, which is said and drawn', () => {
  for (const id of ['complete', 'erdos-renyi', 'random-regular', 'barabasi-albert']) {
    const topology = made(id, { latency: 'distance(1000)' });
    expect(topology.notes.join()).toContain('stand at random');
    expect(topology.positions!.length).toBe(200);
    expect(made(id, { latency: 'constant(1)' }).positions).toBe(undefined);
  }
  const join = made('join', { latency: 'distance(1000)' });
  expect(join.notes.filter((note) => note.includes('stand at random')).length).toBe(1);
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
  'constant(1,2)',
  'gauss(1,2)',
  'uniform(1,9e99)',
  'exponential(0)',
  'exponential(1e9)',
  'exponential(1,2)',
  'lognormal(0,1)',
  'lognormal(1000,-1)',
  'lognormal(1000,3)',
  'distance(0)',
  'distance(1e10)',
])('%j is refused', (text) => {
  expect(() => made('ring', { latency: text })).toThrow(
    `topology/ring: \`latency\` must be constant(a), uniform(a,b), exponential(mean), lognormal(median,sigma) or distance(scale), got ${JSON.stringify(text)}`,
  );
});
