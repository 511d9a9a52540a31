/** What PubSub services and accounts tell of themselves and of their nodes: XEP-0060 1.30.0 §5.1–5.5, XEP-0163 1.2.2 §6.1, and of accounts XEP-0030 §8: only to who may see their presence. */
import { bareOf, formatJid } from '../../../../base/jid.ts';
import { el, type Element } from '../../../../base/xml/element.ts';
import { rule, type Hook, type StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { discoRules, infoQuery } from '../xep0030.ts';
import { configOf, may, serviceAt, type Service } from './capabilities.ts';
import { metadataForm, textOfField } from './config.ts';
import { failed, isFailed, refuse } from './failures.ts';
import { at, nodesOf, PUBSUB } from './model.ts';
import { itemsOf } from './service.ts';

export const nodeRules = {
  stranger: rule(
    'xep-0030/8/stranger',
    'XEP-0030 §8',
    'What an account can is told to who may see its presence; to others it is as if there were nobody: service-unavailable.',
  ),
};

const COMMON = [
  'subscribe',
  'subscription-options',
  'create-nodes',
  'instant-nodes',
  'item-ids',
  'create-and-configure',
  'delete-nodes',
  'retrieve-items',
  'retrieve-subscriptions',
  'retrieve-default',
  'publish',
  'multi-items',
  'publish-options',
  'purge-nodes',
  'delete-items',
  'retract-items',
  'config-node',
  'meta-data',
  'modify-affiliations',
  'outcast-affiliation',
  'member-affiliation',
  'publisher-affiliation',
  'persistent-items',
  'config-node-max',
];
const ACCOUNT = [
  'auto-create',
  'access-presence',
  'last-published',
  'auto-subscribe',
  'filtered-notifications',
  'presence-notifications',
  'presence-subscribe',
];
const named = (names: readonly string[]): readonly string[] => [PUBSUB, ...names.map((name) => `${PUBSUB}#${name}`)];

export const SERVICE_FEATURES = named([...COMMON, 'access-open']);
export const ACCOUNT_FEATURES = named([...COMMON, ...ACCOUNT]);

/** §10: what works as well, and Prosody does not tell of. */
const UNTOLD = ['access-authorize', 'access-whitelist', 'manage-subscriptions', 'publish-only-affiliation', 'retrieve-affiliations'];
export const SERVICE_UNTOLD = named(UNTOLD);
export const ACCOUNT_UNTOLD = named([...UNTOLD, 'access-open', 'access-roster']);

const actorOf = (event: StanzaEvent): string => formatJid(event.from);
/** Prosody says whose account it is, even to its own user. */
const answerFrom = (event: StanzaEvent, account: string, query: Element): Element => {
  const result = resultOf(event.stanza, query);
  return { ...result, attrs: { from: account, ...result.attrs } };
};

/** §5.3, §5.4. */
function nodeInfo(service: Service, event: StanzaEvent, name: string): true {
  const { context } = service;
  if (!may(service, undefined, actorOf(event), 'nodes')) return refuse(context, event, failed('forbidden'));
  const node = at(nodesOf(context, service.address), name);
  if (!node) return refuse(context, event, failed('item-not-found'));
  const identity = el('identity', NS.discoInfo, { category: 'pubsub', type: 'leaf' });
  const query = el('query', NS.discoInfo, { node: name }, identity, metadataForm(configOf(service, node)));
  return context.reply(answerFrom(event, service.address, query), discoRules.info);
}

/** §5.5. */
function nodeItems(service: Service, event: StanzaEvent, name: string): true {
  const found = itemsOf(service, name, actorOf(event));
  if (isFailed(found)) return refuse(service.context, event, found);
  // Of an account's items Prosody says that they are the server's.
  const { party, profile } = service.context;
  const jid = profile === 'prosody' ? party.name : service.address;
  const items = found.map(({ id }) => el('item', NS.discoItems, { jid, name: id }));
  const query = el('query', NS.discoItems, { node: name }, ...items);
  return service.context.reply(answerFrom(event, service.address, query), discoRules.items);
}

/** §5.2. */
function nodeList(service: Service, event: StanzaEvent): true {
  const nodes = may(service, undefined, actorOf(event), 'nodes') ? Object.values(nodesOf(service.context, service.address)) : [];
  const items = nodes.map((n) =>
    el('item', NS.discoItems, { jid: service.address, node: n.name, name: textOfField(configOf(service, n), 'title') }),
  );
  return service.context.reply(answerFrom(event, service.address, el('query', NS.discoItems, {}, ...items)), discoRules.items);
}

function accountInfo(service: Service, event: StanzaEvent): true {
  const { modules, profile } = service.context;
  const features = modules.flatMap((m) => [...(m.accountFeatures ?? []), ...(profile === 'rfc' ? (m.untold?.accountFeatures ?? []) : [])]);
  const identities = [
    { category: 'account', type: 'registered' },
    { category: 'pubsub', type: 'pep' },
  ];
  // What every entity that answers can do is nothing that Prosody says of accounts, but §3.1 wants it.
  return service.context.reply(answerFrom(event, service.address, infoQuery(identities, features)), discoRules.info);
}

const askedNode = (event: StanzaEvent): string => payloadOf(event.stanza)?.attrs['node'] ?? '';

const INFO = `${NS.discoInfo}:query`;
const ITEMS = `${NS.discoItems}:query`;
/** Before the rule that there are no nodes. */
const FIRST = 60;

type Answer = (service: Service, event: StanzaEvent) => boolean;
const info: Answer = (service, event) => {
  const node = askedNode(event);
  return node === '' ? service.kind !== 'component' && accountInfo(service, event) : nodeInfo(service, event, node);
};
const items: Answer = (service, event) => {
  const node = askedNode(event);
  return node === '' ? nodeList(service, event) : nodeItems(service, event, node);
};

const ofComponent =
  (run: Answer): Hook['run'] =>
  (context, event) =>
    run(serviceAt(context, context.party.name), event);
const ofAccount =
  (run: Answer): Hook['run'] =>
  (context, event) => {
    const account = bareOf(event.to);
    const own = bareOf(event.from) === account;
    if (own || context.fire(['may-see-presence'], event)) return run(serviceAt(context, account), event);
    return context.bounce(event.stanza, 'service-unavailable', nodeRules.stranger);
  };

export const componentDisco: readonly Hook[] = [
  { event: `iq-get/host/${INFO}`, priority: FIRST, run: ofComponent(info) },
  { event: `iq-get/host/${ITEMS}`, priority: FIRST, run: ofComponent(items) },
];
export const accountDisco: readonly Hook[] = ['self', 'bare'].flatMap((kind) => [
  { event: `iq-get/${kind}/${INFO}`, priority: FIRST, run: ofAccount(info) },
  { event: `iq-get/${kind}/${ITEMS}`, priority: FIRST, run: ofAccount(items) },
]);
