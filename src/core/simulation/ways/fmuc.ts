/**
 * Federated rooms (XEP-0289): a room on every server, each person in that of their own; those of the other servers have joined the first one's.
 * What primary–primary and primary–replica mean, and what the specification leaves open, stands in `xmpp/modules/xep0289.ts`.
 */
import { roomsWorld } from './rooms.ts';
import { ownedRoom, roomDomain, roomOf, type GroupPlan } from './plan.ts';
import type { GroupWorld, Way } from './way.ts';

type Mode = 'primary-primary' | 'primary-replica';

function federated(plan: GroupPlan, mode: Mode): GroupWorld {
  const first = roomOf(plan, 0);
  return roomsWorld(plan, {
    services: (server) => [
      {
        domain: roomDomain(plan, server),
        service: 'muc',
        rooms: [{ ...ownedRoom(plan, server), federation: server === 0 ? { mode, accepts: 'anyone' } : { mode, with: first } }],
      },
    ],
    roomOf: ({ server }) => roomOf(plan, server),
  });
}

export const fmucPrimaries: Way = {
  id: 'fmuc-primaries',
  title: 'Federated rooms, primary–primary',
  short: 'Primaries',
  summary: 'A room on every server; each says at once what is written in it, and passes it on (XEP-0289)',
  servers: true,
  world: (plan) => federated(plan, 'primary-primary'),
};
export const fmucReplicas: Way = {
  id: 'fmuc-replicas',
  title: 'Federated rooms, primary–replica',
  short: 'Replicas',
  summary: 'A room on every server; what is written waits until the first has put it in order (XEP-0289)',
  servers: true,
  world: (plan) => federated(plan, 'primary-replica'),
};
