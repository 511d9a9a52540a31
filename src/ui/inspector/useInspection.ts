/** The inspection of the selection at the cursor. At most one is asked for at a time; of what is wished meanwhile the latest wins. */
import { useEffect, useRef, useState } from 'react';
import { problemOf, type Problem } from '../../base/result.ts';
import type { Inspection, Target } from '../../protocol/parts.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/controller.ts';
import { cursorOf } from '../state/frame.ts';
import { sameTarget } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { changesBetween, NO_CHANGES } from './changes.ts';

interface Answer {
  readonly target: Target;
  readonly inspection: Inspection | null;
  readonly problem: Problem | null;
  /** Keys whose words changed since the cursor stood elsewhere. */
  readonly changed: ReadonlySet<string>;
}

interface Wish {
  readonly target: Target;
  readonly ordinal: number;
}

/** The last answer about this very target, or null until there is one. */
export function useInspection(target: Target | null): Answer | null {
  const controller = useController();
  const ordinal = useLive(cursorOf);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const wish = useRef<Wish | null>(null);
  const busy = useRef(false);
  useEffect(() => {
    wish.current = target && { target, ordinal };
    const run = async () => {
      if (busy.current) return;
      busy.current = true;
      while (wish.current) {
        const mine = wish.current;
        wish.current = null;
        try {
          const inspection = await controller.ask('inspect', mine);
          setAnswer((before) => ({
            target: mine.target,
            inspection,
            problem: null,
            changed: changesBetween(before?.inspection ?? null, inspection),
          }));
        } catch (error) {
          if (!isStale(error)) setAnswer({ target: mine.target, inspection: null, problem: problemOf(error), changed: NO_CHANGES });
        }
      }
      busy.current = false;
    };
    void run();
  }, [controller, target, ordinal]);
  return answer && target && sameTarget(answer.target, target) ? answer : null;
}
