/**
 * What can be done with the nodes of a service: XEP-0060 1.30.0 §6.1, §6.2, §7.1, §7.2, §8.1, §8.2, §8.4, §8.5, §8.9, each in the order in which Prosody 0.12
 * checks its conditions. Who asks, and how they are answered, is `requests.ts` and `owner.ts`.
 */
import { el, type Element } from '../../../../base/xml/element.ts';
import { parseJid } from '../../../../base/jid.ts';
import { askOwners, waits } from './authorize.ts';
import { bare, configOf, defaultsOf, may, nodeOf, samePerson, whyNot, type Actor, type Service } from './capabilities.ts';
import { limitOf, FIELDS, type Config } from './config.ts';
import { broadcast, itemElement } from './events.ts';
import { failed, type Failed } from './failures.ts';
import { at, dropNode, keepNode, PUBSUB, PUBSUB_EVENT, without, type Item, type Node, type Subscription } from './model.ts';

const keep = (service: Service, node: Node): void => keepNode(service.context, service.address, node);

/** Other modules follow what becomes of an account's items (XEP-0402). */
function changed(service: Service, name: string, actor: Actor): void {
  const to = parseJid(service.address);
  const stanza = el('items', PUBSUB, { node: name });
  service.context.fire(['pubsub/changed'], { stanza, to, from: actor === true ? to : parseJid(actor) });
}

/** §8.1. @param options on top of the defaults. */
export function create(service: Service, name: string, actor: Actor, options: Config = {}): Failed | undefined {
  if (!may(service, name, actor, 'create')) return failed('forbidden');
  if (nodeOf(service, name)) return failed('conflict');
  const problem = unfit(service, { ...defaultsOf(service), ...options });
  if (problem) return problem;
  const affiliations = actor === true ? {} : { [bare(actor)]: 'owner' };
  const items = { ...defaultsOf(service), ...options }.persist_items === true ? [] : undefined;
  keep(service, { name, config: options, subscribers: {}, affiliations, items });
  return undefined;
}

/** Prosody has these access models; the others of §4.5 are there in the profile `rfc`. */
function unfit({ context, kind }: Service, config: Config): Failed | undefined {
  const model = String(config.access_model);
  const own = kind === 'component' ? ['open', 'whitelist'] : ['open', 'whitelist', 'presence'];
  const more = context.profile === 'prosody' ? [] : kind === 'component' ? ['authorize'] : ['authorize', 'roster'];
  if ([...own, ...more].includes(model)) return undefined;
  return failed(context.profile === 'prosody' ? 'not-acceptable' : 'unsupported-access-model');
}

/** §8.2: every field is given, those that stay among them. */
export function configure(service: Service, name: string, actor: Actor, config: Config): Failed | undefined {
  if (!may(service, name, actor, 'configure')) return failed('forbidden');
  const node = nodeOf(service, name);
  if (!node) return failed('item-not-found');
  const next = { ...defaultsOf(service), ...config };
  const problem = unfit(service, next);
  if (problem) return problem;
  const kept = node.items ?? [];
  const items = next.persist_items === true ? kept.slice(-limitOf(next)) : undefined;
  keep(service, { ...node, config, items });
  if (configOf(service, node).access_model === next.access_model) return undefined;
  // Who may not be subscribed any more is not: §4.5, nobody is told.
  const stay = Object.entries(node.subscribers).filter(([jid]) => may(service, name, jid, 'be-subscribed'));
  keep(service, { ...node, config, items, subscribers: Object.fromEntries(stay) });
  return undefined;
}

/** §8.4. */
export function remove(service: Service, name: string, actor: Actor): Failed | undefined {
  if (!may(service, name, actor, 'delete')) return failed('forbidden');
  const node = nodeOf(service, name);
  if (!node) return failed('item-not-found');
  dropNode(service.context, service.address, name);
  changed(service, name, actor);
  broadcast(service, 'delete', name, node.subscribers, undefined, actor, node);
  return undefined;
}

export interface Published {
  readonly id: string;
  /** None, or too many: the item is not one. */
  readonly payload: Element | undefined;
  readonly publisher?: string | undefined;
  /** What to answer where it is not one. */
  readonly otherwise?: Failed;
}

/**
 * §7.1; an account's node that is not there is made (XEP-0163 §3).
 * @param wanted how the node must be configured (§7.1.5); `defaults`: how a new one is, and no condition.
 */
export function publish(
  service: Service,
  name: string,
  actor: Actor,
  item: Published,
  wanted?: Config,
  defaults = false,
): Failed | undefined {
  const mayPublish = may(service, name, actor, 'publish') || isOpenTo(service, name, actor);
  if (!mayPublish) return failed('forbidden');
  const there = nodeOf(service, name);
  if (!there) {
    if (service.kind !== 'account') return failed('item-not-found');
    const problem = create(service, name, true, wanted);
    if (problem) return problem;
  } else if (wanted && !defaults) {
    const now = configOf(service, there);
    const other = FIELDS.find(({ key }) => wanted[key] !== undefined && wanted[key] !== now[key]);
    if (other) return failed('precondition-not-met', `Field does not match: ${other.key}`);
  }
  const node = nodeOf(service, name);
  const { persist_items: kept, include_payload: sent } = node ? configOf(service, node) : {};
  // §4.3: a transient notification node has no items, only the news that something happened.
  if (node && !item.payload && kept === false && sent === false && service.context.profile === 'rfc')
    return void broadcast(service, 'items', name, node.subscribers, undefined, actor, node);
  if (!node || !item.payload) return item.otherwise ?? failed('invalid-item');
  const { id, payload, publisher } = item;
  const stored: Item = { id, payload, publisher, when: service.context.tick };
  if (node.items) {
    const others = node.items.filter((i) => i.id !== id);
    keep(service, { ...node, items: [...others, stored].slice(-limitOf(configOf(service, node))) });
  }
  changed(service, name, actor);
  broadcast(service, 'items', name, node.subscribers, itemElement(stored, PUBSUB_EVENT, true), actor, node);
  return undefined;
}

/** §4.1, `pubsub#publish_model`. Prosody asks whether the very address that publishes is subscribed. */
function isOpenTo(service: Service, name: string, actor: Actor): boolean {
  const node = nodeOf(service, name);
  if (!node || actor === true) return false;
  const model = configOf(service, node).publish_model;
  if (model === 'open') return true;
  if (model !== 'subscribers') return false;
  const addresses = service.context.profile === 'prosody' ? [actor] : [actor, bare(actor)];
  return addresses.some((jid) => at(node.subscribers, jid) !== undefined);
}

/** §7.2. @param told whether subscribers are. */
export function retract(service: Service, name: string, actor: Actor, id: string, told: boolean): Failed | undefined {
  if (!may(service, name, actor, 'retract')) return failed('forbidden');
  const node = nodeOf(service, name);
  if (!node) return failed('item-not-found');
  if (node.items) {
    if (!node.items.some((i) => i.id === id)) return failed('item-not-found');
    keep(service, { ...node, items: node.items.filter((i) => i.id !== id) });
  } else if (service.context.profile === 'rfc') return failed('unsupported-items');
  changed(service, name, actor);
  if (told) broadcast(service, 'retract', name, node.subscribers, el('retract', PUBSUB_EVENT, { id }), actor, node);
  return undefined;
}

/** §8.5. */
export function purge(service: Service, name: string, actor: Actor, told: boolean): Failed | undefined {
  if (!may(service, name, actor, 'purge')) return failed('forbidden');
  const node = nodeOf(service, name);
  if (!node) return failed('item-not-found');
  if (node.items) keep(service, { ...node, items: [] });
  else if (service.context.profile === 'rfc') return failed('unsupported-items');
  changed(service, name, actor);
  if (told) broadcast(service, 'purge', name, node.subscribers, undefined, actor, node);
  return undefined;
}

/** §6.5: newest first, as many as are wanted; by id, in the order asked. */
export function itemsOf(service: Service, name: string, actor: Actor, ids?: readonly string[], max?: number): readonly Item[] | Failed {
  if (!may(service, name, actor, 'items')) return whyNot(service, name, String(actor));
  const node = nodeOf(service, name);
  if (!node) return failed('item-not-found');
  if (!node.items) return failed(service.context.profile === 'prosody' ? 'persistent-items' : 'unsupported-items');
  const found = ids ? ids.flatMap((id) => node.items?.find((i) => i.id === id) ?? []) : node.items.toReversed();
  return max === undefined ? found : found.slice(0, Math.max(1, max));
}

/** The last item, for whoever may read it. */
export function lastItem(service: Service, name: string, actor: Actor): Item | undefined {
  return may(service, name, actor, 'items') ? nodeOf(service, name)?.items?.at(-1) : undefined;
}

/** §6.1. */
export function subscribe(service: Service, name: string, actor: Actor, jid: string, options: Subscription = {}): Failed | undefined {
  const own = actor === true || samePerson(actor, jid);
  if (!may(service, name, actor, own ? 'subscribe' : 'others')) return own ? whyNot(service, name, jid) : refusedOther(service);
  if (!may(service, name, jid, 'be-subscribed')) return whyNot(service, name, jid);
  const node = nodeOf(service, name);
  if (!node) return failed('item-not-found');
  const before = at(node.subscribers, jid);
  if (before?.pending === true && actor !== true) return failed('pending-subscription');
  const pending = !before && own && actor !== true && waits(service, node, jid);
  keep(service, { ...node, subscribers: { ...node.subscribers, [jid]: pending ? { ...options, pending } : options } });
  if (pending) askOwners(service, node, jid);
  return undefined;
}

/** §6.1.3.1: for somebody else only an owner may subscribe. */
const refusedOther = ({ context }: Service): Failed => failed(context.profile === 'prosody' ? 'forbidden' : 'invalid-jid');

/** §6.2. */
export function unsubscribe(service: Service, name: string, actor: Actor, jid: string): Failed | undefined {
  const own = actor === true || samePerson(actor, jid);
  if (!may(service, name, actor, own ? 'unsubscribe' : 'others') || !may(service, name, jid, 'be-unsubscribed')) return failed('forbidden');
  const node = nodeOf(service, name);
  if (!node) return failed('item-not-found');
  if (!at(node.subscribers, jid)) return failed(service.context.profile === 'prosody' ? 'not-subscribed' : 'not-subscribed-to-end');
  keep(service, { ...node, subscribers: without(node.subscribers, jid) });
  return undefined;
}

/** §8.9.2. @param affiliation none: it is taken away. */
export function affiliate(
  service: Service,
  name: string,
  actor: Actor,
  address: string,
  affiliation: string | undefined,
): Failed | undefined {
  if (!may(service, name, actor, 'affiliate')) return failed('forbidden');
  const node = nodeOf(service, name);
  if (!node) return failed('item-not-found');
  const jid = bare(address);
  const { affiliations } = node;
  keep(service, {
    ...node,
    affiliations: affiliation === undefined ? without(affiliations, jid) : { ...affiliations, [jid]: affiliation },
  });
  if (may(service, name, jid, 'be-subscribed')) return undefined;
  if (service.context.profile === 'prosody') {
    // Prosody has done it, and then stumbles over a subscription that may not be, or over an affiliation that it does not know: it says `forbidden`.
    return at(node.subscribers, jid) || !may(service, name, jid, 'be-unsubscribed') ? failed('forbidden') : undefined;
  }
  const now = nodeOf(service, name) ?? node;
  keep(service, { ...now, subscribers: Object.fromEntries(Object.entries(now.subscribers).filter(([s]) => bare(s) !== jid)) });
  return undefined;
}
