/** The slider Time: the cursor among the events known so far, over a strip of how much happens and where rounds begin. */
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useController } from '../client/context.ts';
import { formatTime } from '../shared/format.ts';
import { scheduler } from '../shared/scheduler.ts';
import { cursorOf, live } from '../state/frame.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { drawStrip } from './strip.ts';

function Strip() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const series = useLive((s) => s.series);
  useEffect(() => {
    const target = canvas.current;
    if (!target) return undefined;
    const draw = () => drawStrip(target, series);
    const resized = new ResizeObserver(() => scheduler.once(draw));
    resized.observe(target);
    draw();
    return () => resized.disconnect();
  }, [series]);
  return <canvas ref={canvas} className="strip" aria-hidden="true" />;
}

export function Scrubber({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const input = useRef<HTMLInputElement>(null);
  const dragging = useRef(false);
  const theme = useView((s) => s.theme);
  const ordinal = useLive(cursorOf);
  const events = useLive((s) => s.progress?.events ?? 0);
  const running = useLive((s) => s.progress?.ended === 'running');
  const text = useLive((s) => `${formatTime(scene.unit, s.t)}, event ${cursorOf(s)} of ${s.progress?.events ?? 0}`);

  // The knob follows the cursor with every frame, past React; while it is dragged it leads.
  useEffect(() => {
    const move = () => {
      const knob = input.current;
      if (!knob) return;
      if (!dragging.current) knob.value = String(cursorOf(live.get()));
      knob.style.setProperty('--part', events > 0 ? `${(100 * Number(knob.value)) / events}%` : '0%');
    };
    const changed = () => scheduler.once(move);
    changed();
    return live.subscribe(changed);
  }, [events]);

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
  return (
    <div className={running ? 'scrubber running' : 'scrubber'}>
      <Strip key={theme} />
      <input
        ref={input}
        type="range"
        aria-label="Time"
        min={0}
        max={events}
        step={1}
        defaultValue={0}
        aria-valuemin={0}
        aria-valuemax={events}
        aria-valuenow={ordinal}
        aria-valuetext={text}
        onKeyDown={keyed}
        onPointerDown={() => (dragging.current = true)}
        onPointerUp={() => (dragging.current = false)}
        onPointerCancel={() => (dragging.current = false)}
        onChange={({ target }) => void controller.seekOrdinal(Number(target.value))}
      />
    </div>
  );
}
