/** Two people on two servers that have never spoken to each other: the streams between the servers come up when they are needed. */
import { chat, FEDERATION, LATENCIES, online, scene, SECOND } from './parts.ts';

const ALICE = 'alice@wonderland.lit/tea';
const SISTER = 'sister@realworld.lit/bank';

export const twoServers = scene({
  id: 'two-servers',
  title: 'One to one, across two servers',
  summary: 'Federation comes up by dialback',
  until: 20 * SECOND,
  params: { ...LATENCIES, ...FEDERATION },
  streams: { servers: 'down' },
  servers: [{ domain: 'wonderland.lit' }, { domain: 'realworld.lit' }],
  clients: [
    online(
      ALICE,
      20,
      chat(500, 'sister@realworld.lit', 'hello', 'Are you asleep?'),
      chat(3000, SISTER, 'story', 'I have had such a curious dream.'),
      chat(5000, 'nobody@nowhere.lit', 'lost', 'Is anybody there?'),
    ),
    online(SISTER, 40, chat(2200, ALICE, 'answer', 'No, I am reading.'), chat(3600, ALICE, 'ask', 'Then tell me.')),
  ],
  follow: { id: 'hello', title: 'Greeting delivered' },
});
