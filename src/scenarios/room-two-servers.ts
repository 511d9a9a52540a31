/** The first scene: a room whose occupants live on two servers. Everything that XEP-0045 §7 says of joining, speaking and leaving happens in it. */
import type { ClientAct, XmppScenario } from '../protocol/scenario.ts';
import { LATENCIES, MS, SERVICE_LATENCY } from './xmpp/parts.ts';

const ROOM = 'teaparty@rooms.wonderland.lit';

const client = (
  jid: string,
  online: number,
  nick: string,
  joins: number,
  ...more: readonly ClientAct[]
): XmppScenario['clients'][number] => ({
  jid,
  acts: [{ at: online * MS, do: 'presence' }, { at: joins * MS, do: 'join', room: ROOM, nick }, ...more],
});
const say = (at: number, id: string, body: string): ClientAct => ({ at: at * MS, do: 'say', room: ROOM, id, body });

export const roomTwoServers: XmppScenario = {
  format: 'stanzascope/scenario',
  version: 1,
  model: 'xmpp',
  id: 'room-two-servers',
  title: 'A room on two servers',
  summary: 'MUC across a federation',
  seed: '42',
  until: 6_000_000,
  speed: 80_000,
  params: { ...LATENCIES, ...SERVICE_LATENCY },
  servers: [
    {
      domain: 'wonderland.lit',
      components: [
        {
          domain: 'rooms.wonderland.lit',
          service: 'muc',
          rooms: [{ name: 'teaparty', owner: 'queen@wonderland.lit', title: 'The tea party' }],
        },
      ],
    },
    { domain: 'realworld.lit' },
  ],
  clients: [
    client('alice@wonderland.lit/tea', 30, 'Alice', 320, say(1400, 'tea-1', 'Is there any tea left?')),
    client('madhatter@wonderland.lit/hat', 50, 'Hatter', 480, say(1950, 'tea-3', 'Plenty, if everybody moves up one chair.')),
    client('whiterabbit@wonderland.lit/watch', 70, 'Rabbit', 640, {
      at: 2250 * MS,
      do: 'leave',
      room: ROOM,
      nick: 'Rabbit',
      status: 'I am late',
    }),
    client('queen@wonderland.lit/throne', 10, 'Queen', 160),
    client('sister@realworld.lit/bank', 90, 'Sister', 800, say(1700, 'tea-2', 'Alice, dear, are you asleep again?')),
    client('cat@realworld.lit/tree', 110, 'Cat', 1000),
  ],
  latency: { client: 24 * MS, federation: 48 * MS, component: 4 * MS },
  follow: { id: 'tea-1', title: 'Delivered' },
};
