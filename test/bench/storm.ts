/**
 * A thousand people on ten servers, each a contact of fifty others, log in within a second: streams from nothing, SASL, binding, rosters, dialback between
 * the servers, presence to and from every contact. Recorded, as the page records it.
 */
import { Run } from '../../src/core/simulation/run.ts';
import { createWorld } from '../../src/core/simulation/scenario.ts';
import type { XmppScenario } from '../../src/protocol/scenario.ts';

const SERVERS = 10;
const PEOPLE = 1000;
const CONTACTS = 50;
/** Between two contacts in the list of people; prime to their number, so that contacts are on all servers. */
const STRIDE = 37;

const domainOf = (person: number): string => `server${Math.floor((person * SERVERS) / PEOPLE)}.example`;
const accountOf = (person: number): string => `person${person}@${domainOf(person)}`;

function scenario(): XmppScenario {
  const people = Array.from({ length: PEOPLE }, (_, person) => person);
  const contactsOf = (person: number): readonly number[] =>
    Array.from({ length: CONTACTS / 2 }, (_, k) => (k + 1) * STRIDE).flatMap((far) => [
      (person + far) % PEOPLE,
      (person - far + PEOPLE * STRIDE) % PEOPLE,
    ]);
  const servers = Array.from({ length: SERVERS }, (_, s) => {
    const domain = `server${s}.example`;
    const rosters = people
      .filter((person) => domainOf(person) === domain)
      .flatMap((person) =>
        contactsOf(person).map((other) => ({ account: `person${person}`, contact: accountOf(other), subscription: 'both' as const })),
      );
    return { domain, rosters };
  });
  return {
    format: 'stanzascope/scenario',
    version: 1,
    model: 'xmpp',
    id: 'storm',
    title: 'Storm',
    summary: '',
    seed: '1',
    streams: { clients: 'down', servers: 'down' },
    servers,
    clients: people.map((person) => ({
      jid: `${accountOf(person)}/desk`,
      acts: [{ at: 1000 * person, do: 'connect', roster: true, presence: '' }],
    })),
    latency: { client: 1000, federation: 2000, component: 100 },
  };
}

/** Answers how many events there were. */
export function storm(): () => number {
  const made = scenario();
  return () => {
    const run = new Run(createWorld({ scenario: made }, undefined)).finish();
    if (run.ended !== 'drained') throw new Error(`The storm ended by ${run.ended}.`);
    return run.journal.eventCount;
  };
}
