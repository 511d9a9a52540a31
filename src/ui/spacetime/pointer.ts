/** Wheel and drags. On the ruler a drag sets the cursor; elsewhere it moves the window, or draws a cut while one is being drawn. */
import type { Controller } from '../client/contract.ts';
import { useDiagram } from '../state/diagram.ts';
import { menuAsked } from '../state/menu.ts';
import { cutAlong, cutMade, type Point } from './cut.ts';
import type { DiagramView } from './DiagramView.ts';
import { alongOf, lineAt, overOf, placeAt, rulerOf } from './geometry.ts';
import { hitTest, type Hit } from './hit.ts';
import { useIntent } from './intent.ts';

const DRAG_PX = 4;
const NEAR_HANDLE = 9;
const ZOOM_PER_PIXEL = 0.0022;

export interface PointerHooks {
  readonly controller: Controller;
  picked(hit: Hit | null, withShift: boolean): void;
  hovered(hit: Hit | null, x: number, y: number): void;
}

type Drag =
  | { readonly kind: 'cursor' }
  | { readonly kind: 'pan'; readonly shift: boolean; x: number; y: number; moved: boolean }
  | { readonly kind: 'path'; readonly path: Point[] }
  | { readonly kind: 'handle'; readonly entity: number };

export function listenToPointer(host: HTMLElement, view: DiagramView, hooks: PointerHooks): () => void {
  const aborted = new AbortController();
  const { signal } = aborted;
  let drag: Drag | null = null;

  const at = (event: MouseEvent) => {
    const box = host.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const { sheet } = view;
    return { x, y, along: sheet.across ? x : y, over: sheet.across ? y : x };
  };
  const seek = (along: number) => {
    const place = Math.max(0, placeAt(view.sheet, along));
    void (useDiagram.getState().axis === 'time' ? hooks.controller.seekTick(place) : hooks.controller.seekOrdinal(place));
  };
  const handleAt = (along: number, over: number): number | undefined => {
    const { cut } = useIntent.getState();
    const { sheet, lines } = view;
    const line = lineAt(sheet, over);
    const entity = lines.list[line]?.entity;
    const place = entity === undefined ? undefined : cut?.get(entity);
    if (entity === undefined || place === undefined) return undefined;
    return Math.hypot(alongOf(sheet, place) - along, overOf(sheet, line) - over) <= NEAR_HANDLE ? entity : undefined;
  };
  const moveHandle = (entity: number, along: number) => {
    const { cut } = useIntent.getState();
    if (cut) cutMade(hooks.controller, view.lines, new Map(cut).set(entity, Math.max(0, placeAt(view.sheet, along))));
  };

  host.addEventListener(
    'contextmenu',
    (event) => {
      const { x, y } = at(event);
      const hit = view.held && hitTest(view.sheet, view.held, x, y);
      if (!hit) return;
      event.preventDefault();
      menuAsked({ target: hit.target, x: event.clientX, y: event.clientY });
    },
    { signal },
  );
  host.addEventListener(
    'pointerdown',
    (event) => {
      // What lies above the picture keeps its own presses.
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('output'))) return;
      const { x, y, along, over } = at(event);
      const handle = handleAt(along, over);
      if (over < rulerOf(view.sheet)) drag = { kind: 'cursor' };
      else if (handle !== undefined) drag = { kind: 'handle', entity: handle };
      else if (useIntent.getState().cutting) drag = { kind: 'path', path: [[along, over]] };
      else drag = { kind: 'pan', shift: event.shiftKey, x, y, moved: false };
      host.setPointerCapture(event.pointerId);
      if (drag.kind === 'cursor') seek(along);
    },
    { signal },
  );
  host.addEventListener(
    'pointermove',
    (event) => {
      const { x, y, along, over } = at(event);
      if (!drag) {
        const { held, sheet } = view;
        const hit = held && over >= rulerOf(sheet) ? hitTest(sheet, held, x, y) : null;
        host.style.cursor = hit ? 'pointer' : useIntent.getState().cutting ? 'crosshair' : over < rulerOf(sheet) ? 'col-resize' : '';
        hooks.hovered(hit, x, y);
        return;
      }
      if (drag.kind === 'cursor') seek(along);
      else if (drag.kind === 'handle') moveHandle(drag.entity, along);
      else if (drag.kind === 'path') {
        drag.path.push([along, over]);
        cutMade(hooks.controller, view.lines, cutAlong(drag.path, view.sheet, view.lines));
      } else {
        if (!drag.moved && Math.hypot(x - drag.x, y - drag.y) <= DRAG_PX) return;
        drag.moved = true;
        hooks.hovered(null, x, y);
        const { across } = view.sheet;
        view.pan(across ? drag.x - x : drag.y - y, across ? drag.y - y : drag.x - x);
        drag.x = x;
        drag.y = y;
      }
    },
    { signal },
  );
  const ended = (event: PointerEvent) => {
    const { x, y } = at(event);
    const was = drag;
    drag = null;
    if (was?.kind === 'pan' && !was.moved && event.type === 'pointerup') {
      const { held } = view;
      hooks.picked(held ? hitTest(view.sheet, held, x, y) : null, was.shift);
    }
  };
  host.addEventListener('pointerup', ended, { signal });
  host.addEventListener('pointercancel', ended, { signal });
  host.addEventListener('pointerleave', () => hooks.hovered(null, 0, 0), { signal });
  host.addEventListener(
    'dblclick',
    (event) => {
      const { x, y, along } = at(event);
      const hit = view.held && hitTest(view.sheet, view.held, x, y);
      if (hit && hit.ordinal > 0) void hooks.controller.goTo(hit.ordinal, hit.target);
      else seek(along);
    },
    { signal },
  );
  host.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
      const { along } = at(event);
      if (event.ctrlKey || event.metaKey) view.zoom(Math.exp(event.deltaY * unit * ZOOM_PER_PIXEL * 2), along);
      else if (event.shiftKey) view.pan(0, (event.deltaY || event.deltaX) * unit);
      else if (view.sheet.across) view.pan((event.deltaY + event.deltaX) * unit, 0);
      else view.pan(event.deltaY * unit, event.deltaX * unit);
    },
    { signal, passive: false },
  );
  return () => aborted.abort();
}
