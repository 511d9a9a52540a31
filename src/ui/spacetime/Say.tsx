/** What the diagram has to say in words: the verdict on a cut, how two events are related. */
import { useEffect } from 'react';
import { Icon } from '../shared/icons.tsx';
import { useView } from '../state/store.ts';
import type { DiagramView } from './DiagramView.ts';
import { intended, useIntent } from './intent.ts';

const close = () => intended({ cutting: false, cut: null, verdict: null, pair: null });

export function Say({ view }: { readonly view: DiagramView }) {
  const { cutting, cut, verdict, pair } = useIntent();
  const hidden = view.scene.entities.name.length - view.lines.list.reduce((sum, { members }) => sum + members.length, 0);
  const names = view.scene.entities.name;
  const speaks = cutting || cut !== null || pair !== null;
  useEffect(() => {
    if (!speaks) return undefined;
    // Escape takes away what was added last: this, before the selection.
    const keyed = (event: KeyboardEvent) => {
      const { dialog, importing } = useView.getState();
      if (event.key !== 'Escape' || event.defaultPrevented || dialog !== null || importing !== null) return;
      event.preventDefault();
      close();
    };
    addEventListener('keydown', keyed, true);
    return () => removeEventListener('keydown', keyed, true);
  }, [speaks]);
  if (!speaks) return null;
  return (
    <output className="st-say">
      {cutting && !cut && (
        <p>
          Drag across the lines to draw a cut. By the keyboard: in the diagram, <kbd>[</kbd> and <kbd>]</kbd> move it on the line that the
          arrow keys are at.
        </p>
      )}
      {cut && !verdict && <p>Looking at the cut…</p>}
      {verdict && (
        <>
          <p className={verdict.consistent ? 'st-good' : 'st-bad'}>
            <b>{verdict.consistent ? '✓ Consistent cut' : '✗ Inconsistent cut'}</b> {verdict.text}
          </p>
          {hidden > 0 && <p className="muted">{hidden.toLocaleString('en')} without a line are cut at the cursor.</p>}
          {verdict.broken.slice(0, 3).map(({ message, from, to }) => (
            <button
              key={message}
              type="button"
              className="st-link"
              onClick={() => useView.getState().picked({ type: 'message', id: message })}
            >
              {names[from]} → {names[to]} breaks it
            </button>
          ))}
        </>
      )}
      {pair && (
        <>
          <p>{pair.relation.text}</p>
          <p className="muted">
            Lamport stamps {pair.relation.lamport[0]} and {pair.relation.lamport[1]}
            {pair.relation.vector.length > 0 && ' · vector clocks '}
            {pair.relation.vector
              .slice(0, 4)
              .map(({ entity, a, b }) => `${names[entity] ?? entity}: ${a} and ${b}`)
              .join(', ')}
          </p>
        </>
      )}
      <button type="button" className="plain" aria-label="Close what the diagram says" title="Close" onClick={close}>
        <Icon name="close" />
      </button>
    </output>
  );
}
