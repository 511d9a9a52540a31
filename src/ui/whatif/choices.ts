/** What can be done to the target at the cursor: what the source offers, and partitions of what is marked. */
import { useEffect, useState } from 'react';
import { problemOf } from '../../base/result.ts';
import type { Choice } from '../../protocol/branches.ts';
import type { Target } from '../../protocol/parts.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/pane.ts';
import { cursorOf } from '../state/frame.ts';
import { useMenu } from '../state/menu.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';

/** A server takes its clients along. */
function withClients(target: Target, { entities }: OpenScene): Choice[] {
  if (target.type !== 'entity') return [];
  const clients = [...entities.parent.keys()].filter((i) => entities.parent[i] === target.index);
  if (clients.length === 0) return [];
  const side = [target.index, ...clients];
  return [
    {
      id: 'partition',
      label: 'Cut off with all its clients',
      help: `Nothing gets from these ${side.length} to the others, nor back.`,
      act: { type: 'partition', side },
    },
  ];
}

function ofMarked(marked: readonly number[], { entities }: OpenScene): Choice[] {
  if (marked.length === 0) return [];
  const all = marked.length >= entities.name.length;
  return [
    {
      id: 'partition',
      label:
        marked.length === 1 ? `Cut off ${entities.name[marked[0] ?? 0]}, which is marked` : `Cut off the ${marked.length} that are marked`,
      help: 'Nothing gets from them to the others, nor back, until it is healed.',
      act: { type: 'partition', side: marked },
      ...(all && { disabled: 'Everybody is marked: leave somebody on the other side.' }),
    },
  ];
}

/** Null while they are being asked for. */
export function useChoices(target: Target): readonly Choice[] | null {
  const { ask } = useController();
  const scene = useView((s) => s.scene);
  const marked = useMenu((s) => s.marked);
  // The cursor may still be on its way here, or time may run.
  const ordinal = useLive(cursorOf);
  const [found, setFound] = useState<readonly Choice[] | null>(null);
  useEffect(() => {
    let gone = false;
    ask('choices', { target, ordinal }).then(
      (choices) => !gone && setFound(choices),
      (error: unknown) => {
        if (gone || isStale(error)) return;
        setFound([]);
        useView.getState().problemMet(problemOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [ask, target, ordinal]);
  if (!scene || !found) return null;
  return scene.capabilities.intervene ? [...ofMarked(marked, scene), ...found, ...withClients(target, scene)] : [];
}
