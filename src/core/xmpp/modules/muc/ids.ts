/** Identifiers that the service makes: in order, so that a run needs no randomness for them. */
import type { Context } from '../../module.ts';
import { slice } from '../../slice.ts';

const madeIds = slice<number>('made-ids', 0);

export function makeId(context: Context): string {
  const made = context.get(madeIds) + 1;
  context.set(madeIds, made);
  return `${context.party.name}-${made}`;
}
