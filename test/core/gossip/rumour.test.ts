/** Rumour mongering against Demers et al., PODC 1987, section 1.4: 1000 sites, synchronous cycles. */
import { expect, test } from 'vitest';
import { experimentOf, gossipScenario } from '../../../src/core/simulation/experiment.ts';
import { gossipLab, type LabResult } from '../../../src/core/simulation/lab.ts';
import { complete } from '../../../src/core/topology/complete.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

const RUNS = 60;
const topology = complete.generate({ nodes: 1000, latency: 'constant(1)' }, 'table-1');
const lab = (params: ParamValues, runs = RUNS): LabResult =>
  gossipLab(
    experimentOf(gossipScenario('rumour', { id: 'complete' }), '1987', { nodes: 1000, ...params }, undefined, topology),
    '1987',
    runs,
  );

const TABLE_1 = [
  { k: 1, residue: 0.18, traffic: 1.7, tLast: 16.8 },
  { k: 2, residue: 0.037, traffic: 3.3, tLast: 16.9 },
  { k: 3, residue: 0.011, traffic: 4.5, tLast: 17.4 },
] as const;

test.each(TABLE_1)('Table 1, push with feedback and counter, k = $k', ({ k, ...printed }) => {
  const { residue, traffic, tLast } = lab({ k }).metrics;
  expect(Math.abs(residue!.mean - printed.residue)).toBeLessThan(Math.max(0.15 * printed.residue, 0.001));
  expect(Math.abs(traffic!.mean / printed.traffic - 1)).toBeLessThan(0.05);
  expect(Math.abs(tLast!.mean / printed.tLast - 1)).toBeLessThan(0.03);
});

test('push leaves a residue of e to the minus traffic, whatever the variant', () => {
  for (const params of [
    { k: 2, feedback: false },
    { k: 2, interest: 'coin' },
    { k: 2, feedback: false, interest: 'coin' },
  ]) {
    const { residue, traffic } = lab(params, 30).metrics;
    expect(Math.abs(residue!.mean / Math.exp(-traffic!.mean) - 1)).toBeLessThan(0.2);
  }
});

test('blind coin with k = 1: a chain that ends at the first unnecessary contact or, as every contact ends it, at once', () => {
  const { residue, traffic } = lab({ k: 1, feedback: false, interest: 'coin' }, 200).metrics;
  // Everyone who is told passes it on once: the chain is as long as a walk until it meets itself, √(πn/2) nodes.
  expect(residue!.mean).toBeGreaterThan(0.95);
  expect(residue!.mean).toBeLessThan(0.97);
  expect(traffic!.mean).toBeCloseTo(1 - residue!.mean + 0, 1);
});

test('pull leaves far less residue than push for its traffic', () => {
  const { residue, traffic, tLast } = lab({ direction: 'pull', k: 1 }, 40).metrics;
  expect(residue!.mean).toBeLessThan(0.06);
  expect(residue!.mean).toBeGreaterThan(0.01);
  expect(residue!.mean).toBeLessThan(0.7 * Math.exp(-traffic!.mean));
  expect(tLast!.mean).toBeGreaterThan(12);
  const more = lab({ direction: 'pull', k: 2 }, 20).metrics;
  expect(more['residue']!.mean).toBeLessThan(0.004);
});

test('push-pull is faster than either', () => {
  const last = (direction: string): number => lab({ direction, k: 3 }, 15).metrics['tLast']!.mean;
  expect(last('push-pull')).toBeLessThan(last('push') - 2);
});

test('a useful contact starts the count anew: the counter without feedback gives up sooner', () => {
  const spread = (params: ParamValues): number => lab(params, 10).metrics['traffic']!.mean;
  expect(spread({ k: 3, feedback: false })).toBeLessThan(spread({ k: 3 }));
  // Blind and counted: every node that knows sends exactly k.
  const { traffic, residue } = lab({ k: 3, feedback: false }, 10).metrics;
  expect(traffic!.mean).toBeCloseTo(3 * (1 - residue!.mean), 9);
});

test('more peers a period spread it in fewer cycles', () => {
  const last = (fanout: number): number => lab({ k: 5, fanout }, 10).metrics['tLast']!.mean;
  expect(last(3)).toBeLessThan(last(1) - 3);
});

test('with a connection limit of one push leaves less residue for its traffic than without; hunting spreads further', () => {
  // Section 1.4: significant contacts are the ones that a limit lets through.
  const free = lab({ k: 2 }, 20).metrics;
  const limited = lab({ k: 2, connections: 1 }, 20).metrics;
  expect(limited['residue']!.mean).toBeLessThan(free['residue']!.mean);
  const hunting = lab({ k: 2, connections: 1, hunts: 4 }, 20).metrics;
  expect(hunting['tLast']!.mean).toBeLessThan(limited['tLast']!.mean);
});
