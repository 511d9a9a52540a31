/** Presence and messages by hand: RFC 6121 §4, §5.2. */
import { el } from '../../../base/xml/element.ts';
import { choice, open, option, paragraph, text, type ActionView, type Deeds } from '../actions/contract.ts';
import { NS } from '../namespaces.ts';

const SHOWS = [
  option('', 'available'),
  option('chat', 'chat: free to talk'),
  option('away', 'away'),
  option('xa', 'xa: away for long'),
  option('dnd', 'dnd: do not disturb'),
  option('unavailable', 'unavailable: gone'),
];

const TYPES = [option('chat', 'chat'), option('normal', 'normal: a single message'), option('headline', 'headline: no answer is expected')];

export function presenceActions({ id, people }: ActionView, own: string): readonly Deeds[] {
  return [
    {
      key: 'self',
      title: 'Presence and messages',
      subtitle: own,
      actions: [
        {
          id: 'presence',
          title: 'Set presence',
          source: 'RFC 6121 §4.4, §4.5',
          fields: [choice('show', 'Presence', SHOWS), text('status', 'Status', { help: 'In words, for people' })],
          write(form) {
            const show = form.text('show');
            const status = form.some('status');
            const words = status === undefined ? [] : [el('status', NS.client, {}, status)];
            if (show === 'unavailable') return el('presence', NS.client, { type: 'unavailable' }, ...words);
            return el('presence', NS.client, {}, ...(show === '' ? [] : [el('show', NS.client, {}, show)]), ...words);
          },
        },
        {
          id: 'message',
          title: 'Send a message',
          source: 'RFC 6121 §5.2',
          fields: [
            open(
              'to',
              'To',
              people.map((jid) => option(jid)),
              { required: true },
            ),
            paragraph('body', 'Message', { required: true, value: 'Hello' }),
            choice('type', 'Type', TYPES),
          ],
          write(form) {
            const type = form.text('type');
            const attrs = { type: type === 'normal' ? undefined : type, id, to: form.jid('to') };
            return el('message', NS.client, attrs, el('body', NS.client, {}, form.text('body')));
          },
        },
      ],
    },
  ];
}
