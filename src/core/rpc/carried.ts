/** Which updates a gossip message carries, for views that tell who got what from whom. */
import type { Method } from '../gossip/contract.ts';

const NONE: readonly number[] = [];
const FIRST: readonly number[] = [0];

/**
 * @param reply absent: the call. @param first its first argument.
 * Simplified: of what is neither one update nor a list of them (SWIM's news, pairs of push-sum) nothing is said, or that it is update 0.
 */
export function updatesIn(
  method: Method | undefined,
  reply: number | undefined,
  first: number,
  data: readonly number[],
): readonly number[] {
  const carries = reply === undefined ? method?.update : method?.replies?.[reply]?.update;
  if (carries === 'data') return method?.data === 'updates' ? data : NONE;
  if (carries !== true) return NONE;
  return reply === undefined && method?.args[0] === 'update' && first > 0 ? [first] : FIRST;
}
