/** Earlier selections, as a browser keeps pages. Kept here and not in the component: a closed panel forgets nothing. */
import { create } from 'zustand';
import type { Target } from '../../protocol/parts.ts';
import { sameTarget, useView } from '../state/store.ts';

const MOST = 100;

export interface Trail {
  /** Oldest first. */
  readonly targets: readonly Target[];
  /** Where in `targets` the last selection stands; -1 before the first. */
  readonly at: number;
}
const EMPTY: Trail = { targets: [], at: -1 };

/** A selection cuts off what lay ahead; the one where the trail stands already changes nothing. */
export function extend(trail: Trail, target: Target): Trail {
  if (sameTarget(trail.targets[trail.at], target)) return trail;
  const targets = [...trail.targets.slice(0, trail.at + 1), target].slice(-MOST);
  return { targets, at: targets.length - 1 };
}

/** With nothing selected, back is where the trail stands. */
export const backFrom = (trail: Trail, nothingSelected: boolean): number => (nothingSelected ? trail.at : trail.at - 1);

export const useTrail = create<Trail>()(() => EMPTY);

useView.subscribe((now, before) => {
  if (now.scene?.run !== before.scene?.run) useTrail.setState(EMPTY);
  if (now.selection && now.selection !== before.selection) useTrail.setState(extend(useTrail.getState(), now.selection));
});

/** Stands there, and answers what is selected with it. */
export function standAt(at: number): Target | null {
  const target = useTrail.getState().targets[at];
  if (!target) return null;
  useTrail.setState({ at });
  return target;
}
