/** A cut through the diagram: a place on every line, drawn across them or moved line by line, and what it is worth. */
import { problemOf } from '../../base/result.ts';
import type { Controller } from '../client/contract.ts';
import { isStale } from '../client/pane.ts';
import { useDiagram } from '../state/diagram.ts';
import { live } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { overOf, placeAt, type Sheet } from './geometry.ts';
import { intended, useIntent } from './intent.ts';
import type { Lines } from './lines.ts';
import { cursorAlong } from './window.ts';

/** Along time and over the lines, in pixels. */
export type Point = readonly [along: number, over: number];

/** Where a drawn path passes each line; a line beyond its ends has the place of the nearer end. */
export function cutAlong(path: readonly Point[], sheet: Sheet, lines: Lines): Map<number, number> {
  const cut = new Map<number, number>();
  const ends = path.toSorted((a, b) => a[1] - b[1]);
  const [top, bottom] = [ends[0], ends.at(-1)];
  if (!top || !bottom) return cut;
  lines.list.forEach(({ entity }, line) => {
    const over = overOf(sheet, line);
    let along = over <= top[1] ? top[0] : bottom[0];
    for (let i = 1; i < path.length; i++) {
      const [a, b] = [path[i - 1]!, path[i]!];
      if (a[1] === b[1] || over < Math.min(a[1], b[1]) || over > Math.max(a[1], b[1])) continue;
      along = a[0] + ((over - a[1]) / (b[1] - a[1])) * (b[0] - a[0]);
    }
    cut.set(entity, Math.max(0, placeAt(sheet, along)));
  });
  return cut;
}

/** All lines at the cursor: where a cut begins that is made from the keyboard. */
export function cutAtCursor(lines: Lines): Map<number, number> {
  const at = cursorAlong(useDiagram.getState().axis, live.get());
  return new Map(lines.list.map(({ entity }) => [entity, at]));
}

let asking = 0;
/** The cut is there; what it is worth follows. */
export function cutMade(controller: Controller, lines: Lines, cut: ReadonlyMap<number, number>): void {
  const mine = ++asking;
  intended({ cut, verdict: null });
  const { axis } = useDiagram.getState();
  const frontier = lines.list.flatMap(({ entity, members }) => {
    const at = cut.get(entity);
    return at === undefined ? [] : members.map((member) => [member, Math.floor(at)] as const);
  });
  // Who has no line is cut at the cursor, and the words beside the verdict say so.
  const at = Math.floor(cursorAlong(axis, live.get()));
  controller.ask('cut', { by: axis === 'time' ? 'tick' : 'ordinal', at, frontier }).then(
    (verdict) => {
      if (mine === asking && useIntent.getState().cut === cut) intended({ verdict });
    },
    (error: unknown) => {
      if (!isStale(error)) useView.getState().problemMet(problemOf(error));
    },
  );
}
