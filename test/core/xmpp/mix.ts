/** A channel on `a.lit`, clients of `a.lit` and `b.lit`, and what they send, in ms. */
import type { ClientAct, ServerAct, XmppScenario } from '../../../src/protocol/scenario.ts';
import { MS, scene, SECOND } from '../../../src/scenarios/xmpp/parts.ts';

export const CHANNEL = 'tea@mix.a.lit';
export const CORE = "xmlns='urn:xmpp:mix:core:1'";
export const PAM = "xmlns='urn:xmpp:mix:pam:2'";
export const PUBSUB = "xmlns='http://jabber.org/protocol/pubsub'";
export const ALL = ['messages', 'participants', 'presence', 'info'];

export const xml = (at: number, text: string): ClientAct => ({ at: at * MS, do: 'send', xml: text });
export const here = (at: number): ClientAct => ({ at: at * MS, do: 'presence' });
export const mark = (at: number): ClientAct =>
  xml(at, "<iq type='get' id='r'><query xmlns='jabber:iq:roster'><annotate xmlns='urn:xmpp:mix:roster:0'/></query></iq>");
export const join = (at: number, nick: string, nodes: readonly string[] = ALL, id = 'j'): ClientAct => {
  const wanted = nodes.map((n) => `<subscribe node='urn:xmpp:mix:nodes:${n}'/>`).join('');
  const content = `<join ${CORE}>${wanted}${nick === '' ? '' : `<nick>${nick}</nick>`}</join>`;
  return xml(at, `<iq type='set' id='${id}'><client-join ${PAM} channel='${CHANNEL}'>${content}</client-join></iq>`);
};
export const leave = (at: number): ClientAct =>
  xml(at, `<iq type='set' id='l'><client-leave ${PAM} channel='${CHANNEL}'><leave ${CORE}/></client-leave></iq>`);
export const say = (at: number, id: string): ClientAct => ({ at: at * MS, do: 'say', room: CHANNEL, id, body: id });
export const ask = (at: number, type: 'get' | 'set', content: string, to = CHANNEL): ClientAct =>
  xml(at, `<iq type='${type}' id='q' to='${to}'>${content}</iq>`);

type Clients = Readonly<Record<string, readonly ClientAct[]>>;

export const channelScene = (clients: Clients, modules: readonly string[] = ['xep-0405'], acts: readonly ServerAct[] = []): XmppScenario =>
  scene({
    id: 'mix',
    title: 'MIX',
    summary: '',
    until: 60 * SECOND,
    servers: [
      {
        domain: 'a.lit',
        modules,
        acts,
        components: [
          { domain: 'mix.a.lit', service: 'mix', rooms: [{ name: 'tea', owner: 'ada@a.lit', title: 'Tea', subject: 'Always' }] },
        ],
      },
      { domain: 'b.lit', modules },
    ],
    clients: Object.entries(clients).map(([jid, own]) => ({ jid, acts: own })),
  });

/** What every participant can do, and what a channel does not take. */
export const channelScripts: readonly { readonly name: string; readonly scenario: XmppScenario }[] = [
  {
    name: 'mix-everything',
    scenario: channelScene({
      'ada@a.lit/x': [
        here(0),
        say(50, 'outside'),
        join(100, 'Ada'),
        join(200, 'Ada', ALL, 'again'),
        join(300, '', ALL, 'nick'),
        ask(1000, 'get', `<pubsub ${PUBSUB}><items node='urn:xmpp:mix:nodes:presence'/></pubsub>`),
        ask(1100, 'get', `<pubsub ${PUBSUB}><items node='urn:xmpp:mix:nodes:info'/></pubsub>`),
        ask(1200, 'get', "<query xmlns='http://jabber.org/protocol/disco#info'/>"),
        ask(1300, 'get', "<query xmlns='http://jabber.org/protocol/disco#items' node='mix'/>"),
        ask(1400, 'get', "<query xmlns='http://jabber.org/protocol/disco#info'/>", 'none@mix.a.lit'),
        ask(1500, 'set', `<update-subscription ${CORE}><unsubscribe node='urn:xmpp:mix:nodes:info'/></update-subscription>`),
        ask(1600, 'set', `<create ${CORE} channel='new'/>`, 'mix.a.lit'),
        ask(1700, 'set', `<create ${CORE} channel='new'/>`, 'mix.a.lit'),
        ask(1800, 'set', `<create ${CORE} channel='a b'/>`, 'mix.a.lit'),
        ask(1900, 'set', `<destroy ${CORE} channel='new'/>`, 'mix.a.lit'),
        xml(2000, `<message to='${CHANNEL}' type='chat' id='c'><body>psst</body></message>`),
        xml(
          2100,
          `<message to='${CHANNEL}' type='error' id='e'><error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
        ),
      ],
      'ada@a.lit/old': [here(3000)],
      'bob@b.lit/x': [
        here(0),
        xml(100, `<presence to='${CHANNEL}'/>`),
        join(500, ''),
        join(1000, 'Ada'),
        join(2000, 'Bob'),
        say(3000, 'b1'),
        leave(4000),
      ],
    }),
  },
];
