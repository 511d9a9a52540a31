/** The journal as a list: however many events there are, only the rows in view exist. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type CSSProperties, type KeyboardEvent } from 'react';
import { problemOf } from '../../base/result.ts';
import type { Row } from '../../protocol/protocol.ts';
import { useController } from '../client/context.ts';
import type { Controller } from '../client/contract.ts';
import { isStale } from '../client/pane.ts';
import { cursorOf, type Live, type NotesSummary } from '../state/frame.ts';
import { menuAsked } from '../state/menu.ts';
import { FILTER, useQueries } from '../state/queries.ts';
import { sameTarget, useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { FilterBar, useFilter } from './FilterBar.tsx';
import { EventRow, rowId } from './EventRow.tsx';
import { NothingFound } from './NothingFound.tsx';
import { clampOffset, offsetAfter, revealed, ROW, scrollOf, trackOf, type Reach } from './reach.ts';
import { createRowCache } from './rows.ts';
import './events.css';

const COLUMNS = ['#', 'time', 'kind', 'from', 'to', 'what'] as const;

/** With a filter the list has places of its own; without one a row's place is its ordinal. */
const cacheFor = (controller: Controller, isFiltered: boolean) =>
  createRowCache(
    (args) => (isFiltered ? controller.ask('filtered', { name: FILTER, ...args }) : controller.ask('rows', args)),
    (error) => {
      if (!isStale(error)) useView.getState().problemMet(problemOf(error));
    },
  );

/** Where in the list the view is, and that it follows the cursor until somebody scrolls away from it. */
function useReach(total: number, cursor: number, playing: boolean) {
  const grid = useRef<HTMLTableElement>(null);
  const [height, setHeight] = useState(0);
  const [kept, setOffset] = useState(0);
  const reach: Reach = { total, height };
  const offset = clampOffset(reach, kept);
  const following = useRef(true);
  /** While the pointer is down nothing moves away under it. */
  const held = useRef(false);
  const before = useRef({ cursor: -1, playing });

  useEffect(() => {
    const target = grid.current;
    if (!target) return undefined;
    const resized = new ResizeObserver(() => setHeight(Math.max(0, target.clientHeight - ROW)));
    resized.observe(target);
    return () => resized.disconnect();
  }, []);
  useLayoutEffect(() => {
    const target = grid.current;
    const scroll = scrollOf(reach, offset);
    if (target && Math.abs(target.scrollTop - scroll) >= 1) target.scrollTop = scroll;
  });
  useLayoutEffect(() => {
    if (height === 0) return;
    const started = playing && !before.current.playing;
    const moved = cursor !== before.current.cursor;
    before.current = { cursor, playing };
    if (started || (moved && !playing)) following.current = true;
    if (!moved || !following.current || held.current) return;
    setOffset(revealed({ total, height }, offset, Math.max(1, cursor), playing ? 1 : 0));
  }, [cursor, playing, total, height, offset]);
  return {
    grid,
    reach,
    offset,
    reveal: (ordinal: number) => setOffset(revealed(reach, offset, ordinal, 0)),
    scrolled() {
      const scroll = grid.current?.scrollTop ?? 0;
      if (Math.abs(scroll - scrollOf(reach, offset)) <= 1) return;
      const next = offsetAfter(reach, offset, scroll);
      following.current = revealed(reach, next, Math.max(1, cursor), 0) === next;
      setOffset(next);
    },
    hold: () => {
      held.current = true;
      addEventListener('pointerup', () => (held.current = false), { once: true });
      addEventListener('pointercancel', () => (held.current = false), { once: true });
    },
  };
}

/** By ordinal, the gravest of its marks. */
function gravest(marks: NotesSummary['marks'] | undefined): ReadonlyMap<number, number> {
  const noted = new Map<number, number>();
  marks?.ordinal.forEach((ordinal, i) => noted.set(ordinal, Math.max(noted.get(ordinal) ?? 0, marks.severity[i]!)));
  return noted;
}

/** Place of the row that the cursor stands at or behind. */
const placeOf = (s: Live): number => s.frame?.filter?.place ?? 0;

interface ListProps {
  readonly scene: OpenScene;
  /** Rows that are shown, where not all are. */
  readonly shown: number | undefined;
}
function List({ scene, shown }: ListProps) {
  const controller = useController();
  const selection = useView((s) => s.selection);
  const playing = useView((s) => s.playing);
  const isFiltered = shown !== undefined;
  const events = useLive((s) => s.progress?.events ?? 0);
  const total = shown ?? events;
  const ordinal = useLive(cursorOf);
  const place = useLive(placeOf);
  const cursor = isFiltered ? place : ordinal;
  const story = useLive((s) => s.followed);
  const marks = useLive((s) => s.notes?.marks);
  const noted = useMemo(() => gravest(marks), [marks]);
  const [cache] = useState(() => cacheFor(controller, isFiltered));
  useSyncExternalStore(cache.subscribe, cache.version);
  const { grid, reach, offset, reveal, scrolled, hold } = useReach(total, cursor, playing);
  /** The row that the keys are at; where the cursor went since, they start from there. */
  const [keys, setKeys] = useState<{ readonly row: number; readonly cursor: number } | null>(null);
  const active = keys && (playing || keys.cursor === cursor) ? keys.row : Math.max(1, cursor);

  const first = Math.floor(offset / ROW) + 1;
  const last = Math.min(total, Math.ceil((offset + reach.height) / ROW));
  useEffect(() => {
    if (last >= first) cache.want(first, last);
  }, [cache, first, last]);
  const [pick] = useState(() => (row: Row, at: number) => {
    setKeys({ row: at, cursor: at });
    void controller.goTo(row.ordinal, row.target);
  });

  const [openMenu] = useState(() => (row: Row, at: number, x: number, y: number) => {
    setKeys((before) => ({ row: at, cursor: before?.cursor ?? at }));
    menuAsked({ target: row.target, ordinal: row.ordinal, x, y });
  });
  const keyed = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(reach.height / ROW) - 1);
    const ways: Readonly<Record<string, number>> = {
      ArrowUp: active - 1,
      ArrowDown: active + 1,
      PageUp: active - page,
      PageDown: active + page,
      Home: 1,
      End: total,
    };
    const way = ways[event.key];
    if (way !== undefined && total > 0) {
      const row = Math.min(Math.max(1, way), total);
      setKeys({ row, cursor });
      reveal(row);
    } else if (event.key === 'Enter') {
      const row = cache.get(active);
      if (row) pick(row, active);
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const row = cache.get(active);
      const box = document.getElementById(rowId(active))?.getBoundingClientRect();
      if (row && box) openMenu(row, active, box.left + 120, box.bottom);
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      // Rows do not use them, and who has just clicked one goes on from there.
      void controller.step(event.shiftKey ? 'round' : event.ctrlKey || event.metaKey ? 'event' : 'change', event.key === 'ArrowLeft');
    } else return;
    event.preventDefault();
  };

  const inView = active >= first && active <= last;
  return (
    <>
      <table
        ref={grid}
        className="events-grid"
        role="grid"
        aria-label="Events"
        aria-rowcount={total + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={inView ? rowId(active) : undefined}
        tabIndex={0}
        style={{ '--beyond': `${Math.max(0, trackOf(reach) - reach.height)}px`, '--digits': String(events).length } as CSSProperties}
        onScroll={scrolled}
        onPointerDown={hold}
        onKeyDown={keyed}
      >
        <thead>
          <tr className="event" aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={column === '#' || column === 'time' ? 'number' : undefined}>
                {column === 'kind' ? <span className="sr-only">kind</span> : column}
                {column === 'time' && ` (${scene.unit.label})`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ height: reach.height }}>
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
            const place = first + i;
            const row = cache.get(place);
            const isAt = row?.ordinal === ordinal;
            return (
              <EventRow
                key={place}
                place={place}
                row={row}
                unit={scene.unit}
                y={(place - 1) * ROW - Math.round(offset)}
                selected={
                  row !== undefined && (sameTarget(selection, row.target) || sameTarget(selection, { type: 'event', ordinal: row.ordinal }))
                }
                current={isAt}
                passed={place === cursor && !isAt}
                around={row !== undefined && 'around' in row && row.around === true}
                active={place === active}
                noted={row && noted.get(row.ordinal)}
                followed={row && story?.holds(row.ordinal)}
                onPick={pick}
                onMenu={openMenu}
              />
            );
          })}
        </tbody>
      </table>
    </>
  );
}

export function Events() {
  const scene = useView((s) => s.scene);
  const context = useQueries((s) => s.context);
  const { on, text, watched, events } = useFilter();
  const region = useRef<HTMLElement>(null);
  const toList = () => region.current?.querySelector<HTMLElement>('[role="grid"], .events-nothing button')?.focus();
  const nothing = watched !== undefined && watched.matches === 0 && watched.scanned >= events;
  return (
    <section ref={region} aria-label="Events" className="region events">
      <header>
        <h2>Events</h2>
        {scene && <FilterBar leave={toList} />}
      </header>
      {scene && !nothing && (
        <List key={on ? `${scene.run} ${context} ${text}` : scene.run} scene={scene} shown={on ? (watched?.shown ?? 0) : undefined} />
      )}
      {nothing && <NothingFound text={text} events={events} />}
    </section>
  );
}
