/** What a client knows of the rooms that it is in: it learns everything from what the room sends. XEP-0045 §7, the occupant's side. */
import { bareOf, hasBare, type Jid } from '../../../base/jid.ts';
import { changed, latest, type Changes } from '../../../base/changes.ts';
import { child, childText, elements, type Element } from '../../../base/xml/element.ts';
import type { Part } from '../../../protocol/parts.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { slice } from '../slice.ts';
import { roomActions } from '../modules/muc/occupant-actions.ts';
import { CORE } from '../modules/mix/channel.ts';
import { STANZA_ID } from '../modules/mam/archive.ts';
import type { SeenOccupant, SeenRoom } from '../modules/muc/seen.ts';
import { Shown } from '../states.ts';

interface JoinedRoom {
  readonly jid: string;
  readonly nick: string;
  /** The self-presence has come: the join has succeeded (§7.2.2). */
  readonly in: boolean;
  /** The presence that the room has sent of each, by nick: in a large room it changes far more often than anybody looks. */
  readonly occupants: Changes<Element> | undefined;
  readonly subject: string;
}
/** What was said in rooms, the latest first: a list that shares all but its head with the one before. */
export interface Heard {
  readonly room: string;
  readonly nick: string;
  readonly id: string;
  /** The id that the room gave it (XEP-0359); empty where it gave none. */
  readonly stableId: string;
  readonly body: string;
  readonly tick: number;
  /** It came with the time when it was said: from the history, or from a room that had been out of reach. */
  readonly late: boolean;
  /** How many there are, with this one. */
  readonly count: number;
  readonly before: Heard | undefined;
}
/** Everything that this client has been shown in rooms, in its own order; it stays when the room is left. */
export const heardInRooms = slice<Heard | undefined>('heard-in-rooms', undefined);

export const joinedRooms = slice<readonly JoinedRoom[]>('rooms', []);

export const roomRules = {
  join: rule(
    'xep-0045/7.2.1/ask',
    'XEP-0045 §7.2.1',
    'To join, the client sends presence to the room address that it wants to have, with the muc element; the resource is the nick.',
  ),
  say: rule(
    'xep-0045/7.4/say',
    'XEP-0045 §7.4',
    'The client sends a groupchat message to the room and waits for its own copy: only then has it been said.',
  ),
  leave: rule('xep-0045/7.14/ask', 'XEP-0045 §7.14', 'To leave, the client sends unavailable to its own room address.'),
};

/** Joining is known from what was sent, whoever wrote it: a helper, a script or a person. */
function sent(context: Context, { stanza, to }: StanzaEvent): boolean {
  if (stanza.attrs['type'] !== undefined || !child(stanza, 'x', NS.muc)) return false;
  const jid = bareOf(to);
  if (context.get(joinedRooms).some((r) => r.jid === jid && r.in)) return false;
  const others = context.get(joinedRooms).filter((r) => r.jid !== jid);
  context.set(joinedRooms, [...others, { jid, nick: to.resource, in: false, occupants: undefined, subject: '' }]);
  return false;
}

function presence(context: Context, { stanza, from }: StanzaEvent): boolean {
  const room = roomOf(context, from);
  if (!room) return false;
  const { type } = stanza.attrs;
  const x = child(stanza, 'x', NS.mucUser);
  const self = x !== undefined && says(x, '110');
  // A refused change of nick leaves the room as it was; a refused join leaves nothing.
  if (type === 'error') keep(context, room, room.in ? room : undefined);
  else if (type === 'unavailable') {
    if (self && !says(x, '303')) keep(context, room, undefined);
    else keep(context, room, { ...room, occupants: changed(room.occupants, from.resource) });
  } else {
    const occupants = changed(room.occupants, from.resource, stanza);
    keep(context, room, { ...room, occupants, in: room.in || self, nick: self ? from.resource : room.nick });
  }
  return true;
}

function says(x: Element, code: string): boolean {
  for (const c of x.children) if (typeof c !== 'string' && c.name === 'status' && c.attrs['code'] === code) return true;
  return false;
}

function roomOf(context: Context, from: Jid): JoinedRoom | undefined {
  for (const room of context.get(joinedRooms)) if (hasBare(from, room.jid)) return room;
  return undefined;
}

function keep(context: Context, before: JoinedRoom, after: JoinedRoom | undefined): void {
  const rooms = context.get(joinedRooms);
  context.set(joinedRooms, after ? rooms.with(rooms.indexOf(before), after) : rooms.filter((r) => r !== before));
  if (after?.in === before.in) return;
  const is = context.get(joinedRooms).some((r) => r.in);
  if (is && !before.in) context.show(Shown.room);
  if (before.in && !is) context.show(Shown.online);
}

function subject(context: Context, { stanza, from }: StanzaEvent): boolean {
  const room = roomOf(context, from);
  if (!room || !isSubject(stanza)) return false;
  keep(context, room, { ...room, subject: childText(stanza, 'subject') ?? '' });
  return true;
}

function heard(context: Context, { stanza, from }: StanzaEvent): boolean {
  const body = childText(stanza, 'body');
  if (stanza.attrs['type'] !== 'groupchat' || body === undefined || from.resource === '') return false;
  const before = context.get(heardInRooms);
  const late = child(stanza, 'delay', NS.delay) !== undefined;
  // A channel names the author inside; behind the slash is an identifier.
  const mix = child(stanza, 'mix', CORE);
  const nick = (mix && childText(mix, 'nick')) ?? from.resource;
  const room = bareOf(from);
  const given = elements(stanza).find((c) => c.name === 'stanza-id' && c.ns === STANZA_ID && c.attrs['by'] === room);
  const stableId = given?.attrs['id'] ?? '';
  const said = { room, nick, id: stanza.attrs['id'] ?? '', stableId, body, tick: context.tick, late };
  context.set(heardInRooms, { ...said, count: (before?.count ?? 0) + 1, before });
  return false;
}

const isSubject = (m: Element): boolean => m.attrs['type'] === 'groupchat' && child(m, 'subject') !== undefined && !child(m, 'body');

export const clientRooms: Module = {
  id: 'xep-0045-client',
  title: 'Multi-user chat, the occupant’s side',
  spec: 'XEP-0045',
  version: '1.35.5',
  places: ['client'],
  features: [NS.muc],
  rules: roomRules,
  hooks: [
    { event: 'sent-presence', run: sent },
    { event: 'presence/client', run: presence },
    { event: 'message/client', priority: 11, run: heard },
    { event: 'message/client', priority: 10, run: subject },
  ],
  actions: (view) =>
    roomActions(
      view,
      view.get(joinedRooms).map((room) => ({ ...room, occupants: seenIn(room), said: saidIn(room.jid, view.get(heardInRooms)) })),
    ),
  inspect: ({ get }) => get(joinedRooms).map(describe),
};

const MOST_SAID = 50;

function saidIn(room: string, newest: Heard | undefined): SeenRoom['said'] {
  const found: Heard[] = [];
  for (let heard = newest; heard && found.length < MOST_SAID; heard = heard.before)
    if (heard.room === room && heard.stableId !== '') found.push(heard);
  return found.map(({ stableId, nick, body }) => ({ id: stableId, nick, body }));
}

const seenIn = ({ occupants }: JoinedRoom): readonly SeenOccupant[] =>
  Array.from(latest(occupants), ([nick, presence]) => {
    const x = child(presence, 'x', NS.mucUser);
    const { affiliation = '', role = '', jid = '' } = (x && child(x, 'item'))?.attrs ?? {};
    return { nick, affiliation, role, jid };
  });

function describe(room: JoinedRoom): Part {
  const name = room.jid.split('@', 1)[0] ?? room.jid;
  return {
    type: 'table',
    key: `room/${room.jid}`,
    title: room.in ? `In ${name} as ${room.nick}${room.subject && `: “${room.subject}”`}` : `Joining ${name} as ${room.nick}`,
    columns: ['Occupant', 'Affiliation', 'Role', 'Real address'],
    rows: seenIn(room).map((o) => ({
      key: o.nick,
      cells: [o.nick, o.affiliation, o.role, o.jid || 'not shown'].map((text) => ({ text })),
    })),
    empty: 'The room has not told of anybody yet.',
  };
}
