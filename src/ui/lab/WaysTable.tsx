/** Figures, people, servers or messages down, ways across; each number opens its run at the moment that it comes from. */
import type { WayResult, WaysPlan } from '../../protocol/ways.ts';
import { rowsOf, type Cell, type Row, type RowsKind } from './waysRows.ts';

interface Props {
  readonly plan: WaysPlan;
  readonly kind: RowsKind;
  /** By way; undefined while it has not come in. */
  readonly results: readonly (WayResult | undefined)[];
  readonly open: (result: WayResult, moment: NonNullable<Cell['moment']>) => void;
}

export function WaysTable({ plan, kind, results, open }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be within reach of the keyboard
    <section className="ways-table" aria-label="Ways in numbers" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Of what</span>
            </th>
            {plan.ways.map(({ id, short, title, summary }, i) => (
              <th key={id} scope="col" title={`${title}: ${summary}`} className={`line-${i % 7}`}>
                <i className="ways-swatch" aria-hidden="true" />
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(kind, plan, results).map((row) => (
            <tr key={row.key}>
              <th scope="row" title={row.help}>
                {row.label}
              </th>
              {row.cells.map((cell, i) => (
                <td key={plan.ways[i]?.id} className={`line-${i % 7}${cell?.isOdd ? ' ways-odd' : ''}`}>
                  {cell && <Value cell={cell} most={mostOf(row)} open={(moment) => results[i] && open(results[i], moment)} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const mostOf = ({ cells }: Row): number => Math.max(0, ...cells.map((cell) => cell?.value ?? 0));

interface ValueProps {
  readonly cell: Cell;
  readonly most: number;
  readonly open: (moment: NonNullable<Cell['moment']>) => void;
}

function Value({ cell: { text, title, value, moment }, most, open }: ValueProps) {
  const bar = value !== undefined && most > 0 && (
    <i className="ways-bar" aria-hidden="true" style={{ width: `${(100 * value) / most}%` }} />
  );
  return moment ? (
    <button type="button" className="ways-number" title={title} onClick={() => open(moment)}>
      {bar}
      {text}
    </button>
  ) : (
    <span className="ways-number" title={title}>
      {bar}
      {text}
    </span>
  );
}
