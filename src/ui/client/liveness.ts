/**
 * Notices that a worker is gone without a word: ended by the browser for want of memory, or by somebody's hand. It holds a lock of its
 * own name as long as it lives (Web Locks API, W3C), and the page waits for that lock. So a worker that is only busy, for however long,
 * is never taken for a dead one. Where there are no such locks, nothing is noticed but what the worker says itself.
 */
const PREFIX = 'stanzascope-';
let workers = 0;

/** A name that no other worker of any page has. */
export const workerName = (): string => `${PREFIX}${Math.random().toString(36).slice(2)}-${workers++}`;

/** @param name of a worker that has answered, and so holds its lock. @param closed once nobody is interested any more. */
export function onceGone(name: string, closed: AbortSignal, gone: () => void): void {
  if (!name.startsWith(PREFIX) || !('locks' in navigator)) return;
  navigator.locks.request(name, { signal: closed }, gone).catch(() => undefined);
}
