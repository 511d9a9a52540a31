/** The selections made in this scene, to go back and forward through. Plain values: a step answers a new history. */
import type { Target } from '../../protocol/parts.ts';
import { sameTarget } from '../state/store.ts';

export interface History {
  readonly visited: readonly Target[];
  /** Which of them is shown; -1 before the first. */
  readonly at: number;
}

export const NO_HISTORY: History = { visited: [], at: -1 };
const MOST = 100;

/** Something was selected. What was ahead is forgotten; going back and forward themselves visit what is already there. */
export function visit(history: History, target: Target): History {
  if (sameTarget(history.visited[history.at], target)) return history;
  const visited = [...history.visited.slice(0, history.at + 1), target].slice(-MOST);
  return { visited, at: visited.length - 1 };
}

export const canGo = ({ visited, at }: History, by: -1 | 1): boolean => at + by >= 0 && at + by < visited.length;

export function go(history: History, by: -1 | 1): History {
  return canGo(history, by) ? { ...history, at: history.at + by } : history;
}
