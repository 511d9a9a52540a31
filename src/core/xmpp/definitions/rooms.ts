/** Rooms: XEP-0045 in its four namespaces, direct invitations (XEP-0249). */
import { NS } from '../namespaces.ts';
import { define } from './model.ts';

const AFFILIATION = 'admin|member|none|outcast|owner What lasts: how somebody stands to the room. §5.2';
const ROLE = 'moderator|none|participant|visitor What lasts until one leaves: what somebody may do in it. §5.1';
const ITEM = {
  affiliation: AFFILIATION,
  role: ROLE,
  jid: 'jid The true address, shown to those who may see it.',
  nick: 'string The name in the room.',
};
const ACTOR = { jid: 'jid The true address of the one who did it.', nick: 'string The name of the one who did it.' };

export const MUC = define(NS.muc, 'XEP-0045', {
  x: ['§7.2.1', 'The sender wants to enter the room; without it, presence to a room is no entry.', 'history?, password?'],
  'x/password': ['§7.2.5', 'The password of the room.', '=string'],
  history: [
    '§7.2.14',
    'How much of what was said before is wanted.',
    '=',
    {
      maxchars: 'int At most so many characters.',
      maxstanzas: 'int At most so many messages.',
      seconds: 'int Only of so many last seconds.',
      since: 'dateTime Only what came after.',
    },
  ],
});

export const MUC_USER = define(NS.mucUser, 'XEP-0045', {
  x: ['§7', 'What the room tells of an occupant, or of itself.', '(decline | destroy | invite | item | password | status)*'],
  'x/password': ['§7.8.2', 'The password of the room, with an invitation.', '=string'],
  decline: ['§7.8.2', 'An invitation is declined.', 'reason?', { from: 'jid Who declines.', to: 'jid Who had invited.' }],
  destroy: ['§10.9', 'The room is no more.', 'reason?', { jid: 'jid The room to go to instead.' }],
  invite: [
    '§7.8.2',
    'Somebody is invited, by way of the room.',
    'reason?, continue?',
    { from: 'jid Who invites.', to: 'jid Who is invited.' },
  ],
  item: ['§7', 'How somebody stands to the room.', 'actor?, continue?, reason?', ITEM],
  actor: ['§9', 'Who did it.', '=', ACTOR],
  continue: ['§7.9', 'The room goes on with a conversation of two.', '=', { thread: 'string That conversation.' }],
  reason: ['§9', 'Why, in words.', '=string'],
  status: [
    '§15.6.2',
    'Something that happened, as a number.',
    '',
    { code: 'int{100,999}! 110: this is about yourself; 201: the room is new; 301, 307: banned, kicked; and others.' },
  ],
});

export const MUC_ADMIN = define('http://jabber.org/protocol/muc#admin', 'XEP-0045', {
  query: ['§9', 'Roles and affiliations are asked for or changed.', 'item+'],
  item: ['§9', 'One of them.', 'actor?, reason?', ITEM],
  actor: ['§9', 'Who did it.', '=', ACTOR],
  reason: ['§9', 'Why, in words.', '=string'],
});

export const MUC_OWNER = define('http://jabber.org/protocol/muc#owner', 'XEP-0045', {
  query: ['§10', 'The room is configured or destroyed.', '(data:x | destroy)?'],
  destroy: ['§10.9', 'The room is to be destroyed.', 'password?, reason?', { jid: 'jid The room to go to instead.' }],
  'destroy/password': ['§10.9', 'The password of that other room.', '=string'],
  'destroy/reason': ['§10.9', 'Why, in words.', '=string'],
});

export const CONFERENCE = define('jabber:x:conference', 'XEP-0249', {
  x: [
    '§2',
    'An invitation to a room, sent directly.',
    '=',
    {
      jid: 'jid! The room.',
      password: 'string Its password.',
      reason: 'string Why, in words.',
      continue: 'boolean Whether it goes on with a conversation of two.',
      thread: 'string That conversation.',
    },
  ],
});

export const FMUC = define('http://isode.com/protocol/fmuc', 'XEP-0289', {
  fmuc: ['§5.1', 'A room speaks to one that it federates with.', '(reject | left)?', { from: 'string Address of whom it is about.' }],
  '/reject': ['§5.1', 'The other room may not join this one; why, in words.', '=string'],
  '/left': ['§5.4', 'The other room is not in the set any more.', '='],
});

const NODE = { node: 'string! The node.' };
const WHO = '(nick | jid)*';

export const MIX = define('urn:xmpp:mix:core:1', 'XEP-0369', {
  join: [
    '§7.1.2',
    'An account wants to take part in a channel, or does from now on.',
    '(subscribe | nick | other)*',
    { jid: 'jid Of older versions: the participant.', id: 'string The participant’s identifier, in the answer.' },
  ],
  leave: ['§7.1.3', 'An account takes part no longer.', '='],
  'update-subscription': ['§7.1.4', 'Other nodes are wanted.', '(subscribe | unsubscribe)*', { jid: 'jid Whose.' }],
  setnick: ['§7.1.5', 'Another nick is wanted.', 'nick'],
  subscribe: ['§7.1.2', 'A node whose news are wanted.', '=', NODE],
  unsubscribe: ['§7.1.4', 'A node whose news are not wanted any more.', '=', NODE],
  nick: ['§7.1.5', 'The name in the channel.', '=string'],
  jid: ['§5.1.5', 'The address of the account.', '=string'],
  participant: ['§5.1.5', 'Somebody who takes part.', WHO],
  mix: ['§7.1.6', 'Who has written this message.', WHO],
  create: ['§7.3.2', 'A channel is to be made.', '=', { channel: 'string Its name.' }],
  destroy: ['§7.3.3', 'A channel is to be destroyed.', '=', { channel: 'string! Its name.' }],
});

export const MIX_PRESENCE = define('urn:xmpp:mix:presence:0', 'XEP-0403', {
  mix: ['§2.5', 'Whose client this presence is of.', WHO],
  '/nick': ['§2.5', 'The name in the channel.', '=string'],
  '/jid': ['§2.5', 'The full address of the client.', '=string'],
});

export const MIX_PAM = define('urn:xmpp:mix:pam:2', 'XEP-0405', {
  'client-join': ['§2.6', 'A client wants its account to take part in a channel.', 'mix:join?', { channel: 'jid The channel.' }],
  'client-leave': ['§2.7', 'A client wants its account to leave a channel.', 'mix:leave?', { channel: 'jid The channel.' }],
});

export const MIX_ROSTER = define('urn:xmpp:mix:roster:0', 'XEP-0405', {
  annotate: ['§2.9', 'Contacts that are channels are to be marked.', '='],
  channel: ['§2.9', 'This contact is a channel.', '=', { 'participant-id': 'string! The account’s identifier there.' }],
});
