/**
 * The sweep of the 2011 program: uniform gossip on its own graph of 100 nodes, failure tolerance 1 to 12. The reference values are
 * what that program printed (f6m6/gossip, means of 40 to 200 repeats).
 */
import type { SweepPreset } from './preset.ts';

const TIME = [303.2, 286.88, 285.26, 284.43, 281.68, 276.43, 284.88, 279.45, 276.33, 279, 282.6, 282.28];
const TRAFFIC = [6881.1, 9247.5, 11073.5, 12573.7, 13780.7, 15003, 16075, 17137.1, 18044.8, 18891.7, 19659.9, 20498];
const LABEL = 'the program of 2011';

export const tolerance2011: SweepPreset = {
  id: 'tolerance-2011',
  title: '2011: failure tolerance',
  summary: 'Uniform gossip on the original graph of 100 nodes',
  spec: {
    format: 'stanzascope/sweep',
    version: 1,
    title: '2011: failure tolerance',
    algorithm: 'uniform',
    topology: { id: 'file', file: 'graphs/complete-100.dot' },
    params: { period: 1 },
    seed: '1',
    runs: 200,
    over: { tolerance: { from: 1, to: 12, steps: 12 } },
  },
  references: [
    ...TIME.map((y, i) => ({ measure: 'time', x: i + 1, y, label: LABEL })),
    ...TRAFFIC.map((y, i) => ({ measure: 'maxInFlight', x: i + 1, y, label: LABEL })),
  ],
};

export const tolerance2011Drawn: SweepPreset = {
  id: 'tolerance-2011-drawn',
  title: '2011: failure tolerance, graphs drawn anew',
  summary: 'The same on graphs drawn as the original was, another one for each run',
  spec: {
    format: 'stanzascope/sweep',
    version: 1,
    title: '2011: failure tolerance, graphs drawn anew',
    algorithm: 'uniform',
    topology: { id: 'complete' },
    params: { period: 1, nodes: 100, latency: 'uniform(0,999)' },
    seed: '1',
    runs: 200,
    redraw: true,
    over: { tolerance: { from: 1, to: 12, steps: 12 } },
  },
};
