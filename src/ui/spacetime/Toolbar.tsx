/** Above the diagram: what is in view, the axis, the way time goes, the zoom, lines, cut and export. */
import { problemOf } from '../../base/result.ts';
import type { DiagramAxis } from '../../protocol/diagram.ts';
import { useController } from '../client/context.ts';
import type { Controller } from '../client/contract.ts';
import { isStale } from '../client/pane.ts';
import { Icon } from '../shared/icons.tsx';
import { arranged, useDiagram } from '../state/diagram.ts';
import { useView, type OpenScene } from '../state/store.ts';
import type { DiagramView } from './DiagramView.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { FollowedLines } from './FollowedLines.tsx';
import { intended, useIntent } from './intent.ts';
import { KeyMenu } from './KeyMenu.tsx';
import { LinesMenu } from './LinesMenu.tsx';
import { useShown } from './useShown.ts';
import { inViewWords } from './words.ts';

const ZOOM = 1.5;

/** The same moment on the other axis. */
async function changeAxis(controller: Controller, axis: DiagramAxis): Promise<void> {
  const { axis: before, window } = useDiagram.getState();
  if (before === axis) return;
  intended({ cut: null, verdict: null });
  try {
    if (!window) arranged({ axis });
    else if (axis === 'events') {
      const [from, to] = await Promise.all([window.from, window.to].map((tick) => controller.ask('locate', { tick: Math.max(0, tick) })));
      arranged({ axis, window: { from: from!.ordinal, to: Math.max(from!.ordinal + 4, to!.ordinal) } });
    } else {
      const count = Math.max(1, Math.round(window.from));
      const [[from], [to]] = (await Promise.all(
        [count, Math.max(count, Math.round(window.to))].map((ordinal) => controller.ask('rows', { from: ordinal, count: 1 })),
      )) as unknown as [[{ tick: number }?], [{ tick: number }?]];
      const span = from && to && to.tick > from.tick ? { from: from.tick, to: to.tick } : null;
      arranged({ axis, window: span });
    }
  } catch (error) {
    if (!isStale(error)) useView.getState().problemMet(problemOf(error));
  }
}

function Words({ view }: { readonly view: DiagramView }) {
  const { held, lines } = useShown(view);
  const text = held
    ? inViewWords(held.data, view.scene.entities.name.length - lines.list.reduce((n, { members }) => n + members.length, 0))
    : '';
  return (
    <span className="muted st-words" title={text}>
      {text}
    </span>
  );
}

export function Toolbar({ scene, view }: { readonly scene: OpenScene; readonly view: DiagramView | null }) {
  const controller = useController();
  const axis = useDiagram((s) => s.axis);
  const across = useDiagram((s) => s.across);
  const cutting = useIntent((s) => s.cutting);
  return (
    <header>
      <h2>Space-time</h2>
      {view ? <Words view={view} /> : <span className="st-words" />}
      <fieldset aria-label="Axis" className="st-group">
        {(['time', 'events'] as const).map((name) => (
          <button
            key={name}
            type="button"
            className="st-button"
            aria-pressed={axis === name}
            title={name === 'time' ? 'Slanted by their delays' : 'One step for each event: dense moments stay readable'}
            onClick={() => void changeAxis(controller, name)}
          >
            {name === 'time' ? 'Time' : 'Events'}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        className="st-button"
        aria-label={across ? 'Time goes right; turn it down' : 'Time goes down; turn it right'}
        title={across ? 'Time goes right; turn it down' : 'Time goes down; turn it right'}
        onClick={() => arranged({ across: !across })}
      >
        {across ? '→' : '↓'}
      </button>
      <button
        type="button"
        className="st-button"
        aria-pressed={cutting}
        title="Draw a cut across the lines: is it consistent?"
        onClick={() => intended(cutting ? { cutting: false, cut: null, verdict: null } : { cutting: true })}
      >
        Cut
      </button>
      <FollowedLines scene={scene} />
      {view && <LinesMenu scene={scene} view={view} />}
      {view && <ExportMenu scene={scene} view={view} />}
      <KeyMenu />
      <fieldset aria-label="Zoom of the diagram" className="st-group">
        <button
          type="button"
          className="st-button"
          aria-label="Shorter time in view"
          title="Zoom in (Ctrl and wheel)"
          onClick={() => view?.zoom(1 / ZOOM)}
        >
          <Icon name="zoomIn" />
        </button>
        <button
          type="button"
          className="st-button"
          aria-label="Longer time in view"
          title="Zoom out (Ctrl and wheel)"
          onClick={() => view?.zoom(ZOOM)}
        >
          <Icon name="zoomOut" />
        </button>
        <button
          type="button"
          className="st-button"
          aria-label="Whole run in view"
          title="The whole run; again: as much as can be read"
          onClick={() => view?.fit()}
        >
          <Icon name="fit" />
        </button>
      </fieldset>
    </header>
  );
}
