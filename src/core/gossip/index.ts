/** Every algorithm there is. A new one is one file and one line here. */
import type { Algorithm } from './contract.ts';
import { antiEntropy } from './anti-entropy.ts';
import { bimodal } from './bimodal.ts';
import { cyclon } from './cyclon.ts';
import { deathCertificates } from './death-certificates.ts';
import { flood } from './flood.ts';
import { gossipsub } from './gossipsub.ts';
import { hyparview } from './hyparview.ts';
import { infectAndDie } from './infect-and-die.ts';
import { medianCounter } from './median-counter.ts';
import { neighbour } from './neighbour.ts';
import { plumtree } from './plumtree.ts';
import { pushSum } from './push-sum.ts';
import { rumour } from './rumour.ts';
import { serial } from './serial.ts';
import { swim } from './swim.ts';
import { uniform } from './uniform.ts';

export const algorithms: readonly Algorithm[] = [
  serial,
  uniform,
  neighbour,
  antiEntropy,
  deathCertificates,
  rumour,
  flood,
  infectAndDie,
  medianCounter,
  bimodal,
  plumtree,
  gossipsub,
  hyparview,
  cyclon,
  swim,
  pushSum,
];
