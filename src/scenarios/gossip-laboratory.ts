/** The fourth scene: where experiments begin. Any algorithm on any topology, in fair weather or foul. */
import type { GossipScenario } from '../protocol/scenario.ts';

export const gossipLaboratory: GossipScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'gossip',
  id: 'gossip-laboratory',
  title: 'Gossip laboratory',
  summary: 'any algorithm, any topology',
  seed: '1',
  speed: 1500,
  algorithm: 'uniform',
  algorithmParams: { tolerance: 6, period: 1000 },
  topology: { id: 'watts-strogatz', params: { nodes: 60, degree: 6, rewire: 0.1, latency: 'distance(2500)' } },
};
