/** Figures down, ways across; each number opens its run at the moment that it comes from. Bars compare within a row. */
import type { FigureEntry, WayResult, WaysPlan } from '../../protocol/ways.ts';
import { formatNumber } from '../shared/format.ts';

interface Props {
  readonly plan: WaysPlan;
  /** By way; undefined while it has not come in. */
  readonly results: readonly (WayResult | undefined)[];
  readonly open: (result: WayResult, moment: string) => void;
}

const VERDICTS = { total: 'one for all', causal: 'causal only', none: 'none' } as const;
const PHASES = [
  { id: 'before', label: 'Seen, said before the fault' },
  { id: 'during', label: 'Seen, said during it' },
  { id: 'after', label: 'Seen, said after it' },
] as const;

export function WaysTable({ plan, results, open }: Props) {
  const phases = PHASES.filter(({ id }) => results.some((result) => result && result.fault !== 'none' && result.reach[id] !== null));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be within reach of the keyboard
    <section className="ways-table" aria-label="Ways in numbers" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Measure</span>
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
          <tr>
            <th
              scope="row"
              title="Whether everybody saw what they saw in one order; else whether nobody saw an effect before its cause: by vector clocks"
            >
              Order
            </th>
            {results.map((result, i) => (
              <td key={plan.ways[i]?.id} className={result && result.order.verdict !== 'total' ? 'ways-odd' : undefined}>
                {result && <Order result={result} open={open} />}
              </td>
            ))}
          </tr>
          {phases.map(({ id, label }) => (
            <tr key={id}>
              <th scope="row" title="Of what people on living servers were to see from each other">
                {label}
              </th>
              {results.map((result, i) => (
                <td key={plan.ways[i]?.id} className={(result?.reach[id] ?? 1) < 1 ? 'ways-odd' : undefined}>
                  {result && (
                    <button
                      type="button"
                      className="ways-number"
                      title="Open the run when the fault comes"
                      onClick={() => open(result, 'fault')}
                    >
                      {percent(result.reach[id])}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
          {plan.figures.map((figure) => (
            <Row key={figure.id} figure={figure} plan={plan} results={results} open={open} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const percent = (share: number | null): string => (share === null ? '–' : `${formatNumber(100 * share)} %`);

function Order({ result, open }: { readonly result: WayResult; readonly open: Props['open'] }) {
  const { verdict, disputed, violations } = result.order;
  if (verdict === 'total') return VERDICTS.total;
  return (
    <button
      type="button"
      className="ways-number"
      title="Open the run when it was first to be noticed"
      onClick={() => open(result, violations > 0 ? 'violations' : disputed > 0 ? 'disputed' : 'fault')}
    >
      {VERDICTS[verdict]}
    </button>
  );
}

function Row({
  figure,
  plan,
  results,
  open,
}: Omit<Props, 'results'> & { readonly figure: FigureEntry; readonly results: Props['results'] }) {
  const values = results.map((result) => result?.figures[figure.id] ?? null);
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  const words = figure.unit === undefined ? figure.label : `${figure.label} (${figure.unit})`;
  return (
    <tr>
      <th scope="row" title={figure.help}>
        {words}
      </th>
      {results.map((result, i) => {
        const value = values[i] ?? null;
        return (
          <td key={plan.ways[i]?.id} className={`line-${i % 7}`}>
            {result && value !== null ? (
              <button
                type="button"
                className="ways-number"
                title="Open the run where this comes from"
                disabled={result.moments[figure.id] === undefined}
                onClick={() => open(result, figure.id)}
              >
                {most > 0 && <i className="ways-bar" aria-hidden="true" style={{ width: `${(100 * value) / most}%` }} />}
                {formatNumber(value)}
              </button>
            ) : (
              result && '–'
            )}
          </td>
        );
      })}
    </tr>
  );
}
