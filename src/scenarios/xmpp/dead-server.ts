/** A server goes down in good order, comes back, and then goes without a word: RFC 6120 §4.4, §8.3.3.16, XEP-0220. */
import { chat, LATENCIES, logsIn, scene, SECOND } from './parts.ts';

const SISTER = 'sister@realworld.lit';
const both = (account: string, contact: string) => ({ account, contact, subscription: 'both' as const });

export const deadServer = scene({
  id: 'dead-server',
  title: 'A dead server',
  summary: 'Down in good order, up again, gone without a word',
  until: 60 * SECOND,
  speed: 400_000,
  params: LATENCIES,
  streams: { clients: 'down', servers: 'down' },
  servers: [
    { domain: 'wonderland.lit', rosters: [both('alice', SISTER)] },
    {
      domain: 'realworld.lit',
      rosters: [both('sister', 'alice@wonderland.lit')],
      acts: [
        { at: 6 * SECOND, do: 'stop' },
        { at: 14 * SECOND, do: 'start' },
        { at: 24 * SECOND, do: 'crash' },
      ],
    },
  ],
  clients: [
    logsIn(
      'alice@wonderland.lit/tea',
      0,
      chat(3000, SISTER, 'before', 'Good morning.'),
      chat(9000, SISTER, 'during', 'Are you still there?'),
      chat(20_000, SISTER, 'again', 'There you are.'),
      chat(27_000, SISTER, 'after', 'And gone again?'),
    ),
    logsIn(
      `${SISTER}/bank`,
      200,
      { at: 17 * SECOND, do: 'connect', roster: true, presence: '' },
      chat(21_000, 'alice@wonderland.lit', 'answer', 'I dozed off.'),
    ),
  ],
});
