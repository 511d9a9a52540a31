/**
 * XEP-0184 Message Delivery Receipts 1.4.0 (2018-08-02, https://xmpp.org/extensions/xep-0184.html) §5. A client that acts by itself answers who asks: with an id to refer to, never to a room,
 * to an error or to an answer (§5.3), and not for the copy that carbons bring (§5.7). It asks where its scenario gives it the habit `receipts`.
 * Simplified: it answers everybody, not only those who may see its presence (§8).
 */
import { append, child, el } from '../../../base/xml/element.ts';
import { formatJid } from '../../../base/jid.ts';
import { rule, type Module } from '../module.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';

const RECEIPTS = 'urn:xmpp:receipts';

const rules = {
  received: rule(
    'xep-0184/5.2/received',
    'XEP-0184 §5.1, §5.2',
    'The sender wants to know that the message has come, so the client says so, and which one. It does not say that anybody has read it.',
  ),
};

/** Ids of messages: that a receipt was asked for, and those of which one has come. */
const asked = slice<readonly string[]>('receipts-asked', []);
const come = slice<readonly string[]>('receipts-come', []);

export const xep0184: Module = {
  id: 'xep-0184',
  title: 'Receipts',
  spec: 'XEP-0184',
  version: '1.4.0',
  places: ['client'],
  features: [RECEIPTS],
  rules,
  hooks: [
    {
      event: 'message/client',
      priority: 10,
      run(context, { stanza, from }) {
        const { type = 'normal', id } = stanza.attrs;
        const answered = child(stanza, 'received', RECEIPTS)?.attrs['id'];
        if (answered !== undefined && type !== 'error') {
          if (context.get(asked).includes(answered)) context.set(come, [...context.get(come), answered]);
          return false;
        }
        const unfit = id === undefined || type === 'error' || type === 'groupchat' || context.party.client.passive;
        if (unfit || !child(stanza, 'request', RECEIPTS)) return false;
        const receipt = el('received', RECEIPTS, { id });
        const answer = el('message', NS.client, { to: formatJid(from), type, id: context.makeId('receipt') }, receipt);
        context.reply(answer, rules.received);
        return false;
      },
    },
  ],
  inspect({ get }) {
    if (get(asked).length === 0) return [];
    const rows = get(asked).map((id) => ({ key: id, cells: [{ text: id }, { text: get(come).includes(id) ? 'has come' : 'not yet' }] }));
    return [{ type: 'table', key: 'receipts', title: 'Receipts asked for', columns: ['Message', 'Receipt'], rows, empty: 'None.' }];
  },
};

/** The habit of asking: for every message with a body and an id to one other (§5.1, §5.3). */
export const receiptsHabit: Module = {
  id: 'receipts',
  title: 'Asks for receipts',
  spec: 'XEP-0184',
  version: '1.4.0',
  places: ['client'],
  rules: {},
  hooks: [
    {
      event: 'sent-message',
      run(context, event) {
        const { type, id } = event.stanza.attrs;
        if (id === undefined || type === 'groupchat' || type === 'error' || !child(event.stanza, 'body')) return false;
        event.stanza = append(event.stanza, el('request', RECEIPTS));
        context.set(asked, [...context.get(asked), id]);
        return false;
      },
    },
  ],
};
