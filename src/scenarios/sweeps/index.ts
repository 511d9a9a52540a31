/** Every preset of the lab. A new one is one file and one line here. */
import type { SweepPreset } from './preset.ts';
import { size } from './size.ts';
import { tables1987 } from './tables-1987.ts';
import { tolerance2011, tolerance2011Drawn } from './tolerance-2011.ts';

export const sweeps: readonly SweepPreset[] = [tolerance2011, tolerance2011Drawn, ...tables1987, size];
