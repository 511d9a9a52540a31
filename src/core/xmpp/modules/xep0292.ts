/** XEP-0292 vCard4 Over XMPP 0.12 (2023-02-09, https://xmpp.org/extensions/xep-0292.html) §5: asked for and set by iq, kept in the account's own node (XEP-0163). Its access model is the one of that node: contacts only, unless the owner says otherwise. */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { may, serviceAt } from './pubsub/capabilities.ts';
import { failed, refuse } from './pubsub/failures.ts';
import { lastItem, publish } from './pubsub/service.ts';
import { VCARD4 } from './pubsub/vcards.ts';

export const VCARD_NODE = 'urn:xmpp:vcard4';

const rules = {
  get: rule('xep-0292/5.1/get', 'XEP-0292 §5.1', 'The server answers for the account with the last item of its vCard4 node.'),
  set: rule('xep-0292/5.2/set', 'XEP-0292 §5.2', 'The vCard is published in the account’s own node.'),
};

function get(context: Context, event: StanzaEvent): true {
  const service = serviceAt(context, bareOf(event.to));
  const reader = formatJid(event.from);
  const item = lastItem(service, VCARD_NODE, reader);
  if (item) return context.reply(resultOf(event.stanza, item.payload), rules.get);
  return refuse(context, event, failed(may(service, VCARD_NODE, reader, 'items') ? 'item-not-found' : 'forbidden'));
}

function set(context: Context, event: StanzaEvent): true {
  const service = serviceAt(context, bareOf(event.to));
  const problem = publish(service, VCARD_NODE, formatJid(event.from), { id: 'current', payload: payloadOf(event.stanza) });
  return problem ? refuse(context, event, problem) : context.reply(resultOf(event.stanza), rules.set);
}

export const xep0292: Module = {
  id: 'xep-0292',
  title: 'vCard4',
  spec: 'XEP-0292',
  version: '0.12',
  places: ['server'],
  accountFeatures: [VCARD4],
  rules,
  hooks: [
    { event: `iq-get/self/${VCARD4}:vcard`, run: get },
    { event: `iq-get/bare/${VCARD4}:vcard`, run: get },
    { event: `iq-set/self/${VCARD4}:vcard`, run: set },
  ],
};
