/** What a PubSub service refuses, and how: XEP-0060 1.30.0, the errors of each use case. Types and conditions are Prosody's; where the specification has others, `specified` has them for the profile `rfc`. */
import { el, type Element } from '../../../../base/xml/element.ts';
import type { Condition, ErrorDetails } from '../../errors.ts';
import { rule, type Context, type StanzaEvent } from '../../module.ts';

const ERRORS = 'http://jabber.org/protocol/pubsub#errors';

interface Refusal {
  readonly type: NonNullable<ErrorDetails['type']>;
  readonly condition: Condition;
  /** Its own condition, in the namespace of the specification's errors. */
  readonly app?: string;
  /** §6.5.9 and others: `<unsupported feature=…/>`. */
  readonly feature?: string;
  readonly text?: string;
  readonly source: string;
  readonly words: string;
}

const REFUSALS = {
  forbidden: {
    type: 'auth',
    condition: 'forbidden',
    source: 'XEP-0060 §4.1, §4.5',
    words: 'Neither the affiliation nor the access model of the node lets this entity do that.',
  },
  conflict: { type: 'cancel', condition: 'conflict', source: 'XEP-0060 §8.1.1', words: 'There is a node of this name already.' },
  'item-not-found': {
    type: 'cancel',
    condition: 'item-not-found',
    source: 'XEP-0060 §6.1.3.12, §7.2.3.2, §8.4.3.2',
    words: 'There is no such node, or no such item.',
  },
  'nodeid-required': {
    type: 'modify',
    condition: 'bad-request',
    app: 'nodeid-required',
    source: 'XEP-0060 §7.2.3.3, §8.2.3.3',
    words: 'The request names no node.',
  },
  'invalid-jid': {
    type: 'modify',
    condition: 'bad-request',
    app: 'invalid-jid',
    source: 'XEP-0060 §6.1.3.1',
    words: 'The address to subscribe is none, or (in the profile of the specifications) is not the requester’s own.',
  },
  'jid-required': {
    type: 'modify',
    condition: 'bad-request',
    app: 'jid-required',
    source: 'XEP-0060 §6.3.4.3',
    words: 'The request does not say whose subscription it is about.',
  },
  'not-subscribed': {
    type: 'modify',
    condition: 'unexpected-request',
    app: 'not-subscribed',
    source: 'XEP-0060 §6.2.3.2, §6.3.4.2',
    words: 'This address is not subscribed to the node.',
  },
  'not-subscribed-to-end': {
    type: 'cancel',
    condition: 'unexpected-request',
    app: 'not-subscribed',
    source: 'XEP-0060 §6.2.3.2',
    words: 'This address is not subscribed to the node, so there is nothing to end.',
  },
  'not-acceptable': {
    type: 'modify',
    condition: 'not-acceptable',
    source: 'XEP-0060 §8.2.5.2',
    words: 'A node cannot be configured like this here.',
  },
  'unsupported-access-model': {
    type: 'modify',
    condition: 'not-acceptable',
    app: 'unsupported-access-model',
    source: 'XEP-0060 §8.1.2',
    words: 'Nodes of this service cannot have this access model.',
  },
  'invalid-options': {
    type: 'modify',
    condition: 'bad-request',
    app: 'invalid-options',
    source: 'XEP-0060 §6.3.6.2',
    words: 'The options of the subscription are not understood.',
  },
  'bad-form': {
    type: 'modify',
    condition: 'bad-request',
    source: 'XEP-0060 §8.2.4, XEP-0004 §3.3',
    words: 'The form is missing, or one of its fields does not have the type that it should have.',
  },
  'precondition-not-met': {
    type: 'cancel',
    condition: 'conflict',
    app: 'precondition-not-met',
    source: 'XEP-0060 §7.1.5',
    words: 'The node is not configured as the publisher wants it to be, so nothing was published.',
  },
  'invalid-item': {
    type: 'modify',
    condition: 'bad-request',
    text: 'invalid item',
    source: 'XEP-0060 §7.1.3.6, §7.1.3.7',
    words: 'There must be an item with exactly one payload.',
  },
  'item-required': {
    type: 'modify',
    condition: 'bad-request',
    app: 'item-required',
    source: 'XEP-0060 §7.1.3.7, §7.2.3.4',
    words: 'The request has no item, or the item to be taken back no id.',
  },
  'item-forbidden': {
    type: 'modify',
    condition: 'bad-request',
    app: 'item-forbidden',
    source: 'XEP-0060 §7.1.3.7',
    words: 'The node neither keeps items nor tells of their content: nothing is published there but that something happened.',
  },
  'invalid-subid': {
    type: 'modify',
    condition: 'not-acceptable',
    app: 'invalid-subid',
    source: 'XEP-0060 §6.2.3.5, §6.3.4.5, §6.5.9.2',
    words: 'No subscription has this id: an address has one subscription here, and that has none.',
  },
  'payload-required': {
    type: 'modify',
    condition: 'bad-request',
    app: 'payload-required',
    source: 'XEP-0060 §7.1.3.7',
    words: 'Items of this node have a payload, and this one has none.',
  },
  'invalid-payload': {
    type: 'modify',
    condition: 'bad-request',
    app: 'invalid-payload',
    source: 'XEP-0060 §7.1.3.6',
    words: 'An item has one payload, and this one has several.',
  },
  'persistent-items': {
    type: 'cancel',
    condition: 'feature-not-implemented',
    app: 'persistent-items',
    source: 'XEP-0060 §6.5.9.5',
    words: 'The node keeps no items. Prosody says so by an element of its own; the specification has `unsupported`.',
  },
  'unsupported-items': {
    type: 'cancel',
    condition: 'feature-not-implemented',
    app: 'unsupported',
    feature: 'persistent-items',
    source: 'XEP-0060 §6.5.9.5, §7.2.3.5, §8.5.3.3',
    words: 'The node keeps no items.',
  },
  'unsupported-default-options': {
    type: 'cancel',
    condition: 'feature-not-implemented',
    app: 'unsupported',
    feature: 'retrieve-default-sub',
    source: 'XEP-0060 §6.4.3.2',
    words: 'This service has no default options of subscriptions to be asked for.',
  },
  'closed-node': {
    type: 'cancel',
    condition: 'not-allowed',
    app: 'closed-node',
    source: 'XEP-0060 §6.1.3.4',
    words: 'The node is for those on its list, and this entity is not.',
  },
  'presence-subscription-required': {
    type: 'auth',
    condition: 'not-authorized',
    app: 'presence-subscription-required',
    source: 'XEP-0060 §6.1.3.2',
    words: 'The node is for those who are subscribed to its owner’s presence, and this entity is not.',
  },
  'not-in-roster-group': {
    type: 'auth',
    condition: 'not-authorized',
    app: 'not-in-roster-group',
    source: 'XEP-0060 §6.1.3.3',
    words: 'The node is for some groups of its owner’s roster, and this entity is in none of them.',
  },
  'not-subscribed-to-read': {
    type: 'auth',
    condition: 'not-authorized',
    app: 'not-subscribed',
    source: 'XEP-0060 §6.5.9.3',
    words: 'The node is for those whom its owners have let in, and this entity has no subscription.',
  },
  'pending-subscription': {
    type: 'auth',
    condition: 'not-authorized',
    app: 'pending-subscription',
    source: 'XEP-0060 §6.1.3.7',
    words: 'An owner has not answered the earlier request yet.',
  },
} as const satisfies Record<string, Refusal>;

export type Reason = keyof typeof REFUSALS;

/** Something that a service did not do. */
export interface Failed {
  readonly failed: Reason;
  readonly text?: string | undefined;
}
export const failed = (reason: Reason, text?: string): Failed => ({ failed: reason, text });
export const isFailed = (outcome: unknown): outcome is Failed => typeof outcome === 'object' && outcome !== null && 'failed' in outcome;

const RULES = Object.fromEntries(
  Object.entries(REFUSALS).map(([reason, { source, words }]) => [
    reason,
    rule(`xep-0060/${/§([\d.]+)/.exec(source)?.[1] ?? '4'}/${reason}`, source, words),
  ]),
);
export const failureRules = RULES;

export function refuse(context: Context, event: StanzaEvent, why: Failed): true {
  const { type, condition, app, feature, text }: Refusal = REFUSALS[why.failed];
  const own: Element | undefined = app === undefined ? undefined : el(app, ERRORS, { feature });
  const words = why.text ?? text;
  return context.bounce(event.stanza, condition, RULES[why.failed]!, { type, app: own, ...(words === undefined ? {} : { text: words }) });
}
