/** Live plots of the run and its figures. */
import { useMemo, useState } from 'react';
import type { TheoryCurve } from '../../protocol/theory.ts';
import { useTheory } from '../client/useTheory.ts';
import { LETTERS, TheoryNotes } from '../shared/TheoryNotes.tsx';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { Compared } from './Compared.tsx';
import { Figures } from './Figures.tsx';
import { Plot } from './Plot.tsx';
import { SampleTable } from './SampleTable.tsx';
import './charts.css';

function Plots({ scene, theory }: { readonly scene: OpenScene; readonly theory: readonly TheoryCurve[] }) {
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
        theory={theory.map(({ x, y }, i) => ({
          letter: LETTERS[i] ?? '',
          ticks: x.map((at) => (scene.entered ?? 0) + at * (scene.period ?? 1)),
          values: y.map((share) => share * of),
        }))}
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
  const [theory, setTheory] = useState(false);
  const wanted = theory && panes.length === 0;
  const asked = useMemo(
    () =>
      wanted && scene?.algorithm
        ? { algorithm: scene.algorithm, topology: scene.topology ?? 'file', values: scene.values, nodes: scene.reached.of }
        : null,
    [wanted, scene],
  );
  const curves = useTheory(asked).filter(({ axis }) => axis === 'periods');
  return (
    <section aria-label="Charts" className="region charts">
      <header>
        <h2>Charts</h2>
        {panes.length === 0 && scene?.algorithm && (
          <button type="button" className="small push" aria-pressed={theory} onClick={() => setTheory(!theory)}>
            Theory
          </button>
        )}
        {panes.length === 0 && (
          <button type="button" className="small" aria-pressed={table} onClick={() => setTable(!table)}>
            Show as table
          </button>
        )}
      </header>
      {panes.length > 0 && <Compared panes={panes} />}
      {scene && panes.length === 0 && (
        <div className="charts-body">
          {table ? <Samples scene={scene} /> : <Plots scene={scene} theory={curves} />}
          {theory && scene.algorithm ? <TheoryNotes curves={curves} /> : <Figures scene={scene} />}
        </div>
      )}
    </section>
  );
}
