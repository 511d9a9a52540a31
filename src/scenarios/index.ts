/** Every scenario there is; the first one opens by itself. A new one is one file and one line here. */
import type { Scenario } from '../protocol/scenario.ts';
import { experiment2011 } from './experiment-2011.ts';
import { gossipLaboratory } from './gossip-laboratory.ts';
import { karateRumour } from './karate-rumour.ts';
import { roomTwoServers } from './room-two-servers.ts';

export const scenarios: readonly Scenario[] = [roomTwoServers, karateRumour, experiment2011, gossipLaboratory];
