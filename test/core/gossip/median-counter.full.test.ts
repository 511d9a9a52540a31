/** The median-counter algorithm on 10⁵ nodes: Karp et al. (FOCS 2000, section 3). The other sizes are in the ordinary test. */
import { expect, test } from 'vitest';
import { ln } from '../../../src/base/math.ts';
import { experimentOf, gossipScenario } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';

test('all of 10⁵ nodes hear the rumour in log₃ n + 1.5 ln ln n cycles, at as many transmissions a node as of 10⁴', () => {
  const lab = (nodes: number, runs: number) => {
    const params = { nodes, latency: 'constant(1)', membership: 'full' };
    return gossipLab(experimentOf(gossipScenario('median-counter', { id: 'complete' }), '1', params), '1', runs);
  };
  const n = 100_000;
  const large = lab(n, 5);
  expect(large.completed).toBe(5);
  const over = (large.metrics['rounds']!.mean - ln(n) / ln(3)) / ln(ln(n));
  expect(over).toBeGreaterThan(1.25);
  expect(over).toBeLessThan(1.75);
  // By ln ln n rounded up, ctrMax is the same for both.
  const growth = large.metrics['traffic']!.mean / lab(10_000, 5).metrics['traffic']!.mean;
  expect(growth).toBeGreaterThan(0.98);
  expect(growth).toBeLessThan(1.01);
});
