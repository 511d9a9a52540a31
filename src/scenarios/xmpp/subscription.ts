/** Two people become each other's contacts, and part again: RFC 6121 §3, with the roster pushes of §2. */
import { LATENCIES, LOGINS, logsIn, scene, SECOND, sends } from './parts.ts';

const say = (at: number, to: string, type: string) => sends(at, `<presence to='${to}' type='${type}'/>`);
const ALICE = 'alice@wonderland.lit';
const SISTER = 'sister@realworld.lit';

export const subscription = scene({
  id: 'subscription',
  title: 'The subscription handshake',
  summary: 'Asking, approving, and taking it back',
  until: 20 * SECOND,
  params: { ...LATENCIES, ...LOGINS },
  streams: { clients: 'down' },
  servers: [{ domain: 'wonderland.lit' }, { domain: 'realworld.lit' }],
  clients: [
    logsIn(
      `${ALICE}/tea`,
      0,
      sends(
        1000,
        `<iq type='set' id='add'><query xmlns='jabber:iq:roster'><item jid='${SISTER}' name='My sister'><group>Family</group></item></query></iq>`,
      ),
      say(1600, SISTER, 'subscribe'),
      say(3400, SISTER, 'subscribed'),
      sends(4600, `<presence><show>away</show><status>Down the hole</status></presence>`),
    ),
    logsIn(`${SISTER}/bank`, 100, say(2200, ALICE, 'subscribed'), say(2800, ALICE, 'subscribe'), say(5600, ALICE, 'unsubscribed')),
  ],
});
