/**
 * What of its rooms a service finds again when it comes up, as Prosody does it: after a stop every room with its occupants and its last message;
 * after a crash the persistent ones, empty. XEP-0045 §10 says only that persistent rooms stay. Simplified: a persistent room is on disk with each
 * change of it, so nothing of its configuration is ever lost; live state of an earlier stop is not found again after a later crash.
 */
import type { Context, Hook } from '../../module.ts';
import { store } from '../../slice.ts';
import { rooms, type Room } from './room.ts';

const onDisk = store<Readonly<Record<string, Room>>>('rooms', {});

function keep(context: Context, kept: readonly Room[]): false {
  context.set(onDisk, Object.fromEntries(kept.map((room) => [room.jid, room])));
  return false;
}

const all = (context: Context): readonly Room[] => Object.values(context.get(rooms));

export const keptHooks: readonly Hook[] = [
  {
    event: 'host/stop',
    run: (context) =>
      keep(
        context,
        all(context).map((room) => ({ ...room, history: room.history.slice(-1) })),
      ),
  },
  {
    event: 'host/crash',
    run: (context) =>
      keep(
        context,
        all(context)
          .filter((r) => r.persistent)
          .map((room) => ({ ...room, occupants: [], history: [] })),
      ),
  },
  {
    event: 'host/start',
    run(context) {
      context.set(rooms, context.get(onDisk));
      return false;
    },
  },
];
