/** The built-in scenarios by topic, in the order in which a person is offered them. A new one is a file, and a word in its topic here. */
import type { Scenario } from '../protocol/scenario.ts';
import { beyondTheCut, neverHeard, neverQuiet } from './exercises/exercises.ts';
import { experiment2011 } from './experiment-2011.ts';
import { gossipLaboratory } from './gossip-laboratory.ts';
import { gossipOverXmpp } from './gossip-over-xmpp.ts';
import { karateRumour } from './karate-rumour.ts';
import { oneRoom } from './one-room.ts';
import { roomTwoServers } from './room-two-servers.ts';
import { extendedPresence, pollingAgainstPubsub } from './told.ts';
import { federatedRoom } from './xmpp/federated-room.ts';
import { commands } from './xmpp/commands.ts';
import { deadServer } from './xmpp/dead-server.ts';
import { echoBot } from './xmpp/echo-bot.ts';
import { externalService } from './xmpp/external-service.ts';
import { mixChannel } from './xmpp/mix-channel.ts';
import { login } from './xmpp/login.ts';
import { offline } from './xmpp/offline.ts';
import { personalEvents } from './xmpp/personal-events.ts';
import { presenceCost } from './xmpp/presence-cost.ts';
import { roomArchive } from './xmpp/room-archive.ts';
import { subscription } from './xmpp/subscription.ts';
import { threeDevices } from './xmpp/three-devices.ts';
import { twoServers } from './xmpp/two-servers.ts';

interface Topic {
  readonly title: string;
  readonly scenarios: readonly Scenario[];
}

export const topics: readonly Topic[] = [
  {
    title: 'Rooms and events',
    scenarios: [
      roomTwoServers,
      federatedRoom,
      mixChannel,
      oneRoom,
      externalService,
      roomArchive,
      personalEvents,
      pollingAgainstPubsub,
      extendedPresence,
    ],
  },
  { title: 'Gossip', scenarios: [karateRumour, experiment2011, gossipLaboratory, gossipOverXmpp] },
  {
    title: 'XMPP from the beginning',
    scenarios: [login, twoServers, threeDevices, subscription, presenceCost, offline, deadServer, echoBot, commands],
  },
  { title: 'Find the fault', scenarios: [neverHeard, neverQuiet, beyondTheCut] },
];

export const scenarios: readonly Scenario[] = topics.flatMap((topic) => topic.scenarios);
