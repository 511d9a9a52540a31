/** Rounds against the logarithm of the size: push on a complete graph without anyone losing interest soon (B. Pittel, SIAM J. Appl. Math. 47, 1987). */
import type { SweepPreset } from './preset.ts';

export const size: SweepPreset = {
  id: 'size',
  title: 'Size: rounds against log n',
  summary: 'Push without losing interest, 10² to 10⁵ nodes',
  spec: {
    format: 'stanzascope/sweep',
    version: 1,
    title: 'Rounds against log n',
    algorithm: 'rumour',
    topology: { id: 'complete' },
    params: { latency: 'constant(1)', timing: 'synchronous', k: 20 },
    seed: '1',
    runs: 20,
    over: { nodes: { from: 100, to: 100_000, steps: 7, scale: 'log' } },
  },
};
