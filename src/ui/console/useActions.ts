/** What a client can be made to do at the cursor, and the stanza of what is being filled in; asked for anew when the moment is another one. */
import { useEffect, useState } from 'react';
import type { Actions, ActionValues, Composed } from '../../protocol/actions.ts';
import { useController } from '../client/context.ts';
import { cursorOf } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';

/** Typing is not answered letter by letter. */
const PAUSE_MS = 60;

export interface Offered extends Actions {
  /** The run is computed to its end: an answer that has not come will not come. */
  readonly complete: boolean;
}

/** `null` until the first answer; while time runs, the last one stays. */
export function useActions(client: number): Offered | null {
  const controller = useController();
  const cursor = useLive(cursorOf);
  const run = useLive((s) => s.run);
  const complete = useLive((s) => s.progress?.ended !== 'running');
  const playing = useView((s) => s.playing);
  const [actions, setActions] = useState<Offered | null>(null);
  useEffect(() => {
    if (playing || run === 0) return undefined;
    let isOld = false;
    controller.ask('actions', { entity: client, ordinal: cursor }).then(
      (answer) => !isOld && setActions({ ...answer, complete }),
      // Another scene or a crash says so by itself.
      () => {},
    );
    return () => {
      isOld = true;
    };
  }, [controller, client, cursor, run, complete, playing]);
  return actions;
}

const NOTHING: Composed = { xml: '', faults: [] };

export function useComposed(client: number, action: string, values: ActionValues): Composed {
  const controller = useController();
  const cursor = useLive(cursorOf);
  const playing = useView((s) => s.playing);
  const [composed, setComposed] = useState<Composed>(NOTHING);
  useEffect(() => {
    if (playing) return undefined;
    let isOld = false;
    const timer = setTimeout(() => {
      controller.ask('compose', { entity: client, ordinal: cursor, action, values }).then(
        (answer) => !isOld && setComposed(answer),
        () => !isOld && setComposed(NOTHING),
      );
    }, PAUSE_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [controller, client, cursor, action, values, playing]);
  return composed;
}
