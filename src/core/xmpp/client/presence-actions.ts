/** Presence, messages and small questions by hand: RFC 6121 §4, §5.2, and what anybody may be asked. */
import { el, type Element } from '../../../base/xml/element.ts';
import { choice, open, option, paragraph, text, type ActionView, type Deeds, type Filled } from '../actions/contract.ts';
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

/** What anybody may be asked, with an empty element. */
const QUESTIONS = [
  { value: 'ping', label: 'ping: are you there?', ns: NS.ping, name: 'ping' },
  { value: 'info', label: 'disco info: what can you do?', ns: NS.discoInfo, name: 'query' },
  { value: 'items', label: 'disco items: what have you got?', ns: NS.discoItems, name: 'query' },
  { value: 'version', label: 'version: which program are you?', ns: 'jabber:iq:version', name: 'query' },
  { value: 'time', label: 'time: how late is it?', ns: 'urn:xmpp:time', name: 'time' },
  { value: 'last', label: 'last activity: since when?', ns: 'jabber:iq:last', name: 'query' },
  { value: 'vcard', label: 'vCard: who are you?', ns: NS.vcard, name: 'vCard' },
] as const;

export function presenceActions({ id, people, clients, services }: ActionView, own: string): readonly Deeds[] {
  const hosts = (['server', 'muc', 'mix', 'pubsub'] as const).flatMap((place) => services(place).map(({ name }) => name));
  const anyone = [...people, ...clients, ...hosts].map((jid) => option(jid));
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
          write: (form) => presenceOf(form, {}),
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
        {
          id: 'presence-to',
          title: 'Send presence to one',
          source: 'RFC 6121 §4.6',
          help: 'Directed presence: only they see it, and they are told when the client goes.',
          fields: [
            open(
              'to',
              'To',
              people.map((jid) => option(jid)),
              { required: true },
            ),
            choice('show', 'Presence', SHOWS),
            text('status', 'Status', { help: 'In words, for people' }),
          ],
          write: (form) => presenceOf(form, { to: form.jid('to') }),
        },
        {
          id: 'ask',
          title: 'Ask something',
          source: 'RFC 6120 §8.2.3',
          help: 'A request that is answered by a result or an error, whoever it goes to.',
          fields: [open('to', 'Whom', anyone, { required: true }), choice('question', 'Question', QUESTIONS)],
          write(form) {
            const { ns, name } = QUESTIONS.find(({ value }) => value === form.text('question')) ?? QUESTIONS[0];
            return el('iq', NS.client, { type: 'get', id, to: form.jid('to') }, el(name, ns));
          },
        },
      ],
    },
  ];
}

function presenceOf(form: Filled, attrs: Readonly<Record<string, string>>): Element {
  const show = form.text('show');
  const status = form.some('status');
  const words = status === undefined ? [] : [el('status', NS.client, {}, status)];
  if (show === 'unavailable') return el('presence', NS.client, { ...attrs, type: 'unavailable' }, ...words);
  return el('presence', NS.client, attrs, ...(show === '' ? [] : [el('show', NS.client, {}, show)]), ...words);
}
