/** Where Prosody's rooms and the specification differ. */
import type { Conflict } from '../../conflicts.ts';

export const ROOM_CONFLICTS: readonly Conflict[] = [
  {
    id: 'room-no-nick',
    prosody: 'Presence to the bare address of a room, from somebody who is not in it, is answered by service-unavailable.',
    specification: 'Who joins must say a nick: jid-malformed.',
    source: 'XEP-0045 §7.2.1',
  },
  {
    id: 'room-blank-nick',
    prosody: 'A nick of spaces is refused with not-allowed of the type `modify`.',
    specification: 'A nick that is none is refused with jid-malformed.',
    source: 'XEP-0045 §7.2.1, §17.1',
  },
  {
    id: 'room-first-form-cancel',
    prosody: 'Cancelling the first configuration is acknowledged, and the room stays, locked.',
    specification: 'The room is destroyed.',
    source: 'XEP-0045 §10.1.3',
  },
  {
    id: 'room-kick-order',
    prosody: 'The occupants are told of a kick or a ban first, and then the one who has done it is answered.',
    specification: 'The one who is removed is told, then the request is answered, then the others are told.',
    source: 'XEP-0045 §8.2, §9.1',
  },
  {
    id: 'room-list-first-item',
    prosody: 'Of the items of a muc#admin request only the first is done, and the request is answered as if all had been.',
    specification: 'All are done, or none where one of them is not allowed.',
    source: 'XEP-0045 §9.2, §9.5, §17.3',
  },
  {
    id: 'room-members-only-removal',
    prosody: 'Those who are removed because the room is for members only from now on are told (322), the others are not.',
    specification: 'Those who stay are told too.',
    source: 'XEP-0045 §10.2',
  },
  {
    id: 'room-whois-unknown',
    prosody:
      'A configuration with a value that means nothing (whois “nobody”, no role to show) is not answered at all; the room is unlocked by it.',
    specification: 'It is refused with an error, and nothing changes.',
    source: 'XEP-0045 §10.2, RFC 6120 §8.2.3',
  },
  {
    id: 'room-admin-no-item',
    prosody: 'A muc#admin `get` without an item is not answered at all.',
    specification: 'Every request is answered: bad-request.',
    source: 'RFC 6120 §8.2.3',
  },
  {
    id: 'room-subject-id',
    prosody:
      'A change of subject is sent without the id of the message that asked for it, and not at all where the subject is the same as before.',
    specification: 'The message is reflected like any other, with its id.',
    source: 'XEP-0045 §8.1, §7.4',
  },
  {
    id: 'room-outsider-invites',
    prosody: 'Somebody who is not in an open room may invite to it through the room.',
    specification: 'Invitations come from occupants.',
    source: 'XEP-0045 §5.1.1, §7.8.2',
  },
  {
    id: 'room-voice-outsider',
    prosody: 'A voice request from somebody who is not in the room is not answered at all.',
    specification: 'Who is not in the room is told so by not-acceptable.',
    source: 'XEP-0045 §7.4, §7.13',
  },
  {
    id: 'room-ban-self',
    prosody: 'An admin who bans himself is refused with not-allowed.',
    specification: 'It is refused with conflict.',
    source: 'XEP-0045 §9.1',
  },
  {
    id: 'room-invitation-reason',
    prosody: 'In what the room adds to an invitation for clients that know direct ones only, the reason is text inside the element.',
    specification: 'The element is empty, and the reason an attribute of it.',
    source: 'XEP-0249 §2',
  },
  {
    id: 'room-not-joined',
    prosody: 'Presence from somebody who is not in the room, and does not join it, is answered by item-not-found.',
    specification: 'The client is put out in so many words: unavailable with 110, 307 and 333, so that it knows that it is not inside.',
    source: 'XEP-0045 §7.2.18',
  },
  {
    id: 'room-archive-unsaid',
    prosody: 'A change of whether a room is archived is told to those inside (170, 171), but not to those who come later.',
    specification: 'Who enters a room whose discussions are logged is told so by 170.',
    source: 'XEP-0045 §7.2.12',
  },
  {
    id: 'room-banned-nick',
    prosody: 'The nick of a member who is banned stays registered, so that nobody else can have it.',
    specification: 'The nick is taken from the list of reserved ones.',
    source: 'XEP-0045 §9.2',
  },
  {
    id: 'room-without-right',
    prosody: 'Who may not change a role or an affiliation at all is refused with not-allowed, as one is who acts on somebody higher.',
    specification: 'It is forbidden for who is no moderator, no admin or no owner; not-allowed is for what even they may not do.',
    source: 'XEP-0045 §8, §9, §10',
  },
  {
    id: 'room-voice-of-equals',
    prosody: 'Only who has a higher affiliation than the moderator is safe from losing voice or the role of a moderator.',
    specification:
      'Admins and owners are safe from both, whoever acts; and voice is not taken from who has the same affiliation, unless that is none.',
    source: 'XEP-0045 §5.1.1, §8.4, §9.7',
  },
  {
    id: 'room-destroyed-affiliation',
    prosody: 'Who is put out of a room that is destroyed is told the affiliation that was.',
    specification: 'It is none, as there is no room any more.',
    source: 'XEP-0045 §10.9',
  },
  {
    id: 'room-occupant-disco',
    prosody: 'A discovery request to an occupant, from outside, is answered by not-acceptable.',
    specification: 'It is bad-request.',
    source: 'XEP-0045 §6.6',
  },
];
