/** The rules of XEP-0045 that this service follows, in words. */
import { rule } from '../../module.ts';

const xep = (id: string, section: string, text: string) => rule(`xep-0045/${id}`, `XEP-0045 §${section}`, text);

export const rules = {
  list: xep(
    '7.2.2/occupants',
    '7.1, 7.2.2',
    'Before anything else the newcomer learns who is in the room: one presence for each occupant, from that occupant’s room address. Real addresses are for moderators only (§7.2.4).',
  ),
  joined: xep(
    '7.2.2/joined',
    '7.2.2',
    'The room tells every occupant that somebody has joined. It put the occupant’s room address in `from` and added affiliation and role; moderators are shown the real address too.',
  ),
  self: xep(
    '7.2.2/self',
    '7.2.2',
    'The newcomer’s own presence comes last of all, with status 110, “this is about you”: now the list is complete and the join has succeeded.',
  ),
  history: xep(
    '7.2.13/history',
    '7.2.13',
    'After the presences the newcomer gets what was said before, with a delay element that says when; `from` is who said it.',
  ),
  subject: xep(
    '7.2.15/subject',
    '7.2.15',
    'The subject ends the join. It is sent even when there is none, so that the client knows that history is over.',
  ),
  resync: xep(
    '7.2.18/resync',
    '7.2.18',
    'The client is in the room already and joins again: it has lost track, so it is sent everything once more.',
  ),
  noNick: xep(
    '7.2.1/no-nick',
    '7.2.1',
    'Who joins must say a nick. The specification wants jid-malformed here; Prosody, which is followed, finds nobody to take presence for the bare room and answers service-unavailable.',
  ),
  emptyNick: xep('7.2.1/empty-nick', '7.2.1, 17.1', 'A nick of spaces only is none, so the join is refused with jid-malformed.'),
  conflict: xep(
    '7.2.8/conflict',
    '7.2.8, 7.6',
    'Somebody else has this nick, so it is refused with conflict. Nobody in the room sees anything of it.',
  ),
  banned: xep('7.2.7/banned', '7.2.7', 'An outcast may not enter: forbidden.'),
  created: xep(
    '10.1.1/created',
    '10.1.1',
    'There was no such room, so joining it made it: status 201. Who made it owns it, and it is locked until it is configured.',
  ),
  locked: xep(
    '10.1.3/locked',
    '10.1.3, 7.2.10',
    'The room has just been made and its owner has not configured it yet: nobody else may enter. As if it were not there: item-not-found.',
  ),
  unlocked: xep('10.1.2/unlocked', '10.1.2, 10.1.3', 'The owner has taken the room as it is, or configured it: it is open from now on.'),
  form: xep('10.1.3/form', '10.1.3, 10.2', 'The owner is sent the configuration as a form.'),
  cancelled: xep(
    '10.1.3/cancelled',
    '10.1.3',
    'The owner has cancelled the first configuration. The specification has the room destroyed; Prosody only says yes, and the room stays.',
  ),
  notOwner: xep('10.2/not-owner', '10.2', 'Only owners configure a room: forbidden.'),
  kickedByError: xep(
    '9/bounced',
    '7.14, 14.4',
    'What the room sent to this occupant came back, so the occupant is gone: out of the room with status 333, and why.',
  ),
  notJoined: xep(
    '7.2.18/not-joined',
    '7.2.1, 7.2.18',
    'Presence without the muc element is no join. Who sends it believes to be in the room and is not, so Prosody answers item-not-found.',
  ),
  update: xep('7.7/update', '7.7', 'An occupant’s new presence is sent on to everyone, from the occupant’s room address.'),
  oldNick: xep('7.6/old-nick', '7.6', 'A change of nick: the old one becomes unavailable with status 303, and the item names the new one.'),
  newNick: xep('7.6/new-nick', '7.6', 'Then the new nick is announced like any occupant.'),
  left: xep(
    '7.14/left',
    '7.14',
    'The occupant has left: everyone who stays is sent unavailable from the room address, with role none. The affiliation stays.',
  ),
  selfLeft: xep('7.14/self-left', '7.14', 'Who leaves is told so too, with status 110. It is the last that the room sends to this client.'),
  sharedLeft: xep(
    '7.14/shared-left',
    '7.14',
    'One client of several with this nick has left. The nick stays, so the others are sent presence anew, and only this client unavailable.',
  ),
  notThere: xep('7.14/not-there', '7.14, 17.3', 'Unavailable from somebody who is not in the room changes nothing and is ignored.'),
  presenceType: xep('17.3/presence-type', '17.3', 'Presence of this type is neither a join nor a leave; the room ignores it.'),
  reflect: xep(
    '7.4/reflect',
    '7.4',
    'The room replaced `from` by the speaker’s room address and sent the message to every occupant, the speaker included. It is in the order of the room that everybody sees the same.',
  ),
  outsider: xep(
    '7.4/outsider',
    '7.4, 7.5',
    'Only occupants may speak in the room or to its occupants, so the message comes back with not-acceptable.',
  ),
  subjectSet: xep('8.1/subject', '8.1', 'A message with a subject and no body changes the room’s subject; it is sent to everyone.'),
  subjectDenied: xep('8.1/subject-denied', '8.1', 'Only moderators change the subject of this room: forbidden.'),
  private: xep(
    '7.5/private',
    '7.5',
    'A private message goes to one occupant only, from the sender’s room address, so that neither needs the other’s real one. The empty muc#user element says that it is one.',
  ),
  privateType: xep('7.5/private-type', '7.5', 'A groupchat message cannot be for one occupant: bad-request.'),
  nobody: xep('7.5/nobody', '7.5', 'Nobody in the room has this nick: item-not-found.'),
  request: xep(
    '17.4/request',
    '17.4',
    'The room passes a request on to the occupant’s client, from the asker’s room address and under an id of its own, so that neither learns the other’s address.',
  ),
  answer: xep(
    '17.4/answer',
    '17.4',
    'The room knows this id: it put back the asker’s own and sent the answer on, from the room address of who was asked.',
  ),
  unasked: xep('17.4/unasked', '17.4', 'A reply that belongs to no request that the room passed on: it is dropped.'),
  selfPing: rule(
    'xep-0410/3/self-ping',
    'XEP-0410 §3',
    'A ping to one’s own room address asks “am I still in the room?”; the room answers for it: yes.',
  ),
  notForRoom: xep('7.4/not-for-room', '7.4', 'A room takes groupchat messages only; Prosody answers others with service-unavailable.'),
  noRoom: xep('7/no-room', '7.4, 7.5', 'There is no such room: item-not-found.'),
  errorIgnored: xep('7/error-ignored', '7', 'An error that comes back to the room is not answered, and nothing is done about it here.'),
};
