/** A channel of accounts, not of clients: MIX (XEP-0369, XEP-0403, XEP-0405). One has two devices, one is offline for a while and takes part all the same. */
import type { ClientAct } from '../../protocol/scenario.ts';
import { LATENCIES, MS, scene, SECOND, sends } from './parts.ts';

const CHANNEL = 'teaparty@mix.wonderland.lit';
const NODES = ['messages', 'participants', 'presence', 'info'];
const CORE = "xmlns='urn:xmpp:mix:core:1'";
const PAM = "xmlns='urn:xmpp:mix:pam:2'";

/** Asking for the roster with channels marked shows the server that this client knows MIX. */
const online = (at: number): readonly ClientAct[] => [
  sends(at, "<iq type='get' id='roster'><query xmlns='jabber:iq:roster'><annotate xmlns='urn:xmpp:mix:roster:0'/></query></iq>"),
  { at: (at + 1) * MS, do: 'presence' },
];
const join = (at: number, nick: string): ClientAct => {
  const subscriptions = NODES.map((node) => `<subscribe node='urn:xmpp:mix:nodes:${node}'/>`).join('');
  const asked = `<join ${CORE}>${subscriptions}<nick>${nick}</nick></join>`;
  return sends(at, `<iq type='set' id='join'><client-join ${PAM} channel='${CHANNEL}'>${asked}</client-join></iq>`);
};
const participants = (at: number): ClientAct =>
  sends(
    at,
    `<iq type='get' id='list' to='${CHANNEL}'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:mix:nodes:participants'/></pubsub></iq>`,
  );
const say = (at: number, id: string, body: string): ClientAct => ({ at: at * MS, do: 'say', room: CHANNEL, id, body });

export const mixChannel = scene({
  id: 'mix-channel',
  title: 'A channel of accounts',
  summary: 'MIX: accounts take part, not devices',
  until: 20 * SECOND,
  speed: 120_000,
  params: LATENCIES,
  servers: [
    {
      domain: 'wonderland.lit',
      modules: ['xep-0405'],
      components: [
        {
          domain: 'mix.wonderland.lit',
          service: 'mix',
          title: 'Channels',
          rooms: [{ name: 'teaparty', owner: 'queen@wonderland.lit', title: 'The tea party', subject: 'Always six o’clock' }],
        },
      ],
    },
    { domain: 'realworld.lit', modules: ['xep-0405'] },
  ],
  clients: [
    {
      jid: 'alice@wonderland.lit/tea',
      acts: [
        ...online(20),
        join(300, 'Alice'),
        participants(900),
        say(2000, 'tea-1', 'Is there any tea left?'),
        say(6500, 'tea-4', 'Where did you all go?'),
      ],
    },
    { jid: 'alice@wonderland.lit/mirror', acts: online(1200) },
    {
      jid: 'madhatter@wonderland.lit/hat',
      acts: [
        ...online(40),
        join(600, 'Hatter'),
        say(2600, 'tea-2', 'Plenty.'),
        sends(3400, `<iq type='set' id='nick' to='${CHANNEL}'><setnick ${CORE}><nick>Mad Hatter</nick></setnick></iq>`),
        sends(5000, `<iq type='set' id='leave'><client-leave ${PAM} channel='${CHANNEL}'><leave ${CORE}/></client-leave></iq>`),
      ],
    },
    {
      jid: 'sister@realworld.lit/bank',
      acts: [
        ...online(60),
        join(900, 'Sister'),
        say(4200, 'tea-3', 'Wake up, Alice dear.'),
        sends(5800, "<presence type='unavailable'/>"),
        ...online(8000),
        say(9000, 'tea-5', 'What have I missed?'),
      ],
    },
  ],
  follow: { id: 'tea-1', title: 'Delivered' },
});
