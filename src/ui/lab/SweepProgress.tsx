/** How far the sweep is, and what can be done about it. */
import type { SweepPlan } from '../../protocol/sweep.ts';
import { pauseSweep, resumeSweep, startSweep, stopSweep, useSweep } from './sweepStore.ts';
import { graphOf } from './sweepFiles.ts';
import { spanOf } from './sweepWords.ts';

const STATUS = { idle: '', running: 'running', paused: 'paused', stopped: 'stopped', done: 'done' } as const;

const titleOf = ({ spec }: SweepPlan): string => spec.title ?? `${spec.algorithm} on ${spec.topology.file ?? spec.topology.id}`;

export function SweepProgress({ plan, change }: { readonly plan: SweepPlan; readonly change: () => void }) {
  const { status, done, seconds, runs } = useSweep();
  const all = plan.points.length * plan.spec.runs;
  const left = status === 'running' && done > 0 && seconds > 1 ? `${spanOf(((all - done) * seconds) / done)} left` : '';
  const goOn = async () => startSweep(plan, await graphOf(plan.spec), runs.flat());
  return (
    <div className="sweep-progress">
      <strong title={titleOf(plan)}>{titleOf(plan)}</strong>
      <progress aria-label="Runs done" max={all} value={done} />
      <span className="muted">
        {done.toLocaleString('en')} of {all.toLocaleString('en')} runs, {left || STATUS[status]}
      </span>
      {status === 'running' && (
        <button type="button" className="small" onClick={pauseSweep}>
          Pause sweep
        </button>
      )}
      {status === 'paused' && (
        <button type="button" className="small" onClick={resumeSweep}>
          Resume sweep
        </button>
      )}
      {(status === 'running' || status === 'paused') && (
        <button type="button" className="small" onClick={stopSweep}>
          Cancel sweep
        </button>
      )}
      {status === 'stopped' && done < all && (
        <button type="button" className="small" onClick={() => void goOn()}>
          Run the rest
        </button>
      )}
      <button type="button" className="small" onClick={change}>
        Change…
      </button>
    </div>
  );
}
