/** One group, several ways: which to compare, how far it is, and what came of it. */
import { useEffect, useState } from 'react';
import { useController } from '../client/context.ts';
import { useView } from '../state/store.ts';
import { WaysForm } from './WaysForm.tsx';
import { WaysResults } from './WaysResults.tsx';
import { startWays, useWays } from './waysStore.ts';
import './ways.css';

export function Ways() {
  const controller = useController();
  const schema = useView((s) => s.catalogue)?.scenarios.find(({ id }) => id === 'one-room')?.params;
  const asked = useView((s) => s.ways);
  const plan = useWays((s) => s.plan);
  const [editing, setEditing] = useState(plan === null && asked === null);
  // A link has asked for it.
  useEffect(() => {
    if (!asked || JSON.stringify([asked.seed, asked.params]) === specKey()) return;
    void startWays(controller, asked).then((begun) => setEditing(!begun));
  }, [asked, controller]);
  if (!schema) return null;
  return editing || !plan ? (
    <WaysForm schema={schema} started={() => setEditing(false)} back={plan ? () => setEditing(false) : undefined} />
  ) : (
    <WaysResults plan={plan} change={() => setEditing(true)} />
  );
}

function specKey(): string | undefined {
  const spec = useWays.getState().plan?.spec;
  return spec && JSON.stringify([spec.seed, spec.params ?? {}]);
}
