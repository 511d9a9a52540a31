/** One person with three devices: whom a message reaches, by priority and by carbons. RFC 6121 §8.5, XEP-0280. */
import { chat, online, scene, SECOND, sends } from './parts.ts';

const carbons = (at: number) => sends(at, `<iq type='set' id='carbons'><enable xmlns='urn:xmpp:carbons:2'/></iq>`);
const priority = (at: number, value: number) => sends(at, `<presence><priority>${value}</priority></presence>`);
const HATTER = 'madhatter@wonderland.lit/hat';

export const threeDevices = scene({
  id: 'three-devices',
  title: 'Three devices',
  summary: 'Priorities, carbons, and a resource taken twice',
  until: 15 * SECOND,
  servers: [{ domain: 'wonderland.lit' }],
  clients: [
    { jid: 'alice@wonderland.lit/phone', acts: [priority(20, 1), carbons(1200)] },
    { jid: 'alice@wonderland.lit/desk', acts: [priority(40, 5), chat(3200, HATTER, 'from-desk', 'One lump or two?')] },
    { jid: 'alice@wonderland.lit/silent', acts: [priority(60, -1), carbons(1300)] },
    online(
      HATTER,
      10,
      chat(600, 'alice@wonderland.lit', 'to-account', 'Tea is ready.'),
      chat(2000, 'alice@wonderland.lit', 'with-carbons', 'It is getting cold.'),
      chat(2600, 'alice@wonderland.lit/silent', 'to-one', 'Only you can hear this.'),
    ),
  ],
  follow: { id: 'to-account', title: 'Devices that have it' },
});
