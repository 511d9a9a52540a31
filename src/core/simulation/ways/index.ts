/** The ways, in the order in which they are shown. A new one is a file, a line here and an option of `scenarios/one-room.ts`. */
import { InputError } from '../../../base/result.ts';
import { fmucPrimaries, fmucReplicas } from './fmuc.ts';
import { direct, gossip } from './gossip.ts';
import { mix } from './mix.ts';
import { muc } from './muc.ts';
import type { Way } from './way.ts';

export const ways: readonly Way[] = [muc, fmucPrimaries, fmucReplicas, mix, gossip, direct];

export function wayOf(id: string): Way {
  const found = ways.find((way) => way.id === id);
  if (found) return found;
  throw new InputError({ message: `there is no way ${JSON.stringify(id)}`, hint: `There are: ${ways.map((way) => way.id).join(', ')}.` });
}
