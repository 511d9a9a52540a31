/** Several configurations in one plot, and what each came to, side by side. */
import { LETTERS } from '../shared/compared.ts';
import type { PaneView } from '../state/store.ts';
import { usePanes, usePaneTitles } from '../state/usePanes.ts';
import { ComparedPlot } from './ComparedPlot.tsx';
import { figuresOf } from '../shared/figures.ts';

export function Compared({ panes }: { readonly panes: readonly PaneView[] }) {
  const runs = usePanes(panes);
  const titles = usePaneTitles(panes);
  const first = panes[0];
  if (!first) return null;
  const { unit, reached } = first.scene;
  const end = Math.max(0, ...runs.map(({ progress }) => progress?.tick ?? 0));
  const figures = runs.map(({ progress }, i) => (progress && panes[i] ? figuresOf(panes[i].scene, progress) : []));
  const rows = new Map(figures.flat().map(({ key, label, help }) => [key, { label, help }]));
  return (
    <div className="charts-body compared">
      <div className="plots">
        <ComparedPlot title={reached.title} curve="reached" runs={runs} end={end} unit={unit} />
        <ComparedPlot title="In flight" curve="inFlight" runs={runs} end={end} unit={unit} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be within reach of the keyboard */}
      <section className="samples" aria-label="Measures side by side" tabIndex={0}>
        <table aria-label="Measures">
          <thead>
            <tr>
              <th scope="col">measure</th>
              {panes.map(({ id }, i) => (
                <th key={id} scope="col" title={titles[i]}>
                  <b className={`series-${i}`}>{LETTERS[i]}</b>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...rows].map(([key, { label, help }]) => {
              const values = figures.map((list) => list.find((figure) => figure.key === key)?.value ?? '–');
              return (
                <tr key={key} className={new Set(values).size > 1 ? 'differs' : undefined} title={help}>
                  <th scope="row">{label}</th>
                  {values.map((value, i) => (
                    <td key={LETTERS[i]}>{value}</td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </div>
  );
}
