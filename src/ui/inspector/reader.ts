/** Asks for one thing at a time: while an answer about it is awaited only the latest moment is kept, and a late answer about another is dropped. */
import { problemOf, type Problem } from '../../base/result.ts';
import type { Inspection, Target } from '../../protocol/parts.ts';
import { isStale } from '../client/pane.ts';
import { sameTarget } from '../state/store.ts';

export interface Answer {
  readonly target: Target;
  readonly ordinal: number;
  readonly inspection: Inspection | null;
  readonly problem: Problem | null;
}

export interface Reader {
  read(target: Target, ordinal: number): void;
  /** Nothing is wanted any more. */
  rest(): void;
}

export function createReader(inspect: (target: Target, ordinal: number) => Promise<Inspection>, publish: (answer: Answer) => void): Reader {
  let busyWith: Target | null = null;
  let next: number | null = null;
  let turn = 0;
  const ask = async (target: Target, ordinal: number): Promise<void> => {
    const mine = ++turn;
    busyWith = target;
    next = null;
    try {
      const inspection = await inspect(target, ordinal);
      if (mine === turn) publish({ target, ordinal, inspection, problem: null });
    } catch (error) {
      if (mine === turn && !isStale(error)) publish({ target, ordinal, inspection: null, problem: problemOf(error) });
    }
    if (mine !== turn) return;
    busyWith = null;
    if (next !== null) void ask(target, next);
  };
  return {
    read(target, ordinal) {
      if (busyWith && sameTarget(busyWith, target)) next = ordinal;
      else void ask(target, ordinal);
    },
    rest() {
      turn++;
      busyWith = null;
      next = null;
    },
  };
}
