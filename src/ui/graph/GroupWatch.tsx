/** Asks for the rooms and nodes of the moment on show; and lists them for the keyboard and for screen readers. */
import { useEffect } from 'react';
import { useController } from '../client/context.ts';
import { GroupIcon } from '../shared/GroupIcon.tsx';
import { cursorOf, live } from '../state/frame.ts';
import { groupPicked, useGroup } from '../state/groups.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';

export function GroupWatch({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  // Ten times a second at most, as all text.
  const cursor = useLive(cursorOf);
  const run = useLive((s) => s.run);
  useEffect(() => {
    if (!scene.groups || run !== scene.run) return undefined;
    let isOld = false;
    controller.ask('groups', { ordinal: cursor }).then(
      (groups) => !isOld && live.get().run === run && live.patch({ groups }),
      // Another scene or a crash says so by itself.
      () => {},
    );
    return () => {
      isOld = true;
    };
  }, [controller, scene, run, cursor]);
  // Pointed out is what belongs to the selection: another one, or another scene, ends it.
  const selection = useView((s) => s.selection);
  useEffect(() => {
    const { picked } = useGroup.getState();
    const host = live.get().groups?.groups.find((g) => g.key === picked)?.host;
    if (picked !== null && !(selection?.type === 'entity' && selection.index === host)) groupPicked(null);
  }, [selection]);
  return null;
}

const MOST = 100;

export function GroupList() {
  const controller = useController();
  const groups = useLive((s) => s.groups?.groups);
  const picked = useGroup((s) => s.picked);
  const names = useView((s) => s.scene?.entities.name);
  if (!groups || groups.length === 0) return null;
  return (
    <>
      <h3>Rooms and nodes</h3>
      <ul className="group-list" aria-label="Rooms and nodes">
        {groups.slice(0, MOST).map(({ key, kind, title, words, host }) => (
          <li key={key}>
            <button
              type="button"
              className="plain"
              aria-pressed={picked === key}
              aria-label={words}
              title={words}
              onClick={() => {
                groupPicked(key);
                controller.select({ type: 'entity', index: host });
              }}
            >
              <GroupIcon kind={kind} /> {title} <span className="muted">{names?.[host]}</span>
            </button>
          </li>
        ))}
      </ul>
      {groups.length > MOST && (
        <p className="muted">
          The first {MOST} of {groups.length.toLocaleString('en')}.
        </p>
      )}
    </>
  );
}
