import { useEffect, useState } from 'react';
import type { Live } from './frame.ts';
import type { PaneView } from './store.ts';

const PERIOD = 200;

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
