/** Names of the lines: each selects its entity; it can be collapsed, hidden and moved, by pointer and by keys. */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useController } from '../client/context.ts';
import { LookIcon } from '../shared/KindIcon.tsx';
import { Icon } from '../shared/icons.tsx';
import { arranged, useDiagram } from '../state/diagram.ts';
import { useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import type { DiagramView } from './DiagramView.ts';
import { lineAt, linesInView, overOf } from './geometry.ts';
import { heads, lineName, moved } from './lines.ts';
import { useShown } from './useShown.ts';

const DRAG_PX = 4;

export function LineLabels({ view }: { readonly view: DiagramView }) {
  const controller = useController();
  const { sheet, lines } = useShown(view);
  const { collapsed, hidden } = useDiagram();
  const selection = useView((s) => s.selection);
  const frame = useLive((s) => s.frame);
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<{ readonly line: number; readonly to: number } | null>(null);
  const pressed = useRef<{ readonly line: number; readonly at: number } | null>(null);
  /** The press that has just ended was a drag: its click means nothing. */
  const dragged = useRef(false);
  const [focused, setFocused] = useState(0);
  const { scene } = view;
  const foldable = new Set(heads(scene.entities));
  const [first, last] = linesInView(sheet);

  const focusLine = (line: number) => {
    const next = Math.min(Math.max(0, line), lines.list.length - 1);
    setFocused(next);
    view.revealLine(next);
    // Its label may come into being with the scrolled view.
    requestAnimationFrame(() => requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-line="${next}"]`)?.focus()));
  };
  const moveLine = (from: number, to: number) => {
    const next = Math.min(Math.max(0, to), lines.list.length - 1);
    if (next === from) return;
    arranged({ order: moved(scene.entities, useDiagram.getState(), from, next) });
    focusLine(next);
  };
  const fold = (entity: number, whole: boolean) =>
    arranged({
      collapsed: whole ? [...collapsed.filter((other) => other !== entity), entity] : collapsed.filter((other) => other !== entity),
    });
  const hide = (line: number) => {
    const entity = lines.list[line]?.entity;
    if (entity === undefined || lines.list.length <= 1) return;
    arranged({ hidden: [...hidden, entity] });
    focusLine(line);
  };
  const keyed = (event: KeyboardEvent, line: number) => {
    const [before, after] = sheet.across ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    const [shut, open] = sheet.across ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const entity = lines.list[line]?.entity ?? -1;
    const by = event.key === before ? -1 : event.key === after ? 1 : 0;
    if (by !== 0 && event.altKey) moveLine(line, line + by);
    else if (by !== 0) focusLine(line + by);
    else if (event.key === 'Home') focusLine(0);
    else if (event.key === 'End') focusLine(lines.list.length - 1);
    else if ((event.key === shut || event.key === open) && foldable.has(entity)) fold(entity, event.key === shut);
    else if (event.key === 'Delete') hide(line);
    else return;
    event.preventDefault();
  };
  const placeOf = (event: PointerEvent) => {
    const box = list.current?.getBoundingClientRect();
    return sheet.across ? event.clientY - (box?.top ?? 0) : event.clientX - (box?.left ?? 0);
  };
  return (
    <ul
      ref={list}
      className="st-lines"
      aria-label="Lines"
      onWheel={(event) => view.pan(0, sheet.across ? event.deltaY : event.deltaX + event.deltaY)}
      onPointerMove={(event) => {
        const start = pressed.current;
        if (!start) return;
        const at = placeOf(event);
        if (drag || Math.abs(at - start.at) > DRAG_PX) setDrag({ line: start.line, to: lineAt(sheet, at) });
      }}
      onPointerUp={() => {
        if (drag) moveLine(drag.line, drag.to);
        dragged.current = drag !== null;
        pressed.current = null;
        setDrag(null);
      }}
      onPointerCancel={() => {
        pressed.current = null;
        setDrag(null);
      }}
    >
      {lines.list.slice(first, last + 1).map((line, i) => {
        const index = first + i;
        const { entity } = line;
        const name = lineName(scene.entities, line);
        const state = scene.states[frame?.states[entity] ?? 0];
        const isSelected = selection?.type === 'entity' && selection.index === entity;
        const start = overOf(sheet, index) - 9;
        const folds = foldable.has(entity);
        const isWhole = collapsed.includes(entity);
        return (
          <li
            key={entity}
            className={['st-line', isSelected && 'chosen', drag?.line === index && 'dragged', drag && drag.to === index && 'target']
              .filter(Boolean)
              .join(' ')}
            style={sheet.across ? { top: start } : { left: overOf(sheet, index) - sheet.gap / 2 + 2, width: sheet.gap - 4 }}
          >
            {folds && (
              <button
                type="button"
                className="st-fold"
                tabIndex={-1}
                aria-expanded={!isWhole}
                aria-label={`${isWhole ? 'Expand' : 'Collapse'} ${scene.entities.name[entity]}`}
                title={isWhole ? 'Expand: a line for each' : 'Collapse all that belong to it into this line'}
                onClick={() => fold(entity, !isWhole)}
              >
                {isWhole ? '▸' : '▾'}
              </button>
            )}
            <button
              type="button"
              className="st-name"
              data-line={index}
              tabIndex={index === Math.min(Math.max(focused, first), last) ? 0 : -1}
              aria-pressed={isSelected}
              title={`${scene.entities.jid[entity] ?? name}${state ? ` · ${state.label}` : ''}`}
              onFocus={() => setFocused(index)}
              onKeyDown={(event) => keyed(event, index)}
              onPointerDown={(event) => {
                if (event.button === 0) pressed.current = { line: index, at: placeOf(event) };
              }}
              onClick={() => {
                if (!dragged.current) controller.select({ type: 'entity', index: entity });
                dragged.current = false;
              }}
            >
              {state && <LookIcon look={state.look} />}
              <span>{name}</span>
            </button>
            <button
              type="button"
              className="st-hide"
              tabIndex={-1}
              aria-label={`Hide ${name}`}
              title="Hide this line (Delete)"
              onClick={() => hide(index)}
            >
              <Icon name="close" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
