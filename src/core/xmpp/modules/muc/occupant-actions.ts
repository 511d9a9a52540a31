/**
 * Rooms by hand, the occupant's part: XEP-0045 §7 joining, speaking, nick, subject, invitations, voice, leaving. What can be chosen is what the client has been told
 * by its rooms; rooms to join are those that their service lists, or has this person among its members.
 */
import { el, type Element } from '../../../../base/xml/element.ts';
import { choice, number, open, option, paragraph, password, text, type ActionView, type Deed, type Deeds } from '../../actions/contract.ts';
import { NS } from '../../namespaces.ts';
import { field, FORM } from './forms.ts';
import { moderatorActions } from './moderator-actions.ts';
import { ownerActions } from './owner-actions.ts';
import { affiliationOf, rooms, type Room } from './room.ts';
import { nicks, type Inside, type SeenRoom } from './seen.ts';

const nameOf = (jid: string): string => jid.split('@', 1)[0] ?? jid;
const presence = (to: string, attrs: Readonly<Record<string, string>> = {}, ...content: readonly Element[]): Element =>
  el('presence', NS.client, { to, ...attrs }, ...content);

export function roomActions(view: ActionView, joined: readonly SeenRoom[]): readonly Deeds[] {
  return [joining(view, joined), ...joined.filter((room) => room.in).map((room) => inside(view, room))];
}

function joining({ services, bare }: ActionView, joined: readonly SeenRoom[]): Deeds {
  const hosts = services('muc');
  const there = hosts.flatMap((service) => Object.values(service.get(rooms))).filter((room) => room.destroyed === null);
  const known = there.filter((room) => room.listed || affiliationOf(room, bare) !== 'none');
  const free = known.filter((room) => !joined.some((j) => j.in && j.jid === room.jid));
  const fresh = hosts[0] === undefined ? [] : [option(`room@${hosts[0].name}`, `room@${hosts[0].name} (a new one)`)];
  return {
    key: 'rooms',
    title: 'Rooms',
    subtitle: hosts.length === 0 ? 'no service of rooms in this scene' : `on ${hosts.map((h) => h.name).join(', ')}`,
    actions: [
      {
        id: 'muc/join',
        title: 'Join a room',
        source: 'XEP-0045 §7.2',
        help: 'A name that no room has makes one: its maker is the owner, and nobody else enters until it is configured (§10.1).',
        fields: [
          open('room', 'Room', [...free.map((room) => option(room.jid, labelOf(room))), ...fresh], { required: true }),
          text('nick', 'Nick', { required: true, value: capital(nameOf(bare)) }),
          password('password', 'Password', { help: 'Where the room asks for one' }),
          number('history', 'Messages of history', { help: 'Empty: as many as the room sends' }),
        ],
        write(form) {
          const room = form.jid('room', 'bare');
          if (room !== '' && !room.includes('@')) form.fault('room', `“${room}” is a whole service: a room is written name@service.`);
          const history = form.some('history');
          if (history !== undefined && !/^\d{1,6}$/.test(history)) form.fault('history', 'A number of messages, 0 or more, is meant here.');
          const secret = form.some('password');
          const asked = [
            ...(history === undefined ? [] : [el('history', NS.muc, { maxstanzas: history })]),
            ...(secret === undefined ? [] : [el('password', NS.muc, {}, secret)]),
          ];
          return presence(`${room}/${form.text('nick')}`, {}, el('x', NS.muc, {}, ...asked));
        },
      },
    ],
  };
}

const labelOf = (room: Room): string => {
  const marks = [room.password === '' ? '' : 'password', room.membersOnly ? 'members only' : '', room.listed ? '' : 'not listed'];
  const said = marks.filter((m) => m !== '');
  return said.length === 0 ? room.jid : `${room.jid} (${said.join(', ')})`;
};
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function inside({ id, people }: ActionView, room: SeenRoom): Deeds {
  const own = room.occupants.find((o) => o.nick === room.nick) ?? { nick: room.nick, affiliation: '', role: '', jid: '' };
  const others = room.occupants.filter((o) => o.nick !== room.nick);
  const at: Inside = { id, room, others, own, prefix: `muc/${room.jid}/` };
  return {
    key: room.jid,
    title: `Room ${nameOf(room.jid)}`,
    subtitle: `as ${room.nick}, ${own.role}${own.affiliation === 'none' || own.affiliation === '' ? '' : `, ${own.affiliation}`}`,
    actions: [...speaking(at), ...staying(at, people), ...moderatorActions(at, people), ...ownerActions(at)],
  };
}

/** §7.4, §7.5, §8.1. */
function speaking({ id, room, others, own, prefix }: Inside): readonly Deed[] {
  const mute = own.role === 'visitor' ? 'A visitor has no voice here: it has to be given first (XEP-0045 §7.13).' : undefined;
  return [
    {
      id: `${prefix}say`,
      title: 'Speak',
      source: 'XEP-0045 §7.4',
      ...(mute !== undefined && { help: mute }),
      fields: [paragraph('body', 'To everyone in the room', { required: true, value: 'Hello, everybody' })],
      write: (form) => el('message', NS.client, { to: room.jid, type: 'groupchat', id }, el('body', NS.client, {}, form.text('body'))),
    },
    {
      id: `${prefix}private`,
      title: 'Speak in private',
      source: 'XEP-0045 §7.5',
      refused: others.length === 0 ? 'Nobody else is in the room.' : undefined,
      fields: [choice('to', 'To', nicks(others)), paragraph('body', 'Message', { required: true, value: 'Between us' })],
      write: (form) =>
        el(
          'message',
          NS.client,
          { to: `${room.jid}/${form.text('to')}`, type: 'chat', id },
          el('body', NS.client, {}, form.text('body')),
          el('x', NS.mucUser),
        ),
    },
    {
      id: `${prefix}subject`,
      title: 'Change the subject',
      source: 'XEP-0045 §8.1',
      fields: [text('subject', 'Subject', { value: room.subject, help: 'Empty: no subject' })],
      write: (form) =>
        el('message', NS.client, { to: room.jid, type: 'groupchat', id }, el('subject', NS.client, {}, ...words(form.text('subject')))),
    },
    {
      id: `${prefix}voice`,
      title: 'Ask for voice',
      source: 'XEP-0045 §7.13',
      refused: own.role === 'visitor' ? undefined : `A ${own.role} has voice already.`,
      fields: [],
      write() {
        const fields = [
          field('hidden', 'FORM_TYPE', ['http://jabber.org/protocol/muc#request']),
          field('list-single', 'muc#role', ['participant'], { label: 'Requested role' }),
        ];
        return el('message', NS.client, { to: room.jid, id }, el('x', FORM, { type: 'submit' }, ...fields));
      },
    },
  ];
}

const words = (said: string): readonly string[] => (said === '' ? [] : [said]);

/** §7.6, §7.8, §7.14. */
function staying({ id, room, prefix }: Inside, people: readonly string[]): readonly Deed[] {
  const guests = people.map((jid) => option(jid));
  return [
    {
      id: `${prefix}invite`,
      title: 'Invite',
      source: 'XEP-0045 §7.8, XEP-0249 §2',
      fields: [
        open('to', 'Whom', guests, { required: true }),
        text('reason', 'Reason'),
        choice('way', 'Way', [
          option('mediated', 'by the room, which may make a member of the guest'),
          option('direct', 'directly, past the room'),
        ]),
      ],
      write(form) {
        const to = form.jid('to', 'bare');
        const reason = form.some('reason');
        if (form.text('way') === 'direct')
          return el('message', NS.client, { to, id }, el('x', 'jabber:x:conference', { jid: room.jid, reason }));
        const why = reason === undefined ? [] : [el('reason', NS.mucUser, {}, reason)];
        return el('message', NS.client, { to: room.jid, id }, el('x', NS.mucUser, {}, el('invite', NS.mucUser, { to }, ...why)));
      },
    },
    {
      id: `${prefix}nick`,
      title: 'Change the nick',
      source: 'XEP-0045 §7.6',
      fields: [text('nick', 'New nick', { required: true, value: room.nick })],
      write(form) {
        const nick = form.text('nick');
        if (nick === room.nick) form.fault('nick', `“${nick}” is the nick already.`);
        return presence(`${room.jid}/${nick}`);
      },
    },
    {
      id: `${prefix}ping`,
      title: 'Ask whether still in the room',
      source: 'XEP-0410 §3',
      fields: [],
      write: () => el('iq', NS.client, { type: 'get', id, to: `${room.jid}/${room.nick}` }, el('ping', NS.ping)),
    },
    {
      id: `${prefix}leave`,
      title: 'Leave',
      source: 'XEP-0045 §7.14',
      fields: [text('status', 'Words of farewell')],
      write: (form) =>
        presence(
          `${room.jid}/${room.nick}`,
          { type: 'unavailable' },
          ...words(form.text('status')).map((said) => el('status', NS.client, {}, said)),
        ),
    },
  ];
}
