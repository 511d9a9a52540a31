/**
 * XEP-0369 Mediated Information eXchange (MIX) 0.14.6 (2020-02-04, experimental, https://xmpp.org/extensions/xep-0369.html), with XEP-0403 MIX Presence 0.3.2
 * (2020-12-01): §5.1 the nodes messages, participants, presence and info; §6 discovery; §7.1 joining, leaving, subscriptions, nicks, messages; §7.3 making
 * and destroying channels. XEP-0403: §2.2 encoded addresses, §3.1 to §3.4 presence. The participant's server: xep0405.ts. The parts are in mix/.
 * Chosen where the specification leaves it open: each participant has a nick (§5.1.5, the default); who left and comes again has the identifier of before; the id of
 * a message stays, and the channel adds its own as a `stanza-id` (XEP-0359).
 * Simplified: a channel keeps no archive of messages (optional since 0.14) and offers none; allowed, banned and configuration nodes, roles other than the owner's,
 * retraction, invitations, private messages, jid-hidden channels (XEP-0404) and requests through a channel (XEP-0403 §3.5) are not there, and not announced.
 */
import type { Part } from '../../../protocol/parts.ts';
import type { GroupSeen } from '../groups.ts';
import type { Context, Hook, Module, StanzaEvent } from '../module.ts';
import { channels, CORE, presences, visit, type Channel } from './mix/channel.ts';
import { reflect } from './mix/distribute.ts';
import { create, destroy, join, leave, setNick, updateSubscription } from './mix/membership.ts';
import { channelNode, PUBSUB } from './mix/nodes.ts';
import { coreRules as rules } from './mix/rules.ts';

function message(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { channel, sender } = visit(context, event);
  const { type } = stanza.attrs;
  if (type === 'error') return context.drop(rules.bounced);
  if (!channel) return context.bounce(stanza, 'item-not-found', rules.noChannel, { by: context.party.name });
  if (type !== 'groupchat') return context.bounce(stanza, 'service-unavailable', rules.notForChannel, { by: channel.jid });
  if (!sender) return context.bounce(stanza, 'forbidden', rules.outsider, { by: channel.jid });
  reflect(context, channel, stanza, sender);
  return true;
}

const set = (kind: 'bare' | 'host', name: string, run: Hook['run']): Hook => ({ event: `iq-set/${kind}/${CORE}:${name}`, run });

export const xep0369: Module = {
  id: 'xep-0369',
  title: 'Mediated information exchange: channels',
  spec: 'XEP-0369',
  version: '0.14.6',
  places: ['mix'],
  features: [CORE, `${CORE}#create-channel`, `${CORE}#searchable`],
  rules,
  hooks: [
    set('bare', 'join', join),
    set('bare', 'leave', leave),
    set('bare', 'setnick', setNick),
    set('bare', 'update-subscription', updateSubscription),
    set('host', 'create', create),
    set('host', 'destroy', destroy),
    { event: `iq-get/bare/${PUBSUB}:pubsub`, run: channelNode },
    { event: 'message/bare', run: message },
    { event: 'message/full', run: message },
  ],
  groups: ({ get }) => Object.values(get(channels)).map(groupOf),
  inspect: ({ get }) =>
    Object.values(get(channels)).flatMap((channel) => describe(channel, Object.keys(get(presences)[channel.jid] ?? {}))),
};

/** Around it stand the clients of the accounts that take part, which it knows nothing of itself. */
const groupOf = ({ jid, participants }: Channel): GroupSeen => ({
  kind: 'channel',
  address: jid,
  node: '',
  title: jid.split('@', 1)[0] ?? jid,
  words: `channel ${jid}, ${participants.length === 1 ? 'one participant' : `${participants.length} participants`}`,
  part: `participants/${jid}`,
  members: participants.map(({ bare, nick }) => ({ address: bare, name: nick, mark: 'plain', words: 'participant' })),
});

/** §6.2: the channels of the service. */
export const listedChannels = (context: Context): readonly { readonly jid: string; readonly name: string }[] =>
  Object.values(context.get(channels)).map(({ jid, title }) => ({ jid, name: title }));

function describe(channel: Channel, seen: readonly string[]): readonly Part[] {
  const name = channel.jid.split('@', 1)[0] ?? channel.jid;
  return [
    {
      type: 'fields',
      key: `channel/${channel.jid}`,
      title: `Channel ${name}`,
      fields: [
        { key: 'jid', label: 'Address', value: channel.jid, mono: true },
        { key: 'title', label: 'Name', value: channel.title },
        { key: 'description', label: 'Description', value: channel.description || '(none)' },
        { key: 'owner', label: 'Owner', value: channel.owner, mono: true },
      ],
    },
    {
      type: 'table',
      key: `participants/${channel.jid}`,
      title: `Participants of ${name}`,
      columns: ['Nick', 'Account', 'Identifier', 'Is sent', 'Clients seen'],
      rows: channel.participants.map((p) => ({
        key: p.bare,
        cells: [
          { text: p.nick },
          { text: p.bare },
          { text: p.id },
          { text: p.nodes.map((node) => node.slice(node.lastIndexOf(':') + 1)).join(', ') || 'nothing' },
          { text: seen.flatMap((full) => (full.startsWith(`${p.bare}/`) ? [full.slice(p.bare.length + 1)] : [])).join(', ') },
        ],
      })),
      empty: 'Nobody takes part.',
    },
  ];
}
