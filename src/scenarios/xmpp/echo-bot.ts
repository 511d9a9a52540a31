/** A client that says back whatever is said to it: the smallest agent (`core/xmpp/agents/echo.ts`). */
import { chat, LATENCIES, online, scene, SECOND } from './parts.ts';

const BOT = 'echobot@wonderland.lit/loop';

export const echoBot = scene({
  id: 'echo-bot',
  title: 'An echo bot',
  summary: 'A client that answers by itself',
  until: 10 * SECOND,
  params: LATENCIES,
  servers: [{ domain: 'wonderland.lit' }, { domain: 'realworld.lit' }],
  clients: [
    { ...online(BOT, 10), agents: ['echo'] },
    online('alice@wonderland.lit/tea', 30, chat(500, BOT, 'hall', 'Is this a hall?'), chat(1500, BOT, 'again', 'Who stole the tarts?')),
    online('cat@realworld.lit/tree', 50, chat(1000, 'echobot@wonderland.lit', 'grin', 'We are all mad here.')),
  ],
});
