/** Waiting for a run that is being computed. */
import type { Progress } from '../../protocol/protocol.ts';
import type { LiveStore } from '../state/frame.ts';

/** Until the run is there, at its end, or another one was opened in its place. */
export const computedTo = (store: LiveStore, ordinal: number, told?: (progress: Progress) => void): Promise<void> =>
  new Promise((resolve) => {
    const { run } = store.get();
    let stop = () => {};
    let last: Progress | null = null;
    const look = () => {
      const now = store.get();
      const there = now.progress !== null && (now.progress.ended !== 'running' || now.progress.events >= ordinal);
      if (now.run === run && now.progress && now.progress !== last) told?.((last = now.progress));
      if (now.run !== run || there) {
        stop();
        resolve();
      }
    };
    stop = store.subscribe(look);
    look();
  });
