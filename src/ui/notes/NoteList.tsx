/** The notes that match, however many: only those in view exist. Arrow keys go along them, Enter goes there. */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { problemOf } from '../../base/result.ts';
import type { Note, Severity } from '../../protocol/notes.ts';
import type { TimeUnit } from '../../protocol/scene.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/pane.ts';
import { plainTime } from '../shared/format.ts';
import { SEVERITY_TITLES, SeverityIcon } from '../shared/SeverityIcon.tsx';
import { cursorOf } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { createPages, type Pages } from './pages.ts';

const ROW = 28;

interface Props {
  readonly unit: TimeUnit;
  readonly severities: readonly Severity[];
  readonly kind: string | undefined;
  /** Grows as the run is looked through. */
  readonly version: string;
}

export function NoteList({ unit, severities, kind, version }: Props) {
  const controller = useController();
  const cursor = useLive(cursorOf);
  const list = useRef<HTMLTableElement>(null);
  /** Made anew with every page that arrives, so that it is seen. */
  const [{ pages }, turn] = useState<{ readonly pages: Pages | null }>({ pages: null });
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(0);
  const [active, setActive] = useState(0);

  /** As the run is looked through, the same wish is another question. */
  const asked = useMemo(() => ({ severities, kind, version }), [severities, kind, version]);
  useEffect(() => {
    const made = createPages(
      (args) => controller.ask('notes', args),
      { severities: asked.severities, kind: asked.kind },
      () => turn({ pages: made }),
      (error) => {
        if (!isStale(error)) useView.getState().problemMet(problemOf(error));
      },
    );
    // What was shown stays until the new ones are there.
    made.want(0, 1);
    return () => made.stop();
  }, [controller, asked]);
  useEffect(() => {
    const target = list.current;
    if (!target) return undefined;
    const resized = new ResizeObserver(() => setHeight(target.clientHeight));
    resized.observe(target);
    return () => resized.disconnect();
  }, []);

  const total = pages?.total ?? 0;
  const first = Math.min(Math.floor(top / ROW), Math.max(0, total - 1));
  const last = Math.min(total - 1, Math.ceil((top + height) / ROW));
  useEffect(() => {
    if (last >= first) pages?.want(first, last);
  });

  const go = (note: Note | undefined) => note && void controller.goTo(note.ordinal, note.target);
  const keyed = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height / ROW) - 1);
    const ways: Readonly<Record<string, number>> = {
      ArrowUp: active - 1,
      ArrowDown: active + 1,
      PageUp: active - page,
      PageDown: active + page,
      Home: 0,
      End: total - 1,
    };
    const way = ways[event.key];
    if (way !== undefined && total > 0) {
      const next = Math.min(Math.max(0, way), total - 1);
      setActive(next);
      const target = list.current;
      if (target && next * ROW < target.scrollTop) target.scrollTop = next * ROW;
      else if (target && (next + 1) * ROW > target.scrollTop + height) target.scrollTop = (next + 1) * ROW - height;
    } else if (event.key === 'Enter') go(pages?.get(active));
    else return;
    event.preventDefault();
  };

  return (
    <table
      ref={list}
      role="grid"
      aria-label="Notes found"
      aria-rowcount={total}
      tabIndex={0}
      aria-activedescendant={active >= first && active <= last ? `note-${active}` : undefined}
      className="notes-list"
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      onKeyDown={keyed}
    >
      <tbody className="notes-track" style={{ height: total * ROW }}>
        {Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
          const index = first + i;
          const note = pages?.get(index);
          const names = ['note-row', index === active && 'active', note?.ordinal === cursor && 'current'];
          return (
            <tr
              key={index}
              id={`note-${index}`}
              aria-selected={index === active}
              aria-rowindex={index + 1}
              className={names.filter(Boolean).join(' ')}
              style={{ transform: `translateY(${index * ROW}px)` }}
              onClick={() => {
                setActive(index);
                go(note);
              }}
            >
              {note && <NoteCells note={note} unit={unit} />}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const NoteCells = ({ note, unit }: { readonly note: Note; readonly unit: TimeUnit }) => (
  <>
    <td>
      <SeverityIcon severity={note.severity} />
      <span className="sr-only">{SEVERITY_TITLES[note.severity]}</span>
    </td>
    <td className="number muted">#{note.ordinal}</td>
    <td className="number muted">{plainTime(unit, note.tick)}</td>
    <td className="note-title">{note.title}</td>
    <td title={note.text}>{note.text}</td>
    <td className="muted note-from">{note.source}</td>
  </>
);
