/** The region Graph: the picture, its legend, who acts next, and the camera's buttons. */
import { useEffect, useRef, useState } from 'react';
import { useController } from '../client/context.ts';
import type { Controller } from '../client/controller.ts';
import { formatSpan } from '../shared/format.ts';
import { Icon } from '../shared/icons.tsx';
import { KIND_TITLES, KindIcon, LookIcon } from '../shared/KindIcon.tsx';
import { prefersReducedMotion } from '../shared/motion.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { viewport } from '../state/viewport.ts';
import { GraphView } from './GraphView.ts';
import './graph.css';

/** The two ends of a stanza's link, from its inspection. */
async function endsOf(controller: Controller, id: number): Promise<readonly [number, number] | null> {
  try {
    const { parts } = await controller.ask('inspect', { target: { type: 'message', id }, ordinal: 0 });
    const end = (key: string) => {
      for (const part of parts) {
        const link = part.type === 'fields' ? part.fields.find((field) => field.key === key)?.link : undefined;
        if (link?.type === 'entity') return link.index;
      }
      return -1;
    };
    const [from, to] = [end('sender'), end('receiver')];
    return from >= 0 && to >= 0 ? [from, to] : null;
  } catch {
    // The inspector says why; here there is just nothing to light up.
    return null;
  }
}

function Legend({ scene }: { readonly scene: OpenScene }) {
  return (
    <ul className="legend" aria-label="Legend">
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
    </ul>
  );
}

function Next({ scene }: { readonly scene: OpenScene }) {
  const frame = useLive((s) => s.frame);
  const playing = useView((s) => s.playing);
  // While time runs, a line that changes ten times a second is noise.
  if (!frame || playing) return null;
  if (!frame.next) return <p className="next">nothing more happens</p>;
  const { entity, text, tick } = frame.next;
  return (
    <p className="next">
      next: <b>{scene.entities.name[entity]}</b> {text}{' '}
      <span className="mono">{tick > frame.tick ? `+${formatSpan(scene.unit, tick - frame.tick)}` : 'at once'}</span>
    </p>
  );
}

/** Said, never hidden: of very many stanzas only some are drawn. */
function Crowd() {
  const total = useLive((s) => s.frame?.flights.total ?? 0);
  const drawn = useLive((s) => s.frame?.flights.id.length ?? 0);
  if (drawn >= total) return null;
  return (
    <span>
      {drawn.toLocaleString('en')} of {total.toLocaleString('en')} stanzas under way are drawn.
    </span>
  );
}

function Picture({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState<string | undefined>();
  useEffect(() => {
    if (!host.current || !canvas.current) return undefined;
    const view = new GraphView(host.current, canvas.current, scene, scene.run, {
      picked: controller.select,
      endsOf: (id) => endsOf(controller, id),
      reducedMotion: prefersReducedMotion,
      hovered(lines, x, y) {
        const box = tip.current;
        if (!box) return;
        box.hidden = !lines;
        if (!lines) return;
        const [first, second] = box.children;
        if (first) first.textContent = lines[0];
        if (second) second.textContent = lines[1];
        const room = box.parentElement?.clientWidth ?? 0;
        const left = x + 16 + box.offsetWidth > room ? x - 12 - box.offsetWidth : x + 16;
        box.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, y - 52)}px)`;
      },
    });
    viewport.camera = view;
    setNote(view.note);
    return () => {
      viewport.camera = null;
      view.destroy();
    };
  }, [scene, controller]);
  return (
    <>
      <div ref={host} className="graph-host" />
      <canvas ref={canvas} className="graph-overlay" aria-hidden="true" />
      <div ref={tip} className="tip" hidden>
        <p />
        <p className="muted" />
      </div>
      <p className="graph-note">
        {note}
        <Crowd />
      </p>
    </>
  );
}

export function Graph() {
  const scene = useView((s) => s.scene);
  const entitiesShown = useView((s) => s.entitiesShown);
  return (
    <section aria-label="Graph" className="graph">
      {scene && (
        <>
          <Picture scene={scene} />
          <Next scene={scene} />
          <Legend scene={scene} />
        </>
      )}
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
