/** Round times under a plot. */
import type { CSSProperties } from 'react';
import type { TimeUnit } from '../../protocol/scene.ts';
import { formatTime } from '../shared/format.ts';
import { axisOf } from '../shared/scale.ts';
import { useSize } from '../shared/useSize.ts';

/** Pixels between two of them, at least about so many. */
const APART = 110;
/** Nearer to the right edge than this and a label would leave the plot. */
const EDGE = 0.9;

/** A letter of a label, and between the last label, which stands left of its place, and the middle of the one before. */
const [LETTER, AIR] = [6.5, 28];

/** The unit stands once, at the last of them. */
const bare = (time: string): string => time.replace(/ .*$/, '');

export function Times({ end, unit }: { readonly end: number; readonly unit: TimeUnit }) {
  const { ref, size } = useSize();
  const axis = end > 0 ? axisOf('linear', [0, end / unit.ticks], Math.min(6, size.width / APART)) : null;
  return (
    <div ref={ref} className="plot-times" aria-hidden="true">
      {axis?.ticks.map((tick, i) => {
        const part = axis.at(tick);
        const next = axis.at(axis.ticks[i + 1] ?? 0);
        if (
          tick > 0 &&
          i === axis.ticks.length - 2 &&
          next > EDGE &&
          (next - part) * size.width < AIR + LETTER * formatTime(unit, end).length
        )
          return null;
        const side = part > EDGE ? 'before' : part === 0 ? 'after' : undefined;
        return (
          <span key={tick} className={side} style={{ left: `${100 * part}%` } satisfies CSSProperties}>
            {tick === 0
              ? '0'
              : i === axis.ticks.length - 1
                ? formatTime(unit, tick * unit.ticks)
                : bare(formatTime(unit, tick * unit.ticks))}
          </span>
        );
      })}
    </div>
  );
}
