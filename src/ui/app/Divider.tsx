/** A hairline between two panels: dragged, or moved by arrow keys; a double click hides the panel. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { PanelName } from '../state/preferences.ts';
import { useView } from '../state/store.ts';

const TITLES: Readonly<Record<PanelName, string>> = { left: 'left panel', right: 'inspector', dock: 'dock', lab: 'dock', guide: 'guide' };
/** Which way the panel grows. */
const SIGN: Readonly<Record<PanelName, number>> = { left: 1, right: -1, dock: -1, lab: -1, guide: 1 };
const KEY_STEP = 16;

export function Divider({ panel }: { readonly panel: PanelName }) {
  const size = useView((s) => s.panels[panel].size);
  const resize = (to: number) => useView.getState().panelResized(panel, to);
  const from = useRef<{ at: number; size: number } | null>(null);
  const upright = panel === 'dock' || panel === 'lab';
  const along = (event: PointerEvent) => (upright ? event.clientY : event.clientX);

  const keyed = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    resize(size + by * SIGN[panel] * KEY_STEP);
  };
  return (
    <button
      type="button"
      className={`divider divider-${upright ? 'dock' : panel === 'guide' ? 'left' : panel}`}
      aria-label={`Resize the ${TITLES[panel]} with the arrow keys`}
      title="Drag to resize; double click to hide"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { at: along(event), size };
      }}
      onPointerMove={(event) => {
        if (from.current) resize(from.current.size + SIGN[panel] * (along(event) - from.current.at));
      }}
      onPointerUp={() => (from.current = null)}
      onDoubleClick={() => useView.getState().panelToggled(upright ? 'dock' : panel === 'guide' ? 'left' : panel, false)}
      onKeyDown={keyed}
    />
  );
}
