/** Two servers that have not spoken to each other, one person of each; what the library is plays `alice`. */
import type { XmppScenario } from '../../src/protocol/scenario.ts';
import type { Who } from './library.ts';

const SECOND = 1_000_000;

/** Bob is in the scenario: he says back what is said to him. Alice's connections come from outside, the first of them cut after a minute. */
export const scene = (modules: readonly string[] = []): XmppScenario => ({
  format: 'stanzascope/scenario',
  version: 1,
  id: 'libraries',
  title: 'Libraries',
  summary: 'Client libraries log in',
  seed: 'rabbit',
  model: 'xmpp',
  streams: { clients: 'down', servers: 'down' },
  servers: [
    {
      domain: 'wonderland.lit',
      accounts: [{ name: 'alice', password: 'pw-alice' }],
      modules,
      rosters: [{ account: 'alice', contact: 'bob@realworld.lit', subscription: 'both', name: 'Bob', groups: ['Friends'] }],
    },
    {
      domain: 'realworld.lit',
      accounts: [{ name: 'bob', password: 'pw-bob' }],
      rosters: [{ account: 'bob', contact: 'alice@wonderland.lit', subscription: 'both' }],
    },
  ],
  clients: [
    {
      jid: 'alice@wonderland.lit',
      name: 'alice',
      transport: 'websocket',
      passive: true,
      acts: [
        { at: 0, do: 'open' },
        { at: 60 * SECOND, do: 'kill' },
      ],
    },
    { jid: 'alice@wonderland.lit', name: 'alice#2', transport: 'websocket', passive: true, acts: [{ at: 70 * SECOND, do: 'open' }] },
    {
      jid: 'bob@realworld.lit',
      name: 'bob',
      agents: ['echo'],
      acts: [
        { at: 0, do: 'connect', resource: 'desk', mechanism: 'SCRAM-SHA-1', roster: true, presence: '' },
        {
          at: 65 * SECOND,
          do: 'send',
          xml: "<message to='alice@wonderland.lit' type='chat' id='gap'><body>Where are you?</body></message>",
        },
      ],
    },
  ],
  latency: { client: 20_000, federation: 40_000, component: 0 },
});

export const ALICE: Who = {
  service: 'wss://wonderland.lit/alice',
  name: 'alice',
  domain: 'wonderland.lit',
  password: 'pw-alice',
  resource: 'tea',
};
