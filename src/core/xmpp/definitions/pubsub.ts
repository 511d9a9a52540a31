/** Publish and subscribe: XEP-0060 in its four namespaces. */
import { conditions, define, type Declarations } from './model.ts';

const AFFILIATIONS = 'member|none|outcast|owner|publisher|publish-only';
const STATES = 'none|pending|subscribed|unconfigured';
const NODE = 'string The node.';
const FORM = 'data:x?';

export const PUBSUB = define('http://jabber.org/protocol/pubsub', 'XEP-0060', {
  pubsub: [
    '§4',
    'One thing that is done with a node, or what came of it.',
    `((create, configure?) | (subscribe, options?) | options | (publish, publish-options?) | (subscription, options?) | affiliations | default |
      items | retract | subscriptions | unsubscribe)?, other?`,
  ],
  affiliations: ['§5.7', 'How one stands to nodes.', 'affiliation*', { node: NODE }],
  affiliation: ['§5.7', 'How one stands to one node.', '=', { affiliation: `${AFFILIATIONS}! How.`, node: 'string! The node.' }],
  configure: ['§8.2', 'The configuration of a node.', FORM],
  create: ['§8.1', 'A node is made; without a name, the service gives it one.', '=', { node: NODE }],
  default: ['§8.3', 'The configuration that new nodes have.', FORM, { node: NODE }],
  items: [
    '§6.5',
    'Items of a node: asked for, or given.',
    'item*',
    { node: 'string! The node.', max_items: 'positive At most so many.', subid: 'string The subscription.' },
  ],
  item: [
    '§4',
    'One item: what was published, with its name.',
    'other?',
    { id: 'string Its name in the node.', publisher: 'string Who published it.' },
  ],
  options: [
    '§6.3',
    'How a subscription is to be served.',
    'data:*?',
    { jid: 'jid Whose subscription.', node: NODE, subid: 'string The subscription.' },
  ],
  publish: ['§7.1', 'Something is published at a node.', 'item*', { node: 'string! The node.' }],
  'publish-options': ['§7.1.5', 'What must be so of the node for it to be published.', FORM],
  retract: ['§7.2', 'Items are taken back.', 'item+', { node: 'string! The node.', notify: 'boolean Whether subscribers are told.' }],
  'subscribe-options': ['§6.3', 'The subscription can be configured.', 'required?'],
  'subscribe-options/required': ['§6.3', 'It must be.', '='],
  subscribe: ['§6.1', 'Somebody subscribes to a node.', '=', { jid: 'jid! Who gets what is published.', node: NODE }],
  subscriptions: ['§5.6', 'To what one is subscribed.', 'subscription*', { node: NODE }],
  subscription: [
    '§6.1',
    'A subscription as it stands.',
    'subscribe-options?',
    { jid: 'jid! Whose it is.', node: NODE, subid: 'string Its name.', subscription: `${STATES} How it stands.` },
  ],
  unsubscribe: ['§6.2', 'A subscription is given up.', '=', { jid: 'jid! Whose it is.', node: NODE, subid: 'string Its name.' }],
});

export const PUBSUB_EVENT = define('http://jabber.org/protocol/pubsub#event', 'XEP-0060', {
  event: [
    '§7.1.2',
    'Something happened to a node that the receiver is subscribed to.',
    'collection | configuration | delete | items | purge | subscription',
  ],
  collection: ['§4', 'Nodes were put together.', 'associate | disassociate', { node: NODE }],
  associate: ['§4', 'A node came in.', '=', { node: 'string! The node.' }],
  disassociate: ['§4', 'A node was taken out.', '=', { node: 'string! The node.' }],
  configuration: ['§8.2.5', 'The node was configured anew.', FORM, { node: NODE }],
  delete: ['§8.4', 'The node is no more.', 'redirect?', { node: 'string! The node.' }],
  items: ['§7.1.2', 'Items were published or taken back.', 'item* | retract*', { node: 'string! The node.' }],
  item: ['§7.1.2', 'An item.', 'other?', { id: 'string Its name in the node.', publisher: 'string Who published it.' }],
  purge: ['§8.5', 'All items of the node are gone.', '=', { node: 'string! The node.' }],
  redirect: ['§8.4', 'Where to subscribe instead.', '=', { uri: 'string! The place.' }],
  retract: ['§7.2.2', 'An item was taken back.', '=', { id: 'string! Its name in the node.' }],
  subscription: [
    '§8.8',
    'A subscription changed.',
    '=',
    {
      jid: 'jid! Whose it is.',
      node: NODE,
      subid: 'string Its name.',
      subscription: `${STATES} How it stands.`,
      expiry: 'dateTime When it ends.',
    },
  ],
});

export const PUBSUB_OWNER = define('http://jabber.org/protocol/pubsub#owner', 'XEP-0060', {
  pubsub: ['§8', 'What the owner of a node does with it.', 'affiliations | configure | default | delete | purge | subscriptions'],
  affiliations: ['§8.9', 'How others stand to the node.', 'affiliation*', { node: 'string! The node.' }],
  affiliation: ['§8.9', 'How one of them stands.', '=', { affiliation: `${AFFILIATIONS}! How.`, jid: 'jid! Who.' }],
  configure: ['§8.2', 'The configuration of the node.', FORM, { node: NODE }],
  default: ['§8.3', 'The configuration that new nodes have.', FORM, { type: 'collection|leaf Of which sort of node.' }],
  delete: ['§8.4', 'The node is to be deleted.', 'redirect?', { node: 'string! The node.' }],
  purge: ['§8.5', 'All its items are to go.', '=', { node: 'string! The node.' }],
  redirect: ['§8.4', 'Where to subscribe instead.', '=', { uri: 'string! The place.' }],
  subscriptions: ['§8.8', 'Who is subscribed.', 'subscription*', { node: 'string! The node.' }],
  subscription: [
    '§8.8',
    'One subscription.',
    '=',
    { jid: 'jid! Whose it is.', subscription: `${STATES}! How it stands.`, subid: 'string Its name.' },
  ],
});

const FEATURES =
  `access-authorize|access-open|access-presence|access-roster|access-whitelist|auto-create|auto-subscribe|collections|config-node|
create-and-configure|create-nodes|delete-items|delete-nodes|filtered-notifications|get-pending|instant-nodes|item-ids|last-published|
leased-subscription|manage-subscriptions|member-affiliation|meta-data|modify-affiliations|multi-collection|multi-items|multi-subscribe|
outcast-affiliation|persistent-items|presence-notifications|presence-subscribe|publish|publish-options|publish-only-affiliation|
publisher-affiliation|purge-nodes|retract-items|retrieve-affiliations|retrieve-default|retrieve-default-sub|retrieve-items|
retrieve-subscriptions|subscribe|subscription-options|subscription-notifications`.replaceAll('\n', '');
export const PUBSUB_ERRORS = define('http://jabber.org/protocol/pubsub#errors', 'XEP-0060', {
  ...conditions('§6–8', {
    'closed-node': 'Only those on a list may use the node.',
    'configuration-required': 'The subscription must be configured first.',
    'invalid-jid': 'The address is not the sender’s.',
    'invalid-options': 'The options are wrong.',
    'invalid-payload': 'What was published has not the form of the node.',
    'invalid-subid': 'There is no such subscription.',
    'item-forbidden': 'The node takes no items.',
    'item-required': 'An item must be given.',
    'jid-required': 'An address must be given.',
    'max-items-exceeded': 'Too many items.',
    'max-nodes-exceeded': 'Too many nodes.',
    'node-full': 'The node has no room for more.',
    'nodeid-required': 'A node must be given.',
    'not-in-roster-group': 'Only certain contacts of the owner may use the node.',
    'not-subscribed': 'There is no subscription.',
    'payload-too-big': 'What was published is too large.',
    'payload-required': 'Something must be published.',
    'pending-subscription': 'The subscription has not been approved yet.',
    'precondition-not-met': 'The node is not configured as the publisher asks.',
    'presence-subscription-required': 'Only those who may see the owner’s presence may use the node.',
    'subid-required': 'It must be said which subscription.',
    'too-many-subscriptions': 'Too many subscriptions.',
    'unsupported-access-model': 'There is no such access model here.',
  } satisfies Record<string, string>),
  unsupported: ['§6–8', 'The service does not do that.', '=', { feature: `${FEATURES}! What it does not do.` }],
} satisfies Declarations);
