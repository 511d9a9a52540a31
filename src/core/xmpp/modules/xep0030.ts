/**
 * XEP-0030 Service Discovery 2.5rc3 (2017-10-03, https://xmpp.org/extensions/xep-0030.html) §3.1 info, §4.1 items. Features are collected from the loaded modules,
 * never listed by hand. Rooms: muc/disco.ts; accounts and nodes: pubsub/disco.ts.
 */
import { el, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { channelInfo, channelItems } from './mix/nodes.ts';
import { listedChannels } from './xep0369.ts';
import { publicRooms, roomInfo, roomItems } from './muc/disco.ts';

export const discoRules = {
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
  node: rule(
    'xep-0030/7/no-node',
    'XEP-0030 §7',
    'There is no node of that name here, so a question about it is answered by item-not-found.',
  ),
};

export interface Identity {
  readonly category: string;
  readonly type: string;
  readonly name?: string | undefined;
}
const IDENTITIES = {
  server: { category: 'server', type: 'im', name: 'Stanzascope' },
  muc: { category: 'conference', type: 'text', name: 'Rooms' },
  mix: { category: 'conference', type: 'mix', name: 'Channels' },
  pubsub: { category: 'pubsub', type: 'service', name: 'Notifications' },
  upload: { category: 'store', type: 'file', name: 'Uploads' },
  client: { category: 'client', type: 'pc', name: 'Stanzascope' },
} as const;

/** §3.1, with what every entity that answers can do. */
export function infoQuery(identities: readonly Identity[], features: readonly string[]): Element {
  const vars = [...new Set([NS.discoInfo, NS.discoItems, ...features])].sort();
  const content = [
    ...identities.map((identity) => el('identity', NS.discoInfo, { ...identity })),
    ...vars.map((name) => el('feature', NS.discoInfo, { var: name })),
  ];
  return el('query', NS.discoInfo, {}, ...content);
}

function items(context: Context, event: StanzaEvent, list: readonly { readonly jid: string; readonly name?: string | undefined }[]): true {
  const content: Element[] = list.map(({ jid, name }) => el('item', NS.discoItems, { jid, name }));
  return context.reply(resultOf(event.stanza, el('query', NS.discoItems, {}, ...content)), discoRules.items);
}

const featuresOf = (context: Context): readonly string[] =>
  context.modules.flatMap((m) => [...(m.features ?? []), ...(context.profile === 'rfc' ? (m.untold?.features ?? []) : [])]);

/** What this host or client says of itself. */
export function ownInfoQuery(context: Context): Element {
  const { place, host } = context.party;
  const own = IDENTITIES[place];
  // A component has the name that its scenario gives it.
  const name = place !== 'server' && host.title !== '' ? host.title : own.name;
  return infoQuery([{ ...own, name }], featuresOf(context));
}

const ownInfo = (context: Context, event: StanzaEvent): true =>
  context.reply(resultOf(event.stanza, ownInfoQuery(context)), discoRules.info);

function ownItems(context: Context, event: StanzaEvent): true {
  const { place, components, host } = context.party;
  if (place === 'muc') return items(context, event, publicRooms(context));
  if (place === 'mix') return items(context, event, listedChannels(context));
  return items(
    context,
    event,
    components.map((jid) => ({ jid, name: host.titles[jid] })),
  );
}

/** §7, before anything else: a node that is not there. */
function node(context: Context, event: StanzaEvent): boolean {
  // Rooms have nodes of their own.
  if ((context.party.place === 'muc' || context.party.place === 'mix') && event.to.local !== '') return false;
  const asked = payloadOf(event.stanza)?.attrs['node'];
  return asked !== undefined && asked !== '' && context.bounce(event.stanza, 'item-not-found', discoRules.node);
}

const INFO = `${NS.discoInfo}:query`;
const ITEMS = `${NS.discoItems}:query`;

export const xep0030: Module = {
  id: 'xep-0030',
  title: 'Service discovery',
  spec: 'XEP-0030',
  version: '2.5rc3',
  places: ['server', 'muc', 'mix', 'pubsub', 'upload', 'client'],
  rules: discoRules,
  hooks: [
    ...['host', 'bare', 'client'].flatMap((kind) =>
      [INFO, ITEMS].map((query) => ({ event: `iq-get/${kind}/${query}`, priority: 50, run: node })),
    ),
    { event: `iq-get/host/${INFO}`, run: ownInfo },
    { event: `iq-get/client/${INFO}`, run: ownInfo },
    { event: `iq-get/host/${ITEMS}`, run: ownItems },
    { event: `iq-get/client/${ITEMS}`, run: (context, event) => items(context, event, []) },
    { event: `iq-get/bare/${INFO}`, run: roomInfo },
    { event: `iq-get/bare/${INFO}`, run: channelInfo },
    { event: `iq-get/bare/${ITEMS}`, run: channelItems },
    { event: `iq-get/bare/${ITEMS}`, run: roomItems },
  ],
};
