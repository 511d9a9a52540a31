/** What one often wants to say, filled in for the scene at hand. Names of ours are none of a specification: they are only to be replaced. */
import { EntityKind, type Scene } from '../../protocol/scene.ts';

export interface Template {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');
const bare = (jid: string): string => jid.split('/', 1)[0] ?? jid;

/** @param count how many were sent before: ids must not repeat. */
export function templatesFor({ entities }: Pick<Scene, 'entities'>, client: number, count: number): readonly Template[] {
  const { jid, kind, parent, name } = entities;
  const server = attribute(jid[parent[client] ?? -1] ?? '');
  const other = [...kind.keys()].find((i) => kind[i] === EntityKind.client && bare(jid[i] ?? '') !== bare(jid[client] ?? ''));
  const peer = attribute(bare(jid[other ?? client] ?? ''));
  const rooms = [...kind.keys()].filter((i) => kind[i] === EntityKind.component);
  const service = rooms.find((i) => parent[i] === parent[client]) ?? rooms[0];
  const id = `hand${count + 1}`;
  const get = (ns: string, to: string, element = 'query') =>
    `<iq type='get' id='${id}'${to === '' ? '' : ` to='${to}'`}>\n  <${element} xmlns='${ns}'/>\n</iq>`;
  const join =
    service === undefined
      ? []
      : [
          {
            id: 'join',
            title: 'Join a room',
            text: `<presence to='${attribute(`room@${jid[service] ?? ''}/${(name[client] ?? 'guest').split('#', 1)[0] ?? ''}`)}'>\n  <x xmlns='http://jabber.org/protocol/muc'/>\n</presence>`,
          },
        ];
  return [
    { id: 'message', title: 'Message', text: `<message type='chat' id='${id}' to='${peer}'>\n  <body>Hello</body>\n</message>` },
    { id: 'presence', title: 'Presence', text: `<presence>\n  <show>away</show>\n  <status>Gone for tea</status>\n</presence>` },
    { id: 'ping', title: 'Ping', text: get('urn:xmpp:ping', server, 'ping') },
    { id: 'disco', title: 'Disco info', text: get('http://jabber.org/protocol/disco#info', server) },
    { id: 'items', title: 'Disco items', text: get('http://jabber.org/protocol/disco#items', server) },
    { id: 'roster', title: 'Roster', text: get('jabber:iq:roster', '') },
    { id: 'vcard', title: 'vCard', text: get('vcard-temp', peer, 'vCard') },
    ...join,
    { id: 'subscribe', title: 'Subscribe', text: `<presence type='subscribe' id='${id}' to='${peer}'/>` },
  ];
}
