/**
 * Asks, while time runs, how many stanzas went between whom just now, and decides whether links show that: where a stanza would be under way for
 * no more than a frame or two, it cannot be seen, and where very many are, each is not drawn. A picture of some of them at some places would mislead.
 */
import type { LiveStore } from '../state/frame.ts';
import { paceOf } from '../state/pace.ts';
import { useView } from '../state/store.ts';
import { areMany } from '../state/usePanes.ts';
import type { Connection } from './connection.ts';

/** What is counted went within this time here: long enough to be seen, and not to flicker. */
const WINDOW_S = 0.25;
const BETWEEN_MS = 120;
/** A flight that takes less is not seen; one that takes more is again. Between the two nothing changes. */
const UNSEEN_S = 0.034;
const SEEN_S = 0.05;

/** Whether single stanzas can no longer be seen. @param flight seconds here that one is under way */
export const isUnseen = (flight: number, before: boolean): boolean => flight < (before ? SEEN_S : UNSEEN_S);

/** Of one run, each of several that are compared. Answers how to stop. */
export function watchTraffic(live: LiveStore, ask: Connection['ask']): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  const look = async () => {
    timer = undefined;
    const { run, t, progress, frame } = live.get();
    const { playing, speed, panes } = useView.getState();
    if (!playing || !progress || !frame) return;
    const pace = paceOf(speed, progress.tick);
    const begun = performance.now();
    asking = true;
    try {
      const traffic = await ask('traffic', { from: t - WINDOW_S * pace, to: t });
      const before = live.get();
      if (before.run === run && useView.getState().playing) {
        // Nothing was sent just now: as before.
        const was = before.traffic?.fast ?? false;
        const fast = areMany(panes) || (traffic.total === 0 ? was : isUnseen(traffic.flight / pace, was));
        const crowded = frame.flights.id.length < frame.flights.total;
        if (fast || crowded) live.patch({ traffic: { ...traffic, fast } });
        else if (before.traffic) live.patch({ traffic: null });
      }
    } catch {
      // Another scene, or a worker that died: whoever shows that says so.
    } finally {
      asking = false;
    }
    // Never busier with this than a third of the time.
    again(Math.max(BETWEEN_MS, 2 * (performance.now() - begun)));
  };
  const again = (after: number) => {
    if (useView.getState().playing && !asking) timer ??= setTimeout(() => void look(), after);
  };
  const stop = useView.subscribe((now, before) => {
    if (now.playing === before.playing) return;
    if (now.playing) again(0);
    else {
      clearTimeout(timer);
      timer = undefined;
      if (live.get().traffic) live.patch({ traffic: null });
    }
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
