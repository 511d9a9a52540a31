import { useSyncExternalStore } from 'react';
import type { DiagramView, Shown } from './DiagramView.ts';

/** What of the view React shows, as it is now. */
export const useShown = (view: DiagramView): Shown => useSyncExternalStore(view.subscribe, view.shown);
