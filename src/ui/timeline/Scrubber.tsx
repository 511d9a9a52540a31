/** The slider Time: the cursor among the events known so far, or along the time, over a strip of how much happens and where rounds begin. */
import { useCallback, useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useController } from '../client/context.ts';
import { formatTime } from '../shared/format.ts';
import { scheduler } from '../shared/scheduler.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { usePanes } from '../state/usePanes.ts';
import type { PlacedMark } from './marks.ts';
import { pressedMark, sayMark, ScrubMarks } from './ScrubMarks.tsx';
import { ELSEWHERE, marksTogether } from './together.ts';
import { drawStrip } from './strip.ts';
import './refilling.css';

function Strip({ end }: { readonly end: number | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const series = useLive((s) => s.series);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return undefined;
    const draw = () => drawStrip(target, series, end);
    const resized = new ResizeObserver(() => scheduler.once(draw));
    resized.observe(target);
    draw();
    return () => resized.disconnect();
  }, [series, end]);
  return <canvas ref={canvas} className="strip" aria-hidden="true" />;
}

/** Said, and not only waited for: rows of a long run are played once more where somebody looks. */
function Refilling() {
  const refilling = useLive((s) => s.refilling);
  return <output className="refilling">{refilling ? 'rows are being made again…' : ''}</output>;
}

export function Scrubber({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const input = useRef<HTMLInputElement>(null);
  const dragging = useRef(false);
  const placed = useRef<readonly PlacedMark[]>([]);
  const keepPlaced = useCallback((marks: readonly PlacedMark[]) => {
    placed.current = marks;
  }, []);
  const theme = useView((s) => s.theme);
  const ordinal = useLive(cursorOf);
  const events = useLive((s) => s.progress?.events ?? 0);
  const running = useLive((s) => s.progress?.ended === 'running');
  const panes = useView((s) => s.panes);
  const runs = usePanes(panes);
  const axis = useView((s) => s.axis);
  const last = useLive((s) => (axis === 'time' ? (s.progress?.tick ?? 0) : 0));
  // Runs that are compared have the time in common, and not the events.
  const together = panes.length > 0;
  const end = together ? Math.max(1, ...runs.map(({ progress }) => progress?.tick ?? 0)) : axis === 'time' ? Math.max(1, last) : undefined;
  const most = end ?? events;
  const own = useLive((s) => s.marks);
  const primary = useLive((s) => s.run);
  const marks = together ? marksTogether(runs, primary) : own;
  const text = useLive((s) => `${formatTime(scene.unit, s.t)}, event ${cursorOf(s)} of ${s.progress?.events ?? 0}`);

  // The knob follows the cursor with every frame, past React; while it is dragged it leads.
  useEffect(() => {
    const move = () => {
      const knob = input.current;
      if (!knob) return;
      if (!dragging.current) knob.value = String(end === undefined ? cursorOf(live.get()) : Math.floor(live.get().t));
      knob.style.setProperty('--part', most > 0 ? `${(100 * Number(knob.value)) / most}%` : '0%');
    };
    const changed = () => scheduler.once(move);
    changed();
    return live.subscribe(changed);
  }, [most, end]);

  const keyed = (event: KeyboardEvent) => {
    const back = event.key === 'ArrowLeft' || event.key === 'ArrowDown' || event.key === 'PageUp';
    const by = event.shiftKey || event.key.startsWith('Page') ? 'round' : event.ctrlKey || event.metaKey ? 'event' : 'change';
    if (/^(Arrow|Page)/.test(event.key)) void controller.step(by, back);
    else if (event.key === 'Home') void controller.seekOrdinal(0);
    else if (event.key === 'End') void controller.seekOrdinal(live.get().progress?.events ?? 0);
    else return;
    // Handled here; the page's own keys leave it alone.
    event.preventDefault();
  };
  const pressed = (event: PointerEvent<HTMLInputElement>) => {
    const mark = pressedMark(event, placed.current);
    if (mark) void (mark.ordinal === ELSEWHERE ? controller.seekTick(mark.tick) : controller.seekOrdinal(mark.ordinal));
    dragging.current = !mark;
  };
  const other = axis === 'time' ? 'events' : 'time';
  return (
    <div className={running ? 'scrubber running' : 'scrubber'}>
      <Strip key={theme} end={end} />
      <ScrubMarks key={`marks ${theme}`} marks={marks} end={end} placed={keepPlaced} />
      <input
        ref={input}
        type="range"
        aria-label="Time"
        min={0}
        max={most}
        step={1}
        defaultValue={0}
        aria-valuemin={0}
        aria-valuemax={events}
        aria-valuenow={ordinal}
        aria-valuetext={text}
        onKeyDown={keyed}
        onPointerMove={(event) => sayMark(event, placed.current, scene.unit)}
        onPointerDown={pressed}
        onPointerUp={() => (dragging.current = false)}
        onPointerCancel={() => (dragging.current = false)}
        onChange={({ target }) =>
          void (end === undefined ? controller.seekOrdinal(Number(target.value)) : controller.seekTick(Number(target.value)))
        }
      />
      <Refilling />
      <button
        type="button"
        className="axis"
        aria-label={`Along the ${end === undefined ? 'events' : 'time'}`}
        title={together ? 'Runs that are compared have only the time in common' : `Equal ways are equal ${axis}; press for ${other}`}
        disabled={together}
        onClick={() => useView.getState().axisToggled()}
      >
        {end === undefined ? 'events' : 'time'}
      </button>
    </div>
  );
}
