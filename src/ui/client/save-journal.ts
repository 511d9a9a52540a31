/** The journal of the run on show as a file (shared contract, "Files"): asked for piece by piece, so that the page stays alive. */
import { problemOf } from '../../base/result.ts';
import { save } from '../shared/save.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import type { Controller } from './contract.ts';
import { isStale } from './pane.ts';

/** Of a run that takes longer than this to write, it is said how far it is. */
const PATIENCE = 1500;

/** What is known of the run by now; where another scene or branch is chosen meanwhile, nothing is saved. */
export async function saveJournal({ ask }: Pick<Controller, 'ask'>): Promise<void> {
  const { scene, said, problemMet } = useView.getState();
  const to = live.get().progress?.events;
  if (!scene || to === undefined) return;
  const parts: Blob[] = [];
  let told = performance.now();
  try {
    for (let from = 0; from <= to;) {
      const { text, next } = await ask('journalPart', { from, to });
      // A blob, not a string: what is not in use may go to the disk.
      parts.push(new Blob([text]));
      from = next;
      if (performance.now() - told > PATIENCE && from <= to) {
        told = performance.now();
        said(`Writing the journal: ${Math.floor((100 * from) / to)} %. Choosing another scene gives it up.`);
      }
    }
    save({ name: `${scene.scenario}-${fileName(scene.seed)}.jsonl`, type: 'application/jsonl', text: new Blob(parts) });
  } catch (error) {
    if (isStale(error)) said('The journal was not saved: another run is on show.');
    else problemMet(problemOf(error));
  }
}
const fileName = (seed: string): string => seed.replaceAll(/[^\p{L}\p{N}-]+/gu, '-').slice(0, 40);
