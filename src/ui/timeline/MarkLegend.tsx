/** What the shapes under the strip mean: drawn by what draws them. */
import { useEffect, useRef } from 'react';
import type { ScrubMark } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { drawMarks } from './marks.ts';

const KINDS: readonly (readonly [kind: ScrubMark['kind'], means: string])[] = [
  ['stop', 'breakpoint'],
  ['error', 'error noted'],
  ['warn', 'warning noted'],
  ['down', 'goes down, cut'],
  ['up', 'comes up, mended'],
  ['hand', 'done by hand'],
  ['fork', 'fork'],
];

function Shape({ kind }: { readonly kind: ScrubMark['kind'] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawMarks(canvas.current, [{ x: 5, mark: { kind, ordinal: 0, tick: 0, text: '' } }]);
  }, [kind]);
  return <canvas ref={canvas} aria-hidden="true" />;
}

export function MarkLegend() {
  const theme = useView((s) => s.theme);
  return (
    <ul aria-label="Marks of the scrubber" className="mark-legend">
      {KINDS.map(([kind, means]) => (
        <li key={`${kind} ${theme}`}>
          <Shape kind={kind} />
          {means}
        </li>
      ))}
    </ul>
  );
}
