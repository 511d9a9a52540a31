/** Every topology there is. A new one is one file and one line here. */
import { complete } from './complete.ts';
import { ring } from './ring.ts';
import type { TopologyDefinition } from './topology.ts';

export const topologies: readonly TopologyDefinition[] = [complete, ring];
