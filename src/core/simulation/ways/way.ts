/** What a way is: one entry of the index, and how it makes a world of a plan. */
import type { WayEntry } from '../../../protocol/ways.ts';
import type { Playing, World } from '../world.ts';
import type { GroupPlan } from './plan.ts';
import type { GroupWatch } from './watch.ts';

export interface Way extends WayEntry {
  /** Its people say what they say through servers; else on links of their own. */
  readonly servers: boolean;
  world(plan: GroupPlan): GroupWorld;
}

/** Whoever looks at what the latest play was counted as. */
export interface GroupWorld {
  readonly world: World;
  /** Of a play of that world: what was counted of it. */
  watchOf(playing: Playing): GroupWatch;
  /** Entity of a person, and of a server by its number; -1 where there are none. */
  personAt(person: number): number;
  serverAt(server: number): number;
}
