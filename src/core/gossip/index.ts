/** Every algorithm there is. A new one is one file and one line here. */
import type { Algorithm } from './contract.ts';
import { pushSum } from './push-sum.ts';
import { rumour } from './rumour.ts';
import { swim } from './swim.ts';
import { uniform } from './uniform.ts';

export const algorithms: readonly Algorithm[] = [uniform, rumour, pushSum, swim];
