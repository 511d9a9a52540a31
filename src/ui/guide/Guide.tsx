/** The guide beside the scene, in the place of the left panel: the exercise that the scene is, or the language of filters. */
import { useEffect, useRef } from 'react';
import filters from '../../../docs/filters.md?raw';
import { useController } from '../client/context.ts';
import { Icon } from '../shared/icons.tsx';
import { GUIDES, type GuideName } from '../state/preferences.ts';
import { filtered, filterKept } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import { aboutExercises, exerciseOf, EXERCISES } from './documents.ts';
import { Blocks } from './Markdown.tsx';
import { readMarkdown } from './markdown.ts';
import './guide.css';

const TITLES: Readonly<Record<GuideName, string>> = { exercises: 'Find the fault', filters: 'Filters' };
const LANGUAGE = readMarkdown(filters).slice(1);

/** Other guides are a press away; what else is linked stands in the repository. */
const leads = (to: string) => (to === 'filters.md' ? () => useView.getState().guideAsked('filters') : undefined);

export function Guide({ name }: { readonly name: GuideName }) {
  const guideAsked = useView((s) => s.guideAsked);
  const called = useView((s) => s.guideCalled);
  const scenario = useView((s) => s.scene?.scenario);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (called) document.getElementById(`guide-${name}`)?.focus();
  }, [called, name]);
  useEffect(() => {
    // Before the page's own keys: from within, Escape closes the guide and clears nothing.
    const keyed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !(event.target instanceof Node) || !place.current?.contains(event.target)) return;
      event.preventDefault();
      guideAsked(null);
    };
    addEventListener('keydown', keyed, true);
    return () => removeEventListener('keydown', keyed, true);
  }, [guideAsked]);
  return (
    <section ref={place} aria-label="Guide" className="region guide">
      <header>
        {GUIDES.map((other) => (
          <button
            key={other}
            id={`guide-${other}`}
            type="button"
            className="guide-tab"
            aria-pressed={other === name}
            onClick={() => guideAsked(other)}
          >
            {TITLES[other]}
          </button>
        ))}
        <button
          type="button"
          className="plain"
          aria-label="Close the guide"
          title="Back to scenarios and parameters"
          onClick={() => guideAsked(null)}
        >
          <Icon name="close" />
        </button>
      </header>
      {name === 'exercises' ? <Exercises key={scenario} scenario={scenario} /> : <Language />}
    </section>
  );
}

function Exercises({ scenario }: { readonly scenario: string | undefined }) {
  const controller = useController();
  const own = exerciseOf(scenario);
  const others = EXERCISES.filter((one) => one !== own);
  return (
    <div className="guide-text">
      {own ? (
        <>
          <h2>{own.title}</h2>
          <Blocks blocks={own.blocks} leads={leads} />
        </>
      ) : (
        <Blocks blocks={aboutExercises} leads={leads} />
      )}
      <h3>{own ? 'The others' : 'The exercises'}</h3>
      <ul className="guide-others">
        {others.map((one) => (
          <li key={one.scenario}>
            <button type="button" className="guide-link" onClick={() => void controller.open({ scenario: one.scenario })}>
              {one.title}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Language() {
  const use = (line: string) => {
    if (useView.getState().dock !== 'events') useView.getState().dockChosen('events');
    filtered(line);
    filterKept(line);
  };
  return (
    <div className="guide-text">
      <h2>Filters and breakpoints</h2>
      <Blocks blocks={LANGUAGE} leads={leads} example={use} />
    </div>
  );
}
