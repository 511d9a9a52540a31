/** Curves that theory has for a configuration, asked for while they are wanted. */
import { useEffect, useState } from 'react';
import type { TheoryArgs, TheoryCurve } from '../../protocol/theory.ts';
import { useController } from './context.ts';

const NONE: readonly TheoryCurve[] = [];

/** @param args null while nobody wants any; the same object as long as it asks the same. */
export function useTheory(args: TheoryArgs | null): readonly TheoryCurve[] {
  const controller = useController();
  const [found, setFound] = useState<{ readonly args: TheoryArgs; readonly curves: readonly TheoryCurve[] } | null>(null);
  useEffect(() => {
    if (!args) return undefined;
    let current = true;
    controller
      .ask('theory', args)
      .then((curves) => current && setFound({ args, curves }))
      // Another scene was opened meanwhile: it asks for itself.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [controller, args]);
  return found && found.args === args ? found.curves : NONE;
}
