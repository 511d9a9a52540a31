/** Runs of more pages than a small window holds: gossip whose rows are numbers, and XMPP whose rows have stanzas. */
import { createWorld } from '../../src/core/simulation/scenario.ts';
import type { World } from '../../src/core/simulation/world.ts';
import type { GossipScenario, XmppScenario } from '../../src/protocol/scenario.ts';

/** Rows of each table of the smallest window there is. */
export const SMALL = 2 * 4096;

const head = { format: 'stanzascope/scenario', version: 1, summary: '', seed: '1' } as const;

/** Fifty nodes that go on telling each other; what is lost on the way leaves rows of its own. */
const gossip: GossipScenario = {
  ...head,
  model: 'gossip',
  id: 'long-gossip',
  title: 'Long gossip',
  algorithm: 'uniform',
  algorithmParams: { tolerance: 400, period: 20, loss: 0.02 },
  topology: { id: 'complete', params: { nodes: 50, latency: 'uniform(1,60)' } },
};

const SERVERS = 3;
const PEOPLE = 210;
const CONTACTS = 16;
const domainOf = (person: number): string => `server${person % SERVERS}.example`;
const people = Array.from({ length: PEOPLE }, (_, person) => person);
const contactsOf = (person: number): readonly number[] =>
  Array.from({ length: CONTACTS / 2 }, (_, k) => k + 1).flatMap((far) => [(person + far) % PEOPLE, (person - far + PEOPLE) % PEOPLE]);

/** Two hundred people who all log in at once and hear of their contacts. */
const xmpp: XmppScenario = {
  ...head,
  model: 'xmpp',
  id: 'long-login',
  title: 'Long login',
  streams: { clients: 'down', servers: 'down' },
  servers: Array.from({ length: SERVERS }, (_, s) => ({
    domain: `server${s}.example`,
    rosters: people
      .filter((person) => person % SERVERS === s)
      .flatMap((person) =>
        contactsOf(person).map((other) => ({
          account: `person${person}`,
          contact: `person${other}@${domainOf(other)}`,
          subscription: 'both' as const,
        })),
      ),
  })),
  clients: people.map((person) => ({
    jid: `person${person}@${domainOf(person)}/desk`,
    acts: [{ at: 1000 * person, do: 'connect', roster: true, presence: '' }],
  })),
  latency: { client: 1000, federation: 2000, component: 100 },
};

export const longWorlds = (): Readonly<Record<'gossip' | 'xmpp', World>> => ({
  gossip: createWorld({ scenario: gossip }, undefined),
  xmpp: createWorld({ scenario: xmpp }, undefined),
});
