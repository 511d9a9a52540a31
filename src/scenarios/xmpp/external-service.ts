/** A room service that is no part of its server, and connects to it: XEP-0114. Who is too early is told to try again. */
import { CLIENT_LATENCY, online, scene, SECOND } from './parts.ts';

const ROOM = 'teaparty@rooms.wonderland.lit';

export const externalService = scene({
  id: 'external-service',
  title: 'An external service',
  summary: 'A room service connects to its server',
  until: 20 * SECOND,
  params: CLIENT_LATENCY,
  servers: [
    {
      domain: 'wonderland.lit',
      components: [
        {
          domain: 'rooms.wonderland.lit',
          service: 'muc',
          secret: 'up the rabbit hole',
          rooms: [{ name: 'teaparty', owner: 'queen@wonderland.lit' }],
        },
      ],
    },
  ],
  clients: [
    online(
      'alice@wonderland.lit/tea',
      0,
      { at: 1000, do: 'join', room: ROOM, nick: 'Alice' },
      { at: SECOND, do: 'join', room: ROOM, nick: 'Alice' },
    ),
    online(
      'madhatter@wonderland.lit/hat',
      200,
      { at: 1.4 * SECOND, do: 'join', room: ROOM, nick: 'Hatter' },
      { at: 2 * SECOND, do: 'say', room: ROOM, id: 'tea', body: 'Is there any tea?' },
    ),
  ],
  latency: { client: 24_000, federation: 48_000, component: 12_000 },
  follow: { id: 'tea', title: 'Said to' },
});
