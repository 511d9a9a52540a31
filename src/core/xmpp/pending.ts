/** Requests that a party passed on and whose answers it will pass back, so that the journal can say which answers which. */
import type { Element } from '../../base/xml/element.ts';
import { slice } from './slice.ts';

interface Pending {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly id: string | undefined;
  /** Row of the request as it came here. */
  readonly row: number;
}

/** By a number made of their ids, so that few of many thousands are looked at and copied; no buckets at all before the first. */
type Pendings = readonly (readonly Pending[])[];
const BUCKETS = 256;
const NONE: readonly Pending[] = [];

export const pendingRequests = slice<Pendings>('pending', []);

export function remember(pending: Pendings, iq: Element, row: number): Pendings {
  const { from, to, id } = iq.attrs;
  const at = bucketOf(id);
  const buckets = pending.length > 0 ? pending : Array.from({ length: BUCKETS }, () => NONE);
  return buckets.with(at, [...buckets[at]!, { from, to, id, row }]);
}

/** The row that the answer answers, -1 where none is known, and what is still pending then. */
export function settle(pending: Pendings, answer: Element): { readonly row: number; readonly rest: Pendings } {
  const { from, to, id } = answer.attrs;
  const at = bucketOf(id);
  const own = pending[at] ?? NONE;
  const found = own.find((p) => p.from === to && p.to === from && p.id === id);
  if (!found) return { row: -1, rest: pending };
  return { row: found.row, rest: pending.with(at, own.length === 1 ? NONE : own.filter((p) => p !== found)) };
}

/** In no order that means anything. */
export const allPending = (pending: Pendings): readonly Pending[] => pending.flat();

function bucketOf(id = ''): number {
  let sum = 0;
  for (let i = 0; i < id.length; i++) sum = (Math.imul(sum, 31) + id.charCodeAt(i)) & (BUCKETS - 1);
  return sum;
}
