/** What a client has been told: the messages that it shows to its user, errors among them. RFC 6121 §5. */
import { child, type Element } from '../../../base/xml/element.ts';
import type { Context, Module } from '../module.ts';
import { NS } from '../namespaces.ts';
import { bodyOf, shortOf, summaryOf } from '../read.ts';
import { slice } from '../slice.ts';

interface SeenMessage {
  readonly from: string;
  readonly text: string;
  readonly kind: string;
}
/** The last that were seen; a client that kept all would make keyframes grow without an end. */
const seenMessages = slice<readonly SeenMessage[]>('messages', []);
const KEPT = 200;

/** @param how it has come, where that is not the usual way. */
export function keepSeen(context: Context, stanza: Element, how: string): boolean {
  const type = stanza.attrs['type'] ?? 'normal';
  const text = type === 'error' ? summaryOf(stanza) : bodyOf(stanza);
  if (text === '') return false;
  const kind = how === '' ? type : `${type}, ${how}`;
  context.set(seenMessages, [...context.get(seenMessages), { from: shortOf(stanza.attrs['from']), text, kind }].slice(-KEPT));
  return true;
}

export const clientMessages: Module = {
  id: 'rfc-6121-client-messages',
  title: 'Messages, the client’s side',
  spec: 'RFC 6121',
  version: '2011-03',
  places: ['client'],
  rules: {},
  hooks: [
    {
      event: 'message/client',
      run: (context, { stanza }) => keepSeen(context, stanza, child(stanza, 'delay', NS.delay) ? 'history' : ''),
    },
  ],
  inspect: ({ get }) => [
    {
      type: 'table',
      key: 'messages',
      title: 'Messages seen',
      columns: ['From', 'Message', 'Type'],
      rows: get(seenMessages).map((m, i) => ({ key: String(i), cells: [m.from, m.text, m.kind].map((text) => ({ text })) })),
      empty: 'None yet.',
    },
  ],
};
