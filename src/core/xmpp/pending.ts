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

export const pendingRequests = slice<readonly Pending[]>('pending', []);

export function remember(pending: readonly Pending[], iq: Element, row: number): readonly Pending[] {
  const { from, to, id } = iq.attrs;
  return [...pending, { from, to, id, row }];
}

/** The row that the answer answers, -1 where none is known, and what is still pending then. */
export function settle(pending: readonly Pending[], answer: Element): { readonly row: number; readonly rest: readonly Pending[] } {
  const { from, to, id } = answer.attrs;
  const found = pending.find((p) => p.from === to && p.to === from && p.id === id);
  return found ? { row: found.row, rest: pending.filter((p) => p !== found) } : { row: -1, rest: pending };
}
