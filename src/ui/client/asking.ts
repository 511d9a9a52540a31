/** Filter, breakpoints and "run until", put together for the controller. */
import { breakpointsRestored, contextChosen, filtered, useQueries } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import { createBreaking, type Breaking } from './breaking.ts';
import type { Controller } from './contract.ts';
import type { LinkState } from './link.ts';
import type { Player } from './player.ts';
import { createStopping, type Stopping } from './stopping.ts';
import { watchQueries } from './watching.ts';

export interface Asking extends Pick<Stopping, 'barrier' | 'renewed'> {
  readonly breaks: Breaking;
  /** What a link carries of them. */
  linked(): Pick<LinkState, 'filter' | 'context' | 'breaks'>;
  restore(link: LinkState): void;
}

export function createAsking(ask: Controller['ask'], player: () => Player): Asking {
  const watching = watchQueries(ask, () => player().refresh());
  const stopping = createStopping({ ask, watching: () => watching, seek: (ordinal) => player().seekOrdinal(ordinal) });
  useQueries.subscribe((now, before) => {
    if (now.breakpoints !== before.breakpoints && useView.getState().playing) stopping.renewed();
  });
  return {
    barrier: stopping.barrier,
    renewed: stopping.renewed,
    breaks: createBreaking(ask, stopping),
    linked() {
      const { filter, context, breakpoints } = useQueries.getState();
      return { filter: filter || undefined, context, breaks: breakpoints };
    },
    restore(link) {
      filtered(link.filter ?? '');
      contextChosen(link.context ?? 0);
      breakpointsRestored(link.breaks ?? []);
    },
  };
}
