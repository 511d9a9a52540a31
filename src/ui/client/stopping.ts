/** Where time has to stop: the next stop of the breakpoints while playing, and "run until" in either direction. */
import { problemOf } from '../../base/result.ts';
import type { Stop } from '../../protocol/query.ts';
import { cursorOf, live } from '../state/frame.ts';
import { UNTIL, useQueries } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import type { Controller } from './contract.ts';
import { isStale } from './pane.ts';
import type { Watching } from './watching.ts';

/** How far may be played: to the stop, or to where nobody has looked yet. */
export interface Barrier {
  readonly tick: number;
  readonly stop: Stop['stop'];
}

export interface Stopping {
  /** While playing; null where nothing stops. */
  barrier(): Barrier | null;
  /** Playing begins, or breakpoints are others. */
  renewed(): void;
  /** To the next stop of the expression, or of all breakpoints that are on. */
  runTo(back: boolean, text?: string): Promise<void>;
}

interface StoppingHost {
  ask: Controller['ask'];
  watching(): Watching;
  seek(ordinal: number): Promise<void>;
}

/** Until the run or the answers to what is watched have grown. */
const grown = (): Promise<void> =>
  new Promise((resolve) => {
    const { progress, run } = live.get();
    const stop = live.subscribe(() => {
      const now = live.get();
      if (now.progress === progress && now.run === run) return;
      stop();
      resolve();
    });
  });

export function createStopping({ ask, watching, seek }: StoppingHost): Stopping {
  let known: Barrier | null = null;
  let epoch = 0;
  const on = (): string[] => {
    const { breakpoints, refused } = useQueries.getState();
    return breakpoints.filter((one) => one.on && !refused[one.id]).map(({ id }) => id);
  };

  /** Looks ahead of the cursor until a stop is found or the run is at its end. */
  const lookAhead = async () => {
    const mine = ++epoch;
    if (on().length === 0) {
      known = null;
      return;
    }
    const from = cursorOf(live.get());
    // Nobody may run past what is not looked at.
    known = { tick: live.get().t, stop: null };
    try {
      await watching().settled();
      for (let reached = from; mine === epoch;) {
        const { stop, clear, final } = await ask('stop', { names: on(), from: reached, back: false });
        if (mine !== epoch) return;
        known = stop ? { tick: stop.tick, stop } : final ? null : { tick: clear.tick, stop: null };
        if (stop || final) return;
        reached = Math.max(reached, clear.ordinal);
        await grown();
      }
    } catch (error) {
      if (mine === epoch) known = null;
      if (!isStale(error)) useView.getState().problemMet(problemOf(error));
    }
  };

  /** Undefined where somebody went elsewhere meanwhile: then nobody waits for it. */
  const search = async (back: boolean, names: readonly string[]): Promise<Stop['stop'] | undefined> => {
    const mine = ++epoch;
    const { run } = live.get();
    const start = cursorOf(live.get());
    let from = start;
    while (mine === epoch && live.get().run === run && cursorOf(live.get()) === start) {
      const { stop, clear, final } = await ask('stop', { names, from, back });
      if (stop || final) return stop;
      if (!back) from = Math.max(from, clear.ordinal);
      await grown();
    }
    return undefined;
  };
  return {
    barrier: () => known,
    renewed: () => void lookAhead(),
    async runTo(back, text) {
      const { said, problemMet } = useView.getState();
      const what = text === undefined ? 'a breakpoint' : `“${text}”`;
      try {
        await watching().settled();
        const names = text === undefined ? on() : [UNTIL];
        if (text !== undefined) await ask('watch', { name: UNTIL, text });
        if (names.length === 0) {
          said('There is no breakpoint that is on: B makes one.');
          return;
        }
        useQueries.setState({ looking: true });
        const stop = await search(back, names);
        if (stop) await seek(stop.ordinal);
        else if (stop === null) said(`Nothing ${back ? 'before' : 'after'} this moment stops at ${what}.`);
      } catch (error) {
        if (!isStale(error)) problemMet(problemOf(error));
      } finally {
        useQueries.setState({ looking: false });
      }
    },
  };
}
