/** From the first byte to the first presence: RFC 6120 §9.1 with TLS and SCRAM, and then the shorter way of XEP-0388 and XEP-0386. */
import { CLIENT_LATENCY, LOGINS, scene, SECOND } from './parts.ts';

export const login = scene({
  id: 'login',
  title: 'A login, byte by byte',
  summary: 'Stream, TLS, SASL, binding, presence; then by SASL2',
  speed: 40_000,
  params: { ...CLIENT_LATENCY, ...LOGINS },
  until: 10 * SECOND,
  streams: { clients: 'down' },
  servers: [
    {
      domain: 'wonderland.lit',
      tls: true,
      modules: ['xep-0388', 'xep-0386'],
      mechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'],
      rosters: [
        { account: 'alice', contact: 'madhatter@wonderland.lit', subscription: 'both', name: 'The Hatter', groups: ['Tea party'] },
        { account: 'madhatter', contact: 'alice@wonderland.lit', subscription: 'both' },
      ],
    },
  ],
  clients: [
    {
      jid: 'madhatter@wonderland.lit/hat',
      acts: [{ at: 0, do: 'connect', mechanism: 'PLAIN', roster: true, presence: '' }],
    },
    {
      jid: 'alice@wonderland.lit/tea',
      acts: [
        {
          at: 2 * SECOND,
          do: 'connect',
          mechanism: 'SCRAM-SHA-256',
          roster: true,
          presence: '<presence><show>chat</show></presence>',
        },
        { at: 5 * SECOND, do: 'close' },
      ],
    },
    {
      jid: 'whiterabbit@wonderland.lit/watch',
      acts: [{ at: 6 * SECOND, do: 'connect', mechanism: 'SCRAM-SHA-256', sasl2: true, roster: true, presence: '' }],
    },
  ],
});
