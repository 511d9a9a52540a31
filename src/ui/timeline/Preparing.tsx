/** Says that an answer waits for the causes in a long run, and how far they are: everything else goes on meanwhile. */
import { partOf } from '../shared/format.ts';
import { useLive } from '../state/useLive.ts';
import './preparing.css';

export function Preparing() {
  const part = useLive((s) => partOf(s.progress?.preparing));
  return <output className="preparing">{part === '' ? '' : `Working out what caused what…${part}`}</output>;
}
