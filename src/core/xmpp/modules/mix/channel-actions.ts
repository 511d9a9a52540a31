/**
 * Channels by hand: XEP-0369 §7.1 joining, leaving, nick, subscriptions, speaking, §7.3 making one. Joining and leaving go by the own server (XEP-0405 §2.6, §2.7), as
 * it is the account that takes part. Channels to join are those that the services of the scene keep.
 */
import { el, type Element } from '../../../../base/xml/element.ts';
import type { ActionField } from '../../../../protocol/actions.ts';
import { choice, open, option, paragraph, text, type ActionView, type Deed, type Deeds } from '../../actions/contract.ts';
import { NS } from '../../namespaces.ts';
import { PAM } from './account.ts';
import { ALL_NODES, channels, CORE, INFO, MESSAGES, PARTICIPANTS, PRESENCES, subscribed } from './channel.ts';
import { PUBSUB } from './nodes.ts';

/** A channel that the client knows its account to take part in. */
interface SeenChannel {
  readonly jid: string;
  /** Empty while the channel has not told. */
  readonly nick: string;
}

const WORDS: Readonly<Record<string, string>> = {
  [MESSAGES]: 'messages: what is said',
  [PARTICIPANTS]: 'participants: who takes part',
  [PRESENCES]: 'presence: which of their clients are online',
  [INFO]: 'info: name and description',
};
const nodes = (name: string, label: string, values: readonly string[]): ActionField => ({
  name,
  label,
  kind: 'choices',
  options: ALL_NODES.map((node) => option(node, WORDS[node])),
  values,
});
const nameOf = (jid: string): string => jid.split('@', 1)[0] ?? jid;
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const ask = (id: string, to: string | undefined, payload: Element, type = 'set'): Element =>
  el('iq', NS.client, { type, id, ...(to !== undefined && { to }) }, payload);

export function channelActions(view: ActionView, joined: readonly SeenChannel[]): readonly Deeds[] {
  const services = view.services('mix');
  if (services.length === 0 && joined.length === 0) return [];
  return [
    {
      key: 'channels',
      title: 'Channels',
      subtitle: services.length === 0 ? 'no service of channels in this scene' : `on ${services.map((s) => s.name).join(', ')}`,
      actions: [joining(view, joined), ...(services.length === 0 ? [] : [making(view)])],
    },
    ...joined.map((channel) => inside(view, channel)),
  ];
}

function joining({ id, bare, services }: ActionView, joined: readonly SeenChannel[]): Deed {
  const known = services('mix').flatMap((service) => Object.values(service.get(channels)));
  const free = known.filter(({ jid }) => !joined.some((own) => own.jid === jid));
  return {
    id: 'mix/join',
    title: 'Join a channel',
    source: 'XEP-0369 §7.1.2, XEP-0405 §2.6',
    help: 'The own server asks the channel in the name of the account: all of its clients take part from then on, and while none is online, too.',
    fields: [
      open(
        'channel',
        'Channel',
        free.map(({ jid, title }) => option(jid, `${title} (${jid})`)),
        { required: true },
      ),
      text('nick', 'Nick', { required: true, value: capital(nameOf(bare)) }),
      nodes('nodes', 'To be told of', ALL_NODES),
    ],
    write(form) {
      const channel = form.jid('channel', 'bare');
      if (channel !== '' && !channel.includes('@'))
        form.fault('channel', `“${channel}” is a whole service: a channel is written name@service.`);
      const asked = el('join', CORE, {}, ...subscribed(form.list('nodes')), el('nick', CORE, {}, form.text('nick')));
      return ask(id, undefined, el('client-join', PAM, { channel }, asked));
    },
  };
}

function making({ id, services }: ActionView): Deed {
  return {
    id: 'mix/create',
    title: 'Make a channel',
    source: 'XEP-0369 §7.3.2',
    help: 'Whoever makes it owns it, and does not take part until they join.',
    fields: [
      choice(
        'service',
        'At',
        services('mix').map(({ name }) => option(name)),
      ),
      text('channel', 'Name', { help: 'Empty: the service makes one up' }),
    ],
    write: (form) => ask(id, form.text('service'), el('create', CORE, { channel: form.some('channel') })),
  };
}

function inside({ id }: ActionView, { jid, nick }: SeenChannel): Deeds {
  const prefix = `mix/${jid}/`;
  return {
    key: jid,
    title: `Channel ${nameOf(jid)}`,
    subtitle: nick === '' ? 'takes part' : `as ${nick}`,
    actions: [
      {
        id: `${prefix}say`,
        title: 'Speak',
        source: 'XEP-0369 §7.1.6',
        fields: [paragraph('body', 'To everyone in the channel', { required: true, value: 'Hello, everybody' })],
        write: (form) => el('message', NS.client, { to: jid, type: 'groupchat', id }, el('body', NS.client, {}, form.text('body'))),
      },
      {
        id: `${prefix}nick`,
        title: 'Change the nick',
        source: 'XEP-0369 §7.1.4',
        fields: [text('nick', 'New nick', { required: true, value: nick })],
        write(form) {
          if (form.text('nick') === nick) form.fault('nick', `“${nick}” is the nick already.`);
          return ask(id, jid, el('setnick', CORE, {}, el('nick', CORE, {}, form.text('nick'))));
        },
      },
      {
        id: `${prefix}nodes`,
        title: 'Change what it tells',
        source: 'XEP-0369 §7.1.3',
        fields: [nodes('add', 'Subscribe to', [PRESENCES]), nodes('remove', 'Unsubscribe from', [])],
        write(form) {
          const removed = form.list('remove');
          const added = form.list('add');
          const both = added.find((node) => removed.includes(node));
          if (both !== undefined) form.fault('remove', 'The same node is in both lists: choose one.');
          if (added.length + removed.length === 0) form.fault('add', 'Choose at least one node, here or below.');
          const gone = removed.map((node) => el('unsubscribe', CORE, { node }));
          return ask(id, jid, el('update-subscription', CORE, {}, ...subscribed(added), ...gone));
        },
      },
      {
        id: `${prefix}participants`,
        title: 'Ask who takes part',
        source: 'XEP-0369 §6.6',
        fields: [],
        write: () => ask(id, jid, el('pubsub', PUBSUB, {}, el('items', PUBSUB, { node: PARTICIPANTS })), 'get'),
      },
      {
        id: `${prefix}leave`,
        title: 'Leave',
        source: 'XEP-0369 §7.1.5, XEP-0405 §2.7',
        help: 'The account leaves, with all of its clients.',
        fields: [],
        write: () => ask(id, undefined, el('client-leave', PAM, { channel: jid }, el('leave', CORE))),
      },
    ],
  };
}
