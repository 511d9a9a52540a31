/** The rules of MIX that channels and accounts’ servers follow, in words: XEP-0369, XEP-0403, XEP-0405. */
import { rule } from '../../module.ts';

const core = (id: string, section: string, words: string) => rule(`xep-0369/${id}`, `XEP-0369 §${section}`, words);
const presence = (id: string, section: string, words: string) => rule(`xep-0403/${id}`, `XEP-0403 §${section}`, words);
const pam = (id: string, section: string, words: string) => rule(`xep-0405/${id}`, `XEP-0405 §${section}`, words);

export const coreRules = {
  joined: core(
    '7.1.2/joined',
    '7.1.2',
    'The person, not a client of theirs, takes part from now on. The channel answers with an identifier that stays theirs and with the nodes that it sends them.',
  ),
  again: core('7.1.2/again', '7.1.2', 'Somebody who takes part already joins again: the nodes that they are sent are those asked for now.'),
  participants: core(
    '7.1.2/participants',
    '5.1.5, 7.1.2',
    'The participants node has changed, so whoever is subscribed to it is told of the item: somebody has come, has another nick, or is gone.',
  ),
  left: core('7.1.3/left', '7.1.3', 'The person does not take part any more; nothing of the channel is sent to them.'),
  nick: core('7.1.5/nick', '7.1.5', 'The participant has this nick from now on.'),
  nickTaken: core('7.1.5/conflict', '7.1.5', 'Another participant has this nick: conflict.'),
  nickMissing: core('7.1.2/no-nick', '7.1.2, 7.1.5', 'Each participant of this channel has a nick, and none was given: bad-request.'),
  subscriptions: core('7.1.4/subscriptions', '7.1.4', 'What of the channel is sent to this participant has changed.'),
  reflected: core(
    '7.1.6/reflected',
    '7.1.6',
    'The channel sends the message to the account of each participant who is subscribed to its messages, the author’s too, with the author’s nick and address. How many clients the account has is no matter of the channel.',
  ),
  outsider: core('7.1.6/outsider', '7.1.6', 'Only participants may write to the channel and read it: forbidden.'),
  notForChannel: core('7.1.6/not-for-channel', '7.1.6', 'A channel takes groupchat messages only.'),
  noChannel: core('6/no-channel', '6, 7.1.2', 'There is no such channel: item-not-found.'),
  created: core(
    '7.3.2/created',
    '7.3.2',
    'The channel is made, with what channels have by default; its maker is the owner, and does not take part yet.',
  ),
  exists: core('7.3.2/exists', '7.3.2', 'There is a channel of this name already: conflict.'),
  destroyed: core('7.3.3/destroyed', '7.3.3', 'The channel is no more. Only its owner may do that.'),
  info: core('6.3/info', '6.3', 'What the channel is, and what it can.'),
  nodes: core('6.4/nodes', '6.4', 'The nodes that the channel has, for those who take part.'),
  items: core('6.5/items', '6.5, 7.1.7', 'Items of a node of the channel, by PubSub: its participants, or what it says of itself.'),
  noNode: core('5/no-node', '5.1', 'The channel has no such node that can be read by PubSub: item-not-found.'),
  badRequest: core('7/bad-request', '7', 'The request says nothing that the channel could do.'),
  bounced: core(
    '7.1.6/bounced',
    '7',
    'Something that the channel had sent comes back as an error. A participant stays one: nothing is done.',
  ),
};

export const presenceRules = {
  kept: presence(
    '3.1/distributed',
    '3.1',
    'A client of a participant has said how it is. The channel keeps that and sends it to the accounts of those who are subscribed to its presence, from an address made of identifier and channel.',
  ),
  gone: presence(
    '3.3/gone',
    '3.3, 3.4',
    'A client is not available any more, or its user has left the channel: those who are subscribed to presence are told so.',
  ),
  all: presence(
    '3.2/all',
    '3.2; XEP-0405 §2.7.3',
    'Whoever subscribes to presence, or whose server asks for it from the bare address, is sent what is known of every client.',
  ),
  stranger: presence('3.1/stranger', '3.1', 'Presence of somebody who does not take part is of no interest to the channel.'),
};

export const pamRules = {
  join: pam(
    '2.6/join',
    '2.6',
    'The client asks its own server, and that asks the channel in the name of the account: it is the account that takes part, and its server that keeps the roster.',
  ),
  joined: pam(
    '2.6/joined',
    '2.6, 2.8',
    'The channel has taken the account. It stands in the roster now, as one that is told of presence, and the client is given the answer.',
  ),
  leave: pam(
    '2.7/leave',
    '2.7',
    'The client asks its own server to leave the channel, and that asks the channel in the name of the account.',
  ),
  left: pam('2.7/left', '2.7, 2.8', 'The account does not take part any more, so the channel is taken out of the roster.'),
  refused: pam('2.6/refused', '2.6', 'The channel has refused, and the client is given its error. The roster stays as it is.'),
  message: pam(
    '2.2/message',
    '2.2',
    'A message of a channel is for the account: the server sends it to every client of it that is online and knows MIX, with that one’s address.',
  ),
  nobody: pam('2.2/nobody', '2.2', 'No client that knows MIX is online. The message is not delivered, and nobody is told.'),
  presence: pam('2.8.2/presence', '2.8.2', 'Presence of somebody in a channel is sent on to every client of the account that knows MIX.'),
  told: pam('2.8.1/told', '2.8.1', 'The channel is told that this client is online: it stands in the roster as one that may know.'),
  withheld: pam('2.8/withheld', '2.8', 'Only clients that know MIX are seen in channels; this one has not shown that it does.'),
  refresh: pam(
    '2.8.3/refresh',
    '2.8.3',
    'A client has come online. Its server keeps no presence of channels, so it asks each for everything that is known, from the bare address.',
  ),
  annotated: pam(
    '2.9/annotated',
    '2.9',
    'This client has asked to be told which contacts are channels, and with which identifier the account takes part.',
  ),
};
