/**
 * The median-counter algorithm against Karp et al. (FOCS 2000, section 3): everybody hears the rumour within log₃ n + O(ln ln n) cycles,
 * and it is sent O(n ln ln n) times. The constants are those that we measure; that they stay the same over sizes is the paper's claim.
 */
import { describe, expect, test } from 'vitest';
import { ln } from '../../../src/base/math.ts';
import { experimentOf, gossipScenario } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';
import type { ParamValues } from '../../../src/protocol/params.ts';

function lab(nodes: number, runs: number, params: ParamValues = {}) {
  const given = { nodes, latency: 'constant(1)', membership: 'full', ...params };
  const { metrics, completed } = gossipLab(experimentOf(gossipScenario('median-counter', { id: 'complete' }), '1', given), '1', runs);
  return { completed, rounds: metrics['rounds']!.mean, traffic: metrics['traffic']!.mean, residue: metrics['residue']!.mean };
}

describe.each([
  { nodes: 100, runs: 60 },
  { nodes: 1000, runs: 30 },
  { nodes: 10_000, runs: 6 },
])('$nodes nodes', ({ nodes, runs }) => {
  const { completed, rounds, traffic } = lab(nodes, runs);
  const lnln = ln(ln(nodes));
  test('all hear the rumour', () => expect(completed).toBe(runs));
  test('in log₃ n + 1.5 ln ln n cycles', () => {
    const over = (rounds - ln(nodes) / ln(3)) / lnln;
    expect(over).toBeGreaterThan(1.25);
    expect(over).toBeLessThan(1.75);
  });
  test('it is sent 6 to 8.5 times ln ln n a node', () => {
    expect(traffic / lnln).toBeGreaterThan(6);
    expect(traffic / lnln).toBeLessThan(8.5);
  });
});

// ln ln n rounded up is 3 for both, so that nothing is left that could grow; with a fixed time to live it would by ln 10.
test('ten times as many nodes send it as often each, with the same ctrMax', () => {
  expect(lab(20_000, 3).traffic / lab(2000, 10).traffic).toBeLessThan(1.01);
});

describe('a wrong estimate of n changes ctrMax', () => {
  const [nodes, runs] = [2000, 15];
  const right = lab(nodes, runs);
  test('by one less: all hear the rumour', () => expect(lab(nodes, runs, { ctrMax: 3 }).completed).toBe(runs));
  test('far too large: all hear it as soon, and it costs at most in proportion', () => {
    const large = lab(nodes, runs, { ctrMax: 12 });
    expect(large.completed).toBe(runs);
    expect(large.rounds).toBeCloseTo(right.rounds, 1);
    expect(large.traffic / right.traffic).toBeGreaterThan(1.5);
    expect(large.traffic / right.traffic).toBeLessThan(3);
  });
  test('far too small: it costs less, and some may not hear it', () => {
    const small = lab(nodes, runs, { ctrMax: 1 });
    expect(small.traffic).toBeLessThan(right.traffic / 1.8);
    expect(small.residue).toBeLessThan(0.002);
  });
});

test.each([
  { what: 'a tenth of all messages lost', conditions: { loss: 0.1 } },
  { what: 'a fifth of the nodes crashed in the third cycle', conditions: { crash: 0.2, crashAt: 3 } },
])('$what: all but a few of those who are left hear it', ({ conditions }) => {
  expect(lab(1000, 20, conditions).residue).toBeLessThan(0.001);
});
