/** Keeps the curves fresh while the run is being computed: a few times a second, and once more at its end. */
import type { LiveStore } from '../state/frame.ts';
import type { Connection } from './connection.ts';

const BUCKETS = 240;
const PAUSE_MS = 400;

export function createSeriesKeeper(live: LiveStore, ask: Connection['ask'], failed: (error: unknown) => void) {
  let busy = false;
  let again = false;
  const refresh = () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    ask('series', { buckets: BUCKETS })
      .then((series) => live.patch({ series }), failed)
      .finally(() => {
        setTimeout(() => {
          busy = false;
          if (again) refresh();
        }, PAUSE_MS);
      });
  };
  return { refresh };
}
