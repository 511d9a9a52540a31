/** The second scene: a rumour among people who know each other. Graph: W. W. Zachary, J. Anthropological Research 33, 1977. */
import type { GossipScenario } from '../protocol/scenario.ts';

export const karateRumour: GossipScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'gossip',
  id: 'karate-rumour',
  title: 'A rumour on a real network',
  summary: 'karate club, 34 people',
  seed: '7',
  speed: 900,
  algorithm: 'rumour',
  algorithmParams: { timing: 'asynchronous', k: 3, period: 1000 },
  topology: { id: 'file', file: 'graphs/karate.dot' },
};
