/** What a node's owner may ask: XEP-0060 1.30.0 §8.2 configuration, §8.3 defaults, §8.4 deletion, §8.5 purge, §8.8 subscriptions, §8.9 affiliations. Simplified: no redirection of a deleted node (§8.4.2). */
import { formatJid, tryParseJid } from '../../../../base/jid.ts';
import { el, elements, withAttrs, type Element } from '../../../../base/xml/element.ts';
import type { StanzaEvent } from '../../module.ts';
import { rule } from '../../module.ts';
import { resultOf } from '../../stanza.ts';
import { configOf, defaultsOf, may, nodeOf, type Service } from './capabilities.ts';
import { configForm, formOf, readConfig } from './config.ts';
import { failed, refuse, type Failed } from './failures.ts';
import { PUBSUB_OWNER } from './model.ts';
import { answer, pubsub, subscriptionsOf, type Handler } from './requests.ts';
import { affiliate, configure, purge, remove, subscribe, unsubscribe } from './service.ts';

export const ownerRules = {
  form: rule('xep-0060/8.2.2/form', 'XEP-0060 §8.2.2, §8.3.2', 'The configuration as a form to be filled in.'),
  list: rule(
    'xep-0060/8.8/list',
    'XEP-0060 §8.8.1, §8.9.1',
    'Who is subscribed to the node, or how entities stand to it: for its owners only.',
  ),
};

const actorOf = (event: StanzaEvent): string => formatJid(event.from);

/** Every one of these is about a node. */
const ofNode =
  (handle: (service: Service, event: StanzaEvent, action: Element, node: string) => boolean): Handler =>
  (service, event, action) => {
    const { node } = action.attrs;
    return node === undefined ? refuse(service.context, event, failed('nodeid-required')) : handle(service, event, action, node);
  };

const getConfigure = ofNode((service, event, _action, name) => {
  const node = nodeOf(service, name);
  if (!may(service, name, actorOf(event), 'configuration')) return refuse(service.context, event, failed('forbidden'));
  if (!node) return refuse(service.context, event, failed('item-not-found'));
  const x = configForm(configOf(service, node));
  const content = pubsub(PUBSUB_OWNER, el('configure', PUBSUB_OWNER, { node: name }, x));
  return service.context.reply(resultOf(event.stanza, content), ownerRules.form);
});

const setConfigure = ofNode((service, event, action, name) => {
  const { context } = service;
  if (!may(service, name, actorOf(event), 'configure')) return refuse(context, event, failed('forbidden'));
  const x = formOf(action);
  if (!x) return refuse(context, event, failed('bad-form', 'Missing dataform'));
  const node = nodeOf(service, name);
  if (!node) return refuse(context, event, failed('item-not-found'));
  // XEP-0004 §3.2: what was offered is left as it is.
  if (x.attrs['type'] === 'cancel') return answer(service, event, undefined);
  const config = readConfig(x, configOf(service, node));
  if (typeof config === 'string') return refuse(context, event, failed(context.profile === 'rfc' ? 'not-acceptable' : 'bad-form', config));
  return answer(service, event, configure(service, name, actorOf(event), config));
});

const getDefault: Handler = (service, event) => {
  const content = pubsub(PUBSUB_OWNER, el('default', PUBSUB_OWNER, {}, configForm(defaultsOf(service))));
  return service.context.reply(resultOf(event.stanza, content), ownerRules.form);
};

const getSubscriptions: Handler = (service, event, { attrs: { node } }) => {
  const { context } = service;
  if (!may(service, node, actorOf(event), 'others')) return refuse(context, event, failed('forbidden'));
  if (node !== undefined && !nodeOf(service, node)) return refuse(context, event, failed('item-not-found'));
  // The schema wants the node's name there; Prosody has it in each subscription.
  const all = subscriptionsOf(service, node, undefined, PUBSUB_OWNER);
  const list =
    context.profile === 'rfc'
      ? el('subscriptions', PUBSUB_OWNER, { node }, ...all.map((s) => withAttrs(s, { node: undefined })))
      : el('subscriptions', PUBSUB_OWNER, {}, ...all);
  return context.reply(resultOf(event.stanza, pubsub(PUBSUB_OWNER, list)), ownerRules.list);
};

const setSubscriptions = ofNode((service, event, action, name) => {
  const actor = actorOf(event);
  if (!may(service, name, actor, 'others')) return refuse(service.context, event, failed('forbidden'));
  if (!nodeOf(service, name)) return refuse(service.context, event, failed('item-not-found'));
  return answer(
    service,
    event,
    each(service, action, 'subscription', (jid, { subscription }) => {
      if (subscription === 'subscribed') return subscribe(service, name, actor, jid);
      return subscription === 'none' ? unsubscribe(service, name, actor, jid) : undefined;
    }),
  );
});

const getAffiliations = ofNode((service, event, _action, name) => {
  const { context } = service;
  if (!may(service, name, actorOf(event), 'affiliate')) return refuse(context, event, failed('forbidden'));
  const node = nodeOf(service, name);
  if (!node) return refuse(context, event, failed('item-not-found'));
  const list = Object.entries(node.affiliations).map(([jid, affiliation]) => el('affiliation', PUBSUB_OWNER, { jid, affiliation }));
  const content = pubsub(PUBSUB_OWNER, el('affiliations', PUBSUB_OWNER, { node: name }, ...list));
  return context.reply(resultOf(event.stanza, content), ownerRules.list);
});

const setAffiliations = ofNode((service, event, action, name) => {
  const actor = actorOf(event);
  if (!may(service, name, actor, 'affiliate')) return refuse(service.context, event, failed('forbidden'));
  if (!nodeOf(service, name)) return refuse(service.context, event, failed('item-not-found'));
  const change = (jid: string, { affiliation }: Element['attrs']): Failed | undefined =>
    affiliate(service, name, actor, jid, affiliation === 'none' ? undefined : affiliation);
  return answer(service, event, each(service, action, 'affiliation', change));
});

/**
 * In turn. Prosody stops at the first that fails, and those before it have been done; by the specification all that can be is done, and
 * where there were several the answer is `not-acceptable` (§8.8.2.4, §8.9.2.4; simplified: without the list of those that failed).
 */
function each(
  { context }: Service,
  action: Element,
  kind: string,
  run: (jid: string, attrs: Element['attrs']) => Failed | undefined,
): Failed | undefined {
  const all = elements(action).filter((c) => c.name === kind);
  let first: Failed | undefined;
  for (const one of all) {
    const jid = tryParseJid(one.attrs['jid'] ?? '');
    const problem = jid ? run(formatJid(jid), one.attrs) : failed('invalid-jid');
    first ??= problem;
    if (first && context.profile === 'prosody') return first;
  }
  return first && all.length > 1 ? failed('not-acceptable') : first;
}

export const OWNER_REQUESTS: Readonly<Record<string, Handler>> = {
  'get configure': getConfigure,
  'set configure': setConfigure,
  'get default': getDefault,
  'set delete': ofNode((service, event, _action, node) => answer(service, event, remove(service, node, actorOf(event)))),
  'set purge': ofNode((service, event, _action, node) => answer(service, event, purge(service, node, actorOf(event), true))),
  'get subscriptions': getSubscriptions,
  'set subscriptions': setSubscriptions,
  'get affiliations': getAffiliations,
  'set affiliations': setAffiliations,
};
