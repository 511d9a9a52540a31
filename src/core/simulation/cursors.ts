/** Cursors over journals: each view has its own, and moves it without moving another's. */
import type { JournalFold } from '../kernel/fold.ts';
import type { Run } from './run.ts';

/** The cursor of one view over the run that is asked about; it goes with the run. */
export function cursors(): (run: Run) => JournalFold {
  const folds = new WeakMap<Run, JournalFold>();
  return (run) => {
    let fold = folds.get(run);
    if (!fold) folds.set(run, (fold = run.fold.sibling()));
    return fold;
  };
}
