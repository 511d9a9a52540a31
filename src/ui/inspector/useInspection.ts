/** The inspection of the selection as of the cursor. What is on show stays until the new one is there. */
import { useEffect, useMemo, useState } from 'react';
import { useController } from '../client/context.ts';
import { cursorOf, type Live } from '../state/frame.ts';
import { sameTarget, useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { changesOf, NO_CHANGES, type Changes } from './changes.ts';
import { createReader, type Answer } from './reader.ts';

export interface Shown extends Answer {
  /** Compared with the same thing at the moment that was shown before. */
  readonly changes: Changes;
}

/** The last event once the run is computed: what a stanza or an event led to is known then, and no longer moves with the cursor. */
const endOf = ({ progress }: Live): number | null => (progress && progress.ended !== 'running' ? progress.events : null);

function next(before: Shown | null, answer: Answer): Shown {
  if (!before?.inspection || !answer.inspection || !sameTarget(before.target, answer.target)) return { ...answer, changes: NO_CHANGES };
  const changes = before.ordinal === answer.ordinal ? before.changes : changesOf(before.inspection, answer.inspection);
  return { ...answer, changes };
}

export function useInspection(): Shown | null {
  const controller = useController();
  const selection = useView((s) => s.selection);
  const cursor = useLive(cursorOf);
  const end = useLive(endOf);
  const [shown, show] = useState<Shown | null>(null);
  const reader = useMemo(
    () =>
      createReader(
        (target, ordinal) => controller.ask('inspect', { target, ordinal }),
        (answer) => show((before) => next(before, answer)),
      ),
    [controller],
  );
  useEffect(() => reader.rest, [reader]);

  const isState = selection?.type === 'entity' || selection?.type === 'link';
  const moment = isState ? cursor : (end ?? cursor);
  useEffect(() => {
    if (selection) reader.read(selection, moment);
    else reader.rest();
  }, [reader, selection, moment]);
  return selection ? shown : null;
}
