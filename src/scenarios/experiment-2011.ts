/** The third scene: the experiment of 2011 on the very graph that its program wrote. */
import type { GossipScenario } from '../protocol/scenario.ts';

export const experiment2011: GossipScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'gossip',
  id: 'experiment-2011',
  title: 'The 2011 experiment',
  summary: 'uniform gossip, original graph',
  seed: '2011',
  speed: 120,
  algorithm: 'uniform',
  algorithmParams: { tolerance: 3, period: 20 },
  topology: { id: 'file', file: 'graphs/complete-20.dot' },
};
