/** Breakpoints made by pointing, and running to them. */
import { printQuery } from '../../base/query/print.ts';
import { parseQuery } from '../../base/query/parser.ts';
import { VOCABULARY } from '../../protocol/vocabulary.ts';
import { cursorOf, live } from '../state/frame.ts';
import { breakpointAdded, breakpointRemoved, filtered, MOST_BREAKPOINTS, useQueries } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import type { Controller } from './contract.ts';
import type { Stopping } from './stopping.ts';

export interface Breaking {
  /** At the selection, or at this event; where there is one already, it goes. */
  here(): Promise<void>;
  /** Another breakpoint; says so, and says why not. */
  add(text: string): void;
  /** To the next stop of all breakpoints, or of an expression. */
  run(back: boolean, text?: string): Promise<void>;
  /** What is like this is hidden, or nothing else is shown. */
  hide(text: string): void;
  only(text: string): void;
}

export function createBreaking(ask: Controller['ask'], stopping: Stopping): Breaking {
  const add = (text: string) => {
    const { said } = useView.getState();
    if (breakpointAdded(text)) {
      // Where the list is open one sees it.
      if (!useQueries.getState().listed) said(`Breakpoint: ${text}`);
    } else if (useQueries.getState().breakpoints.length >= MOST_BREAKPOINTS)
      said(`There are ${MOST_BREAKPOINTS} breakpoints already: delete one first.`);
    else said(`There is a breakpoint ${text} already.`);
  };
  const toggle = (text: string) => {
    const before = useQueries.getState().breakpoints.find((one) => one.text === text);
    if (!before) add(text);
    else {
      breakpointRemoved(before.id);
      useView.getState().said(`Breakpoint removed: ${text}`);
    }
  };
  return {
    async here() {
      const { selection, scene } = useView.getState();
      if (!scene) return;
      if (selection && selection.type !== 'event') {
        const [first] = await ask('alike', { target: selection });
        if (first) toggle(first.text);
      } else toggle(`ordinal == ${selection?.ordinal ?? cursorOf(live.get())}`);
    },
    add,
    run: (back, text) => stopping.runTo(back, text),
    hide: (text) => filtered(withFilter(text, true)),
    only: (text) => filtered(withFilter(text, false)),
  };
}

/** The filter there is, and this beside it. */
function withFilter(text: string, hidden: boolean): string {
  const parsed = parseQuery(text, VOCABULARY);
  if (!parsed.ok) return text;
  const { expr } = parsed;
  const right = hidden ? ({ type: 'not', of: expr, at: 0, end: 0 } as const) : expr;
  const before = parseQuery(useQueries.getState().filter, VOCABULARY);
  return printQuery(before.ok ? { type: 'and', left: before.expr, right, at: 0, end: 0 } : right);
}
