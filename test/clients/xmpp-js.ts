/** @xmpp/client: takes the global WebSocket; comes back by itself. */
import { client, xml, type XmlElement } from '@xmpp/client';
import type { Library } from './library.ts';
import { until } from './library.ts';

export const xmppJs: Library = {
  name: '@xmpp/client',
  async login(outside, { service, name, domain, password, resource }) {
    Object.assign(globalThis, { WebSocket: outside.WebSocket });
    const xmpp = client({ service, domain, resource, username: name, password });
    const stanzas: XmlElement[] = [];
    let resumptions = 0;
    xmpp.reconnect.delay = 10;
    xmpp.on('stanza', (stanza) => void stanzas.push(stanza));
    xmpp.on('error', () => undefined);
    xmpp.streamManagement.on('resumed', () => void resumptions++);
    try {
      await xmpp.start();
    } catch (error) {
      xmpp.reconnect.stop();
      throw error;
    }
    const set = async (to: string, payload: XmlElement): Promise<void> => {
      await xmpp.iqCaller.request(xml('iq', { type: 'set', to }, payload));
    };
    const pubsub = (...content: readonly XmlElement[]): XmlElement =>
      xml('pubsub', { xmlns: 'http://jabber.org/protocol/pubsub' }, ...content);
    return {
      jid: () => xmpp.jid.toString(),
      async roster() {
        const roster = await xmpp.iqCaller.get(xml('query', { xmlns: 'jabber:iq:roster' }));
        return roster
          .getChildren('item')
          .map(({ attrs: { jid = '', subscription = '', name: label = '' } }) => ({ jid, subscription, name: label }));
      },
      available: () => void xmpp.send(xml('presence')),
      say: (to, body) => void xmpp.send(xml('message', { to, type: 'chat' }, xml('body', {}, body))),
      get messages() {
        const heard = stanzas.filter((s) => s.is('message') && s.getChild('body'));
        return heard.map((s) => ({ from: s.attrs['from'] ?? '', body: s.getChildText('body') ?? '' }));
      },
      get presences() {
        return stanzas.filter((s) => s.is('presence')).map((s) => ({ from: s.attrs['from'] ?? '', type: s.attrs['type'] ?? '' }));
      },
      get kicked() {
        const codes = (s: XmlElement): readonly string[] =>
          s
            .getChild('x')
            ?.getChildren('status')
            .map((c) => c.attrs['code'] ?? '') ?? [];
        return stanzas.filter((s) => s.is('presence') && codes(s).includes('307')).map((s) => s.attrs['from'] ?? '');
      },
      get subjects() {
        const set = stanzas.filter((s) => s.is('message') && s.getChild('subject'));
        return set.map((s) => ({ from: s.attrs['from'] ?? '', text: s.getChildText('subject') ?? '' }));
      },
      get events() {
        const told = stanzas.flatMap((s) => s.getChild('event')?.getChildren('items') ?? []);
        return told.flatMap((items) =>
          items.getChildren('item').map((i) => ({ node: items.attrs['node'] ?? '', id: i.attrs['id'] ?? '' })),
        );
      },
      async join(room, nick) {
        await xmpp.send(xml('presence', { to: `${room}/${nick}` }, xml('x', { xmlns: 'http://jabber.org/protocol/muc' })));
        await until(() => {
          if (!stanzas.some((s) => s.is('presence') && s.attrs['from'] === `${room}/${nick}`)) throw new Error('It is not in the room.');
        });
      },
      speak: (room, body) => void xmpp.send(xml('message', { to: room, type: 'groupchat' }, xml('body', {}, body))),
      setSubject: (room, text) => void xmpp.send(xml('message', { to: room, type: 'groupchat' }, xml('subject', {}, text))),
      kick: (room, nick) => set(room, xml('query', { xmlns: 'http://jabber.org/protocol/muc#admin' }, xml('item', { nick, role: 'none' }))),
      createNode: (service, node) => set(service, pubsub(xml('create', { node }))),
      subscribe: (service, node) => set(service, pubsub(xml('subscribe', { node, jid: xmpp.jid.toString().split('/', 1)[0]! }))),
      publish: (service, node, id, title) =>
        set(
          service,
          pubsub(
            xml(
              'publish',
              { node },
              xml('item', { id }, xml('tune', { xmlns: 'http://jabber.org/protocol/tune' }, xml('title', {}, title))),
            ),
          ),
        ),
      async features(of) {
        const info = await xmpp.iqCaller.get(xml('query', { xmlns: 'http://jabber.org/protocol/disco#info' }), of);
        return info.getChildren('feature').map((f) => f.attrs['var'] ?? '');
      },
      async ping(to) {
        await xmpp.iqCaller.request(xml('iq', { type: 'get', to }, xml('ping', { xmlns: 'urn:xmpp:ping' })));
      },
      async leave() {
        await xmpp.stop();
      },
      managed: () => xmpp.streamManagement.enabled,
      comeBack: () =>
        until(() => {
          if (resumptions === 0) throw new Error('It has not resumed.');
        }),
    };
  },
};
