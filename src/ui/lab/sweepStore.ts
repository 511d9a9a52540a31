/** The sweep at work: what was asked for, what has come in, and which part of it is looked at. It outlives the view. */
import { create } from 'zustand';
import type { Problem } from '../../base/result.ts';
import type { SweepPlan, SweepRun, SweepTask } from '../../protocol/sweep.ts';
import { startPool, type Pool } from '../client/pool.ts';
import { firstMeasure } from './sweepLines.ts';

export type SweepStatus = 'idle' | 'running' | 'paused' | 'stopped' | 'done';

interface SweepState {
  /** What runs or ran; null before the first. */
  readonly plan: SweepPlan | null;
  readonly status: SweepStatus;
  /** Runs by point; replaced as a whole at most five times a second. */
  readonly runs: readonly (readonly SweepRun[])[];
  readonly done: number;
  /** Seconds that the runs so far took, pauses left out. */
  readonly seconds: number;
  readonly measure: string;
  /** Medians instead of means. */
  readonly median: boolean;
  readonly theory: boolean;
  readonly problem: Problem | null;
  /** The run that is being opened, and the events of it that are there. */
  readonly opening: { readonly point: number; readonly run: number; readonly events: number } | null;
  /** The run that was opened from here, for the way back. */
  readonly opened: { readonly point: number; readonly run: number } | null;

  measureChosen(measure: string): void;
  medianSwitched(): void;
  theorySwitched(): void;
  openingMoved(opening: SweepState['opening']): void;
  runOpened(point: number, run: number): void;
  problemMet(problem: Problem | null): void;
}

export const useSweep = create<SweepState>()((set) => ({
  plan: null,
  status: 'idle',
  runs: [],
  done: 0,
  seconds: 0,
  measure: 'tLast',
  median: false,
  theory: false,
  problem: null,
  opening: null,
  opened: null,

  measureChosen: (measure) => set({ measure }),
  medianSwitched: () => set((s) => ({ median: !s.median })),
  theorySwitched: () => set((s) => ({ theory: !s.theory })),
  openingMoved: (opening) => set({ opening }),
  runOpened: (point, run) => set({ opened: { point, run } }),
  problemMet: (problem) => set({ problem }),
}));

const REFRESH_MS = 200;
let pool: Pool | null = null;
/** Came in since the last refresh. */
let fresh: SweepRun[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let since = 0;

function publish(): void {
  clearTimeout(timer);
  timer = undefined;
  if (fresh.length === 0) return;
  const runs = [...useSweep.getState().runs];
  for (const run of fresh) runs[run.point] = [...(runs[run.point] ?? []), run];
  const { done } = useSweep.getState();
  useSweep.setState({ runs, done: done + fresh.length });
  fresh = [];
}
function clock(): void {
  const now = performance.now();
  useSweep.setState((s) => ({ seconds: s.seconds + (now - since) / 1000 }));
  since = now;
}

/** Another plan is looked at by its own measure; the same one as it was. */
function show(plan: SweepPlan, status: SweepStatus, runs: readonly (readonly SweepRun[])[], done: number): void {
  const before = useSweep.getState();
  const again = before.plan !== null && JSON.stringify(before.plan.spec) === JSON.stringify(plan.spec);
  const measure = again ? before.measure : firstMeasure(plan, before.measure);
  useSweep.setState({ plan, status, runs, done, measure, seconds: 0, problem: null, opened: null });
}

/** @param had runs of the same plan that are there already, from a result file or a sweep that was stopped. */
export function startSweep(plan: SweepPlan, graph: SweepTask['graph'], had: readonly SweepRun[] = []): void {
  pool?.cancel();
  publish();
  fresh = [];
  const runs: SweepRun[][] = plan.points.map(() => []);
  for (const run of had) runs[run.point]?.push(run);
  const done = new Set(had.map((run) => run.point * plan.spec.runs + run.run));
  since = performance.now();
  show(plan, 'running', runs, had.length);
  pool = startPool(
    { spec: plan.spec, points: plan.points.length, done, ...(graph ? { graph } : {}) },
    {
      ran(some) {
        fresh.push(...some);
        timer ??= setTimeout(() => {
          clock();
          publish();
        }, REFRESH_MS);
      },
      failed(problem) {
        publish();
        useSweep.setState({ status: 'stopped', problem });
      },
      finished() {
        clock();
        publish();
        useSweep.setState({ status: 'done' });
      },
    },
  );
}
export function pauseSweep(): void {
  pool?.pause();
  clock();
  useSweep.setState({ status: 'paused' });
}
export function resumeSweep(): void {
  since = performance.now();
  pool?.resume();
  useSweep.setState({ status: 'running' });
}
/** What came in stays. */
export function stopSweep(): void {
  pool?.cancel();
  pool = null;
  publish();
  useSweep.setState({ status: 'stopped' });
}
/** Results from a file, not run here. */
export function showSweep(plan: SweepPlan, had: readonly SweepRun[]): void {
  pool?.cancel();
  const runs: SweepRun[][] = plan.points.map(() => []);
  for (const run of had) runs[run.point]?.push(run);
  const whole = had.length >= plan.points.length * plan.spec.runs;
  show(plan, whole ? 'done' : 'stopped', runs, had.length);
}
