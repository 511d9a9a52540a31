/** Scenarios, what is said about the one on show, and its parameters. */
import { Fragment, useEffect, useRef, type KeyboardEvent } from 'react';
import { useController } from '../client/context.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { acceptedFiles } from '../client/importer.ts';
import { summaryOf } from '../shared/summary.ts';
import { byTopic } from '../shared/topics.ts';
import type { ParamSchema } from '../../protocol/params.ts';
import { ExportGraph } from './ExportGraph.tsx';
import { GossipPanel } from './GossipPanel.tsx';
import { Group } from './Group.tsx';
import { Parameters, useEdits } from './Parameters.tsx';
import './panels.css';

/** @param isExercise the scene has a text of its own, which the guide shows */
export function LeftPanel({ isExercise }: { readonly isExercise: boolean }) {
  const scene = useView((s) => s.scene);
  const scenario = useView((s) => s.file ?? s.scene?.title);
  return (
    <section aria-label="Scenarios and parameters" className="region left-panel">
      {isExercise && (
        <button type="button" className="button exercise" onClick={() => useView.getState().guideAsked('exercises')}>
          Show the exercise
        </button>
      )}
      <Group title="Scenarios" summary={scenario} open>
        <Scenarios />
      </Group>
      {scene &&
        (scene.algorithm === undefined ? <OwnParameters scene={scene} /> : <GossipPanel scene={scene} algorithm={scene.algorithm} />)}
      {scene && scene.notes.length > 0 && (
        <Group title="About this graph" open>
          <ul className="scene-notes">
            {scene.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Group>
      )}
    </section>
  );
}

/** A scene that is no gossip: what it declares itself. */
function OwnParameters({ scene }: { readonly scene: OpenScene }) {
  const edits = useEdits(scene);
  const asked = useView((s) => s.asked);
  const within = (chance: boolean): ParamSchema =>
    Object.fromEntries(Object.entries(scene.params).filter(([, { group }]) => (group === 'conditions') === chance));
  const [own, faults] = [within(false), within(true)];
  const bad = summaryOf(faults, scene.values);
  return (
    <>
      {Object.keys(own).length > 0 && (
        <Group title="Parameters" open>
          <Parameters params={own} scene={scene} asked={asked?.params} edits={edits} />
        </Group>
      )}
      {Object.keys(faults).length > 0 && (
        <Group title="Random faults" summary={bad === '' ? 'none' : bad} open={bad !== ''}>
          <Parameters params={faults} scene={scene} asked={asked?.params} edits={edits} />
        </Group>
      )}
      <Group title="Graph" open>
        <ExportGraph />
      </Group>
    </>
  );
}

/** One stop of the Tab key for all of them: arrows, Home and End go along the list. */
function alongScenarios(event: KeyboardEvent<HTMLElement>): void {
  const all = [...(event.currentTarget.closest('ul')?.querySelectorAll<HTMLElement>('.scenario') ?? [])];
  const at = all.indexOf(event.currentTarget);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[Math.min(Math.max(0, to), all.length - 1)]?.focus();
}

function Scenarios() {
  const controller = useController();
  const catalogue = useView((s) => s.catalogue);
  const scene = useView((s) => s.scene);
  const file = useView((s) => s.file);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  // Chosen elsewhere, it is shown here as well.
  const current = file ?? scene?.scenario;
  useEffect(() => {
    if (current !== undefined) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <ul ref={list} className="scenarios" aria-label="Scenarios">
      {byTopic(catalogue?.scenarios ?? []).map(([topic, scenarios]) => (
        <Fragment key={topic}>
          <li className="scenario-topic">{topic}</li>
          {scenarios.map(({ id, title, summary }) => (
            <li key={id}>
              <button
                type="button"
                className="scenario"
                aria-current={file === null && scene?.scenario === id ? 'true' : undefined}
                tabIndex={file === null && scene?.scenario === id ? 0 : -1}
                onKeyDown={alongScenarios}
                onClick={() => void controller.open({ scenario: id })}
              >
                {title}
                <small>{summary}</small>
              </button>
            </li>
          ))}
        </Fragment>
      ))}
      {file !== null && scene && (
        <li>
          <button
            type="button"
            className="scenario"
            aria-current="true"
            onKeyDown={alongScenarios}
            onClick={() => void controller.setSeed(scene.seed)}
          >
            <span className="file-name">{file}</span>
            <small>{scene.summary}</small>
          </button>
        </li>
      )}
      <li>
        <button type="button" className="scenario" tabIndex={-1} onKeyDown={alongScenarios} onClick={() => input.current?.click()}>
          Open a graph file…
          <small title={catalogue?.graphFormats.map(({ title }) => title).join(', ')}>or drop it here: DOT, CSV, a journal…</small>
        </button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="Graph file to open"
          accept={acceptedFiles(catalogue?.graphFormats ?? [])}
          onChange={({ target }) => {
            const chosen = target.files?.[0];
            if (chosen) controller.openFile(chosen);
            target.value = '';
          }}
        />
      </li>
    </ul>
  );
}
