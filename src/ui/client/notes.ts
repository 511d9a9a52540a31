/**
 * Has the run looked through for notes, a slice a request, so that frames come between them: once it is computed, or while somebody reads
 * them. A very long run is looked through only when its notes are opened.
 */
import type { Notes } from '../../protocol/notes.ts';
import { live as shown, type LiveStore } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import type { Connection } from './connection.ts';

const UNASKED = 200_000;
const PAUSE_MS = 30;
/** Between two looks at a run that is still being computed. */
const WAIT_MS = 500;

/** Of one run, each of several that are compared. Answers how to stop. */
export function watchNotes(live: LiveStore, ask: Connection['ask'], failed: (error: unknown) => void): () => void {
  let gone = false;
  let busy = false;
  const wanted = (): boolean => {
    const { run, progress, notes } = live.get();
    if (gone || run === 0 || !progress || notes?.complete) return false;
    if (useView.getState().dock === 'notes' && run === shown.get().run) return true;
    return progress.ended !== 'running' && progress.events <= UNASKED;
  };
  const look = async () => {
    busy = true;
    try {
      while (wanted()) {
        const { run } = live.get();
        const { notes: _, total: __, ...summary }: Notes = await ask('notes', { from: 0, count: 0 });
        if (live.get().run === run) live.patch({ notes: summary });
        const upToDate = summary.scanned === summary.events && !summary.complete;
        await new Promise((go) => setTimeout(go, upToDate ? WAIT_MS : PAUSE_MS));
      }
    } catch (error) {
      failed(error);
    } finally {
      busy = false;
    }
  };
  const consider = () => {
    if (!busy && wanted()) void look();
  };
  const stops = [
    live.subscribe(consider),
    useView.subscribe((now, before) => {
      if (now.dock !== before.dock || now.primary !== before.primary) consider();
    }),
  ];
  return () => {
    gone = true;
    for (const stop of stops) stop();
  };
}
