/** Live plots of the run and its figures. */
import { useState } from 'react';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { Compared } from './Compared.tsx';
import { Figures } from './Figures.tsx';
import { Plot } from './Plot.tsx';
import { SampleTable } from './SampleTable.tsx';
import './charts.css';

function Plots({ scene }: { readonly scene: OpenScene }) {
  const series = useLive((s) => s.series);
  const reached = useLive((s) => s.frame?.reached ?? 0);
  const inFlight = useLive((s) => s.frame?.flights.total ?? 0);
  // Peaks between two samples are known once the run has ended.
  const peak = useLive((s) => s.progress?.metrics?.['maxInFlight']);
  const { title, of } = scene.reached;
  return (
    <div className="plots">
      <Plot
        title={title}
        now={`${reached.toLocaleString('en')} of ${of.toLocaleString('en')}`}
        curve="reached"
        series={series}
        most={Math.max(1, of)}
        unit={scene.unit}
      />
      <Plot
        title="In flight"
        now={inFlight.toLocaleString('en')}
        curve="inFlight"
        series={series}
        most={peak === undefined ? undefined : Math.max(1, peak)}
        unit={scene.unit}
      />
    </div>
  );
}

function Samples({ scene }: { readonly scene: OpenScene }) {
  const series = useLive((s) => s.series);
  return <SampleTable scene={scene} series={series} />;
}

export function Charts() {
  const scene = useView((s) => s.scene);
  const panes = useView((s) => s.panes);
  const [table, setTable] = useState(false);
  return (
    <section aria-label="Charts" className="region charts">
      <header>
        <h2>Charts</h2>
        {panes.length === 0 && (
          <button type="button" className="small" aria-pressed={table} onClick={() => setTable(!table)}>
            Show as table
          </button>
        )}
      </header>
      {panes.length > 0 && <Compared panes={panes} />}
      {scene && panes.length === 0 && (
        <div className="charts-body">
          {table ? <Samples scene={scene} /> : <Plots scene={scene} />}
          <Figures scene={scene} />
        </div>
      )}
    </section>
  );
}
