/** A measure against a swept parameter: means with their bands, theory beside them, and each point a way into its runs. */
import type { MouseEvent } from 'react';
import { formatNumber } from '../shared/format.ts';
import { markAt, roomOf, type Mark } from './marks.ts';
import { axisOf, valueAxis, type ScaleKind } from '../shared/scale.ts';
import { PointMark } from './PointMark.tsx';
import { useSize } from '../shared/useSize.ts';
import './sweep-plot.css';

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
  /** The point of which a run is being opened, and the one whose run is open. */
  readonly opening: number | undefined;
  readonly opened: number | undefined;
  readonly onOpen: (point: number) => void;
}

const LEFT = 68;
const RIGHT = 24;
const TOP = 8;
const BOTTOM = 34;
export const DASHES = ['', '7 4', '12 4', '9 3 2 3', '14 3 4 3'];
/** A published value: larger than a mark and hollow, so that it hides none. */
export const DIAMOND = 'M-8 0L0 -8L8 0L0 8Z';

const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

/** Stretches of points that have a band: none is drawn across those that have not. */
function piecesOf(points: readonly PlotPoint[], has: (point: PlotPoint) => boolean): readonly (readonly PlotPoint[])[] {
  const pieces: PlotPoint[][] = [];
  for (const [i, point] of points.entries()) {
    if (!has(point)) continue;
    const before = points[i - 1];
    if (before && has(before)) pieces.at(-1)?.push(point);
    else pieces.push([point]);
  }
  return pieces;
}

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
  const marks: readonly Mark[] = points
    .filter((point) => Number.isFinite(valueOf(point)))
    .map((point) => ({ index: point.index, x: px(point.x), y: py(valueOf(point)) }));
  const clicked = (event: MouseEvent<SVGSVGElement>) => {
    if (event.detail === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const mark = markAt(marks, { x: event.clientX - box.left, y: event.clientY - box.top }, props.opening ?? props.opened);
    if (mark) onOpen(mark.index);
  };
  const nameOf = (x: number) => (scale === 'category' ? (words[x] ?? '') : formatNumber(x));
  /** Beside the curve, between two marks where there are any: a letter on a mark is read by nobody. */
  const letterAt = (curve: readonly (readonly [number, number])[], i: number) => {
    const columns = [...new Set(marks.map(({ x }) => x))].toSorted((a, b) => a - b);
    const gap = columns.length > 1 ? columns.length - 2 - (i % (columns.length - 1)) : -1;
    const wanted = gap < 0 ? LEFT + inner / 2 : (columns[gap]! + columns[gap + 1]!) / 2;
    const after = curve.findIndex(([x]) => px(x) >= wanted);
    const [b, a] = [curve[after] ?? curve.at(-1)!, curve[Math.max(0, after - 1)] ?? curve[0]!];
    const [ax, bx] = [px(a[0]), px(b[0])];
    const part = bx > ax ? Math.min(1, Math.max(0, (wanted - ax) / (bx - ax))) : 1;
    return { x: ax + part * (bx - ax), y: Math.max(TOP + 10, py(a[1]) + part * (py(b[1]) - py(a[1])) - 6), textAnchor: 'middle' as const };
  };
  return (
    <div ref={ref} className="sweep-plot">
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- within a picture there are no other tags; keys go to the marks */}
      <svg width={width} height={height} role="group" aria-label={props.title} onClick={clicked}>
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
            {scale === 'log' && ' (logarithmic)'}
          </text>
          <text className="sweep-title" x={-(TOP + tall / 2)} y={14} textAnchor="middle" transform="rotate(-90)">
            {props.yTitle}
          </text>
          {ys.low > 0 && (
            <g>
              <path className="sweep-cut" d={`M${LEFT - 5} ${TOP + tall - 2}l4 -3l-4 -3l4 -3`} />
              <text x={LEFT + 6} y={TOP + tall - 6}>
                begins at {formatNumber(ys.low)}, not at 0
              </text>
            </g>
          )}
        </g>
        {curves.map((curve, i) => (
          <g key={curve.letter} className="sweep-theory" aria-hidden="true">
            <path d={path(curve.points.map(([x, y]) => [px(x), py(y)]))} />
            {curve.points.length > 0 && <text {...letterAt(curve.points, i)}>{curve.letter}</text>}
          </g>
        ))}
        {lines.map((line, i) => {
          const shown = line.points.filter((point) => Number.isFinite(valueOf(point)));
          const bands = piecesOf(shown, (point) => bandOf(point).every(Number.isFinite));
          return (
            <g key={line.label} className={`sweep-line line-${i % 7}`}>
              {bands.map((band) => (
                <path
                  key={band[0]?.index}
                  className="sweep-band"
                  aria-hidden="true"
                  d={`${path([
                    ...band.map((point) => [px(point.x), py(bandOf(point)[1])] as const),
                    ...band.toReversed().map((point) => [px(point.x), py(bandOf(point)[0])] as const),
                  ])}Z`}
                />
              ))}
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
                  room={roomOf({ index: point.index, x: px(point.x), y: py(valueOf(point)) }, marks)}
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
            <path d={DIAMOND} transform={`translate(${px(reference.x)} ${py(reference.y)})`} />
          </g>
        ))}
      </svg>
    </div>
  );
}
