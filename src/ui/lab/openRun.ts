/** Opens one run of the sweep that is on show: said at once, however long it takes, and given up when nobody wants it any more. */
import { problemOf } from '../../base/result.ts';
import type { SweepPlan } from '../../protocol/sweep.ts';
import type { Controller } from '../client/contract.ts';
import { isStale } from '../client/pane.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { tellingRun } from './sweepLines.ts';
import { useSweep } from './sweepStore.ts';

let current: AbortController | null = null;

export function cancelOpening(): void {
  current?.abort();
}

/** `nodes 1000, k 3` */
export const namedPoint = (plan: SweepPlan, point: number): string =>
  Object.entries(plan.points[point]?.values ?? {})
    .map(([name, value]) => `${name} ${typeof value === 'number' ? value.toLocaleString('en') : String(value)}`)
    .join(', ');

export async function openRun(controller: Controller, plan: SweepPlan, point: number): Promise<void> {
  const { runs, measure, openingMoved, problemMet } = useSweep.getState();
  const run = tellingRun(runs[point] ?? [], measure);
  if (run === undefined) return;
  cancelOpening();
  const mine = (current = new AbortController());
  problemMet(null);
  openingMoved({ point, run, events: 0 });
  try {
    const args = await controller.ask('sweepRun', { spec: plan.spec, point, run });
    const told = ({ events }: { readonly events: number }) => {
      if (current === mine) openingMoved({ point, run, events });
    };
    if (await controller.openAtMoment(args, { told, signal: mine.signal })) {
      useSweep.getState().runOpened(point, run);
      const { progress } = live.get();
      const whole =
        progress?.ended === 'budget' ? ` It would go on: it was computed as far as event ${progress.events.toLocaleString('en')}.` : '';
      useView.getState().said(`Run ${run} of ${namedPoint(plan, point)} is open.${whole} The sweep’s results stay in the Lab.`);
    }
  } catch (error) {
    if (!isStale(error) && !mine.signal.aborted) problemMet(problemOf(error));
  } finally {
    if (current === mine) {
      current = null;
      openingMoved(null);
    }
  }
}
