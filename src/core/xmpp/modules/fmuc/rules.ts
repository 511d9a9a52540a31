/** The rules of XEP-0289 that rooms follow, in words; those that the specification leaves open say so. */
import { rule } from '../../module.ts';

const xep = (id: string, section: string, text: string) => rule(`xep-0289/${id}`, `XEP-0289 §${section}`, text);

export const rules = {
  ask: xep(
    '5.1/ask',
    '5.1',
    'Somebody joins this room, which is set up to federate: it joins the other room for them, with its own address and theirs in the fmuc element. Until that is answered the person waits.',
  ),
  waits: xep(
    '5.1/waits',
    '5.1',
    'The join waits until the room that this one federates with has sent its occupants, its history and its subject.',
  ),
  rejoin: xep(
    '8/rejoin',
    '8 (left open)',
    'The other room was out of reach. This one tries to join it again in full every two seconds, thirty times, then when somebody here does something; it asks only for what was said since it last heard of it.',
  ),
  reject: xep('5.1/reject', '5.1', 'This room does not let that one join it, and says why. Nobody of that room comes in.'),
  rejected: xep(
    '5.1/rejected',
    '5.1',
    'The other room does not take this one. Primary–primary it goes on by itself, a replica refuses its users.',
  ),
  circle: xep(
    '5.1/circle',
    '5.1 (left open)',
    'Whom this is about is in the set of rooms already by another way: the rooms would federate in a circle, and everything said would go round for ever. The newest link of it is refused.',
  ),
  both: xep(
    '5.1/both',
    '5.1 (left open)',
    'Each of these two rooms has asked to join the other. One link is enough, so the request of the room whose address sorts first counts.',
  ),
  occupants: xep(
    '5.1/occupants',
    '5.1',
    'The room that was joined sends all its occupants in XEP-0045’s order, to the other room, with each one’s address in the fmuc element.',
  ),
  history: xep('5.1/history', '5.1', 'Then what was said before, as much as was asked for, with a delay element that says when.'),
  subject: xep('5.1/subject', '5.1', 'The subject comes last, and replaces that of the room that has joined: now the rooms are one.'),
  upward: xep(
    '5.1/upward',
    '8 (left open)',
    'The rooms are linked again. This one tells who else is in it, and what they said while nothing could be sent, with the time of each.',
  ),
  presence: xep(
    '5.3/presence',
    '5.3',
    'What happens to an occupant is told to each room that is linked to this one, once, whoever is in it there.',
  ),
  message: xep(
    '5.2/message',
    '5.2',
    'A message crosses to each linked room once, with its author’s address in the fmuc element. Primary–primary nobody waits for it: each room has an order of its own.',
  ),
  toPrimary: xep(
    '8/to-primary',
    '1.1, 8',
    'This room is a replica: it sends what its users do to its primary and waits. Only when the primary sends it back is it done here, too, so that all see one order.',
  ),
  echo: xep('8/echo', '1.1, 5.3, 8', 'The primary has sent back what this room waited for. It is done here now, in the primary’s order.'),
  own: xep(
    '5.3/own',
    '5.3',
    'This is about somebody of this room, who is here as they are: it has come back from another room, and changes nothing.',
  ),
  role: xep(
    '5.5/role',
    '5.5',
    'Another room shows this occupant with another role. That is told to those here, but only for show: what they may do here is decided here.',
  ),
  kick: xep(
    '5.5/kick',
    '5.5',
    'A moderator of another room has taken this occupant out, so their own room does so, too, and tells the others.',
  ),
  gone: xep(
    '5.4/gone',
    '5.4',
    'The last occupant by way of that room has gone, so it is not in the set any more: it is told so by `left`.',
  ),
  left: xep('5.4/left', '5.4', 'The other room confirms that this one has left the set; nothing more will come from it.'),
  collision: xep(
    '8/collision',
    '8 (left open)',
    'Both rooms have given this nick, to different people. The room that was joined is right: its occupant keeps it, the other one is told so and taken out.',
  ),
  banned: xep('5.1/banned', '5.1', 'The occupant is banned from this room, whichever room they come by.'),
  private: xep('5.6/private', '5.6', 'A private message for an occupant by way of another room is passed on to that room.'),
  privateHere: xep('5.6/here', '5.6', 'The private message has come by another room, and is delivered to the occupant here.'),
  unknownRoom: xep(
    '5.1/unknown',
    '5.1',
    'A room that is not linked to this one, or not any more, speaks for its occupants: not-acceptable, as for anybody who is not in the room.',
  ),
  again: xep('8/again', '8 (left open)', 'This was said here already: it came once more when the rooms were linked again.'),
  cut: xep(
    '8/cut',
    '1.1, 8 (left open)',
    'The other room cannot be reached: who was here by it is gone, with status 333. Primary–primary this one goes on, a replica takes nothing more until it has its primary back.',
  ),
  noPrimary: xep(
    '1.1/no-primary',
    '1.1, 2',
    'This room is a replica and has lost its primary: nothing may be said here that the primary does not put in order. The sender may try again later.',
  ),
  late: xep('8/late', '8 (left open)', 'No answer has come from the other room for ten seconds, so it counts as out of reach.'),
};
