import { useSyncExternalStore } from 'react';
import { live, type Live } from './frame.ts';
import { useView } from './store.ts';

const PERIOD = 100;

/** One throttle for all of React: text changes at most ten times a second, and a lone change at once. */
function createThrottle() {
  const listeners = new Set<() => void>();
  let snapshot = live.get();
  let last = -PERIOD;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const publish = () => {
    timer = undefined;
    last = performance.now();
    snapshot = live.get();
    for (const listener of listeners) listener();
  };
  live.subscribe(() => {
    if (timer !== undefined) return;
    const wait = last + PERIOD - performance.now();
    if (wait <= 0) publish();
    else timer = setTimeout(publish, wait);
  });
  // Who pauses or steps reads at once where time stands.
  useView.subscribe((now, before) => {
    if (now.playing || !before.playing) return;
    clearTimeout(timer);
    publish();
    last = -PERIOD;
  });
  return {
    get: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
const throttled = createThrottle();

/** Part of the live state, for text. `select` must answer a primitive or a stable reference. */
export function useLive<T>(select: (state: Live) => T): T {
  return useSyncExternalStore(throttled.subscribe, () => select(throttled.get()));
}
