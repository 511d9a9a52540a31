/** What is selected, in view-neutral parts, as it is at the cursor. */
import { useEffect, useRef, useState } from 'react';
import type { Target } from '../../protocol/parts.ts';
import { useController } from '../client/context.ts';
import { KindIcon } from '../shared/KindIcon.tsx';
import { useView, type OpenScene } from '../state/store.ts';
import { canGo, go, NO_HISTORY, visit } from './history.ts';
import { PartView } from './PartView.tsx';
import { useInspection } from './useInspection.ts';
import './inspector.css';

export function Inspector() {
  const scene = useView((s) => s.scene);
  return (
    <section aria-label="Stanza inspector" className="region inspector">
      {scene && <Selected key={scene.run} scene={scene} />}
    </section>
  );
}

function Selected({ scene }: { readonly scene: OpenScene }) {
  const controller = useController();
  const selection = useView((s) => s.selection);
  const answer = useInspection(selection);
  const [history, setHistory] = useState(NO_HISTORY);
  // The history is a record of what was selected, wherever that was done.
  const [last, setLast] = useState<Target | null>(null);
  if (selection !== last) {
    setLast(selection);
    if (selection) setHistory(visit(history, selection));
  }
  const top = useRef<HTMLElement>(null);
  const shown = useRef<Target | null>(null);
  useEffect(() => {
    if (shown.current !== selection) top.current?.scrollIntoView({ block: 'nearest' });
    shown.current = selection;
  }, [selection]);
  const travel = (by: -1 | 1) => {
    const next = go(history, by);
    setHistory(next);
    controller.select(next.visited[next.at] ?? null);
  };
  if (!selection) return <Hint scene={scene} />;
  const { inspection, problem, changed } = answer ?? { inspection: null, problem: null, changed: new Set<string>() };
  return (
    <>
      <header ref={top} className="inspector-header">
        <div className="inspector-title">
          <h2>{inspection?.title ?? 'Looking it up…'}</h2>
          <p className="muted">{inspection?.subtitle}</p>
        </div>
        <Travel way="Back" sign="‹" off={!canGo(history, -1)} onClick={() => travel(-1)} />
        <Travel way="Forward" sign="›" off={!canGo(history, 1)} onClick={() => travel(1)} />
      </header>
      {selection.type === 'event' && (
        <button type="button" className="button inspector-go" onClick={() => void controller.seekOrdinal(selection.ordinal)}>
          Go to this moment
        </button>
      )}
      {problem && (
        <div role="alert" className="part">
          <p>{problem.message}</p>
          {problem.hint && <p className="muted">{problem.hint}</p>}
        </div>
      )}
      {inspection?.parts.map((part) => (
        <PartView key={part.key} part={part} changed={changed} />
      ))}
    </>
  );
}

interface TravelProps {
  readonly way: 'Back' | 'Forward';
  readonly sign: string;
  readonly off: boolean;
  readonly onClick: () => void;
}

function Travel({ way, sign, off, onClick }: TravelProps) {
  const title = `${way} to the ${way === 'Back' ? 'previous' : 'next'} selection`;
  return (
    <button type="button" className="plain" aria-label={title} title={title} disabled={off} onClick={onClick}>
      {sign}
    </button>
  );
}

function Hint({ scene }: { readonly scene: OpenScene }) {
  return (
    <div className="inspector-hint">
      <h2>Nothing is selected</h2>
      <ul>
        <li>
          Click a moving stanza {scene.kinds[0] && <KindIcon kind={scene.kinds[0]} />} or a row of the events: its XML, its cause and its
          effects appear here.
        </li>
        <li>Click {scene.entities.kind.some((kind) => kind > 0) ? 'a client or a server' : 'a node'} for its state at this moment.</li>
        <li>Click a link for its ends and its latency.</li>
      </ul>
    </div>
  );
}
