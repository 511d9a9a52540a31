/**
 * Algorithms with a planted fault each, for the exercises of the topic “Find the fault”. They are not offered: neither the laboratory nor
 * the catalogue knows them, and the contract does not vouch for them. `docs/exercises.md` has the walks that find the faults.
 */
import type { Algorithm } from '../contract.ts';
import { persistentFlood } from './persistent-flood.ts';
import { stoppingRumour } from './stopping-rumour.ts';
import { varyingPull } from './varying-pull.ts';

export const exerciseAlgorithms: readonly Algorithm[] = [varyingPull, stoppingRumour, persistentFlood];
