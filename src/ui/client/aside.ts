/**
 * Opens a run in a worker of its own while what is open stays on show: a large one takes its time, and a change of mind costs
 * nothing but that worker.
 */
import { InputError } from '../../base/result.ts';
import type { OpenArgs, Progress } from '../../protocol/protocol.ts';
import type { Target } from '../../protocol/parts.ts';
import type { OpenScene } from '../state/store.ts';
import { computedTo } from './computed.ts';
import { createPane, type Pane, type PaneEvents } from './pane.ts';

/** How whoever waits hears of it, and changes their mind. */
export interface Watch {
  readonly told: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** Where to go in the run; else when the last one that is reached is. */
  readonly at?: { readonly tick: number; readonly select?: Target | undefined } | undefined;
}
interface Ready {
  readonly pane: Pane;
  readonly scene: OpenScene;
  /** Tick at which the last one that is reached at all is. */
  readonly moment: number;
}

/** Computed to its end; undefined if that was no longer wanted. What goes wrong later is the business of `events`. */
export async function openAside(args: OpenArgs, { told, signal, ...events }: Watch & PaneEvents): Promise<Ready | undefined> {
  let handed = false;
  let broken: (error: Error) => void = () => {};
  const crash = new Promise<never>((_, reject) => (broken = reject));
  const stopped = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  const pane = createPane({
    failed: (error) => handed && events.failed(error),
    crashed: (message) => (handed ? events.crashed(message) : broken(new InputError(message))),
  });
  const prepare = async (): Promise<Ready | undefined> => {
    const scene = await pane.open(args);
    if (!scene) return undefined;
    await computedTo(pane.store, Infinity, told);
    const { reached, ticks } = await pane.ask('series', { buckets: 1000 });
    const most = reached.at(-1) ?? 0;
    return { pane, scene, moment: ticks[reached.findIndex((count) => count === most)] ?? 0 };
  };
  try {
    const ready = signal.aborted ? undefined : await Promise.race([prepare(), stopped, crash]);
    handed = ready !== undefined && !signal.aborted;
    return handed ? ready : undefined;
  } finally {
    if (!handed) pane.close();
  }
}
