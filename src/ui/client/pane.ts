/** One simulation in a worker of its own, with what is on show of it. The page has one; comparing, up to four. */
import type { OpenArgs, RequestName, Requests } from '../../protocol/protocol.ts';
import { createLive, type LiveStore } from '../state/frame.ts';
import type { OpenScene } from '../state/store.ts';
import { connect, startSimulationWorker } from './connection.ts';
import { watchMarks } from './marks.ts';
import { watchNotes } from './notes.ts';
import { createSeriesKeeper } from './series.ts';
import { watchTraffic } from './traffic.ts';

/** A reply about a scene that is no longer open: nobody waits for it. */
class Stale extends Error {}
/** For `catch`: the scene was changed meanwhile, which is no problem of anyone's. */
export const isStale = (error: unknown): boolean => error instanceof Stale;

export interface Pane {
  readonly id: number;
  readonly store: LiveStore;
  /** As the worker answers, whatever is opened meanwhile. */
  request<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']>;
  /** Rejects with an error for which `isStale` holds when another scene was opened meanwhile. */
  ask<N extends RequestName>(name: N, args: Requests[N]['args']): Promise<Requests[N]['reply']>;
  /** Replaces what is open here; answers the scene, or undefined if another one was asked for meanwhile. */
  open(args: OpenArgs): Promise<OpenScene | undefined>;
  /** Another run of the same scene is on show. */
  turned(run: number): void;
  /** Shows the time `t`, as soon as the frame is there. */
  follow(t: number, beginning: boolean): void;
  close(): void;
}

export interface PaneEvents {
  crashed(message: string): void;
  failed(error: unknown): void;
}

/** Runs of one worker; nobody opens so many scenes. */
const RUNS = 1_000_000;
let panes = 0;

export function createPane(events: PaneEvents): Pane {
  const id = panes++;
  const store = createLive();
  let openings = 0;
  const connection = connect(
    startSimulationWorker(),
    {
      progress(progress) {
        if (progress.run !== store.get().run) return;
        store.patch({ progress });
        series.refresh();
      },
      refilling: (refilling) => store.patch({ refilling }),
      crashed: events.crashed,
    },
    id * RUNS,
  );
  const ask: Pane['ask'] = async (name, args) => {
    const { run } = store.get();
    const settle = () => {
      if (store.get().run !== run) throw new Stale();
    };
    const reply = await connection.ask(name, args).catch((error: unknown) => {
      settle();
      throw error;
    });
    settle();
    return reply;
  };
  const series = createSeriesKeeper(store, ask, events.failed);
  const stops = [watchNotes(store, ask, events.failed), watchMarks(store, ask), watchTraffic(store, ask)];

  let wanted: { readonly t: number; readonly beginning: boolean } | undefined;
  let busy = false;
  /** Rooms and nodes may be there, and are part of the picture. */
  let hasGroups = false;
  const fetchWanted = async () => {
    busy = true;
    while (wanted) {
      const { t, beginning } = wanted;
      wanted = undefined;
      try {
        const frame = await ask('frame', beginning ? { ordinal: 0 } : { tick: Math.floor(t) });
        store.patch({ frame, shown: frame, t });
        if (hasGroups && !wanted) store.patch({ groups: await ask('groups', { ordinal: frame.ordinal }) });
      } catch (error) {
        if (!isStale(error)) events.failed(error);
      }
    }
    busy = false;
  };
  return {
    id,
    store,
    request: (name, args) => connection.ask(name, args),
    ask,
    async open(args) {
      const mine = ++openings;
      const scene = await connection.ask('open', args);
      if (mine !== openings) return undefined;
      wanted = undefined;
      store.reset(scene.run);
      hasGroups = scene.groups !== undefined;
      return scene;
    },
    turned(run) {
      wanted = undefined;
      store.reset(run);
    },
    follow(t, beginning) {
      const { frame, progress } = store.get();
      const grown = frame?.nextTick === Infinity && frame.ordinal < (progress?.events ?? 0);
      const fits = frame && !grown && (beginning ? frame.ordinal === 0 : frame.tick <= t && t < frame.nextTick);
      if (fits && !busy) {
        if (store.get().t !== t) store.patch({ t });
        return;
      }
      wanted = { t, beginning };
      if (!busy) void fetchWanted();
    },
    close() {
      for (const stop of stops) stop();
      connection.close();
    },
  };
}
