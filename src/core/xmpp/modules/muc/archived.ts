/** Whether what is said in a room is archived (XEP-0313 for rooms, XEP-0045 §7.2.12): where the service can, and the owner has not turned it off. */
import type { Context } from '../../module.ts';
import type { Room } from './room.ts';

/** The module that keeps the archives. */
export const ROOM_ARCHIVES = 'xep-0313-muc';

export const isArchived = ({ party }: Context, room: Room): boolean => room.archived && party.host.modules.includes(ROOM_ARCHIVES);
