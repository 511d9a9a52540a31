/** Two servers that have not spoken to each other, one person of each; what the library is plays `alice`. */
import type { XmppScenario } from '../../src/protocol/scenario.ts';
import type { Who } from './library.ts';

const SECOND = 1_000_000;

/** Bob is in the scenario: he says back what is said to him. Alice's connections come from outside, the first of them cut after a minute. */
export const scene = (server: Partial<XmppScenario['servers'][number]> = {}): XmppScenario => ({
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
      rosters: [{ account: 'alice', contact: 'bob@realworld.lit', subscription: 'both', name: 'Bob', groups: ['Friends'] }],
      ...server,
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

/** Three people on two servers, none of them in the scenario. */
export const three: XmppScenario = {
  ...scene(),
  id: 'three-libraries',
  servers: [
    { domain: 'wonderland.lit', accounts: ['alice', 'hatter'].map((name) => ({ name, password: `pw-${name}` })) },
    { domain: 'realworld.lit', accounts: [{ name: 'sister', password: 'pw-sister' }] },
  ],
  clients: ['alice@wonderland.lit', 'hatter@wonderland.lit', 'sister@realworld.lit'].map((jid) => ({
    jid,
    name: jid.split('@', 1)[0]!,
    transport: 'websocket',
    passive: true,
    acts: [{ at: 0, do: 'open' }],
  })),
};

const ROOM = 'teaparty@rooms.wonderland.lit';
export const OTHERS = ['hatter', 'hare', 'dormouse', 'queen', 'king'] as const;

/** A room of Alice's with five others in it, on two servers, and a PubSub service of which she may make nodes. */
export const group: XmppScenario = {
  ...scene(),
  id: 'group-libraries',
  servers: [
    {
      domain: 'wonderland.lit',
      accounts: ['alice', 'hatter', 'hare', 'dormouse'].map((name) => ({ name, password: `pw-${name}` })),
      components: [
        { domain: 'rooms.wonderland.lit', service: 'muc', rooms: [{ name: 'teaparty', owner: 'alice@wonderland.lit', subject: 'Tea' }] },
        { domain: 'notify.wonderland.lit', service: 'pubsub', admins: ['alice@wonderland.lit'] },
      ],
    },
    { domain: 'realworld.lit', accounts: ['queen', 'king'].map((name) => ({ name, password: `pw-${name}` })) },
  ],
  clients: [
    { jid: 'alice@wonderland.lit', name: 'alice', transport: 'websocket', passive: true, acts: [{ at: 0, do: 'open' }] },
    ...OTHERS.map((name, i): XmppScenario['clients'][number] => ({
      jid: `${name}@${i < 3 ? 'wonderland' : 'realworld'}.lit`,
      name,
      acts: [
        { at: 0, do: 'connect', resource: 'x', presence: '' },
        { at: (1 + 0.2 * i) * SECOND, do: 'join', room: ROOM, nick: name },
        ...(i === 0 ? [{ at: 2.5 * SECOND, do: 'say' as const, room: ROOM, id: 'before', body: 'No room!' }] : []),
      ],
    })),
  ],
};

export const who = (name: string, domain: string, resource: string): Who => ({
  service: `wss://${domain}/${name}`,
  name,
  domain,
  password: `pw-${name}`,
  resource,
});

export const ALICE = who('alice', 'wonderland.lit', 'tea');
