/**
 * One-to-one chats, the client's side: RFC 6121 (March 2011, https://www.rfc-editor.org/rfc/rfc6121) §5.1. Whoever has written is answered at the resource that they wrote from;
 * once a presence comes from them, of whatever resource, they may be elsewhere, and are answered at their account again until they write.
 * Simplified: one chat with each account, without threads (§5.2.5); private messages of rooms (XEP-0045 §7.5) are no chats.
 */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { child, el } from '../../../base/xml/element.ts';
import { paragraph, type Deed } from '../actions/contract.ts';
import type { Context, Module } from '../module.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';
import { ownJid } from './stream.ts';

interface Chat {
  /** Bare address. */
  readonly partner: string;
  /** Where answers go: the full address that wrote last, or the account. */
  readonly to: string;
}
/** The latest first. */
const chats = slice<readonly Chat[]>('chats', []);
const MOST = 12;

function keep(context: Context, chat: Chat): void {
  const others = context.get(chats).filter(({ partner }) => partner !== chat.partner);
  context.set(chats, [chat, ...others].slice(0, MOST));
}

const answerTo = ({ partner, to }: Chat, id: string): Deed => ({
  id: `chat/${partner}`,
  title: `Answer ${partner}`,
  source: 'RFC 6121 §5.1',
  help: to === partner ? 'Wherever they are now: the server chooses.' : `Where they wrote from: ${to}.`,
  fields: [paragraph('body', 'Message', { required: true, value: 'Hello' })],
  write: (form) => el('message', NS.client, { type: 'chat', id, to }, el('body', NS.client, {}, form.text('body'))),
});

export const clientChats: Module = {
  id: 'rfc-6121-client-chats',
  title: 'Chats, the client’s side',
  spec: 'RFC 6121',
  version: '2011-03',
  places: ['client'],
  rules: {},
  hooks: [
    {
      event: 'message/client',
      priority: 5,
      run(context, { stanza, from }) {
        const partner = bareOf(from);
        const isChat = stanza.attrs['type'] === 'chat' && child(stanza, 'body') && !child(stanza, 'x', NS.mucUser);
        if (isChat && partner !== bareOf(ownJid(context))) keep(context, { partner, to: formatJid(from) });
        return false;
      },
    },
    {
      event: 'presence/client',
      priority: 30,
      run(context, { stanza, from }) {
        const partner = bareOf(from);
        const isLocked = context.get(chats).some((chat) => chat.partner === partner && chat.to !== partner);
        if (isLocked && stanza.attrs['type'] !== 'error')
          context.set(
            chats,
            context.get(chats).map((chat) => (chat.partner === partner ? { partner, to: partner } : chat)),
          );
        return false;
      },
    },
  ],
  actions(view) {
    const known = view.get(chats);
    if (known.length === 0) return [];
    return [{ key: 'self', title: '', subtitle: '', actions: known.map((chat) => answerTo(chat, view.id)) }];
  },
  inspect({ get }) {
    const rows = get(chats).map(({ partner, to }) => ({ key: partner, cells: [{ text: partner }, { text: to }] }));
    return rows.length === 0
      ? []
      : [{ type: 'table', key: 'chats', title: 'Chats', columns: ['With', 'Answers go to'], rows, empty: 'None.' }];
  },
};
