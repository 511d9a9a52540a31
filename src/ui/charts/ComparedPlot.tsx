/** One curve of each configuration over one time axis, with the cursor on it. */
import { useEffect, useRef, type PointerEvent } from 'react';
import type { TimeUnit } from '../../protocol/scene.ts';
import { useController } from '../client/context.ts';
import { LETTERS } from '../shared/compared.ts';
import { formatNumber } from '../shared/format.ts';
import { scheduler } from '../shared/scheduler.ts';
import { live, type Live } from '../state/frame.ts';
import { stairs } from './curve.ts';
import { Times } from './Times.tsx';

interface Props {
  readonly title: string;
  readonly curve: 'reached' | 'inFlight';
  readonly runs: readonly Live[];
  /** Where the time axis ends. */
  readonly end: number;
  readonly unit: TimeUnit;
}

export function ComparedPlot({ title, curve, runs, end, unit }: Props) {
  const controller = useController();
  const area = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const top = Math.max(1, ...runs.map(({ series }) => series?.[curve].reduce((high, value) => Math.max(high, value), 0) ?? 0));
  useEffect(() => {
    const move = () => {
      if (line.current) line.current.style.left = `${100 * (end > 0 ? Math.min(1, live.get().t / end) : 0)}%`;
    };
    const changed = () => scheduler.once(move);
    changed();
    return live.subscribe(changed);
  }, [end]);
  const seek = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect();
    if (!box || box.width === 0 || event.buttons !== 1) return;
    void controller.seekTick(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * end);
  };
  const now = (run: Live) => (curve === 'reached' ? (run.frame?.reached ?? 0) : (run.frame?.flights.total ?? 0)).toLocaleString('en');
  return (
    <figure className="plot" aria-label={`${title}, ${runs.length} configurations`}>
      <figcaption>
        {title}
        {runs.map((run, i) => (
          <span key={LETTERS[i]} className={`plot-value series-${i}`}>
            <svg viewBox="0 0 22 4" width="22" height="4" aria-hidden="true">
              <path className={`series-line series-${i}`} d="M0 2H22" />
            </svg>
            {LETTERS[i]} <b>{now(run)}</b>
          </span>
        ))}
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
          {runs.map(({ series }, i) => {
            const path = series ? stairs(series.ticks, series[curve], top, end) : '';
            // A run that is over stays where it ended, to be compared with those that go on.
            return (
              <path key={LETTERS[i]} className={`series-line series-${i}`} d={path === '' || curve !== 'reached' ? path : `${path}H1`} />
            );
          })}
        </svg>
        <div ref={line} className="plot-cursor" />
      </div>
      <Times end={end} unit={unit} />
    </figure>
  );
}
