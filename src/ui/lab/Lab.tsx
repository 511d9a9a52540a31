/** The lab: configurations side by side, sweeps, and one group carried by several ways. */
import { lazy, Suspense, type KeyboardEvent } from 'react';
import { LAB_VIEWS, type LabView } from '../state/preferences.ts';
import { useView } from '../state/store.ts';
import { Compare } from './Compare.tsx';
import './compare.css';

const Sweep = lazy(() => import('./Sweep.tsx').then((module) => ({ default: module.Sweep })));
const Ways = lazy(() => import('./Ways.tsx').then((module) => ({ default: module.Ways })));
const TITLES: Readonly<Record<LabView, string>> = { compare: 'Compare', sweep: 'Sweep', ways: 'One room, several ways' };

export function Lab() {
  const shown = useView((s) => s.lab);
  const choose = (view: LabView) => useView.getState().labChosen(view);
  const keyed = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const step = event.key === 'ArrowRight' ? 1 : LAB_VIEWS.length - 1;
    const other = LAB_VIEWS[(LAB_VIEWS.indexOf(shown) + step) % LAB_VIEWS.length]!;
    choose(other);
    document.getElementById(`lab-tab-${other}`)?.focus();
  };
  return (
    <section aria-label="Lab" className="region lab">
      <div role="tablist" aria-label="Lab" className="tabs">
        {LAB_VIEWS.map((view) => (
          <button
            key={view}
            id={`lab-tab-${view}`}
            type="button"
            role="tab"
            className="tab"
            aria-selected={view === shown}
            aria-controls="lab-panel"
            tabIndex={view === shown ? 0 : -1}
            onClick={() => choose(view)}
            onKeyDown={keyed}
          >
            {TITLES[view]}
          </button>
        ))}
      </div>
      <div id="lab-panel" role="tabpanel" aria-labelledby={`lab-tab-${shown}`} className="lab-panel">
        {shown === 'compare' ? <Compare /> : <Suspense fallback={null}>{shown === 'sweep' ? <Sweep /> : <Ways />}</Suspense>}
      </div>
    </section>
  );
}
