/** stanza: in Node it takes the WebSocket of its platform layer, which is what another platform would put there; comes back when it is told to. */
import { createRequire } from 'node:module';
import { createClient } from 'stanza';
import type { Library } from './library.ts';

// The same object that the library's own transport reads the class from.
const platform = createRequire(import.meta.url)('stanza/platform/node') as { WebSocket: unknown };

export const stanza: Library = {
  name: 'stanza',
  async login(outside, { service, name, domain, password, resource }) {
    platform.WebSocket = outside.WebSocket;
    const transports = { websocket: service, bosh: false };
    const client = createClient({ jid: `${name}@${domain}`, resource, password, server: domain, transports, autoReconnect: false });
    const messages: { from: string; body: string }[] = [];
    const presences: { from: string; type: string }[] = [];
    client.on('message', ({ from = '', body = '' }) => {
      if (body !== '') messages.push({ from, body });
    });
    client.on('presence', ({ from = '', type = '' }) => void presences.push({ from, type }));
    const kicked: string[] = [];
    const subjects: { from: string; text: string }[] = [];
    const events: { node: string; id: string }[] = [];
    client.on('muc:unavailable', ({ from, muc }) => {
      if (muc.statusCodes?.includes('307') === true) kicked.push(from);
    });
    client.on('muc:topic', ({ from, topic = '' }) => void subjects.push({ from, text: topic }));
    client.on('pubsub:published', ({ pubsub }) => {
      for (const { id = '' } of pubsub.items.published ?? []) events.push({ node: pubsub.items.node, id });
    });
    let gone: Promise<void> = Promise.resolve();
    const connect = (event: 'session:started' | 'stream:management:resumed'): Promise<void> =>
      new Promise((connected, refused) => {
        client.once(event, () => connected());
        client.once('auth:failed', () => refused(new Error('It was refused.')));
        gone = new Promise((done) => client.once('disconnected', () => done()));
        client.connect();
      });
    await connect('session:started');
    return {
      jid: () => client.jid,
      async roster() {
        const { items } = await client.getRoster();
        return items.map(({ jid, subscription, name: label = '' }) => ({ jid, subscription: subscription ?? '', name: label }));
      },
      available: () => void client.sendPresence(),
      say: (to, body) => void client.sendMessage({ to, type: 'chat', body }),
      messages,
      presences,
      kicked,
      subjects,
      events,
      async join(room, nick) {
        await client.joinRoom(room, nick);
      },
      speak: (room, body) => void client.sendMessage({ to: room, type: 'groupchat', body }),
      setSubject: (room, text) => client.setSubject(room, text),
      async kick(room, nick) {
        await client.kick(room, nick);
      },
      async createNode(service, node) {
        await client.createNode(service, node);
      },
      async subscribe(service, node) {
        await client.subscribeToNode(service, node);
      },
      async publish(service, node, id, title) {
        await client.publish(service, node, { itemType: 'http://jabber.org/protocol/tune', title }, id);
      },
      features: async (of) => (await client.getDiscoInfo(of)).features ?? [],
      ping: (to) => client.ping(to),
      async leave() {
        client.disconnect();
        await gone;
      },
      managed: () => client.sm.started,
      async comeBack() {
        await gone;
        await connect('stream:management:resumed');
      },
    };
  },
};
