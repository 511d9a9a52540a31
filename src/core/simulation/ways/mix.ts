/**
 * A channel of accounts (MIX: XEP-0369, XEP-0403, XEP-0405): one service on the first server keeps the channel and sends each message to every account
 * that takes part, whose own server hands it to its clients. Coming online shows the server that the client knows channels (XEP-0405 §2.3.2).
 */
import type { ClientAct } from '../../../protocol/scenario.ts';
import { ownedRoom } from './plan.ts';
import { roomsWorld, type Manners } from './rooms.ts';
import type { Way } from './way.ts';

const CORE = "xmlns='urn:xmpp:mix:core:1'";
const PAM = "xmlns='urn:xmpp:mix:pam:2'";
const NODES = ['messages', 'participants', 'presence', 'info'];

const ask = (at: number, id: string, content: string): ClientAct => ({ at, do: 'send', xml: `<iq type='set' id='${id}'>${content}</iq>` });

const OF_CHANNELS: Manners = {
  comes: (at) => [
    {
      at,
      do: 'send',
      xml: "<iq type='get' id='roster'><query xmlns='jabber:iq:roster'><annotate xmlns='urn:xmpp:mix:roster:0'/></query></iq>",
    },
    { at: at + 1, do: 'presence' },
  ],
  joins(at, channel, nick) {
    const nodes = NODES.map((node) => `<subscribe node='urn:xmpp:mix:nodes:${node}'/>`).join('');
    return ask(at, 'join', `<client-join ${PAM} channel='${channel}'><join ${CORE}>${nodes}<nick>${nick}</nick></join></client-join>`);
  },
  leaves: (at, channel) => ask(at, 'leave', `<client-leave ${PAM} channel='${channel}'><leave ${CORE}/></client-leave>`),
};

export const mix: Way = {
  id: 'mix',
  title: 'A MIX channel',
  short: 'MIX',
  summary: 'A channel on the first server sends every message to every account, whatever its clients do (XEP-0369, XEP-0405)',
  servers: true,
  world: (plan) => {
    const domain = `mix.${plan.domains[0]!}`;
    const { name, ...channel } = ownedRoom(plan, 0);
    return roomsWorld(plan, {
      services: (server) => (server === 0 ? [{ domain, service: 'mix', rooms: [{ name, ...channel }] }] : []),
      roomOf: () => `${name}@${domain}`,
      modules: ['xep-0405'],
      manners: OF_CHANNELS,
    });
  },
};
