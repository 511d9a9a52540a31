/** The region Graph: the picture, its legend, who acts next, and the camera's buttons. */
import { useEffect, useRef } from 'react';
import { GROUP_KINDS } from '../../protocol/groups.ts';
import type { Ended } from '../../protocol/protocol.ts';
import { useController } from '../client/context.ts';
import { formatSpan } from '../shared/format.ts';
import { Icon } from '../shared/icons.tsx';
import { LINK_STATES } from '../../protocol/scene.ts';
import { KIND_TITLES, KindIcon, LookIcon, STREAM_TITLES, StreamIcon } from '../shared/KindIcon.tsx';
import { GROUP_TITLES, GroupIcon, MarkIcon } from '../shared/GroupIcon.tsx';
import { hintOf } from '../shared/shortcuts.ts';
import { live } from '../state/frame.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { viewport } from '../state/viewport.ts';
import { Crowd } from './Crowd.tsx';
import { Following } from './Following.tsx';
import { GroupWatch } from './GroupWatch.tsx';
import { placed } from './placed.ts';
import { Panes } from './Panes.tsx';
import { Picture } from './Picture.tsx';
import './graph.css';

function Legend({ scene }: { readonly scene: OpenScene }) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const box = list.current;
    if (!box) return undefined;
    const resized = new ResizeObserver(() => {
      if (placed.legend === box.offsetHeight) return;
      placed.legend = box.offsetHeight;
      box.parentElement?.style.setProperty('--legend', `${box.offsetHeight}px`);
      viewport.camera?.roomChanged();
    });
    resized.observe(box);
    return () => resized.disconnect();
  }, []);
  return (
    <ul ref={list} className="legend" aria-label="Legend">
      {scene.kinds.map((kind) => (
        <li key={kind}>
          <KindIcon kind={kind} />
          {KIND_TITLES[kind]}
        </li>
      ))}
      {scene.states.map((state) => (
        <li key={state.id}>
          <LookIcon look={state.look} />
          {state.label}
        </li>
      ))}
      <GroupLegend />
      {scene.streams &&
        LINK_STATES.map((state) => (
          <li key={state}>
            <StreamIcon state={state} />
            {STREAM_TITLES[state]}
          </li>
        ))}
    </ul>
  );
}

const MARKED = ['high', 'low', 'waits'] as const;

/** What is there now of rooms and nodes, and of marks around them. */
function GroupLegend() {
  const groups = useLive((s) => s.groups);
  if (!groups) return null;
  const kinds = GROUP_KINDS.filter((kind) => groups.groups.some((g) => g.kind === kind));
  return kinds.flatMap((kind) => [
    <li key={kind}>
      <GroupIcon kind={kind} />
      {GROUP_TITLES[kind]}
    </li>,
    ...MARKED.filter((mark) => groups.groups.some((g) => g.kind === kind && g.members.some((m) => m.mark === mark))).map((mark) => (
      <li key={`${kind} ${mark}`}>
        <MarkIcon mark={mark} />
        {groups.marks[kind]?.[mark]}
      </li>
    )),
  ]);
}

/** Why there is no next event. */
const ENDS: Readonly<Record<Ended, string>> = {
  running: 'still being computed',
  drained: 'nothing more happens',
  horizon: 'the set time is over',
  budget: 'more happens, and is not computed',
};

function Next({ scene }: { readonly scene: OpenScene }) {
  const frame = useLive((s) => s.frame);
  const playing = useView((s) => s.playing);
  const ended = useLive((s) => s.progress?.ended ?? 'running');
  const following = useView((s) => s.following);
  // While time runs, a line that changes ten times a second is noise.
  if (!frame || playing || following) return null;
  if (!frame.next) return <p className="next">{ENDS[ended]}</p>;
  const { entity, text, tick } = frame.next;
  return (
    <p className="next">
      next: <b>{scene.entities.name[entity]}</b> {text}{' '}
      <span className="mono">{tick > frame.tick ? `+${formatSpan(scene.unit, tick - frame.tick)}` : 'at once'}</span>
    </p>
  );
}

function CrowdNow() {
  const frame = useLive((s) => s.frame);
  const traffic = useLive((s) => s.traffic);
  return <Crowd frame={frame} traffic={traffic} />;
}
/** There is one picture only. */
const atOnce = (then: () => void): void => then();

export function Graph() {
  const controller = useController();
  const scene = useView((s) => s.scene);
  const panes = useView((s) => s.panes);
  const entitiesShown = useView((s) => s.entitiesShown);
  return (
    <section aria-label="Graph" className="graph">
      {scene && panes.length === 0 && (
        <>
          <Picture scene={scene} store={live} pick={controller.select} meant={atOnce}>
            <CrowdNow />
          </Picture>
          <Next scene={scene} />
          <Following />
        </>
      )}
      {panes.length > 0 && <Panes panes={panes} />}
      {scene && <GroupWatch scene={scene} />}
      {scene && <Legend scene={scene} />}
      <div className="camera">
        <button
          type="button"
          className="plain"
          aria-pressed={entitiesShown}
          aria-label="Entities"
          title={`Entities (${hintOf('entities')})`}
          onClick={() => useView.getState().entitiesToggled()}
        >
          <Icon name="list" />
        </button>
        <button
          type="button"
          className="plain"
          aria-label="Zoom out"
          title={`Zoom out (${hintOf('zoom-out')})`}
          onClick={() => viewport.camera?.zoomBy(0.8)}
        >
          <Icon name="zoomOut" />
        </button>
        <button
          type="button"
          className="plain"
          aria-label="Zoom in"
          title={`Zoom in (${hintOf('zoom-in')})`}
          onClick={() => viewport.camera?.zoomBy(1.25)}
        >
          <Icon name="zoomIn" />
        </button>
        <button
          type="button"
          className="plain"
          aria-label="Fit"
          title={`Centre the selection or fit everything (${hintOf('focus')})`}
          onClick={() => viewport.camera?.focus()}
        >
          <Icon name="fit" />
        </button>
      </div>
    </section>
  );
}
