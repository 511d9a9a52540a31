/** What is wrong with the text, a moment after it was typed. */
import { useEffect, useState } from 'react';
import type { Checked } from '../../protocol/console.ts';
import { useController } from '../client/context.ts';

const PAUSE_MS = 120;

export interface Look {
  /** The text that it is about. */
  readonly text: string;
  readonly checked: Checked;
}

/** The last look; of an older text until the new one has been looked at. */
export function useCheck(text: string): Look | null {
  const controller = useController();
  const [look, setLook] = useState<Look | null>(null);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => {
      // Another scene or a crash says so by itself.
      controller.ask('check', { text }).then(
        (checked) => !isOld && setLook({ text, checked }),
        () => {},
      );
    }, PAUSE_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [controller, text]);
  return look;
}
