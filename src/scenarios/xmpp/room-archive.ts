/** What a room keeps: ids of its own, an archive, a message that a moderator takes back, and a bomb that it does not take. XEP-0359, XEP-0313, XEP-0425. */
import { LATENCIES, MS, online, scene, SECOND, sends } from './parts.ts';

const ROOM = 'court@rooms.wonderland.lit';
const joins = (at: number, nick: string) => ({ at: at * MS, do: 'join' as const, room: ROOM, nick });
const says = (at: number, id: string, body: string) => ({ at: at * MS, do: 'say' as const, room: ROOM, id, body });
const asksArchive = (at: number) =>
  sends(at, `<iq to='${ROOM}' type='set' id='archive-${at}'><query xmlns='urn:xmpp:mam:2' queryid='all'/></iq>`);

export const roomArchive = scene({
  id: 'room-archive',
  title: 'What a room keeps',
  summary: 'Archive, a message taken back, too many at once',
  until: 20 * SECOND,
  speed: 400_000,
  params: LATENCIES,
  servers: [
    {
      domain: 'wonderland.lit',
      modules: ['xep-0313-muc', 'xep-0425', 'muc-limits'],
      components: [
        {
          domain: 'rooms.wonderland.lit',
          service: 'muc',
          rooms: [{ name: 'court', owner: 'queen@wonderland.lit', title: 'The court', subject: 'Who stole the tarts?' }],
        },
      ],
    },
    { domain: 'realworld.lit' },
  ],
  clients: [
    online(
      'queen@wonderland.lit/throne',
      0,
      joins(500, 'Queen'),
      says(2500, 'silence', 'Silence in the court!'),
      // The room's id of the knave's words, as it has reached her.
      { at: 5500 * MS, do: 'save', pattern: "by='court@[^']*' id='([^']+)'", variable: 'words' },
      {
        at: 6000 * MS,
        do: 'type',
        text: `<iq to='${ROOM}' type='set' id='take-back'><moderate xmlns='urn:xmpp:message-moderate:1' id='{{words}}'><retract xmlns='urn:xmpp:message-retract:1'/><reason>Not before the court</reason></moderate></iq>`,
      },
    ),
    online('knave@wonderland.lit/dock', 100, joins(800, 'Knave'), says(4500, 'mine', 'I never wrote it, and they cannot prove I did.')),
    // Comes when it is over, and reads in the archive what has been said, and that something was taken back.
    { jid: 'alice@realworld.lit/jury', acts: [{ at: 7000 * MS, do: 'presence' }, joins(7200, 'Alice'), asksArchive(8500)] },
    online(
      'gryphon@realworld.lit/shore',
      200,
      joins(1500, 'Gryphon'),
      ...Array.from({ length: 8 }, (_, i) => says(11_000 + 40 * i, `bomb-${i + 1}`, `Hjckrrh! (${i + 1})`)),
    ),
  ],
});
