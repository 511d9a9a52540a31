/** What came of the comparison: a table whose numbers lead to their runs, how soon people saw things, and what can be said of it. */
import type { Moment, WayResult, WaysPlan } from '../../protocol/ways.ts';
import { useController } from '../client/context.ts';
import { SaveAs } from './SaveAs.tsx';
import { WaysClaims } from './WaysClaims.tsx';
import { WaysCurve } from './WaysCurve.tsx';
import { WaysTable } from './WaysTable.tsx';
import { ROWS, ROWS_TITLES, type RowsKind } from './waysRows.ts';
import { openWay, stopWays, useWays } from './waysStore.ts';

const FORMATS = ['csv', 'json'] as const;

export function WaysResults({ plan, change }: { readonly plan: WaysPlan; readonly change: () => void }) {
  const controller = useController();
  const { results, status, events, fault, rows, problem, opening, claims } = useWays();
  const all = plan.ways.length * plan.faults.length;
  const shown = plan.ways.map(({ id }) => results.find((result) => result.way === id && result.fault === fault));
  const open = (result: WayResult, moment: Moment) => void openWay(controller, result.way, result.fault, moment);
  return (
    <div className="ways-results">
      <div className="ways-head">
        <fieldset className="ways-faults">
          <legend className="sr-only">What befalls the group</legend>
          {plan.faults.map(({ id, title }) => (
            <label key={id} className={fault === id ? 'ways-fault chosen' : 'ways-fault'}>
              <input
                type="radio"
                name="ways-fault"
                className="sr-only"
                checked={fault === id}
                onChange={() => useWays.getState().faultChosen(id)}
              />
              {title}
            </label>
          ))}
        </fieldset>
        <div className="ways-options">
          {status !== 'done' && (
            <span className="muted ways-count">
              {results.length} of {all} runs{status === 'stopped' && ', stopped'}, {events.toLocaleString('en')} events
            </span>
          )}
          {status === 'running' && (
            <button type="button" className="small" onClick={() => stopWays(controller)}>
              Cancel comparison
            </button>
          )}
          <select
            className="field"
            aria-label="Rows of the table"
            value={rows}
            onChange={({ target }) => useWays.getState().rowsChosen(target.value as RowsKind)}
          >
            {ROWS.map((kind) => (
              <option key={kind} value={kind}>
                {ROWS_TITLES[kind]}
              </option>
            ))}
          </select>
          <button type="button" className="small" onClick={change}>
            Change…
          </button>
          <SaveAs
            label="Export comparison"
            formats={FORMATS}
            file={(format) => controller.ask('waysExport', { spec: plan.spec, results, format })}
            failed={(problem) => useWays.getState().problemMet(problem)}
          />
        </div>
      </div>
      {problem && (
        <p role="alert" className="wrong">
          {problem.message} {problem.hint}
        </p>
      )}
      {opening !== null && <output className="ways-opening">Opening that run…</output>}
      <div className="ways-body">
        <WaysTable plan={plan} kind={rows} results={shown} open={open} />
        <WaysCurve plan={plan} results={shown} />
        <WaysClaims plan={plan} claims={claims.filter((claim) => claim.fault === fault)} waiting={status === 'running'} />
      </div>
    </div>
  );
}
