/** Strophe.js: takes the global WebSocket, which its Node build has replaced by the one of `ws`; comes back when it is told to. */
import { createRequire } from 'node:module';
import type * as StropheJs from 'strophe.js';
import { until, type Library } from './library.ts';

// Its Node build wants a DOM of xmldom 0.9, while the formats of graphs have 0.8 under that name: it is given its own.
const require = createRequire(import.meta.url);
require('xmldom-0.9');
require.cache[createRequire(require.resolve('strophe.js')).resolve('@xmldom/xmldom')] = require.cache[require.resolve('xmldom-0.9')];
const { $iq, $msg, $pres, Strophe } = require('strophe.js') as typeof StropheJs;
Strophe.setLogLevel(Strophe.LogLevel.FATAL);

const { CONNECTED, DISCONNECTED, CONNFAIL, AUTHFAIL } = Strophe.Status;

export const strophe: Library = {
  name: 'strophe.js',
  async login(outside, { service, name, domain, password, resource }) {
    Object.assign(globalThis, { WebSocket: outside.WebSocket });
    const connection = new Strophe.Connection(service, { enableStreamManagement: true });
    const messages: { from: string; body: string }[] = [];
    const presences: { from: string; type: string }[] = [];
    const kicked: string[] = [];
    const subjects: { from: string; text: string }[] = [];
    const events: { node: string; id: string }[] = [];
    const tags = (within: Element, tag: string): Element[] => Array.from(within.getElementsByTagName(tag));
    let status = -1;
    /** Handlers are of one connection. */
    const listen = (): void => {
      connection.addHandler(
        (stanza: Element) => {
          const body = stanza.getElementsByTagName('body')[0]?.textContent;
          const from = stanza.getAttribute('from') ?? '';
          if (body) messages.push({ from, body });
          for (const subject of tags(stanza, 'subject')) subjects.push({ from, text: subject.textContent ?? '' });
          for (const items of tags(stanza, 'items'))
            for (const item of tags(items, 'item'))
              events.push({ node: items.getAttribute('node') ?? '', id: item.getAttribute('id') ?? '' });
          return true;
        },
        '',
        'message',
        '',
      );
      connection.addHandler(
        (stanza: Element) => {
          presences.push({ from: stanza.getAttribute('from') ?? '', type: stanza.getAttribute('type') ?? '' });
          if (tags(stanza, 'status').some((s) => s.getAttribute('code') === '307')) kicked.push(stanza.getAttribute('from') ?? '');
          return true;
        },
        '',
        'presence',
        '',
      );
    };
    const connect = (): Promise<void> =>
      new Promise((connected, refused) => {
        connection.connect(`${name}@${domain}/${resource}`, password, (now: number, why: string | null) => {
          status = now;
          if (now === CONNECTED) {
            listen();
            connected();
          }
          if (now === AUTHFAIL || now === CONNFAIL) refused(new Error(why ?? 'It was refused.'));
        });
      });
    await connect();
    const ask = (to: string | undefined, payload: string, ns: string): Promise<Element> =>
      new Promise((answered, refused) => {
        connection.sendIQ($iq({ type: 'get', ...(to === undefined ? {} : { to }) }).c(payload, { xmlns: ns }), answered, refused);
      });
    const change = (iq: StropheJs.Builder): Promise<void> =>
      new Promise((answered, refused) => void connection.sendIQ(iq, () => answered(), refused));
    const PUBSUB = { xmlns: 'http://jabber.org/protocol/pubsub' };
    return {
      jid: () => connection.jid,
      async roster() {
        const items = tags(await ask(undefined, 'query', 'jabber:iq:roster'), 'item');
        const of = (item: Element, attr: string): string => item.getAttribute(attr) ?? '';
        return items.map((item) => ({ jid: of(item, 'jid'), subscription: of(item, 'subscription'), name: of(item, 'name') }));
      },
      available: () => connection.send($pres()),
      say: (to, body) => connection.send($msg({ to, type: 'chat' }).c('body').t(body)),
      messages,
      presences,
      kicked,
      subjects,
      events,
      async join(room, nick) {
        connection.send($pres({ to: `${room}/${nick}` }).c('x', { xmlns: 'http://jabber.org/protocol/muc' }));
        await until(() => {
          if (!presences.some(({ from }) => from === `${room}/${nick}`)) throw new Error('It is not in the room.');
        });
      },
      speak: (room, body) => connection.send($msg({ to: room, type: 'groupchat' }).c('body').t(body)),
      setSubject: (room, text) => connection.send($msg({ to: room, type: 'groupchat' }).c('subject').t(text)),
      kick: (room, nick) =>
        change(
          $iq({ type: 'set', to: room }).c('query', { xmlns: 'http://jabber.org/protocol/muc#admin' }).c('item', { nick, role: 'none' }),
        ),
      createNode: (service, node) => change($iq({ type: 'set', to: service }).c('pubsub', PUBSUB).c('create', { node })),
      subscribe: (service, node) =>
        change(
          $iq({ type: 'set', to: service })
            .c('pubsub', PUBSUB)
            .c('subscribe', { node, jid: Strophe.getBareJidFromJid(connection.jid) ?? '' }),
        ),
      publish: (service, node, id, title) =>
        change(
          $iq({ type: 'set', to: service })
            .c('pubsub', PUBSUB)
            .c('publish', { node })
            .c('item', { id })
            .c('tune', { xmlns: 'http://jabber.org/protocol/tune' })
            .c('title')
            .t(title),
        ),
      async features(of) {
        const info = await ask(of, 'query', 'http://jabber.org/protocol/disco#info');
        return tags(info, 'feature').map((f) => f.getAttribute('var') ?? '');
      },
      async ping(to) {
        await ask(to, 'ping', 'urn:xmpp:ping');
      },
      async leave() {
        connection.disconnect('done');
        await until(() => {
          if (status !== DISCONNECTED) throw new Error(`Its status is ${status}.`);
        });
      },
      managed: () => connection.sm?.enabled === true,
      async comeBack() {
        await until(() => {
          if (status !== DISCONNECTED) throw new Error(`Its status is ${status}.`);
        });
        await connect();
        if (!connection.hasResumed()) throw new Error('It has not resumed.');
      },
    };
  },
};
