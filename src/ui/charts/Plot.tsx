/** One curve over time, with the cursor on it. A press or a drag on it goes to that time. */
import { useEffect, useMemo, useRef, type CSSProperties, type PointerEvent } from 'react';
import type { Series } from '../../protocol/protocol.ts';
import type { TimeUnit } from '../../protocol/scene.ts';
import { useController } from '../client/context.ts';
import { formatNumber } from '../shared/format.ts';
import { scheduler } from '../shared/scheduler.ts';
import { live } from '../state/frame.ts';
import { slopes, stairs } from './curve.ts';
import { Times } from './Times.tsx';

interface Props {
  readonly title: string;
  /** The value at the cursor, in words. */
  readonly now: string;
  readonly curve: 'reached' | 'inFlight';
  readonly series: Series | null;
  /** Top of the axis; undefined: the largest value. */
  readonly most: number | undefined;
  readonly unit: TimeUnit;
  /** Dashed curves beside it. */
  readonly theory?: readonly { readonly ticks: Float64Array; readonly values: Float64Array; readonly letter: string }[];
}

/** Left of where the curve has come so high; several curves have their letters at different heights. */
function letterAt(ticks: Float64Array, values: Float64Array, top: number, end: number, i: number): CSSProperties {
  const high = (0.7 - 0.18 * (i % 4)) * values.reduce((most, value, at) => ((ticks[at] ?? 0) <= end && value > most ? value : most), 0);
  const at = values.findIndex((value) => value >= high);
  return { left: `${(100 * (ticks[at] ?? 0)) / (end || 1)}%`, top: `${100 * (1 - (values[at] ?? 0) / top)}%` };
}

export function Plot({ title, now, curve, series, most, unit, theory }: Props) {
  const controller = useController();
  const area = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const values = series?.[curve];
  const end = series?.ticks.at(-1) ?? 0;
  const top = useMemo(() => most ?? values?.reduce((high, value) => Math.max(high, value), 1) ?? 1, [most, values]);
  const path = useMemo(() => (series && values ? stairs(series.ticks, values, top) : ''), [series, values, top]);

  // The line follows the time with every frame, past React.
  useEffect(() => {
    const move = () => {
      const part = end > 0 ? Math.min(1, live.get().t / end) : 0;
      if (line.current) line.current.style.left = `${100 * part}%`;
    };
    const changed = () => scheduler.once(move);
    changed();
    return live.subscribe(changed);
  }, [end]);

  const seek = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect();
    if (!box || box.width === 0 || event.buttons !== 1) return;
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    void controller.seekTick(part * end);
  };
  return (
    <figure className={`plot plot-${curve}`}>
      <figcaption>
        <span className="plot-key" aria-hidden="true" />
        {title} <span className="plot-now">{now}</span>
      </figcaption>
      <div className="plot-values" aria-hidden="true">
        <span>{formatNumber(top)}</span>
        <span>0</span>
      </div>
      <div
        ref={area}
        className="plot-area"
        title="Click or drag to go to that time"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          seek(event);
        }}
        onPointerMove={seek}
      >
        <svg aria-hidden="true" viewBox="0 0 1 1" preserveAspectRatio="none">
          {path !== '' && <path className="plot-fill" d={`${path}V1H0Z`} />}
          <path className="plot-line" d={path} />
          {theory?.map(({ ticks, values: expected }, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- curves never move
            <path key={i} className="plot-theory" d={slopes(ticks, expected, top, end)} />
          ))}
        </svg>
        {theory?.map(({ ticks, values: expected, letter }, i) => (
          <span key={letter} className="plot-letter" style={letterAt(ticks, expected, top, end, i)} aria-hidden="true">
            {letter}
          </span>
        ))}
        <div ref={line} className="plot-cursor" />
      </div>
      <Times end={end} unit={unit} />
    </figure>
  );
}
