/** A measure against a swept parameter: means with their bands, theory beside them, and each point a way into its runs. */
import { useEffect, useRef, useState } from 'react';
import { formatNumber } from '../shared/format.ts';
import { axisOf, valueAxis, type ScaleKind } from './scale.ts';

export interface PlotPoint {
  /** Index of the sweep's point. */
  readonly index: number;
  /** Place on the axis: the value, or the position among words. */
  readonly x: number;
  readonly mean: number;
  readonly median: number;
  /** 95 % interval of the mean; quartiles around the median. */
  readonly meanBand: readonly [number, number];
  readonly medianBand: readonly [number, number];
  readonly runs: number;
  readonly completed: number;
}
export interface PlotLine {
  readonly label: string;
  readonly points: readonly PlotPoint[];
}
export interface TheoryLine {
  readonly letter: string;
  readonly title: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}
export interface Reference {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

interface Props {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly scale: ScaleKind;
  /** Words of a category axis. */
  readonly words: readonly string[];
  readonly lines: readonly PlotLine[];
  readonly theory: readonly TheoryLine[];
  readonly references: readonly Reference[];
  readonly median: boolean;
  readonly wanted: number;
  /** The point whose run is open. */
  readonly opened: number | undefined;
  readonly onOpen: (point: number) => void;
}

const LEFT = 52;
const RIGHT = 16;
const TOP = 8;
const BOTTOM = 34;
export const DASHES = ['', '7 4', '2 3', '9 3 2 3', '5 2 1 2 1 2'];

function useSize() {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 480, height: 240 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const look = () => setSize({ width: Math.max(240, element.clientWidth), height: Math.max(140, element.clientHeight) });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, size };
}

const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

export function SweepPlot(props: Props) {
  const { lines, theory, references, scale, words, median, wanted, onOpen } = props;
  const { ref, size } = useSize();
  const { width, height } = size;
  const valueOf = (point: PlotPoint) => (median ? point.median : point.mean);
  const bandOf = (point: PlotPoint) => (median ? point.medianBand : point.meanBand);
  const [inner, tall] = [width - LEFT - RIGHT, height - TOP - BOTTOM];
  const points = lines.flatMap((line) => line.points);
  const xs = axisOf(scale, [...points.map((point) => point.x), ...(scale === 'category' ? [words.length - 1] : [])], inner / 70);
  const inView = (x: number) => xs.at(x) >= -1e-6 && xs.at(x) <= 1 + 1e-6;
  const curves = theory.map((curve) => ({
    ...curve,
    points: Array.from(curve.x, (x, i) => [x, curve.y[i]!] as const).filter(([x, y]) => inView(x) && Number.isFinite(y)),
  }));
  const ys = valueAxis(
    [
      ...points.flatMap((point) => [valueOf(point), ...bandOf(point)]),
      ...references.map((reference) => reference.y),
      ...curves.flatMap((curve) => curve.points.map(([, y]) => y)),
    ],
    tall / 40,
  );
  const px = (x: number) => LEFT + xs.at(x) * inner;
  const py = (y: number) => TOP + (1 - ys.at(y)) * tall;
  const nameOf = (x: number) => (scale === 'category' ? (words[x] ?? '') : formatNumber(x));
  return (
    <div ref={ref} className="sweep-plot">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- within a picture there are no other tags */}
      <svg width={width} height={height} role="group" aria-label={props.title}>
        <g className="sweep-axes" aria-hidden="true">
          {ys.ticks.map((tick) => (
            <g key={tick}>
              <line x1={LEFT} x2={width - RIGHT} y1={py(tick)} y2={py(tick)} className="sweep-grid" />
              <text x={LEFT - 8} y={py(tick) + 4} textAnchor="end">
                {formatNumber(tick)}
              </text>
            </g>
          ))}
          {xs.ticks.map((tick) => (
            <g key={tick}>
              <line x1={px(tick)} x2={px(tick)} y1={TOP + tall} y2={TOP + tall + 4} className="sweep-tick" />
              <text x={px(tick)} y={TOP + tall + 16} textAnchor="middle">
                {nameOf(tick)}
              </text>
            </g>
          ))}
          <line x1={LEFT} x2={width - RIGHT} y1={TOP + tall} y2={TOP + tall} className="sweep-tick" />
          <text x={LEFT + inner / 2} y={height - 4} textAnchor="middle">
            {props.xTitle}
          </text>
        </g>
        {curves.map((curve) => (
          <g key={curve.letter} className="sweep-theory" aria-hidden="true">
            <path d={path(curve.points.map(([x, y]) => [px(x), py(y)]))} />
            {curve.points.length > 0 && (
              <text x={px(curve.points.at(-1)![0]) - 4} y={py(curve.points.at(-1)![1]) - 6} textAnchor="end">
                {curve.letter}
              </text>
            )}
          </g>
        ))}
        {lines.map((line, i) => {
          const shown = line.points.filter((point) => Number.isFinite(valueOf(point)));
          const band = shown.filter((point) => bandOf(point).every(Number.isFinite));
          return (
            <g key={line.label} className={`sweep-line line-${i % 7}`}>
              {band.length > 0 && (
                <path
                  className="sweep-band"
                  aria-hidden="true"
                  d={`${path([
                    ...band.map((point) => [px(point.x), py(bandOf(point)[1])] as const),
                    ...band.toReversed().map((point) => [px(point.x), py(bandOf(point)[0])] as const),
                  ])}Z`}
                />
              )}
              {scale !== 'category' && (
                <path
                  className="sweep-mean"
                  aria-hidden="true"
                  strokeDasharray={DASHES[i % DASHES.length]}
                  d={path(shown.map((point) => [px(point.x), py(valueOf(point))]))}
                />
              )}
              {shown.map((point) => (
                <PointMark
                  key={point.index}
                  point={point}
                  x={px(point.x)}
                  y={py(valueOf(point))}
                  label={`${line.label && `${line.label}, `}${props.xTitle} ${nameOf(point.x)}: ${props.yTitle} ${formatNumber(valueOf(point))}`}
                  wanted={wanted}
                  opened={props.opened === point.index}
                  onOpen={onOpen}
                />
              ))}
            </g>
          );
        })}
        {references.map((reference) => (
          <g key={`${reference.label} ${reference.x}`} className="sweep-reference">
            <title>{`${reference.label}: ${formatNumber(reference.y)}`}</title>
            <path d={`M${px(reference.x) - 5} ${py(reference.y)}l5 -5l5 5l-5 5Z`} />
          </g>
        ))}
      </svg>
    </div>
  );
}

interface MarkProps {
  readonly point: PlotPoint;
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly wanted: number;
  readonly opened: boolean;
  readonly onOpen: (point: number) => void;
}

/** Hollow while runs of it are missing, with a bar across where some did not complete. */
function PointMark({ point, x, y, label, wanted, opened, onOpen }: MarkProps) {
  const whole = point.runs >= wanted;
  const partly = point.completed < point.runs;
  const words = `${label}; ${point.runs} of ${wanted} runs${partly ? `, ${point.completed} of them completed` : ''}. Open a run`;
  const open = () => onOpen(point.index);
  return (
    <g
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- within a picture there are no other tags
      role="button"
      tabIndex={0}
      aria-label={words}
      aria-pressed={opened}
      className={whole ? 'sweep-point' : 'sweep-point sweep-open'}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        open();
      }}
    >
      <title>{words}</title>
      <circle className="sweep-target" cx={x} cy={y} r={11} />
      <circle className="sweep-mark" cx={x} cy={y} r={4} />
      {partly && <line className="sweep-partly" x1={x - 6} x2={x + 6} y1={y} y2={y} />}
    </g>
  );
}
