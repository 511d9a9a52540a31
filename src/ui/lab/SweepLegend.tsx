/** What the lines and signs of a sweep's plot are. */
import { DASHES, DIAMOND, type PlotLine, type Reference } from './SweepPlot.tsx';

interface Props {
  readonly lines: readonly PlotLine[];
  readonly references: readonly Reference[];
}

export function SweepLegend({ lines, references }: Props) {
  const published = [...new Set(references.map(({ label }) => label))];
  if (lines.length + published.length === 0) return null;
  return (
    <ul className="sweep-legend" aria-label="Lines">
      {lines.map((line, i) => (
        <li key={line.label} className={`line-${i % 7}`}>
          <svg width="32" height="8" aria-hidden="true">
            <line x1="0" x2="32" y1="4" y2="4" strokeDasharray={DASHES[i % DASHES.length]} />
          </svg>
          {line.label}
        </li>
      ))}
      {published.map((label) => (
        <li key={label}>
          <svg width="18" height="18" viewBox="-9 -9 18 18" className="sweep-reference" aria-hidden="true">
            <path d={DIAMOND} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
