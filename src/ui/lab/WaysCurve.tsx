/** How soon people saw what was said: of all that they were to see, the share seen within so many milliseconds. */
import type { WayResult, WaysPlan } from '../../protocol/ways.ts';
import { formatNumber } from '../shared/format.ts';
import { axisOf } from '../shared/scale.ts';
import { useSize } from '../shared/useSize.ts';
import { DASHES } from './SweepPlot.tsx';

const LEFT = 44;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 34;
/** Delays are drawn on a logarithmic axis from here on. */
const SHORTEST = 10;

export function WaysCurve({ plan, results }: { readonly plan: WaysPlan; readonly results: readonly (WayResult | undefined)[] }) {
  const { ref, size } = useSize();
  const { width, height } = size;
  const known = results.filter((result) => result !== undefined);
  const [inner, tall] = [width - LEFT - RIGHT, height - TOP - BOTTOM];
  const longest = Math.max(100, ...known.flatMap(({ curve }) => curve.ms));
  const shortest = Math.max(SHORTEST, Math.min(...known.map(({ curve }) => curve.ms[0] ?? longest), longest) / 1.5);
  const xs = axisOf('log', [shortest, longest], inner / 60);
  const px = (ms: number) => LEFT + Math.max(0, Math.min(1, xs.at(Math.max(shortest, ms)))) * inner;
  const py = (share: number) => TOP + (1 - share) * tall;
  const words = known.map(({ way, curve }) => `${nameOf(plan, way)}: ${formatNumber(100 * (curve.share.at(-1) ?? 0))} %`).join('; ');
  return (
    <div ref={ref} className="sweep-plot ways-curve">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing of ours is no image file */}
      <svg width={width} height={height} role="img" aria-label={`Share seen over the delay. In the end: ${words}`}>
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <g key={share}>
            <line x1={LEFT} x2={width - RIGHT} y1={py(share)} y2={py(share)} className="sweep-grid" />
            <text x={LEFT - 6} y={py(share) + 4} textAnchor="end">
              {100 * share} %
            </text>
          </g>
        ))}
        {xs.ticks.map((tick) => (
          <text key={tick} x={px(tick)} y={TOP + tall + 16} textAnchor="middle">
            {formatNumber(tick)}
          </text>
        ))}
        <text x={LEFT + inner / 2} y={height - 4} textAnchor="middle">
          seen within so many ms (logarithmic)
        </text>
        {results.map(
          (result, i) =>
            result && (
              <path
                key={result.way}
                className={`sweep-mean line-${i % 7}`}
                strokeDasharray={DASHES[i % DASHES.length]}
                d={stepsOf(result, px, py, width - RIGHT)}
              />
            ),
        )}
      </svg>
    </div>
  );
}

const nameOf = (plan: WaysPlan, way: string): string => plan.ways.find(({ id }) => id === way)?.short ?? way;

/** A staircase: nothing more is seen between two points; after the last one the share stays as it is. */
function stepsOf({ curve }: WayResult, px: (ms: number) => number, py: (share: number) => number, end: number): string {
  const steps = curve.ms.map(
    (ms, i) => `${i === 0 ? 'M' : 'H'}${px(ms).toFixed(1)}${i === 0 ? ' ' : 'V'}${py(curve.share[i]!).toFixed(1)}`,
  );
  return `${steps.join('')}H${end}`;
}
