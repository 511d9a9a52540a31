/** One point of a sweep's plot: a way into its runs. */
import type { PlotPoint } from './SweepPlot.tsx';

interface MarkProps {
  readonly point: PlotPoint;
  readonly x: number;
  readonly y: number;
  readonly label: string;
  /** How far around it a click is meant for it. */
  readonly room: number;
  readonly wanted: number;
  readonly opened: boolean;
  readonly onOpen: (point: number) => void;
}

/** Hollow while runs of it are missing, with a bar across where some did not complete. */
export function PointMark({ point, x, y, label, room, wanted, opened, onOpen }: MarkProps) {
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
      // Without a pointer there is no place: assistive technology means this very one. Clicks with a place are the plot's.
      onClick={(event) => event.detail === 0 && open()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        open();
      }}
    >
      <title>{words}</title>
      <circle className="sweep-target" cx={x} cy={y} r={room} />
      <circle className="sweep-mark" cx={x} cy={y} r={4} />
      {partly && <line className="sweep-partly" x1={x - 6} x2={x + 6} y1={y} y2={y} />}
    </g>
  );
}
