/** One room that is two, on two servers: XEP-0289, with the network between them cut and mended, in either of its modes. */
import type { ClientAct } from '../../protocol/scenario.ts';
import { FEDERATION, LATENCIES, MS, online, scene, SECOND } from './parts.ts';

const RABBITHOLE = 'rabbithole@rooms.wonderland.lit';
const ELSINORE = 'elsinore@talk.denmark.lit';

const join = (at: number, room: string, nick: string): ClientAct => ({ at: at * MS, do: 'join', room, nick });
const say = (at: number, room: string, id: string, body: string): ClientAct => ({ at: at * MS, do: 'say', room, id, body });

export const federatedRoom = scene({
  id: 'federated-room',
  title: 'A federated room',
  summary: 'Federated MUC; a link is cut and mended',
  until: 30 * SECOND,
  speed: 500_000,
  params: {
    mode: {
      type: 'choice',
      label: 'Mode',
      help: 'Both rooms go on by themselves, or one waits for the other, which orders all that is said',
      options: ['primary-primary', 'primary-replica'],
      default: 'primary-primary',
    },
    ...LATENCIES,
    ...FEDERATION,
  },
  streams: { servers: 'down' },
  network: [
    { at: 8 * SECOND, do: 'cut', between: ['wonderland.lit', 'denmark.lit'] },
    { at: 15 * SECOND, do: 'mend', between: ['wonderland.lit', 'denmark.lit'] },
  ],
  servers: [
    {
      domain: 'wonderland.lit',
      components: [
        {
          domain: 'rooms.wonderland.lit',
          service: 'muc',
          rooms: [
            {
              name: 'rabbithole',
              owner: 'alice@wonderland.lit',
              title: 'The rabbit hole',
              subject: 'How deep does it go?',
              federation: { mode: 'primary-primary', accepts: 'anyone' },
            },
          ],
        },
      ],
    },
    {
      domain: 'denmark.lit',
      components: [
        {
          domain: 'talk.denmark.lit',
          service: 'muc',
          rooms: [
            {
              name: 'elsinore',
              owner: 'hamlet@denmark.lit',
              title: 'Elsinore',
              federation: { with: RABBITHOLE, mode: 'primary-primary', accepts: 'anyone' },
            },
          ],
        },
      ],
    },
  ],
  clients: [
    online(
      'alice@wonderland.lit/tea',
      30,
      join(200, RABBITHOLE, 'Alice'),
      say(900, RABBITHOLE, 'a1', 'Is anybody down there?'),
      say(6000, RABBITHOLE, 'a2', 'I can hear a prince.'),
      say(10_000, RABBITHOLE, 'a3', 'It has become very quiet.'),
      say(22_000, RABBITHOLE, 'a4', 'There you are again.'),
    ),
    online(
      'madhatter@wonderland.lit/hat',
      50,
      join(400, RABBITHOLE, 'Hatter'),
      say(12_000, RABBITHOLE, 'm1', 'Then we can talk about them.'),
    ),
    online(
      'hamlet@denmark.lit/skull',
      70,
      join(2000, ELSINORE, 'Hamlet'),
      say(6000, ELSINORE, 'h1', 'Whose voice is this?'),
      say(10_500, ELSINORE, 'h2', 'The rest is silence.'),
      say(23_000, ELSINORE, 'h3', 'We were never away.'),
    ),
    online('ophelia@denmark.lit/river', 90, join(3500, ELSINORE, 'Ophelia'), say(12_500, ELSINORE, 'o1', 'They do not answer, my lord.')),
  ],
  follow: { id: 'a2', title: 'Heard' },
});
