/** The region Space-time: a line for each entity, an arrow for each stanza, one cursor and one selection with all other views. */
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../base/result.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/pane.ts';
import { keepArrangement, layoutFor, useDiagram } from '../state/diagram.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { DiagramView } from './DiagramView.ts';
import { EventsInView } from './EventsInView.tsx';
import { intentForgotten } from './intent.ts';
import { LineLabels } from './LineLabels.tsx';
import { listenToPointer } from './pointer.ts';
import { compared, pick } from './pick.ts';
import { Say } from './Say.tsx';
import { Toolbar } from './Toolbar.tsx';
import { tipOf } from './words.ts';
import './spacetime.css';

function Sheet({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<DiagramView | null>(null);
  const across = useDiagram((s) => s.across);

  useEffect(() => {
    const place = host.current;
    if (!place || !canvas.current || !overlay.current) return undefined;
    const failed = (error: unknown) => {
      if (!isStale(error)) useView.getState().problemMet(problemOf(error));
    };
    const made = new DiagramView(canvas.current, overlay.current, scene, controller, failed);
    const resized = new ResizeObserver(() => made.resize(place.clientWidth, place.clientHeight));
    resized.observe(place);
    const silence = listenToPointer(place, made, {
      controller,
      picked: (hit, withShift) => void pick(controller, made, hit, withShift),
      hovered(hit, x, y) {
        made.hover = hit ? { hit, x, y } : null;
        made.redrawOverlay();
        const box = tip.current;
        const held = made.held;
        if (!box) return;
        box.hidden = !hit || !held;
        if (!hit || !held) return;
        const [first, second, third] = box.children;
        const words = tipOf(scene, held.data, hit);
        if (first) first.textContent = words[0];
        if (second) second.textContent = words[1];
        if (third) third.textContent = '';
        void compared(controller, held, hit).then((text) => {
          if (made.hover?.hit.index === hit.index && third) third.textContent = text ?? '';
        });
        const left = Math.min(x + 14, place.clientWidth - box.offsetWidth - 4);
        const top = y + 16 + box.offsetHeight > place.clientHeight ? y - 12 - box.offsetHeight : y + 16;
        box.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(2, top)}px)`;
      },
    });
    setView(made);
    return () => {
      silence();
      resized.disconnect();
      made.destroy();
      intentForgotten();
    };
  }, [scene, controller]);

  return (
    <>
      <Toolbar scene={scene} view={view} />
      <div className={across ? 'st-body st-across' : 'st-body st-down'}>
        {view && <LineLabels view={view} />}
        <div ref={host} className="st-sheet">
          <canvas ref={canvas} className="st-canvas" aria-hidden="true" />
          <canvas ref={overlay} className="st-canvas" aria-hidden="true" />
          {view && <EventsInView view={view} />}
          <div ref={tip} className="st-tip" hidden>
            <p />
            <p className="muted" />
            <p className="muted" />
          </div>
          {view && <Say view={view} />}
        </div>
      </div>
    </>
  );
}

/** Each scenario has its lines as they were left, unless a link brought others. */
function useArrangement(scene: OpenScene | null): boolean {
  const run = useDiagram((s) => s.run);
  useEffect(() => {
    if (!scene) return undefined;
    const count = scene.entities.name.length;
    if (useDiagram.getState().run !== scene.run) useDiagram.setState({ ...layoutFor(scene.scenario, count), run: scene.run });
    return useDiagram.subscribe((now, before) => {
      if (now.run === before.run && now.window === before.window) keepArrangement(scene.scenario, count, now);
    });
  }, [scene]);
  return scene !== null && run === scene.run;
}

export function SpaceTime() {
  const scene = useView((s) => s.scene);
  const isArranged = useArrangement(scene);
  return (
    <section aria-label="Space-time" className="region spacetime">
      {scene && isArranged && <Sheet key={scene.run} scene={scene} />}
    </section>
  );
}
