/** A room and its occupants: plain, immutable, owned by the service. XEP-0045 §4 and §5. */
import type { Element } from '../../../../base/xml/element.ts';
import { formatJid } from '../../../../base/jid.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import type { Party } from '../../network.ts';
import { slice } from '../../slice.ts';

export type Affiliation = 'owner' | 'admin' | 'member' | 'none' | 'outcast';
export type Role = 'moderator' | 'participant' | 'visitor' | 'none';

export interface Occupant {
  readonly nick: string;
  /** Bare address of who it is. */
  readonly bare: string;
  /** The clients that share the nick, each with the presence it sent last. */
  readonly clients: readonly { readonly full: string; readonly presence: Element }[];
}

export interface Room {
  /** Address of the room. */
  readonly jid: string;
  readonly title: string;
  /** Just made: nobody but its maker may enter until an owner has configured it (§10.1). */
  readonly locked: boolean;
  /** It stays when the last one has left. */
  readonly persistent: boolean;
  /** By bare address; who is not listed has none. */
  readonly affiliations: Readonly<Record<string, Affiliation>>;
  /** In order of joining. */
  readonly occupants: readonly Occupant[];
  /** Reflected messages with the tick of each; at most `HISTORY_LENGTH`. */
  readonly history: readonly { readonly tick: number; readonly stanza: Element }[];
  /** An emptied subject is one that somebody has set; `null`: nobody ever has. */
  readonly subject: { readonly text: string; readonly by: string; readonly tick: number } | null;
}

/** What Prosody keeps where nothing else is configured. */
export const HISTORY_LENGTH = 20;

/** By address. */
export const rooms = slice<Readonly<Record<string, Room>>>('rooms', {});

/** As its maker finds it: §10.1.1. */
export const newRoom = (jid: string, title: string, owner: string): Room => ({
  jid,
  title,
  locked: true,
  persistent: false,
  affiliations: { [owner]: 'owner' },
  occupants: [],
  history: [],
  subject: null,
});

/** Rooms that are there from the beginning. */
export function seededRooms(party: Party): Readonly<Record<string, Room>> {
  const made = party.rooms.map((seed): Room => {
    const jid = `${seed.name}@${party.name}`;
    const subject = seed.subject === undefined ? null : { text: seed.subject, by: jid, tick: 0 };
    return { ...newRoom(jid, seed.title ?? seed.name, seed.owner), locked: false, persistent: true, subject };
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
  const roomJid = `${event.to.local}@${event.to.domain}`;
  const full = formatJid(event.from);
  const room = context.get(rooms)[roomJid];
  const sender = room?.occupants.find((o) => o.clients.some((c) => c.full === full));
  return { room, roomJid, nick: event.to.resource, full, bare: bare(event), sender };
}

const bare = (event: StanzaEvent): string => formatJid({ ...event.from, resource: '' });

/** A room that nobody is in any more is gone, unless it is persistent (§10.9). */
export function keepRoom(context: Context, room: Room): void {
  const { [room.jid]: before, ...others } = context.get(rooms);
  const emptied = room.occupants.length === 0 && (before?.occupants.length ?? 0) > 0;
  context.set(rooms, emptied && !room.persistent ? others : { ...context.get(rooms), [room.jid]: room });
}

export function affiliationOf(room: Room, who: string): Affiliation {
  // A domain alone is an address too, and may be called like something that every object has.
  return (Object.hasOwn(room.affiliations, who) ? room.affiliations[who] : undefined) ?? 'none';
}

/** §5.1.2, for a room that is not moderated. */
export function roleOf(room: Room, occupant: Occupant): Role {
  const affiliation = affiliationOf(room, occupant.bare);
  return affiliation === 'owner' || affiliation === 'admin' ? 'moderator' : 'participant';
}

export function byNick(room: Room, nick: string): Occupant | undefined {
  return room.occupants.find((o) => o.nick === nick);
}

/** The room with one occupant exchanged, or taken out. */
export function withOccupant(room: Room, before: Occupant, after: Occupant | undefined): Room {
  return { ...room, occupants: room.occupants.flatMap((o) => (o !== before ? [o] : after ? [after] : [])) };
}
