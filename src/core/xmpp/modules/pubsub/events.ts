/**
 * What subscribers are told: XEP-0060 1.30.0 §7.1.2, §7.2.2, §8.4.2, §8.5.2, §12.7. One message for each address, `headline` unless the node says
 * otherwise, before the publisher has the result. As Prosody does it: a component names the publisher, also of what is taken back; an account
 * (XEP-0163) always sends headlines; a body (`pubsub#include_body`) is made for Atom entries only (RFC 4287).
 */
import { child, childText, el, withAttrs, withChildren, type Element } from '../../../../base/xml/element.ts';
import type { Rule } from '../../../kernel/model.ts';
import { rule } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { delay } from '../xep0203.ts';
import { bare, may, type Actor, type Service } from './capabilities.ts';
import { PUBSUB_EVENT, type Item, type Node, type Subscription } from './model.ts';
import { recipientsOf } from './recipients.ts';
import type { Config } from './config.ts';

export const eventRules = {
  items: rule(
    'xep-0060/7.1.2/notify',
    'XEP-0060 §7.1.2.1',
    'An item was published, so the service sends it to everyone who is subscribed to the node; the publisher hears of its success after that.',
  ),
  retract: rule('xep-0060/7.2.2/retract', 'XEP-0060 §7.2.2.1', 'An item was taken back, and subscribers are told which.'),
  delete: rule(
    'xep-0060/8.4.2/delete',
    'XEP-0060 §8.4.2',
    'The node is gone with all its items and subscriptions, and those who were subscribed are told.',
  ),
  purge: rule('xep-0060/8.5.2/purge', 'XEP-0060 §8.5.2', 'All items were taken back at once, and subscribers are told so.'),
  last: rule(
    'xep-0060/6.1.7/last-item',
    'XEP-0060 §6.1.7, XEP-0163 §4.3.4',
    'Whoever begins to listen — by subscribing, or by coming online with an interest in the node — is sent its last item.',
  ),
  silent: rule('xep-0060/16.4.4/not-told', 'XEP-0060 §16.4.4', 'The node is configured not to tell its subscribers of this.'),
};

export type Kind = 'items' | 'retract' | 'delete' | 'purge';
type Subscribers = Readonly<Record<string, Subscription>>;

/** Those with a subscription, and at an account those whose presence says that they are interested (XEP-0163 §4.2, §4.3). */
export function broadcast(
  service: Service,
  kind: Kind,
  name: string,
  subscribers: Subscribers,
  content: Element | undefined,
  actor: Actor,
  node?: Node,
): void {
  const interested = service.kind === 'account' ? recipientsOf(service.context, service.address) : {};
  const more = Object.entries(interested).filter(([jid, nodes]) => nodes.includes(name) && may(service, name, jid, 'subscribe'));
  // XEP-0163 §7.1: a subscription ends with the right to it; Prosody goes on telling.
  const isLeft = service.kind !== 'account' || service.context.profile === 'prosody';
  const still = isLeft
    ? subscribers
    : Object.fromEntries(Object.entries(subscribers).filter(([jid]) => may(service, name, jid, 'subscribe')));
  const all: Subscribers = { ...still, ...Object.fromEntries(more.map(([jid]) => [jid, {}])) };
  notify(service, kind, name, all, content, { actor, config: node?.config, why: eventRules[kind], relayed: actor !== true });
}

interface How {
  readonly actor?: Actor | undefined;
  readonly config?: Config | undefined;
  readonly why: Rule;
  /** It carries on the stanza being handled. */
  readonly relayed: boolean;
  /** When the item was published, where that is long ago (XEP-0203). */
  readonly since?: number | undefined;
}

const SWITCH = { items: 'notify_items', retract: 'notify_retract', delete: 'notify_delete', purge: undefined } as const;

function notify(service: Service, kind: Kind, name: string, jids: Subscribers, content: Element | undefined, how: How): void {
  const { context, address } = service;
  const key = SWITCH[kind];
  if (key !== undefined && how.config?.[key] === false) return context.decline(eventRules.silent);
  const wrapper = kind === 'retract' ? 'items' : kind;
  const shown = content && wrapper === 'items' ? shownItem(service, content, kind, how) : content;
  const event = el('event', PUBSUB_EVENT, {}, el(wrapper, PUBSUB_EVENT, { node: name }, ...(shown ? [shown] : [])));
  const type = service.kind === 'component' ? String(how.config?.notification_type ?? 'headline') : 'headline';
  const id = context.makeId('pubsub-event');
  const summary = content && service.kind === 'component' ? summaryOf(content) : undefined;
  for (const [to, subscription] of Object.entries(jids)) {
    if (subscription.pending === true) continue;
    const body = subscription.includeBody === true && summary !== undefined ? [el('body', NS.client, {}, summary)] : [];
    const note = how.since === undefined ? [] : [delay(how.since, address)];
    const message = el('message', NS.client, { from: address, to, type, id }, ...body, event, ...note);
    if (how.relayed) context.forward(message, how.why);
    else context.originate(message, how.why);
  }
}

function shownItem({ context, kind: place }: Service, content: Element, kind: Kind, { actor, config }: How): Element {
  const whole = config?.include_payload === false ? withChildren(content, []) : content;
  // Of a retraction the schema has no publisher; Prosody names who took it back.
  if (place !== 'component' || typeof actor !== 'string' || (kind === 'retract' && context.profile === 'rfc')) return whole;
  return whole.attrs['publisher'] === undefined ? withAttrs(whole, { publisher: bare(actor) }) : whole;
}

/** In the namespace of events, or as it is when asked for (§6.5). */
export const itemElement = ({ id, payload, publisher }: Item, ns: string, exposed: boolean): Element =>
  el('item', ns, { id, publisher: exposed ? publisher : undefined }, payload);

/** To one who begins to listen; the specification wants a note that the item is an old one (§6.1.7). */
export function sendLast(service: Service, name: string, to: string, item: Item): void {
  const content = itemElement(item, PUBSUB_EVENT, true);
  notify(service, 'items', name, { [to]: {} }, content, {
    why: eventRules.last,
    relayed: false,
    since: service.context.profile === 'rfc' ? item.when : undefined,
  });
}

const ATOM = 'http://www.w3.org/2005/Atom';

/** What a person can read of an Atom entry. */
function summaryOf(item: Element): string | undefined {
  const entry = item.children.find((c): c is Element => typeof c !== 'string');
  if (entry?.ns !== ATOM) return undefined;
  const summary = childText(entry, 'summary');
  if (summary !== undefined && summary !== '') return summary;
  const author = child(entry, 'author');
  const name = author && childText(author, 'name');
  return `${name === undefined ? '' : `${name} posted `}${childText(entry, 'title') ?? ''}`;
}
