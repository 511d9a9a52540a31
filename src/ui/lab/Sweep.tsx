/** Sweeps: parameters over ranges, many runs at each point, in all the cores that there are. */
import { useState } from 'react';
import { useView } from '../state/store.ts';
import { SweepForm } from './SweepForm.tsx';
import { SweepResults } from './SweepResults.tsx';
import { useSweep } from './sweepStore.ts';
import { draftOfSpec } from './sweepSpec.ts';
import './sweep.css';

export function Sweep() {
  const catalogue = useView((s) => s.catalogue);
  const plan = useSweep((s) => s.plan);
  const [editing, setEditing] = useState(plan === null);
  if (!catalogue) return null;
  return editing || !plan ? (
    <SweepForm
      catalogue={catalogue}
      before={plan ? draftOfSpec(plan.spec) : undefined}
      started={() => setEditing(false)}
      back={plan ? () => setEditing(false) : undefined}
    />
  ) : (
    <SweepResults plan={plan} change={() => setEditing(true)} />
  );
}
