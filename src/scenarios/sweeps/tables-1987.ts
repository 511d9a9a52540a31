/**
 * The three tables of Demers et al., "Epidemic Algorithms for Replicated Database Maintenance", PODC 1987, section 1.4: rumour
 * mongering on 1000 sites by k. Reference values are given for the first one.
 */
import type { ParamValues } from '../../protocol/params.ts';
import type { SweepPreset } from './preset.ts';

const preset = (n: number, what: string, most: number, params: ParamValues, references: SweepPreset['references']): SweepPreset => ({
  id: `table-${n}-1987`,
  title: `1987: table ${n}`,
  summary: `Rumour mongering, ${what}, 1000 sites`,
  spec: {
    format: 'stanzascope/sweep',
    version: 1,
    title: `1987, table ${n}: ${what}`,
    algorithm: 'rumour',
    topology: { id: 'complete' },
    params: { nodes: 1000, latency: 'constant(1)', timing: 'synchronous', ...params },
    seed: '1987',
    runs: 100,
    over: { k: { from: 1, to: most, steps: most } },
  },
  ...(references ? { references } : {}),
});

const TABLE_1 = {
  residue: [0.18, 0.037, 0.011, 0.0036, 0.0012],
  traffic: [1.7, 3.3, 4.5, 5.6, 6.7],
  tLast: [16.8, 16.9, 17.4, 17.5, 17.7],
};

export const tables1987: readonly SweepPreset[] = [
  preset(
    1,
    'push, feedback, counter',
    5,
    { direction: 'push', feedback: true, interest: 'counter' },
    Object.entries(TABLE_1).flatMap(([measure, values]) =>
      values.map((y, i) => ({ measure, x: i + 1, y, label: 'Demers et al. 1987, table 1' })),
    ),
  ),
  preset(2, 'push, blind, coin', 5, { direction: 'push', feedback: false, interest: 'coin' }, undefined),
  preset(3, 'pull, feedback, counter', 3, { direction: 'pull', feedback: true, interest: 'counter' }, undefined),
];
