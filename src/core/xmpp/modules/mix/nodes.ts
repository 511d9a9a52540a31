/** What a channel says of itself: XEP-0369 §6.3 information, §6.4 nodes, §6.5 and §7.1.7 items of its nodes by PubSub. */
import { elements, el, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import { field, form } from '../muc/forms.ts';
import { ALL_NODES, CORE, INFO, PARTICIPANTS, visit, type Channel } from './channel.ts';
import { participantItem } from './distribute.ts';
import { coreRules as rules } from './rules.ts';

export const PUBSUB = 'http://jabber.org/protocol/pubsub';

const noChannel = (context: Context, { stanza }: StanzaEvent): true =>
  context.bounce(stanza, 'item-not-found', rules.noChannel, { by: context.party.name });

export function channelInfo(context: Context, event: StanzaEvent): boolean {
  if (context.party.place !== 'mix') return false;
  const { channel } = visit(context, event);
  if (!channel) return noChannel(context, event);
  const identity = el('identity', NS.discoInfo, { category: 'conference', type: 'mix', name: channel.title });
  const features = [NS.discoInfo, NS.discoItems, CORE].sort().map((name) => el('feature', NS.discoInfo, { var: name }));
  return context.reply(resultOf(event.stanza, el('query', NS.discoInfo, {}, identity, ...features)), rules.info);
}

/** §6.4: the node `mix` has the channel's nodes; without it there is nothing. */
export function channelItems(context: Context, event: StanzaEvent): boolean {
  if (context.party.place !== 'mix') return false;
  const { stanza } = event;
  const { channel, sender } = visit(context, event);
  if (!channel) return noChannel(context, event);
  const node = payloadOf(stanza)?.attrs['node'];
  if (node !== undefined && !sender) return context.bounce(stanza, 'forbidden', rules.outsider, { by: channel.jid });
  const content = node === 'mix' ? ALL_NODES.map((name) => el('item', NS.discoItems, { jid: channel.jid, node: name })) : [];
  return context.reply(resultOf(stanza, el('query', NS.discoItems, { node }, ...content)), rules.nodes);
}

/** §5.1.7: Name and Description, as XEP-0004 has a result. */
function infoItem({ title, description, owner }: Channel): Element {
  const fields = [
    field('text-single', 'Name', [title]),
    field('text-single', 'Description', [description]),
    field('jid-multi', 'Contact', [owner]),
  ];
  return el('item', PUBSUB, { id: 'info' }, form('result', CORE, fields));
}

/** By PubSub, participants only; presence is not to be had so (XEP-0403 §2.5), and messages are not kept. */
export function channelNode(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { channel, sender } = visit(context, event);
  if (!channel) return noChannel(context, event);
  if (!sender) return context.bounce(stanza, 'forbidden', rules.outsider, { by: channel.jid });
  const asked = elements(payloadOf(stanza) ?? stanza)[0];
  const node = asked?.attrs['node'];
  if (asked?.name !== 'items' || (node !== PARTICIPANTS && node !== INFO))
    return context.bounce(stanza, 'item-not-found', rules.noNode, { by: channel.jid });
  const items = node === INFO ? [infoItem(channel)] : channel.participants.map((p) => participantItem(p, PUBSUB));
  return context.reply(resultOf(stanza, el('pubsub', PUBSUB, {}, el('items', PUBSUB, { node }, ...items))), rules.items);
}
