/** The comparison at work: what was asked for, what has come in, and which part of it is looked at. It outlives the view. */
import { create } from 'zustand';
import { problemOf, type Problem } from '../../base/result.ts';
import type { Claim, Fault, Moment, WayResult, WaysPlan } from '../../protocol/ways.ts';
import type { Controller } from '../client/contract.ts';
import { isStale } from '../client/pane.ts';
import { runWays } from '../client/waysRuns.ts';
import type { RowsKind } from './waysRows.ts';
import { useView, type WaysAsked } from '../state/store.ts';

interface WaysState {
  /** What runs or ran; null before the first. */
  readonly plan: WaysPlan | null;
  readonly status: 'idle' | 'running' | 'stopped' | 'done';
  /** In the order in which they came in. */
  readonly results: readonly WayResult[];
  readonly events: number;
  readonly claims: readonly Claim[];
  /** The fault whose runs are on show. */
  readonly fault: Fault;
  /** What the table is of. */
  readonly rows: RowsKind;
  readonly problem: Problem | null;
  /** The run that is being opened. */
  readonly opening: string | null;

  faultChosen(fault: Fault): void;
  rowsChosen(rows: RowsKind): void;
  problemMet(problem: Problem | null): void;
}

export const useWays = create<WaysState>()((set) => ({
  plan: null,
  status: 'idle',
  results: [],
  events: 0,
  claims: [],
  fault: 'none',
  rows: 'figures',
  problem: null,
  opening: null,

  faultChosen: (fault) => set({ fault }),
  rowsChosen: (rows) => set({ rows }),
  problemMet: (problem) => set({ problem }),
}));

let cancel: (() => void) | null = null;
let asked = 0;

/** @returns whether it was begun; the problem says why not. */
export async function startWays(controller: Controller, { seed, params }: WaysAsked): Promise<boolean> {
  const mine = ++asked;
  cancel?.();
  useWays.setState({ problem: null });
  try {
    const plan = await controller.ask('waysPlan', { spec: { format: 'stanzascope/ways', version: 1, seed, params } });
    if (mine !== asked) return false;
    useView.getState().waysAsked({ seed, params: plan.spec.params ?? {} });
    useWays.setState({ plan, status: 'running', results: [], events: 0, claims: [] });
    const tasks = plan.faults.flatMap((fault) => plan.ways.map((way) => ({ spec: plan.spec, way: way.id, fault: fault.id })));
    cancel = runWays(tasks, {
      ran(result) {
        useWays.setState((s) => ({ results: [...s.results, result] }));
      },
      went: (events) => useWays.setState({ events }),
      failed: (problem) => useWays.setState({ status: 'stopped', problem }),
      finished() {
        useWays.setState({ status: 'done' });
        void claim(controller);
      },
    });
    return true;
  } catch (error) {
    if (mine === asked && !isStale(error)) useWays.setState({ problem: problemOf(error) });
    return false;
  }
}

/** What came in stays. */
export function stopWays(controller: Controller): void {
  cancel?.();
  cancel = null;
  useWays.setState({ status: 'stopped' });
  void claim(controller);
}

async function claim(controller: Controller): Promise<void> {
  const { results } = useWays.getState();
  try {
    const claims = await controller.ask('waysClaims', { results });
    if (useWays.getState().results === results) useWays.setState({ claims });
  } catch (error) {
    if (!isStale(error)) useWays.setState({ problem: problemOf(error) });
    else if (useWays.getState().results === results) await claim(controller);
  }
}

let opening: AbortController | null = null;

/** Opens the very run that a number is of, at the moment that it comes from. */
export async function openWay(controller: Controller, way: string, fault: Fault, moment: Moment): Promise<void> {
  const { plan } = useWays.getState();
  if (!plan) return;
  opening?.abort();
  const mine = (opening = new AbortController());
  const key = `${way}/${fault}`;
  useWays.setState({ opening: key, problem: null });
  const args = { scenario: 'one-room', seed: plan.spec.seed, params: { ...plan.spec.params, way, fault } };
  try {
    if (await controller.openAtMoment(args, { told: () => undefined, signal: mine.signal, at: moment })) {
      const title = plan.ways.find(({ id }) => id === way)?.title ?? way;
      useView.getState().said(`The run of “${title}” is open at the moment that the number comes from. The comparison stays in the Lab.`);
    }
  } catch (error) {
    if (!isStale(error) && !mine.signal.aborted) useWays.setState({ problem: problemOf(error) });
  } finally {
    if (opening === mine) {
      opening = null;
      useWays.setState({ opening: null });
    }
  }
}
