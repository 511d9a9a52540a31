/** The points of a sweep in numbers. */
import type { SweepPlan, SweepRun } from '../../protocol/sweep.ts';
import { formatNumber } from '../shared/format.ts';
import { summaryOf } from './sweepLines.ts';

interface Props {
  readonly plan: SweepPlan;
  readonly runs: readonly (readonly SweepRun[])[];
  readonly measure: string;
  readonly label: string;
  readonly opened: number | undefined;
  readonly onOpen: (point: number) => void;
}

export function SweepTable({ plan, runs, measure, label, opened, onOpen }: Props) {
  const names = Object.keys(plan.spec.over);
  const figure = (value: number) => (Number.isFinite(value) ? formatNumber(value) : '–');
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be within reach of the keyboard
    <section className="sweep-table" aria-label="Results as a table" tabIndex={0}>
      <table>
        <caption className="sr-only">{label}, by point</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {['runs', 'completed', 'mean', '95 % from', 'to', 'sd', 'median', ''].map((head) => (
              <th key={head} scope="col">
                {head || <span className="sr-only">a run of it</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plan.points.map((point) => {
            const mine = runs[point.index] ?? [];
            const { mean, sd, ci95, median } = summaryOf(mine, measure);
            const completed = mine.filter((run) => run.completed).length;
            return (
              <tr key={point.index} aria-current={opened === point.index}>
                {names.map((name) => (
                  <th key={name} scope="row">
                    {String(point.values[name])}
                  </th>
                ))}
                <td>{mine.length}</td>
                <td>{completed}</td>
                {[mean, ci95[0], ci95[1], sd, median].map((value, i) => (
                  // oxlint-disable-next-line react/no-array-index-key -- columns never move
                  <td key={i}>{figure(value)}</td>
                ))}
                <td>
                  <button type="button" className="small" disabled={mine.length === 0} onClick={() => onOpen(point.index)}>
                    Open a run
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
