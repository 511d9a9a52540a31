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
