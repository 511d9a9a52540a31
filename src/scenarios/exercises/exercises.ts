/**
 * Three exercises: each runs an algorithm with a planted fault (`core/gossip/faulty`), and shows its symptom. `docs/exercises.md` says
 * what ought to happen, and has a walk to the fault.
 */
import type { Change, GossipScenario } from '../../protocol/scenario.ts';

const common = { format: 'stanzascope/scenario', version: 1, model: 'gossip', speed: 900 } as const;

export const neverHeard: GossipScenario = {
  ...common,
  id: 'fault-never-heard',
  title: 'Some never hear it',
  summary: 'Everybody asks until it has the news; why not these?',
  seed: '5',
  algorithm: 'varying-pull',
  algorithmParams: { period: 1000 },
  topology: { id: 'ring', params: { nodes: 16, degree: 6, latency: 'uniform(100,400)' } },
  conditions: { horizon: 60 },
};

export const neverQuiet: GossipScenario = {
  ...common,
  id: 'fault-never-quiet',
  title: 'It will not go quiet',
  summary: 'Everybody knows it, and they tell it on and on.',
  seed: '7',
  algorithm: 'stopping-rumour',
  algorithmParams: { k: 5, period: 1000 },
  topology: { id: 'ring', params: { nodes: 16, degree: 6, latency: 'uniform(100,400)' } },
};

/** Links between nodes 0 … 5 and 6 … 11 of a ring of 12, each linked to the two nearest on either side. */
const ACROSS: readonly (readonly [number, number])[] = [
  [5, 6],
  [5, 7],
  [4, 6],
  [11, 0],
  [11, 1],
  [10, 0],
];
const between = (at: number, change: 'up' | 'down'): readonly Change[] =>
  ACROSS.map(([node, to]): Change => ({ at, do: change, node: String(node), to: String(to) }));

export const beyondTheCut: GossipScenario = {
  ...common,
  id: 'fault-beyond-the-cut',
  title: 'News from beyond the cut',
  summary: 'Two halves without a link until 20,000, and both know it.',
  seed: '7',
  origin: '2',
  algorithm: 'persistent-flood',
  algorithmParams: { timeout: 3000 },
  topology: { id: 'ring', params: { nodes: 12, degree: 4, latency: 'uniform(300,900)' } },
  changes: [...between(1, 'down'), ...between(20_000, 'up')],
};
