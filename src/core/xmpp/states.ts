/** How entities are shown; the index is the code that handlers show. */
import type { ShownState } from '../../protocol/scene.ts';

export const SHOWN: readonly ShownState[] = [
  { id: 'offline', label: 'offline', look: 'offline' },
  { id: 'online', label: 'online', look: 'online' },
  { id: 'room', label: 'in the room', look: 'active' },
];
export const Shown = { offline: 0, online: 1, room: 2 } as const;
