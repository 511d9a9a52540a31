/** The star: one room on the first server, which reflects everything to everybody. XEP-0045. */
import { roomsWorld } from './rooms.ts';
import { nickOf, ROOM_NAME, roomOf } from './plan.ts';
import type { Way } from './way.ts';

export const muc: Way = {
  id: 'muc',
  title: 'MUC, one room',
  short: 'MUC',
  summary: 'A room on one server reflects every message to every occupant (XEP-0045)',
  servers: true,
  world: (plan) =>
    roomsWorld(plan, {
      services: (server) =>
        server === 0
          ? [
              {
                domain: `rooms.${plan.domains[0]}`,
                service: 'muc',
                rooms: [
                  {
                    name: ROOM_NAME,
                    owner: `${plan.people[0]!.name}@${plan.domains[0]}`,
                    title: nickOf({ ...plan.people[0]!, name: ROOM_NAME }),
                  },
                ],
              },
            ]
          : [],
      roomOf: () => roomOf(plan),
    }),
};
