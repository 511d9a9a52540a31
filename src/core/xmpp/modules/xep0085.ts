/**
 * XEP-0085 Chat State Notifications 2.1 (2009-09-23, https://xmpp.org/extensions/xep-0085.html) §4, §5. A client sees what its partners do; where its scenario gives it the habit
 * `chat-states` it says `active` in every chat message with a body (§5.3), to partners that have not shown that they know nothing of states (§5.1).
 * Other states are written by the script, as nobody here types. Servers carry states as any message: carbons copy them, archives do not keep them.
 */
import { append, child, el, elements, type Element } from '../../../base/xml/element.ts';
import { bareOf } from '../../../base/jid.ts';
import type { Module } from '../module.ts';
import { slice } from '../slice.ts';

const CHAT_STATES = 'http://jabber.org/protocol/chatstates';

const stateIn = (message: Element): string | undefined => elements(message).find((c) => c.ns === CHAT_STATES)?.name;

/** By account: the partner's last state; empty where a message without one has come. */
const partners = slice<Readonly<Record<string, string>>>('chat-states', {});

export const xep0085: Module = {
  id: 'xep-0085',
  title: 'Chat states',
  spec: 'XEP-0085',
  version: '2.1',
  places: ['client'],
  features: [CHAT_STATES],
  rules: {},
  hooks: [
    {
      event: 'message/client',
      priority: 10,
      run(context, { stanza, from }) {
        const { type } = stanza.attrs;
        const state = stateIn(stanza);
        if (type === 'groupchat' || type === 'error' || (state === undefined && !child(stanza, 'body'))) return false;
        context.set(partners, { ...context.get(partners), [bareOf(from)]: state ?? '' });
        return false;
      },
    },
  ],
  inspect({ get }) {
    const rows = Object.entries(get(partners)).filter(([, state]) => state !== '');
    if (rows.length === 0) return [];
    return [
      {
        type: 'table',
        key: 'chat-states',
        title: 'What partners do',
        columns: ['Partner', 'State'],
        rows: rows.map(([who, state]) => ({ key: who, cells: [{ text: who }, { text: state }] })),
        empty: 'Nothing is known.',
      },
    ];
  },
};

/** The habit of saying `active`. */
export const chatStatesHabit: Module = {
  id: 'chat-states',
  title: 'Says that it is active',
  spec: 'XEP-0085',
  version: '2.1',
  places: ['client'],
  rules: {},
  hooks: [
    {
      event: 'sent-message',
      run(context, event) {
        const { stanza, to } = event;
        if (stanza.attrs['type'] !== 'chat' || !child(stanza, 'body') || stateIn(stanza) !== undefined) return false;
        if (context.get(partners)[bareOf(to)] !== '') event.stanza = append(stanza, el('active', CHAT_STATES));
        return false;
      },
    },
  ],
};
