/** A rumour among the people of a karate club, told from client to client through their servers. Graph: W. W. Zachary, J. Anthropological Research 33, 1977. */
import type { GossipScenario } from '../protocol/scenario.ts';

export const gossipOverXmpp: GossipScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'gossip',
  id: 'gossip-over-xmpp',
  title: 'Gossip over XMPP',
  summary: 'A rumour by iq, on two servers',
  seed: '7',
  speed: 150,
  algorithm: 'rumour',
  algorithmParams: { timing: 'asynchronous', k: 3, period: 1000 },
  topology: { id: 'file', file: 'graphs/karate.dot' },
  conditions: { transport: 'xmpp', domains: 2, clientLatency: 24, federationLatency: 48 },
};
