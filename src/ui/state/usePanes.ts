import { useEffect, useState } from 'react';
import { handWords, titlesOf } from '../shared/compared.ts';
import type { Live } from './frame.ts';
import { useView, type PaneView } from './store.ts';

const PERIOD = 200;

/** Single stanzas of more nodes than this, in several pictures together, are neither smooth nor told apart. */
export const MOST_MOVING = 2000;
export const areMany = (panes: readonly PaneView[]): boolean =>
  panes.length > 1 && panes.reduce((sum, { scene }) => sum + scene.entities.name.length, 0) > MOST_MOVING;

/** What is on show of each configuration, for text and curves: a few times a second. */
export function usePanes(panes: readonly PaneView[]): readonly Live[] {
  const [, redraw] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        redraw((n) => n + 1);
      }, PERIOD);
    };
    const stops = panes.map(({ store }) => store.subscribe(changed));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [panes]);
  return panes.map(({ store }) => store.get());
}

/** What each is called: by what it differs in. */
export function usePaneTitles(panes: readonly PaneView[]): readonly string[] {
  const algorithms = useView((s) => s.catalogue)?.algorithms ?? [];
  return titlesOf(
    panes.map(({ scene }) => scene),
    algorithms,
    panes.map(({ asked }) => handWords(asked)),
  );
}
