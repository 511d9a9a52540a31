/**
 * Has the run looked through for notes, a slice a request, so that frames come between them: once it is computed, or while somebody reads
 * them. A very long run is looked through only when its notes are opened.
 */
import type { Notes } from '../../protocol/notes.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import type { Controller } from './contract.ts';

const UNASKED = 200_000;
const PAUSE_MS = 30;
/** Between two looks at a run that is still being computed. */
const WAIT_MS = 500;

export function watchNotes(ask: Controller['ask'], failed: (error: unknown) => void): void {
  let busy = false;
  const wanted = (): boolean => {
    const { run, progress, notes } = live.get();
    if (run === 0 || !progress || notes?.complete) return false;
    if (useView.getState().dock === 'notes') return true;
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
  live.subscribe(consider);
  useView.subscribe((now, before) => {
    if (now.dock !== before.dock) consider();
  });
}
