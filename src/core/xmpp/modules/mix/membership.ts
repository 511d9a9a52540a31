/** Joining a channel, leaving it, nicks and subscriptions; making and destroying one. XEP-0369 §7.1.2 to §7.1.5, §7.3. */
import { el, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { payloadOf, resultOf } from '../../stanza.ts';
import {
  ALL_NODES,
  channelAt,
  CORE,
  keepChannel,
  newChannel,
  nickIn,
  nodesIn,
  PRESENCES,
  removeChannel,
  subscribed,
  visit,
  type Channel,
  type Participant,
} from './channel.ts';
import { dropPresence, tellAllPresence, tellParticipants } from './distribute.ts';
import { coreRules as rules } from './rules.ts';

const noChannel = (context: Context, { stanza }: StanzaEvent): true =>
  context.bounce(stanza, 'item-not-found', rules.noChannel, { by: context.party.name });

const nickElement = (nick: string): Element => el('nick', CORE, {}, nick);

const replaced = (channel: Channel, now: Participant): Channel => ({
  ...channel,
  participants: channel.participants.map((p) => (p.bare === now.bare ? now : p)),
});

const isTaken = (channel: Channel, nick: string, bare: string): boolean =>
  channel.participants.some((p) => p.nick === nick && p.bare !== bare);

/** Letters and digits that are the same in every form of an address. */
const newId = (context: Context): string =>
  context
    .makeId('participant')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 8);

export function join(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { channel, bare, sender } = visit(context, event);
  const asked = payloadOf(stanza);
  if (!channel || !asked) return noChannel(context, event);
  const nodes = nodesIn(asked);
  const nick = nickIn(asked) ?? sender?.nick;
  if (nick === undefined) return context.bounce(stanza, 'bad-request', rules.nickMissing, { by: channel.jid });
  if (isTaken(channel, nick, bare)) return context.bounce(stanza, 'conflict', rules.nickTaken, { by: channel.jid });
  const about: Participant = { id: sender?.id ?? channel.former[bare] ?? newId(context), bare, nick, nodes };
  const now = sender ? replaced(channel, about) : { ...channel, participants: [...channel.participants, about] };
  keepChannel(context, now);
  const answer = el('join', CORE, { id: about.id }, ...subscribed(nodes), nickElement(nick));
  context.reply(resultOf(stanza, answer), sender ? rules.again : rules.joined);
  if (!sender || sender.nick !== nick) tellParticipants(context, now, about);
  if (nodes.includes(PRESENCES) && sender?.nodes.includes(PRESENCES) !== true) tellAllPresence(context, now, bare);
  return true;
}

export function leave(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { channel, bare, sender } = visit(context, event);
  if (!channel) return noChannel(context, event);
  if (!sender) return context.bounce(stanza, 'forbidden', rules.outsider, { by: channel.jid });
  const others = channel.participants.filter((p) => p !== sender);
  const now: Channel = { ...channel, participants: others, former: { ...channel.former, [bare]: sender.id } };
  keepChannel(context, now);
  context.reply(resultOf(stanza, el('leave', CORE)), rules.left);
  dropPresence(context, now, sender);
  tellParticipants(context, now, sender, true);
  return true;
}

export function setNick(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { channel, bare, sender } = visit(context, event);
  const asked = payloadOf(stanza);
  if (!channel || !asked) return noChannel(context, event);
  if (!sender) return context.bounce(stanza, 'forbidden', rules.outsider, { by: channel.jid });
  const nick = nickIn(asked);
  if (nick === undefined) return context.bounce(stanza, 'bad-request', rules.nickMissing, { by: channel.jid });
  if (isTaken(channel, nick, bare)) return context.bounce(stanza, 'conflict', rules.nickTaken, { by: channel.jid });
  const about = { ...sender, nick };
  const now = replaced(channel, about);
  keepChannel(context, now);
  context.reply(resultOf(stanza, el('setnick', CORE, {}, nickElement(nick))), rules.nick);
  if (nick !== sender.nick) tellParticipants(context, now, about);
  return true;
}

export function updateSubscription(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { channel, bare, sender } = visit(context, event);
  const asked = payloadOf(stanza);
  if (!channel || !asked) return noChannel(context, event);
  if (!sender) return context.bounce(stanza, 'forbidden', rules.outsider, { by: channel.jid });
  const added = nodesIn(asked);
  const removed = nodesIn(asked, 'unsubscribe');
  if (added.length + removed.length === 0) return context.bounce(stanza, 'bad-request', rules.badRequest, { by: channel.jid });
  const nodes = ALL_NODES.filter((node) => !removed.includes(node) && (sender.nodes.includes(node) || added.includes(node)));
  const now = replaced(channel, { ...sender, nodes });
  keepChannel(context, now);
  const content = [...subscribed(added), ...removed.map((node) => el('unsubscribe', CORE, { node }))];
  context.reply(resultOf(stanza, el('update-subscription', CORE, { jid: bare }, ...content)), rules.subscriptions);
  if (added.includes(PRESENCES) && !sender.nodes.includes(PRESENCES)) tellAllPresence(context, now, bare);
  return true;
}

/** §7.3.2: without a name the service makes one. */
export function create(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const asked = payloadOf(stanza);
  const name = asked?.attrs['channel'] ?? newId(context);
  const jid = `${name}@${context.party.name}`;
  if (channelAt(context, jid)) return context.bounce(stanza, 'conflict', rules.exists, { by: context.party.name });
  if (!/^[^"&'/:<>@\s]+$/.test(name)) return context.bounce(stanza, 'bad-request', rules.badRequest, { by: context.party.name });
  keepChannel(context, newChannel(jid, visit(context, event).bare));
  return context.reply(resultOf(stanza, el('create', CORE, { channel: name })), rules.created);
}

export function destroy(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const asked = payloadOf(stanza);
  const channel = channelAt(context, `${asked?.attrs['channel'] ?? ''}@${context.party.name}`);
  if (!channel) return noChannel(context, event);
  if (channel.owner !== visit(context, event).bare) return context.bounce(stanza, 'forbidden', rules.destroyed, { by: context.party.name });
  removeChannel(context, channel.jid);
  return context.reply(resultOf(stanza), rules.destroyed);
}
