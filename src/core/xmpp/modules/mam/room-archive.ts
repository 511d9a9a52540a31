/** Archives of rooms: XEP-0313 §3, §6.1 on ids (XEP-0359 §3), what is kept, and what is left of what a moderator took back. */
import { EMPTY_TABLE, tableEntries, tableGet, tableSet, type Table } from '../../../../base/table.ts';
import { append, el, withChildren, type Element } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { store } from '../../slice.ts';
import { isHistoric } from '../muc/history.ts';
import { rooms } from '../muc/room.ts';
import { STANZA_ID, withoutIdsOf, type Archived } from './archive.ts';

/** By the room's address, then by id; in the order in which things were said. A room that is gone leaves its archive, as Prosody does it. */
const roomArchives = store<Readonly<Record<string, Table<Archived>>>>('room-archive', {});

const archiveOf = (context: Pick<Context, 'get'>, room: string): Table<Archived> => context.get(roomArchives)[room] ?? EMPTY_TABLE;

export const archivedIn = (context: Pick<Context, 'get'>, room: string): readonly Archived[] =>
  tableEntries(archiveOf(context, room)).map(([, item]) => item);
export const archivedAs = (context: Pick<Context, 'get'>, room: string, id: string): Archived | undefined =>
  tableGet(archiveOf(context, room), id);
export const allRoomArchives = (context: Pick<Context, 'get'>): Readonly<Record<string, Table<Archived>>> => context.get(roomArchives);

export function keepArchived(context: Context, room: string, item: Archived): void {
  const all = context.get(roomArchives);
  context.set(roomArchives, { ...all, [room]: tableSet(all[room] ?? EMPTY_TABLE, item.id, item) });
}

/** XEP-0359 §3.1: only the room gives ids in its own name; a message that it keeps has one. */
export function stampId(context: Context, event: StanzaEvent): false {
  const { occupant, stanza } = event;
  if (occupant === undefined) return false;
  const clean = withoutIdsOf(occupant.room, stanza);
  event.stanza = clean;
  const room = context.get(rooms)[occupant.room];
  if (stanza.attrs['type'] !== 'groupchat' || !isHistoric(stanza) || room?.archived !== true) return false;
  const id = context.makeId('room-archive');
  event.stanza = append(clean, el('stanza-id', STANZA_ID, { by: occupant.room, id }));
  keepArchived(context, occupant.room, { id, with: occupant.room, when: Math.floor(context.tick / 1_000_000), stanza: clean });
  return false;
}

/** XEP-0424 §4: who said it stays, what was said does not. */
export const emptied = (said: Element, tombstone: Element): Element => withChildren(said, [tombstone]);
