/** A room and its occupants: plain, immutable, owned by the service. XEP-0045 §4 and §5. */
import type { Element } from '../../../../base/xml/element.ts';
import { bareOf, formatJid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import type { Party } from '../../network.ts';
import { slice } from '../../slice.ts';
import { DEFAULTS, HIDDEN_BY_DEFAULT, type Settings } from './settings.ts';

/** In order of rank, as all comparisons of privileges go by it (§5.2.1); an outcast is below nobody in particular. */
export const AFFILIATIONS = ['outcast', 'none', 'member', 'admin', 'owner'] as const;
export type Affiliation = (typeof AFFILIATIONS)[number];
/** In order of rank (§5.1.1). */
export const ROLES = ['none', 'visitor', 'participant', 'moderator'] as const;
export type Role = (typeof ROLES)[number];

export const rankOf = (affiliation: Affiliation): number => AFFILIATIONS.indexOf(affiliation);
export const roleRank = (role: Role): number => ROLES.indexOf(role);

export interface Client {
  readonly full: string;
  /** The presence that it sent last. */
  readonly presence: Element;
}

export interface Occupant {
  readonly nick: string;
  /** Bare address of who it is. */
  readonly bare: string;
  /** Lost at leaving (§5.1); `none` for who is just going. */
  readonly role: Role;
  /** The clients that share the nick; what the first one says of itself is what others see. */
  readonly clients: readonly Client[];
  /** Address of the room of another service by which this occupant is here (XEP-0289); none for who is here directly. */
  readonly via?: string | undefined;
  /** Another such room that has told of this occupant, where rooms federate in a circle. */
  readonly also?: string | undefined;
  /** As that room tells it; nothing here goes by it. */
  readonly affiliation?: Affiliation | undefined;
}

/** A message as it was reflected. */
export interface Said {
  readonly tick: number;
  readonly stanza: Element;
  /** Full address of who said it. */
  readonly author: string;
  /** The room of another service by which it came. */
  readonly via?: string | undefined;
}

export interface Room extends Settings {
  /** Address of the room. */
  readonly jid: string;
  /** Just made: nobody enters until an owner has configured it, or this tick has come (§10.1). 0: open. */
  readonly lockedUntil: number;
  /** By bare address, or domain for outcasts; who is not listed has none. */
  readonly affiliations: Readonly<Record<string, Affiliation>>;
  /** Nicks that are kept for somebody (§7.10), by bare address. */
  readonly reserved: Readonly<Record<string, string>>;
  /** In order of joining. */
  readonly occupants: readonly Occupant[];
  /** Reflected messages with the tick of each, as many as the room keeps. */
  readonly history: readonly Said[];
  /** An emptied subject is one that somebody has set; `null`: nobody ever has. */
  readonly subject: { readonly text: string; readonly by: string; readonly tick: number } | null;
  /** The room is gone, and its address says so (§10.9). */
  readonly destroyed: { readonly reason: string | undefined; readonly alternative: string | undefined } | null;
}

/** What Prosody gives the maker to configure it. */
const LOCK_TICKS = 300_000_000;

/** By address. */
export const rooms = slice<Readonly<Record<string, Room>>>('rooms', {});

const emptyRoom = (jid: string, title: string, owner: string): Room => ({
  ...DEFAULTS,
  title,
  jid,
  lockedUntil: 0,
  affiliations: { [owner]: 'owner' },
  reserved: {},
  occupants: [],
  history: [],
  subject: null,
  destroyed: null,
});

/** As its maker finds it: §10.1.1. */
export const newRoom = (jid: string, owner: string, tick: number): Room => ({
  ...emptyRoom(jid, '', owner),
  ...HIDDEN_BY_DEFAULT,
  lockedUntil: tick + LOCK_TICKS,
});

/** Rooms that are there from the beginning. */
export function seededRooms(party: Party): Readonly<Record<string, Room>> {
  const made = party.rooms.map((seed): Room => {
    const jid = `${seed.name}@${party.name}`;
    const subject = seed.subject === undefined ? null : { text: seed.subject, by: jid, tick: 0 };
    const kept = seed.history === undefined ? {} : { historyLength: seed.history, historyDefault: seed.history };
    return { ...emptyRoom(jid, seed.title ?? seed.name, seed.owner), persistent: true, subject, ...kept, ...seed.federation };
  });
  return Object.fromEntries(made.map((room) => [room.jid, room]));
}

/** What the room's hooks work on; `sender` is the occupant whose client sent the stanza. */
export interface Visit {
  readonly room: Room | undefined;
  /** Address of the room, there or not. */
  readonly roomJid: string;
  /** Nick that the stanza is addressed to. */
  readonly nick: string;
  /** Full address of who sent it. */
  readonly full: string;
  readonly bare: string;
  readonly sender: Occupant | undefined;
}

export function visit(context: Context, event: StanzaEvent): Visit {
  const roomJid = bareOf(event.to);
  const full = formatJid(event.from);
  const room = context.get(rooms)[roomJid];
  const sender = room && byClient(room, full);
  return { room, roomJid, nick: event.to.resource, full, bare: bareOf(event.from), sender };
}

/** A room that nobody is in any more is gone, unless it is persistent (§10.9). */
export function keepRoom(context: Context, room: Room): void {
  const { [room.jid]: before, ...others } = context.get(rooms);
  const emptied = room.occupants.length === 0 && (before?.occupants.length ?? 0) > 0;
  context.set(rooms, emptied && !room.persistent ? others : { ...context.get(rooms), [room.jid]: room });
}

export function removeRoom(context: Context, jid: string): void {
  const { [jid]: _, ...others } = context.get(rooms);
  context.set(rooms, others);
}

export const isLocked = (room: Room, tick: number): boolean => tick < room.lockedUntil;

/** A whole domain can be banned (§9.1). */
export function affiliationOf(room: Room, who: string): Affiliation {
  return listed(room, who) ?? (listed(room, who.slice(who.indexOf('@') + 1)) === 'outcast' ? 'outcast' : 'none');
}

/** What stands in the list for just this address, which may be called like something that every object has. */
export function listed(room: Room, who: string): Affiliation | undefined {
  return Object.hasOwn(room.affiliations, who) ? room.affiliations[who] : undefined;
}

/** §5.1.2: the role that an affiliation brings; none where it does not let in. */
export function defaultRole(room: Room, affiliation: Affiliation): Role {
  if (affiliation === 'owner' || affiliation === 'admin') return 'moderator';
  if (affiliation === 'member') return 'participant';
  if (affiliation === 'outcast' || room.membersOnly) return 'none';
  return room.moderated ? 'visitor' : 'participant';
}

/** Those of an occupant that the room itself sends to: who is here by another room is told there. */
export const localClients = (o: Occupant): readonly Client[] => (o.via === undefined ? o.clients : []);

/** Whether other rooms may have to be told (XEP-0289). */
export const isFederated = (room: Room): boolean => room.federateWith !== '' || room.federateFrom.length > 0;

export const byNick = (room: Room, nick: string): Occupant | undefined => indexOf(room.occupants).byNick.get(nick);
export const byClient = (room: Room, full: string): Occupant | undefined => indexOf(room.occupants).byClient.get(full);

/** Who is where in a list of occupants: made when somebody is looked up in it, and gone with it. */
interface Index {
  readonly byNick: ReadonlyMap<string, Occupant>;
  readonly byClient: ReadonlyMap<string, Occupant>;
}
const indices = new WeakMap<readonly Occupant[], Index>();

function indexOf(occupants: readonly Occupant[]): Index {
  const before = indices.get(occupants);
  if (before) return before;
  const byNick = new Map<string, Occupant>();
  const byClient = new Map<string, Occupant>();
  for (const o of occupants) {
    if (!byNick.has(o.nick)) byNick.set(o.nick, o);
    for (const c of localClients(o)) if (!byClient.has(c.full)) byClient.set(c.full, o);
  }
  const index = { byNick, byClient };
  indices.set(occupants, index);
  return index;
}

/** Whose nick this is by reservation. */
export function reservedBy(room: Room, nick: string): string | undefined {
  return Object.keys(room.reserved).find((who) => room.reserved[who] === nick);
}

/** The room with one occupant exchanged, or taken out. */
export function withOccupant(room: Room, before: Occupant, after: Occupant | undefined): Room {
  return { ...room, occupants: room.occupants.flatMap((o) => (o !== before ? [o] : after ? [after] : [])) };
}

/** §7.2.3, §7.2.4: who is shown real addresses. */
export const seesAddresses = (room: Room, viewer: Occupant): boolean => room.whois === 'anyone' || viewer.role === 'moderator';
