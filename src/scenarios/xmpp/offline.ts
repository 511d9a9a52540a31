/** Messages to someone who is not there, and what they find when they come: XEP-0160. */
import { chat, CLIENT_LATENCY, LOGINS, logsIn, scene, SECOND, sends } from './parts.ts';

const HATTER = 'madhatter@wonderland.lit';

export const offline = scene({
  id: 'offline-messages',
  title: 'Offline messages',
  summary: 'What waits, what does not, and in which order it comes',
  until: 15 * SECOND,
  params: { ...CLIENT_LATENCY, ...LOGINS },
  streams: { clients: 'down' },
  servers: [{ domain: 'wonderland.lit' }],
  clients: [
    logsIn(
      'alice@wonderland.lit/tea',
      0,
      chat(800, HATTER, 'first', 'Are you there?'),
      chat(1400, HATTER, 'second', 'I have left the door open.'),
      sends(2000, `<message to='${HATTER}' type='headline' id='news'><body>The tea is cold.</body></message>`),
      chat(2600, 'nobody@wonderland.lit', 'lost', 'And you?'),
    ),
    logsIn(`${HATTER}/hat`, 4000, chat(6000, 'alice@wonderland.lit', 'late', 'It is always six o’clock here.')),
  ],
  follow: { id: 'first', title: 'First message delivered' },
});
