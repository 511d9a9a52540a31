/** The dock: events beside the charts, the space-time diagram, the charts alone, the lab, or the notes. */
import { lazy, Suspense, type KeyboardEvent } from 'react';
import { Charts } from '../charts/Charts.tsx';
import { Events } from '../events/Events.tsx';
import { Notes } from '../notes/Notes.tsx';
import { hintOf, type ShortcutId } from '../shared/shortcuts.ts';
import { DOCK_VIEWS, type DockView } from '../state/preferences.ts';
import { useView } from '../state/store.ts';
import { Divider } from './Divider.tsx';

const Lab = lazy(() => import('../lab/Lab.tsx').then((module) => ({ default: module.Lab })));
const SpaceTime = lazy(() => import('../spacetime/SpaceTime.tsx').then((module) => ({ default: module.SpaceTime })));
const TITLES: Readonly<Record<DockView, readonly [string, ShortcutId]>> = {
  events: ['Events', 'dock-events'],
  spacetime: ['Space-time', 'dock-spacetime'],
  charts: ['Charts', 'dock-charts'],
  lab: ['Lab', 'dock-lab'],
  notes: ['Notes', 'dock-notes'],
};

export function Dock() {
  const view = useView((s) => s.dock);
  const lab = useView((s) => s.lab);
  const choose = (next: DockView) => useView.getState().dockChosen(next);
  const keyed = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = DOCK_VIEWS[(DOCK_VIEWS.indexOf(view) + by + DOCK_VIEWS.length) % DOCK_VIEWS.length] ?? 'events';
    choose(next);
    document.getElementById(`dock-tab-${next}`)?.focus();
  };
  return (
    <section aria-label="Dock" className="place-dock">
      <div role="tablist" aria-label="Dock" className="dock-tabs">
        {DOCK_VIEWS.map((name) => (
          <button
            key={name}
            id={`dock-tab-${name}`}
            type="button"
            role="tab"
            className="dock-tab"
            aria-selected={name === view}
            aria-controls="dock-panel"
            tabIndex={name === view ? 0 : -1}
            title={`${TITLES[name][0]} (${hintOf(TITLES[name][1])})`}
            onClick={() => choose(name)}
            onKeyDown={keyed}
          >
            {TITLES[name][0]}
          </button>
        ))}
      </div>
      <div id="dock-panel" role="tabpanel" aria-labelledby={`dock-tab-${view}`} className={`dock-panel dock-${view}`}>
        {view === 'events' && <Events />}
        {view === 'spacetime' && (
          <Suspense fallback={<section aria-label="Space-time" className="region" />}>
            <SpaceTime />
          </Suspense>
        )}
        {view === 'notes' && <Notes />}
        {view === 'lab' && (
          <Suspense fallback={<section aria-label="Lab" className="region" />}>
            <Lab />
          </Suspense>
        )}
        {view !== 'spacetime' && view !== 'notes' && (view !== 'lab' || lab === 'compare') && <Charts />}
      </div>
      <Divider panel={view === 'lab' ? 'lab' : 'dock'} />
    </section>
  );
}
