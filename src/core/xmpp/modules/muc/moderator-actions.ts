/** Rooms by hand, the moderator's and the admin's part: XEP-0045 §8, §9, with the privileges of §5.1.1 and §5.2.1 as far as a client can know them. */
import { el, type Element } from '../../../../base/xml/element.ts';
import { choice, open, option, text, type Deed } from '../../actions/contract.ts';
import { NS } from '../../namespaces.ts';
import { ADMIN } from './admin.ts';
import { AFFILIATIONS, type Affiliation } from './room.ts';
import { nicks, type Inside, type SeenOccupant } from './seen.ts';

const MODERATE = 'urn:xmpp:message-moderate:1';
const RETRACT = 'urn:xmpp:message-retract:1';

const rank = (word: string): number => AFFILIATIONS.indexOf(word as Affiliation);
const isAdmin = (who: SeenOccupant): boolean => rank(who.affiliation) >= rank('admin');

function request(at: Inside, attrs: Readonly<Record<string, string | undefined>>, reason: string | undefined): Element {
  const why = reason === undefined ? [] : [el('reason', ADMIN, {}, reason)];
  return el('iq', NS.client, { type: 'set', id: at.id, to: at.room.jid }, el('query', ADMIN, {}, el('item', ADMIN, attrs, ...why)));
}
const REASON = text('reason', 'Reason', { help: 'Told to everybody' });

export function moderatorActions(at: Inside, people: readonly string[]): readonly Deed[] {
  const { own, others, prefix, room } = at;
  const alone = others.length === 0 ? 'Nobody else is in the room.' : undefined;
  const notModerator = `This takes the role moderator, and ${own.nick} is ${own.role} here (XEP-0045 §5.1.1).`;
  const noModerator = own.role === 'moderator' ? alone : notModerator;
  const noAdmin = isAdmin(own)
    ? undefined
    : `This takes the affiliation admin or owner, and ${own.nick} has ${own.affiliation || 'none'} (XEP-0045 §5.2.1).`;
  const higher = (o: SeenOccupant) =>
    rank(o.affiliation) > rank(own.affiliation)
      ? `${o.nick} has the higher affiliation`
      : o.role === 'moderator' && !isAdmin(own)
        ? 'only an admin or an owner acts on a moderator'
        : undefined;
  const targets = nicks(others, higher);
  const nobody = targets.length > 0 && targets.every((o) => o.refused !== undefined) ? 'Everybody here stands higher.' : undefined;
  return [
    {
      id: `${prefix}kick`,
      title: 'Kick',
      source: 'XEP-0045 §8.2',
      help: 'Out of the room, and free to come back.',
      refused: noModerator ?? nobody,
      fields: [choice('nick', 'Whom', targets), REASON],
      write: (form) => request(at, { nick: form.text('nick'), role: 'none' }, form.some('reason')),
    },
    {
      id: `${prefix}role`,
      title: 'Grant or take a role',
      source: 'XEP-0045 §8.3, §8.4, §9.6, §9.7',
      refused: noModerator ?? nobody,
      fields: [
        choice('nick', 'Whom', targets),
        choice(
          'role',
          'Role',
          [
            option('visitor', 'visitor: may listen'),
            option('participant', 'participant: has voice'),
            option('moderator', 'moderator', isAdmin(own) ? undefined : 'only an admin or an owner makes moderators'),
          ],
          { value: 'participant' },
        ),
        REASON,
      ],
      write: (form) => request(at, { nick: form.text('nick'), role: form.text('role') }, form.some('reason')),
    },
    {
      id: `${prefix}moderate`,
      title: 'Take back a message',
      source: 'XEP-0425 §4',
      help: 'Out of the room’s history and archive, where the room can do it; everybody in it is told.',
      refused:
        own.role !== 'moderator'
          ? notModerator
          : room.said.length === 0
            ? `${own.nick} has heard nothing in this room that has an id of the room’s own (XEP-0359): rooms with an archive give them.`
            : undefined,
      fields: [
        choice(
          'id',
          'Which',
          room.said.map(({ id, nick, body }) => option(id, `${nick}: ${body.length > 40 ? `${body.slice(0, 39)}…` : body}`)),
        ),
        REASON,
      ],
      write(form) {
        const reason = form.some('reason');
        const why = reason === undefined ? [] : [el('reason', MODERATE, {}, reason)];
        const asked = el('moderate', MODERATE, { id: form.text('id') }, el('retract', RETRACT), ...why);
        return el('iq', NS.client, { type: 'set', id: at.id, to: room.jid }, asked);
      },
    },
    {
      id: `${prefix}ban`,
      title: 'Ban',
      source: 'XEP-0045 §9.1',
      help: 'Out, and kept out, by address.',
      refused: noAdmin,
      fields: [open('jid', 'Whom', addresses(at, people), { required: true }), REASON],
      write: (form) => request(at, { jid: form.jid('jid', 'bare'), affiliation: 'outcast' }, form.some('reason')),
    },
    {
      id: `${prefix}affiliation`,
      title: 'Grant or take an affiliation',
      source: 'XEP-0045 §9.3, §9.4, §10.3 to §10.8',
      refused: noAdmin,
      fields: [
        open('jid', 'Whom', addresses(at, people), { required: true }),
        choice('affiliation', 'Affiliation', [
          option('member'),
          option('none', 'none: like anybody'),
          ...(['admin', 'owner'] as const).map((word) =>
            option(word, word, own.affiliation === 'owner' ? undefined : 'only an owner gives this'),
          ),
          option('outcast', 'outcast: banned'),
        ]),
        REASON,
      ],
      write: (form) => request(at, { jid: form.jid('jid', 'bare'), affiliation: form.text('affiliation') }, form.some('reason')),
    },
    {
      id: `${prefix}list`,
      title: 'Ask for a list',
      source: 'XEP-0045 §8.5, §9.5, §9.8, §10.5, §10.8',
      refused: own.role === 'moderator' ? undefined : noAdmin,
      fields: [
        choice('list', 'Of whom', [
          ...['moderator', 'participant', 'visitor'].map((word) => option(`role ${word}`, `${word}s who are here`)),
          ...['member', 'outcast', 'admin', 'owner'].map((word) =>
            option(`affiliation ${word}`, `${word}s`, noAdmin && 'for admins and owners'),
          ),
        ]),
      ],
      write(form) {
        const [kind = '', word = ''] = form.text('list').split(' ');
        return el(
          'iq',
          NS.client,
          { type: 'get', id: at.id, to: at.room.jid },
          el('query', ADMIN, {}, el('item', ADMIN, { [kind]: word })),
        );
      },
    },
  ];
}

/** Real addresses that the room has shown, then the others of the scene. */
function addresses({ others }: Inside, people: readonly string[]) {
  const shown = others.filter((o) => o.jid !== '').map((o) => [o.jid.split('/', 1)[0] ?? '', o.nick] as const);
  const known = new Set(shown.map(([jid]) => jid));
  return [
    ...shown.map(([jid, nick]) => option(jid, `${jid} (${nick})`)),
    ...people.filter((jid) => !known.has(jid)).map((jid) => option(jid)),
  ];
}
