/** The median-counter algorithm against what Karp et al. (FOCS 2000, section 3) prove of it. */
import { expect, test } from 'vitest';
import { experimentOf, gossipScenario } from '../../../src/core/simulation/experiment.ts';
import { gossipLab } from '../../../src/core/simulation/lab.ts';

test('reaches everybody in nearly every run', () => {
  const e = experimentOf(gossipScenario('median-counter', { id: 'single' }), '1', {
    nodes: 1000,
    latency: 'constant(1)',
    membership: 'full',
  });
  const { metrics, completed } = gossipLab(e, '1', 100);
  expect(completed).toBeGreaterThanOrEqual(99);
  expect(metrics['residue']!.mean).toBeLessThan(1e-4);
});
