/** Rooms for the inspector and for the picture: configuration as its form has it (XEP-0045 §15.5.3), occupants, affiliations, history. */
import { child, type Element } from '../../../../base/xml/element.ts';
import type { Field, Part } from '../../../../protocol/parts.ts';
import type { GroupSeen } from '../../groups.ts';
import { bodyOf, nickOf } from '../../read.ts';
import { affiliationOf, type Occupant, type Room } from './room.ts';
import { DEFAULTS, sectionsOf, type SettingField } from './settings.ts';

export const isThere = (room: Room): boolean => room.destroyed === null;
const nameOf = (room: Room): string => room.jid.split('@', 1)[0] ?? room.jid;

/** @param isLinked whether the room that it joins has taken it. */
export function groupOf(room: Room, isLinked: boolean): GroupSeen {
  const own = room.occupants.filter((o) => o.via === undefined);
  const remote = room.occupants.length - own.length;
  const count = own.length;
  const locked = room.lockedUntil > 0 ? ', locked until it is configured' : '';
  return {
    kind: 'room',
    address: room.jid,
    node: '',
    title: nameOf(room),
    words: `room ${room.jid}, ${count === 1 ? 'one occupant' : `${count} occupants`}${remote > 0 ? `, ${remote} by rooms that it federates with` : ''}${locked}`,
    part: `occupants/${room.jid}`,
    peers: isLinked ? [room.federateWith] : [],
    members: own.flatMap((o) => o.clients.map((c) => ({ address: c.full, ...standing(room, o) }))),
  };
}

function standing(room: Room, o: Occupant): Omit<GroupSeen['members'][number], 'address'> {
  const affiliation = affiliationOf(room, o.bare);
  const mark = o.role === 'moderator' ? 'high' : o.role === 'visitor' ? 'low' : 'plain';
  return { name: o.nick, mark, words: affiliation === 'none' ? o.role : `${o.role}, ${affiliation}` };
}

/** @param host ids of the modules that the scenario asks for. */
export function describe(room: Room, host: readonly string[]): readonly Part[] {
  const name = nameOf(room);
  if (room.destroyed) {
    const { reason, alternative } = room.destroyed;
    const fields = [
      { key: 'jid', label: 'Address', value: room.jid, mono: true },
      { key: 'reason', label: 'Destroyed', value: reason ?? 'without a reason' },
      { key: 'alternative', label: 'Go to', value: alternative ?? 'nowhere', mono: true },
    ];
    return [{ type: 'fields', key: `room/${room.jid}`, title: `Room ${name}`, fields }];
  }
  const facts: Field[] = [
    { key: 'jid', label: 'Address', value: room.jid, mono: true },
    {
      key: 'subject',
      label: 'Subject',
      value: room.subject ? `${room.subject.text || '(emptied)'}, by ${nickOf(room.subject.by)}` : '(none)',
    },
  ];
  if (room.lockedUntil > 0)
    facts.push({
      key: 'locked',
      label: 'Locked',
      value: 'until an owner has configured it',
      help: 'Nobody else enters (XEP-0045 §10.1.1).',
    });
  return [
    { type: 'fields', key: `room/${room.jid}`, title: `Room ${name}`, fields: facts },
    {
      type: 'table',
      key: `occupants/${room.jid}`,
      title: `Occupants of ${name}`,
      columns: ['Nick', 'Role', 'Affiliation', 'Real address'],
      rows: room.occupants.map((o) => ({
        key: o.nick,
        cells: [
          o.nick,
          o.role,
          o.affiliation ?? affiliationOf(room, o.bare),
          `${o.clients.map((c) => c.full).join(', ')}${o.via === undefined ? '' : `, by ${o.via}`}`,
        ].map((text) => ({ text })),
      })),
      empty: 'Nobody is in the room.',
    },
    {
      type: 'table',
      key: `affiliations/${room.jid}`,
      title: `Affiliations of ${name}`,
      columns: ['Address', 'Affiliation', 'Nick kept'],
      rows: Object.entries(room.affiliations).map(([jid, affiliation]) => ({
        key: jid,
        cells: [{ text: jid }, { text: affiliation }, { text: room.reserved[jid] ?? '' }],
      })),
      empty: 'Nobody has any.',
    },
    {
      type: 'table',
      key: `configuration/${room.jid}`,
      title: `Configuration of ${name}`,
      columns: ['Setting', 'Value', ''],
      rows: sectionsOf(room, host).flatMap(({ fields }) =>
        fields.map((field) => {
          const value = valueOf(field, room);
          const cells = [field.label, value, value === valueOf(field, DEFAULTS) ? '' : 'set'];
          return { key: field.name, cells: cells.map((text) => ({ text })) };
        }),
      ),
      empty: 'None.',
    },
    {
      type: 'table',
      key: `history/${room.jid}`,
      title: `History of ${name}`,
      columns: ['At', 'From', 'Message'],
      rows: room.history.map((h) => ({
        key: `${h.tick} ${h.stanza.attrs['from'] ?? ''} ${idOf(h.stanza)}`,
        cells: [`${(h.tick / 1_000_000).toFixed(3)} s`, nickOf(h.stanza.attrs['from']), bodyOf(h.stanza)].map((text) => ({ text })),
      })),
      empty: 'Nothing has been said.',
    },
  ];
}

function valueOf(field: SettingField, settings: Parameters<SettingField['show']>[0]): string {
  const values = field.show(settings);
  if (field.type === 'boolean') return values[0] === '1' ? 'yes' : 'no';
  if (field.type === 'text-private') return (values[0] ?? '') === '' ? 'none' : 'set';
  return values.filter((v) => v !== '').join(', ') || 'none';
}

/** Messages that were said at one moment differ by it. */
const idOf = (stanza: Element): string => child(stanza, 'stanza-id', 'urn:xmpp:sid:0')?.attrs['id'] ?? stanza.attrs['id'] ?? '';
