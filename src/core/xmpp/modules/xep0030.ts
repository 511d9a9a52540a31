/**
 * XEP-0030 Service Discovery 2.5rc3 (2017-10-03, https://xmpp.org/extensions/xep-0030.html) §3.1 info, §4.1 items. Features are collected from the loaded modules,
 * never listed by hand. Rooms: muc/disco.ts. Simplified: no nodes elsewhere; an account answers to its own user only, as it does to whoever is not subscribed.
 */
import { el, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { publicRooms, roomInfo, roomItems } from './muc/disco.ts';

const rules = {
  info: rule(
    'xep-0030/3.1/info',
    'XEP-0030 §3.1',
    'The answer says what this entity is and what it can: the features of the modules that are loaded here.',
  ),
  items: rule(
    'xep-0030/4.1/items',
    'XEP-0030 §4.1',
    'The answer lists what belongs to this entity: a server’s services, a service’s rooms. None is an empty list, not an error.',
  ),
  node: rule('xep-0030/7/no-node', 'XEP-0030 §7', 'Nothing here has nodes, so a question about one is answered by item-not-found.'),
};

interface Identity {
  readonly category: string;
  readonly type: string;
  readonly name?: string | undefined;
}
const IDENTITIES = {
  server: { category: 'server', type: 'im', name: 'Stanzascope' },
  muc: { category: 'conference', type: 'text', name: 'Rooms' },
  pubsub: { category: 'pubsub', type: 'service', name: 'Notifications' },
  upload: { category: 'store', type: 'file', name: 'Uploads' },
  client: { category: 'client', type: 'pc', name: 'Stanzascope' },
} as const;

function info(context: Context, event: StanzaEvent, identity: Identity, features: readonly string[]): true {
  const vars = [...new Set([NS.discoInfo, NS.discoItems, ...features])].sort();
  const content = [el('identity', NS.discoInfo, { ...identity }), ...vars.map((name) => el('feature', NS.discoInfo, { var: name }))];
  return context.reply(resultOf(event.stanza, el('query', NS.discoInfo, {}, ...content)), rules.info);
}

function items(context: Context, event: StanzaEvent, list: readonly { readonly jid: string; readonly name?: string | undefined }[]): true {
  const content: Element[] = list.map(({ jid, name }) => el('item', NS.discoItems, { jid, name }));
  return context.reply(resultOf(event.stanza, el('query', NS.discoItems, {}, ...content)), rules.items);
}

const noItems = (context: Context, event: StanzaEvent): true => items(context, event, []);

const featuresOf = (context: Context): readonly string[] => context.modules.flatMap((m) => m.features ?? []);

function ownInfo(context: Context, event: StanzaEvent): true {
  return info(context, event, IDENTITIES[context.party.place], featuresOf(context));
}

function accountInfo(context: Context, event: StanzaEvent): true {
  const features = context.modules.flatMap((m) => m.accountFeatures ?? []);
  return info(context, event, { category: 'account', type: 'registered' }, features);
}

function ownItems(context: Context, event: StanzaEvent): true {
  const { place, components } = context.party;
  if (place === 'muc') return items(context, event, publicRooms(context));
  return items(
    context,
    event,
    components.map((jid) => ({ jid })),
  );
}

/** §7, before anything else: a node that is not there. */
function node(context: Context, event: StanzaEvent): boolean {
  // Rooms have nodes of their own.
  if (context.party.place === 'muc' && event.to.local !== '') return false;
  return payloadOf(event.stanza)?.attrs['node'] !== undefined && context.bounce(event.stanza, 'item-not-found', rules.node);
}

<<<<<<< src/core/xmpp/modules/xep0030.ts
=======
function roomInfo(context: Context, event: StanzaEvent): boolean {
  if (context.party.place !== 'muc') return false;
  const room = context.get(rooms)[bareOf(event.to)];
  if (!room) return context.bounce(event.stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  const features = [
    ...featuresOf(context),
    'muc_open',
    'muc_persistent',
    'muc_public',
    'muc_semianonymous',
    'muc_unmoderated',
    'muc_unsecured',
  ];
  return info(context, event, { category: 'conference', type: 'text', name: room.title }, features);
}

function roomItems(context: Context, event: StanzaEvent): boolean {
  if (context.party.place !== 'muc') return false;
  const room = context.get(rooms)[bareOf(event.to)];
  if (!room) return context.bounce(event.stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  return items(
    context,
    event,
    room.occupants.map((o) => ({ jid: `${room.jid}/${o.nick}` })),
  );
}

/** §8: of another's account only those learn who may see its presence. */
const forFriends =
  (answer: (context: Context, event: StanzaEvent) => true) =>
  (context: Context, event: StanzaEvent): boolean =>
    context.party.place === 'server' && context.fire(['may-see-presence'], event) && answer(context, event);

>>>>>>> /tmp/xc/main/src/core/xmpp/modules/xep0030.ts
const INFO = `${NS.discoInfo}:query`;
const ITEMS = `${NS.discoItems}:query`;

export const xep0030: Module = {
  id: 'xep-0030',
  title: 'Service discovery',
  spec: 'XEP-0030',
  version: '2.5rc3',
  places: ['server', 'muc', 'pubsub', 'upload', 'client'],
  rules,
  hooks: [
    ...['host', 'bare', 'self', 'client'].flatMap((kind) =>
      [INFO, ITEMS].map((query) => ({ event: `iq-get/${kind}/${query}`, priority: 50, run: node })),
    ),
    { event: `iq-get/host/${INFO}`, run: ownInfo },
    { event: `iq-get/client/${INFO}`, run: ownInfo },
    { event: `iq-get/host/${ITEMS}`, run: ownItems },
    { event: `iq-get/client/${ITEMS}`, run: noItems },
    { event: `iq-get/self/${INFO}`, run: accountInfo },
    { event: `iq-get/bare/${INFO}`, run: forFriends(accountInfo) },
    { event: `iq-get/self/${ITEMS}`, run: noItems },
    { event: `iq-get/bare/${ITEMS}`, run: forFriends(noItems) },
    { event: `iq-get/bare/${INFO}`, run: roomInfo },
    { event: `iq-get/bare/${ITEMS}`, run: roomItems },
  ],
};
