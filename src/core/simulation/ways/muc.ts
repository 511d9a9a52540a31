/** The star: one room on the first server, which reflects everything to everybody. XEP-0045. */
import { roomsWorld } from './rooms.ts';
import { ownedRoom, roomDomain, roomOf } from './plan.ts';
import type { Way } from './way.ts';

export const muc: Way = {
  id: 'muc',
  title: 'One room',
  short: 'MUC',
  summary: 'A room on the first server reflects every message to every occupant (XEP-0045)',
  servers: true,
  world: (plan) =>
    roomsWorld(plan, {
      services: (server) => (server === 0 ? [{ domain: roomDomain(plan, 0), service: 'muc', rooms: [ownedRoom(plan, 0)] }] : []),
      roomOf: () => roomOf(plan, 0),
    }),
};
