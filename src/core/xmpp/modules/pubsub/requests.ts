/**
 * What everybody may ask of a PubSub service: XEP-0060 1.30.0 §5.6 subscriptions, §5.7 affiliations (profile `rfc` only: Prosody has no answer),
 * §6.1–6.3 subscribing, §6.5 items, §7.1 publishing, §7.2 taking back, §8.1 creating.
 */
import { formatJid, tryParseJid } from '../../../../base/jid.ts';
import { bytesOfBase64 } from '../../../../base/base64.ts';
import { child, el, elements, type Element } from '../../../../base/xml/element.ts';
import { rule, type Context, type StanzaEvent } from '../../module.ts';
import { resultOf } from '../../stanza.ts';
import { field, form } from '../muc/forms.ts';
import { affiliationOf, bare, configOf, may, nodeOf, type Service } from './capabilities.ts';
import { formOf, readBoolean, readConfig } from './config.ts';
import { itemElement, sendLast } from './events.ts';
import { failed, isFailed, refuse, type Failed } from './failures.ts';
import { at, nodesOf, PUBSUB, type Subscription } from './model.ts';
import { create, itemsOf, lastItem, publish, retract, subscribe, unsubscribe, type Published } from './service.ts';

export const requestRules = {
  done: rule('xep-0060/6/done', 'XEP-0060 §6–§8', 'The service has done it and says so.'),
  items: rule(
    'xep-0060/6.5/items',
    'XEP-0060 §6.5',
    'Items that the node keeps, oldest first, or those asked for by id. One that is not there is left out.',
  ),
  list: rule('xep-0060/5.6/list', 'XEP-0060 §5.6, §5.7', 'What the asking entity is subscribed to here, or how it stands to the nodes.'),
  options: rule('xep-0060/6.3.2/options', 'XEP-0060 §6.3.2', 'How the subscription is served, as a form to be filled in.'),
  empty: rule('xep-0060/4/empty', 'RFC 6120 §8.3.3.1', 'The request does not say what is to be done.'),
};

export type Handler = (service: Service, event: StanzaEvent, action: Element) => boolean;

export const pubsub = (ns: string, ...content: readonly Element[]): Element => el('pubsub', ns, {}, ...content);
/** The result without content, or the refusal. */
export function answer({ context }: Service, event: StanzaEvent, problem: Failed | undefined, ...content: readonly Element[]): true {
  if (problem) return refuse(context, event, problem);
  return context.reply(resultOf(event.stanza, ...(content.length > 0 ? [pubsub(PUBSUB, ...content)] : [])), requestRules.done);
}

/** A name that is nobody else's: a version 4 UUID (RFC 9562) from the run's own randomness. */
export function newName(context: Context): string {
  const bytes = bytesOfBase64(context.makeId('pubsub-name').replaceAll('-', '+').replaceAll('_', '/')) ?? new Uint8Array();
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

const actorOf = (event: StanzaEvent): string => formatJid(event.from);

/** §6.1, §6.2, §6.3: both a node and an address. */
function target({ context }: Service, { attrs }: Element): { readonly node: string; readonly jid: string } | Failed {
  const { node, jid, subid } = attrs;
  // One address has one subscription here, without a name (§6.1.6).
  if (subid !== undefined && context.profile === 'rfc') return failed('invalid-subid');
  const parsed = jid === undefined ? undefined : tryParseJid(jid);
  if (!parsed) return failed(jid === undefined && context.profile === 'rfc' ? 'jid-required' : 'invalid-jid');
  return node === undefined ? failed('nodeid-required') : { node, jid: formatJid(parsed) };
}

const doCreate: Handler = (service, event, action) => {
  const configuring = parentOf(event) && child(parentOf(event)!, 'configure');
  const x = configuring && formOf(configuring);
  if (configuring && !x) return refuse(service.context, event, failed('bad-form', 'Missing dataform'));
  const config = x ? readConfig(x) : {};
  if (typeof config === 'string') return refuse(service.context, event, failed('bad-form', config));
  const asked = action.attrs['node'];
  const name = asked ?? newName(service.context);
  const problem = create(service, name, actorOf(event), config);
  return answer(service, event, problem, ...(asked === undefined ? [el('create', PUBSUB, { node: name })] : []));
};

const parentOf = (event: StanzaEvent): Element | undefined => elements(event.stanza)[0];

const doSubscribe: Handler = (service, event, action) => {
  const { context } = service;
  const wish = target(service, action);
  if (isFailed(wish)) return refuse(context, event, wish);
  const { node, jid } = wish;
  const given = child(parentOf(event) ?? action, 'options');
  const options = given ? readOptions(given, {}) : {};
  if (isFailed(options)) return refuse(context, event, options);
  const problem = subscribe(service, node, actorOf(event), jid, options);
  const kept = nodeOf(service, node);
  const isPending = kept !== undefined && at(kept.subscribers, jid)?.pending === true;
  const state = el('subscription', PUBSUB, { node, jid, subscription: isPending ? 'pending' : 'subscribed' });
  answer(service, event, problem, state, ...(given ? [given] : []));
  // Prosody looks for a last item whatever came of the request.
  const there = problem && context.profile === 'rfc' ? undefined : kept;
  const last = there && configOf(service, there).send_last_published_item !== 'never' ? lastItem(service, node, jid) : undefined;
  if (last) sendLast(service, node, jid, last);
  return true;
};

const doUnsubscribe: Handler = (service, event, action) => {
  const wish = target(service, action);
  if (isFailed(wish)) return refuse(service.context, event, wish);
  const { node, jid } = wish;
  const problem = unsubscribe(service, node, actorOf(event), jid);
  return answer(service, event, problem, el('subscription', PUBSUB, { node, jid, subscription: 'none' }));
};

const OPTIONS = `${PUBSUB}#subscribe_options`;
const BODY = 'pubsub#include_body';

function readOptions(options: Element, current: Subscription): Subscription | Failed {
  const x = formOf(options);
  const given = x && elements(x).find((f) => f.attrs['var'] === BODY);
  const text =
    given &&
    elements(given)
      .find((v) => v.name === 'value')
      ?.children.join('');
  if (text === undefined) return given ? { pending: current.pending === true } : current;
  const read = readBoolean(text);
  if ('problem' in read) return failed('bad-form', `${BODY}: ${read.problem}`);
  return { ...current, includeBody: read.value === true };
}

/** The subscription that options are about; `undefined` where there is none. */
function subscriptionFor(service: Service, event: StanzaEvent, node: string, jid: string): Subscription | undefined | Failed {
  const actor = actorOf(event);
  if (!may(service, node, actor, bare(actor) === bare(jid) ? 'subscription' : 'others')) return failed('forbidden');
  const there = nodeOf(service, node);
  return there ? at(there.subscribers, jid) : failed('item-not-found');
}

const getOptions: Handler = (service, event, action) => {
  const { context } = service;
  const wish = target(service, action);
  if (isFailed(wish)) return refuse(context, event, wish);
  const { node, jid } = wish;
  const found = subscriptionFor(service, event, node, jid);
  const rfc = context.profile === 'rfc';
  if (isFailed(found)) return refuse(context, event, rfc ? found : failed('not-subscribed'));
  // Prosody has a form for those who are not subscribed, too.
  if (!found && rfc) return refuse(context, event, failed('not-subscribed'));
  const value = found?.includeBody === undefined ? [] : [found.includeBody ? '1' : '0'];
  const x = form('form', OPTIONS, [field('boolean', BODY, value, { label: 'Send a text for people, too' })]);
  return context.reply(resultOf(event.stanza, pubsub(PUBSUB, el('options', PUBSUB, { node, jid }, x))), requestRules.options);
};

const setOptions: Handler = (service, event, action) => {
  const { context } = service;
  const wish = target(service, action);
  if (isFailed(wish)) return refuse(context, event, wish);
  const { node, jid } = wish;
  const found = subscriptionFor(service, event, node, jid);
  if (isFailed(found)) return refuse(context, event, found);
  if (!found) return refuse(context, event, failed('not-subscribed'));
  const next = readOptions(action, found);
  if (isFailed(next)) return refuse(context, event, context.profile === 'rfc' ? failed('invalid-options') : next);
  return answer(service, event, subscribe(service, node, actorOf(event), jid, next));
};

const doPublish: Handler = (service, event, action) => {
  const { context } = service;
  const name = action.attrs['node'];
  if (name === undefined) return refuse(context, event, failed('nodeid-required'));
  const options = child(parentOf(event) ?? action, 'publish-options');
  const x = options && formOf(options);
  const wanted = x && readConfig(x);
  if (typeof wanted === 'string') return refuse(context, event, failed('bad-form', wanted));
  const given = child(action, 'item');
  const item = readItem(service, event, given);
  const misfit = context.profile === 'rfc' ? misfitOf(service, name, given) : undefined;
  if (misfit && may(service, name, actorOf(event), 'publish')) return refuse(context, event, misfit);
  const problem = publish(service, name, actorOf(event), item, wanted);
  return answer(service, event, problem, el('publish', PUBSUB, { node: name }, el('item', PUBSUB, { id: item.id })));
};

/** §7.1.3.6, §7.1.3.7: what the node is for. Prosody does not ask. */
function misfitOf(service: Service, name: string, given: Element | undefined): Failed | undefined {
  const node = nodeOf(service, name);
  const { persist_items: kept, include_payload: sent, payload_type: type } = node ? configOf(service, node) : {};
  if (kept === false && sent === false && given) return failed('item-forbidden');
  const payload = given && elements(given)[0];
  return payload && typeof type === 'string' && type !== '' && payload.ns !== type ? failed('invalid-payload') : undefined;
}

function readItem({ context }: Service, event: StanzaEvent, given: Element | undefined): Published {
  const payloads = given ? elements(given) : [];
  const payload = payloads.length === 1 ? payloads[0] : undefined;
  const id = given?.attrs['id'] ?? newName(context);
  const specified = !given ? 'item-required' : payloads.length === 0 ? 'payload-required' : 'invalid-payload';
  const otherwise = failed(context.profile === 'prosody' ? 'invalid-item' : specified);
  return { id, payload, publisher: bare(actorOf(event)), otherwise };
}

const doRetract: Handler = (service, event, action) => {
  const { node, notify } = action.attrs;
  const item = child(action, 'item');
  const id = item?.attrs['id'];
  const rfc = service.context.profile === 'rfc';
  if (node === undefined) return refuse(service.context, event, failed('nodeid-required'));
  if (id === undefined) return refuse(service.context, event, failed(rfc ? 'item-required' : 'item-not-found'));
  const there = nodeOf(service, node);
  // §7.2.2.1: the node may be told to tell in any case; Prosody leaves it to the request.
  const always = rfc && there !== undefined && configOf(service, there).notify_retract === true;
  return answer(service, event, retract(service, node, actorOf(event), id, notify === '1' || notify === 'true' || always));
};

const getItems: Handler = (service, event, action) => {
  const { node, max_items: max } = action.attrs;
  const asked = elements(action).flatMap((i) => (i.name === 'item' && i.attrs['id'] !== undefined ? [i.attrs['id']] : []));
  if (node === undefined) return refuse(service.context, event, failed('nodeid-required'));
  if (action.attrs['subid'] !== undefined && service.context.profile === 'rfc')
    return refuse(service.context, event, failed('invalid-subid'));
  const ids = asked.length > 0 ? asked : undefined;
  const limit = max !== undefined && /^\s*-?\d+\s*$/.test(max) ? Number(max) : undefined;
  const found = itemsOf(service, node, actorOf(event), ids, limit);
  if (isFailed(found)) return refuse(service.context, event, found);
  const exposed = service.kind === 'component';
  const shown = (ids ? found : found.toReversed()).map((i) => itemElement(i, PUBSUB, exposed));
  return service.context.reply(resultOf(event.stanza, pubsub(PUBSUB, el('items', PUBSUB, { node }, ...shown))), requestRules.items);
};

/** All of an entity, or those of one node. @param jid none: of everybody. */
export function subscriptionsOf(service: Service, name: string | undefined, jid: string | undefined, ns: string): readonly Element[] {
  const nodes = Object.values(nodesOf(service.context, service.address)).filter((n) => name === undefined || n.name === name);
  return nodes.flatMap((node) =>
    Object.entries(node.subscribers)
      .filter(([address]) => jid === undefined || bare(address) === bare(jid))
      .map(([address, { pending }]) =>
        el('subscription', ns, { node: node.name, jid: address, subscription: pending === true ? 'pending' : 'subscribed' }),
      ),
  );
}

const getSubscriptions: Handler = (service, event, action) => {
  const { node } = action.attrs;
  const actor = actorOf(event);
  if (!may(service, node, actor, 'subscription')) return refuse(service.context, event, failed('forbidden'));
  if (node !== undefined && !nodeOf(service, node)) return refuse(service.context, event, failed('item-not-found'));
  const list = el('subscriptions', PUBSUB, {}, ...subscriptionsOf(service, node, actor, PUBSUB));
  return service.context.reply(resultOf(event.stanza, pubsub(PUBSUB, list)), requestRules.list);
};

const getAffiliations: Handler = (service, event, action) => {
  if (service.context.profile === 'prosody') return false;
  const actor = actorOf(event);
  const nodes = Object.values(nodesOf(service.context, service.address)).filter(
    (n) => action.attrs['node'] === undefined || n.name === action.attrs['node'],
  );
  const own = nodes.flatMap((n) =>
    at(n.affiliations, bare(actor)) === undefined ? [] : [[n.name, affiliationOf(service, n.name, actor)] as const],
  );
  const list = el('affiliations', PUBSUB, {}, ...own.map(([node, affiliation]) => el('affiliation', PUBSUB, { node, affiliation })));
  return service.context.reply(resultOf(event.stanza, pubsub(PUBSUB, list)), requestRules.list);
};

const getDefault: Handler = (service, event) =>
  service.context.profile === 'rfc' && refuse(service.context, event, failed('unsupported-default-options'));

export const REQUESTS: Readonly<Record<string, Handler>> = {
  'set create': doCreate,
  'set subscribe': doSubscribe,
  'set unsubscribe': doUnsubscribe,
  'get options': getOptions,
  'set options': setOptions,
  'set publish': doPublish,
  'set retract': doRetract,
  'get items': getItems,
  'get subscriptions': getSubscriptions,
  'get affiliations': getAffiliations,
  'get default': getDefault,
};
