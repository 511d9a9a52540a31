/**
 * Keeps the worker's answers to filter and breakpoints in step with what the person wants: each expression is watched in the open run, and
 * again in the next one; what views draw of it (who takes part, where it stops) is fetched as the answers grow.
 */
import { problemOf } from '../../base/result.ts';
import { live } from '../state/frame.ts';
import { FILTER, refusedBy, useQueries, type Breakpoint } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import type { Controller } from './contract.ts';
import { isStale } from './pane.ts';

const MOST_MARKS = 300;
const NONE = new Uint32Array(0);

export interface Watching {
  /** Everything that is wanted is watched in the open run. */
  settled(): Promise<void>;
}

/** @param refresh shows the frame at the cursor anew: it says what the filter does to it. */
export function watchQueries(ask: Controller['ask'], refresh: () => void): Watching {
  /** What the worker watches, by name: the expression and its context. */
  let watched = new Map<string, string>();
  let run = 0;
  let seen = '';
  let chain: Promise<void> = Promise.resolve();
  let fetching = false;

  const wanted = (): Map<string, { readonly text: string; readonly context: number }> => {
    const { filter, context, breakpoints } = useQueries.getState();
    const all = new Map(breakpoints.map(({ id, text }) => [id, { text, context: 0 }]));
    if (filter !== '') all.set(FILTER, { text: filter, context });
    return all;
  };
  const keyOf = ({ text, context }: { readonly text: string; readonly context: number }) => `${context} ${text}`;

  const settle = async () => {
    const now = live.get().run;
    if (now === 0) return;
    if (now !== run) {
      run = now;
      watched = new Map();
      seen = '';
    }
    const want = wanted();
    let changed = false;
    for (const name of watched.keys())
      if (!want.has(name)) {
        watched.delete(name);
        refusedBy(name, null);
        changed = true;
        await ask('watch', { name, text: null });
      }
    for (const [name, args] of want) {
      const key = keyOf(args);
      if (watched.get(name) === key) continue;
      watched.set(name, key);
      changed = true;
      try {
        await ask('watch', { name, ...args });
        refusedBy(name, null);
      } catch (error) {
        if (isStale(error)) throw error;
        const { message, hint, column } = problemOf(error);
        const at = column === undefined ? 0 : column - 1;
        refusedBy(name, { at, end: column === undefined ? args.text.length : at + 1, message, hint });
        await ask('watch', { name, text: null });
      }
    }
    if (!changed) return;
    seen = '';
    if (!want.has(FILTER)) live.patch({ involved: null });
    if (!useView.getState().playing) refresh();
    fetchMarks();
  };
  const follow = () => {
    chain = chain.then(settle).catch(() => {});
  };

  const marks = async (on: readonly Breakpoint[]) => {
    const { refused } = useQueries.getState();
    const sound = on.filter(({ id }) => watched.has(id) && !refused[id]);
    const each = Math.max(20, Math.floor(MOST_MARKS / Math.max(1, sound.length)));
    const all: number[] = [];
    for (const { id } of sound) all.push(...(await ask('stops', { name: id, most: each, at: 0 })).ordinals);
    return all.length === 0 ? NONE : Uint32Array.from(all.sort((a, b) => a - b));
  };
  /** Answers that have grown are drawn anew, one fetch at a time. */
  function fetchMarks() {
    const { progress } = live.get();
    const key = JSON.stringify(progress?.watched ?? []) + JSON.stringify(useQueries.getState().breakpoints);
    if (fetching || key === seen) return;
    seen = key;
    fetching = true;
    const mine = live.get().run;
    const work = async () => {
      const { filter, breakpoints, refused } = useQueries.getState();
      const involved = filter !== '' && watched.has(FILTER) && !refused[FILTER] ? await ask('involved', { name: FILTER }) : null;
      const stops = await marks(breakpoints.filter(({ on }) => on));
      if (live.get().run === mine) live.patch({ involved, stops });
      if (involved && !useView.getState().playing) refresh();
    };
    void work()
      .catch(() => {})
      .finally(() => {
        fetching = false;
        fetchMarks();
      });
  }

  useQueries.subscribe((now, before) => {
    if (now.filter !== before.filter || now.context !== before.context || now.breakpoints !== before.breakpoints) follow();
  });
  let last = live.get();
  live.subscribe(() => {
    const now = live.get();
    if (now.run !== last.run) follow();
    else if (now.progress !== last.progress && watched.size > 0) fetchMarks();
    last = now;
  });
  return {
    async settled() {
      follow();
      await chain;
    },
  };
}
