/** What a sweep has brought so far: its progress, its plot, its table, theory beside it, and ways into single runs. */
import { useMemo, useState } from 'react';
import type { SweepPlan } from '../../protocol/sweep.ts';
import type { TheoryArgs } from '../../protocol/theory.ts';
import { useController } from '../client/context.ts';
import { useTheory } from '../client/useTheory.ts';
import { LETTERS, TheoryNotes } from '../shared/TheoryNotes.tsx';
import { cancelOpening, namedPoint, openRun } from './openRun.ts';
import { SweepPlot, type TheoryLine } from './SweepPlot.tsx';
import { SweepLegend } from './SweepLegend.tsx';
import { SweepProgress } from './SweepProgress.tsx';
import { SweepTable } from './SweepTable.tsx';
import { SaveAs } from './SaveAs.tsx';
import { layoutOf, linesOf } from './sweepLines.ts';
import { useSweep } from './sweepStore.ts';

const FORMATS = ['csv', 'json', 'jsonl', 'svg'] as const;

/** What to ask theory for the sweep that is on show. */
function theoryArgs(plan: SweepPlan, measure: string): TheoryArgs {
  const { x } = layoutOf(plan);
  const values = plan.points.map((point) => point.values[x]).filter((value) => typeof value === 'number');
  const first = plan.points[0]?.values ?? {};
  return {
    algorithm: plan.spec.algorithm,
    topology: plan.spec.topology.id,
    values: { ...plan.spec.params, ...first },
    nodes: Number(first['nodes'] ?? plan.spec.params?.['nodes'] ?? 0),
    over: { name: x, values: [...new Set(values)].toSorted((a, b) => a - b), measure },
  };
}

export function SweepResults({ plan, change }: { readonly plan: SweepPlan; readonly change: () => void }) {
  const controller = useController();
  const { runs, measure, median, theory, problem, opening, opened } = useSweep();
  const [table, setTable] = useState(false);
  const layout = useMemo(() => layoutOf(plan), [plan]);
  const lines = useMemo(() => linesOf(plan, runs, measure), [plan, runs, measure]);
  const references = plan.references.filter((known) => known.measure === measure);
  const curves = useTheory(useMemo(() => (theory ? theoryArgs(plan, measure) : null), [plan, measure, theory]));
  const named = plan.measures.find((known) => known.id === measure);
  const drawn: readonly TheoryLine[] = curves
    .filter((curve) => curve.axis === 'parameter')
    .map((curve, i) => ({ letter: LETTERS[i] ?? '', title: curve.title, x: curve.x, y: curve.y }));

  const open = (point: number) => void openRun(controller, plan, point);
  return (
    <div className="sweep-results">
      <div className="sweep-head">
        <SweepProgress plan={plan} change={change} />
        <div className="sweep-options">
          <label>
            <span className="sr-only">Measure</span>
            <select
              className="field"
              aria-label="Measure"
              title={named?.help}
              value={measure}
              onChange={({ target }) => useSweep.getState().measureChosen(target.value)}
            >
              {plan.measures.map((known) => (
                <option key={known.id} value={known.id}>
                  {known.label}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="small"
            aria-pressed={median}
            onClick={() => useSweep.getState().medianSwitched()}
            title="Medians with quartiles instead of means with 95 % intervals"
          >
            Median
          </button>
          <button type="button" className="small" aria-pressed={theory} onClick={() => useSweep.getState().theorySwitched()}>
            Theory
          </button>
          <button type="button" className="small" aria-pressed={table} onClick={() => setTable(!table)}>
            Table
          </button>
          <SaveAs
            label="Export results"
            formats={FORMATS}
            file={(format) => controller.ask('sweepExport', { spec: plan.spec, runs: runs.flat(), format, measure })}
            failed={(problem) => useSweep.getState().problemMet(problem)}
          />
        </div>
      </div>
      {problem && (
        <p role="alert" className="wrong">
          {problem.message} {problem.hint}
        </p>
      )}
      {opening && (
        <output className="sweep-opening">
          <span>
            Opening run {opening.run} of {namedPoint(plan, opening.point)}…{' '}
            {opening.events > 0 && <span aria-hidden="true">{opening.events.toLocaleString('en')} events so far</span>}
          </span>
          <button type="button" className="small" onClick={cancelOpening}>
            Cancel opening
          </button>
        </output>
      )}
      <div className={theory ? 'sweep-body with-theory' : 'sweep-body'}>
        {table ? (
          <SweepTable plan={plan} runs={runs} measure={measure} label={named?.label ?? measure} opened={opened?.point} onOpen={open} />
        ) : (
          <div className="sweep-picture">
            <SweepLegend lines={layout.other === undefined ? [] : lines} references={references} />
            <SweepPlot
              title={`${named?.label ?? measure} over ${layout.x}`}
              xTitle={layout.x}
              yTitle={named?.label ?? measure}
              scale={layout.scale}
              words={layout.words}
              lines={lines}
              theory={drawn}
              references={references}
              median={median}
              wanted={plan.spec.runs}
              opening={opening?.point}
              opened={opened?.point}
              onOpen={open}
            />
          </div>
        )}
        {theory && <TheoryNotes curves={curves} />}
      </div>
    </div>
  );
}
