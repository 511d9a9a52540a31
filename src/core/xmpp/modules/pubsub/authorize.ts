/**
 * The access model `authorize`, which Prosody does not have: XEP-0060 1.30.0 §4.5, §6.1.4 a subscription that waits, §8.6 the owners' yes or no (a form in a message),
 * §7.1.2 what the subscriber hears of it. Only by the profile `rfc`. Simplified: requests are not sent to owners again who were away (§8.7).
 */
import { formatJid, tryParseJid } from '../../../../base/jid.ts';
import { el } from '../../../../base/xml/element.ts';
import { rule, type Context, type StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { field, form, formType, valuesOf } from '../muc/forms.ts';
import { configOf, may, nodeOf, serviceAt, type Service } from './capabilities.ts';
import { formOf } from './config.ts';
import { at, keepNode, PUBSUB, PUBSUB_EVENT, without, type Node } from './model.ts';

const AUTHORIZATION = `${PUBSUB}#subscribe_authorization`;

export const authorizeRules = {
  asked: rule(
    'xep-0060/8.6/ask-owner',
    'XEP-0060 §6.1.4, §8.6',
    'Somebody wants to subscribe, and the node is for those whom its owners let in: each of them is asked.',
  ),
  told: rule(
    'xep-0060/8.6/told',
    'XEP-0060 §8.6, §12.10',
    'An owner has decided, and who has asked is told how the subscription stands now.',
  ),
  nothing: rule(
    'xep-0060/8.6/nothing',
    'XEP-0060 §8.6',
    'The form names no subscription that waits for this owner, so it changes nothing.',
  ),
};

/** Whether a new subscription has to wait. */
export function waits(service: Service, node: Node, jid: string): boolean {
  return (
    service.context.profile === 'rfc' && configOf(service, node).access_model === 'authorize' && !may(service, node.name, jid, 'items')
  );
}

export function askOwners({ context, address }: Service, node: Node, jid: string): void {
  const fields = [
    field('text-single', 'pubsub#node', [node.name], { label: 'Node' }),
    field('jid-single', 'pubsub#subscriber_jid', [jid], { label: 'Who wants to subscribe' }),
    field('boolean', 'pubsub#allow', ['0'], { label: 'Let them' }),
  ];
  const owners = Object.entries(node.affiliations).filter(([, affiliation]) => affiliation === 'owner');
  for (const [to] of owners) {
    const attrs = { from: address, to, id: context.makeId('pubsub-authorize') };
    context.originate(el('message', NS.client, attrs, form('form', AUTHORIZATION, fields)), authorizeRules.asked);
  }
}

/** What an owner has decided. */
export function decided(context: Context, event: StanzaEvent): boolean {
  const x = formOf(event.stanza);
  if (context.profile === 'prosody' || !x || x.attrs['type'] !== 'submit' || formType(x) !== AUTHORIZATION) return false;
  const service = serviceAt(context, context.party.place === 'pubsub' ? context.party.name : formatJid({ ...event.to, resource: '' }));
  const values = valuesOf(x);
  const parsed = tryParseJid(values.get('pubsub#subscriber_jid')?.[0] ?? '');
  const node = nodeOf(service, values.get('pubsub#node')?.[0] ?? '');
  const jid = parsed ? formatJid(parsed) : '';
  if (!node || at(node.subscribers, jid)?.pending !== true || !may(service, node.name, formatJid(event.from), 'others'))
    return context.drop(authorizeRules.nothing);
  const allowed = ['1', 'true'].includes(values.get('pubsub#allow')?.[0] ?? '');
  const subscribers = allowed ? { ...node.subscribers, [jid]: {} } : without(node.subscribers, jid);
  keepNode(context, service.address, { ...node, subscribers });
  const now = el('subscription', PUBSUB_EVENT, { node: node.name, jid, subscription: allowed ? 'subscribed' : 'none' });
  const attrs = { from: service.address, to: jid, id: context.makeId('pubsub-event') };
  context.originate(el('message', NS.client, attrs, el('event', PUBSUB_EVENT, {}, now)), authorizeRules.told);
  return true;
}
