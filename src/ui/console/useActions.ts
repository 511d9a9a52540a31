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

interface Asked {
  readonly action: string;
  readonly values: ActionValues;
  readonly cursor: number;
  readonly composed: Composed;
}
const NOTHING: Composed = { xml: '', faults: [] };

/** `fresh`: it is what the form says now, at this moment; else the last answer, to go on reading. */
export function useComposed(
  client: number,
  action: string,
  values: ActionValues,
): { readonly composed: Composed; readonly fresh: boolean } {
  const controller = useController();
  const cursor = useLive(cursorOf);
  const playing = useView((s) => s.playing);
  const [last, setLast] = useState<Asked | null>(null);
  useEffect(() => {
    if (playing) return undefined;
    let isOld = false;
    const answered = (composed: Composed) => !isOld && setLast({ action, values, cursor, composed });
    const timer = setTimeout(() => {
      controller.ask('compose', { entity: client, ordinal: cursor, action, values }).then(answered, () => answered(NOTHING));
    }, PAUSE_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [controller, client, cursor, action, values, playing]);
  const fresh = last !== null && last.action === action && last.values === values && last.cursor === cursor;
  return { composed: last?.composed ?? NOTHING, fresh };
}
