/** Rumour mongering against Demers et al., PODC 1987, Table 1: push, feedback and counter, 1000 sites, synchronous cycles. */
import { expect, test } from 'vitest';
import { gossipLab, type LabResult } from '../../../src/core/simulation/lab.ts';
import { complete } from '../../../src/core/topology/complete.ts';

const RUNS = 60;
const SITES = 1000;
const topology = complete.generate({ nodes: SITES, latency: 'constant(1)' }, 'table-1');
const lab = (params: Record<string, string | number | boolean>, runs = RUNS): LabResult =>
  gossipLab({ algorithm: 'rumour', params, topology, runs, seed: '1987' });

const TABLE_1 = [
  { k: 1, residue: 0.18, traffic: 1.7, tLast: 16.8 },
  { k: 2, residue: 0.037, traffic: 3.3, tLast: 16.9 },
  { k: 3, residue: 0.011, traffic: 4.5, tLast: 17.4 },
] as const;

test.each(TABLE_1)('Table 1, k = $k', ({ k, ...printed }) => {
  const { residue, traffic, tLast } = lab({ k }).metrics;
  expect(Math.abs(residue!.mean - printed.residue)).toBeLessThan(Math.max(0.15 * printed.residue, 0.001));
  expect(Math.abs(traffic!.mean / printed.traffic - 1)).toBeLessThan(0.05);
  expect(Math.abs(tLast!.mean / printed.tLast - 1)).toBeLessThan(0.03);
});

test('push leaves a residue of e to the minus traffic, whatever the variant (section 1.4)', () => {
  for (const params of [
    { k: 2, feedback: false },
    { k: 2, interest: 'coin' },
    { k: 2, feedback: false, interest: 'coin' },
  ]) {
    const { residue, traffic } = lab(params, 30).metrics;
    expect(Math.abs(residue!.mean / Math.exp(-traffic!.mean) - 1)).toBeLessThan(0.2);
  }
});

test('a useful contact starts the count anew: the counter without feedback gives up sooner', () => {
  const spread = (params: Record<string, string | number | boolean>): number => lab(params, 10).metrics['traffic']!.mean;
  expect(spread({ k: 3, feedback: false })).toBeLessThan(spread({ k: 3 }));
  // Blind and counted: every node that knows sends exactly k.
  const { traffic, residue } = lab({ k: 3, feedback: false }, 10).metrics;
  expect(traffic!.mean).toBeCloseTo(3 * (1 - residue!.mean), 9);
});

test('more peers a period spread it in fewer cycles', () => {
  const last = (fanout: number): number => lab({ k: 5, fanout }, 10).metrics['tLast']!.mean;
  expect(last(3)).toBeLessThan(last(1) - 3);
});
