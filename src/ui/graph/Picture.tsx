/** One graph on the page, with the tip that follows the pointer. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Target } from '../../protocol/parts.ts';
import { useController } from '../client/context.ts';
import type { Controller } from '../client/contract.ts';
import { prefersReducedMotion } from '../shared/motion.ts';
import { live, type LiveStore } from '../state/frame.ts';
import type { OpenScene } from '../state/store.ts';
import { addCamera } from '../state/viewport.ts';
import { GraphView } from './GraphView.ts';

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

interface Props {
  readonly scene: OpenScene;
  readonly store: LiveStore;
  /** One of so many; 0: the only one. */
  readonly panes?: number;
  /** Done once this is what the page is about. */
  readonly meant: (then: () => void) => void;
  readonly pick: (target: Target | null) => void;
  readonly children?: ReactNode;
}

export function Picture({ scene, store, panes = 0, meant, pick, children }: Props) {
  const controller = useController();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const picked = useRef(pick);
  const toBeMeant = useRef(meant);
  const run = useRef(scene.run);
  // A branch is another run of the same scene: its picture stays, camera and all.
  const [drawn, setDrawn] = useState(scene);
  if (drawn.entities !== scene.entities) setDrawn(scene);
  const [note, setNote] = useState<string | undefined>();
  useEffect(() => {
    picked.current = pick;
    toBeMeant.current = meant;
    run.current = scene.run;
  });
  useEffect(() => {
    if (!host.current || !canvas.current) return undefined;
    const view = new GraphView(host.current, canvas.current, drawn, {
      live: store,
      pane: panes > 0,
      run: () => run.current,
      isPrimary: () => live.get().run === run.current,
      picked: (target) => picked.current(target),
      meant: (then) => toBeMeant.current(then),
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
    const removeCamera = addCamera(view);
    setNote(view.note);
    return () => {
      removeCamera();
      view.destroy();
    };
  }, [drawn, store, panes, controller]);
  return (
    <>
      <div ref={host} className="graph-host" />
      <canvas ref={canvas} className="graph-overlay" aria-hidden="true" />
      <div ref={tip} className="tip" hidden>
        <p />
        <p className="muted" />
      </div>
      <p className="graph-note">
        {note !== undefined && <span>{note}</span>}
        {children}
      </p>
    </>
  );
}
