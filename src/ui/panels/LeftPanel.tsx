/** Scenarios, what is said about the one on show, and its parameters. */
import { useRef } from 'react';
import { useController } from '../client/context.ts';
import { useView } from '../state/store.ts';
import { acceptedFiles } from '../client/importer.ts';
import { ExportGraph } from './ExportGraph.tsx';
import { Parameters } from './Parameters.tsx';
import './panels.css';

export function LeftPanel() {
  const scene = useView((s) => s.scene);
  return (
    <section aria-label="Scenarios and parameters" className="region left-panel">
      <h2>Scenarios</h2>
      <Scenarios />
      {scene && <ExportGraph />}
      {scene && Object.keys(scene.params).length > 0 && (
        <>
          <h2>Parameters</h2>
          {scene.algorithm !== undefined && <Algorithm chosen={scene.algorithm} />}
          <Parameters key={scene.run} scene={scene} />
        </>
      )}
      {scene && scene.notes.length > 0 && (
        <>
          <h2>About this graph</h2>
          <ul className="scene-notes">
            {scene.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The same graph and seed under another algorithm. */
function Algorithm({ chosen }: { readonly chosen: string }) {
  const controller = useController();
  const algorithms = useView((s) => s.catalogue)?.algorithms ?? [];
  return (
    <label className="parameter algorithm" title={algorithms.find(({ id }) => id === chosen)?.summary}>
      <span>algorithm</span>
      <select className="field" value={chosen} onChange={({ target }) => void controller.setAlgorithm(target.value)}>
        {algorithms.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function Scenarios() {
  const controller = useController();
  const catalogue = useView((s) => s.catalogue);
  const scene = useView((s) => s.scene);
  const file = useView((s) => s.file);
  const input = useRef<HTMLInputElement>(null);
  return (
    <ul className="scenarios">
      {catalogue?.scenarios.map(({ id, title, summary }) => (
        <li key={id}>
          <button
            type="button"
            className="scenario"
            aria-current={file === null && scene?.scenario === id ? 'true' : undefined}
            onClick={() => void controller.open({ scenario: id })}
          >
            {title}
            <small>{summary}</small>
          </button>
        </li>
      ))}
      {file !== null && scene && (
        <li>
          <button type="button" className="scenario" aria-current="true" onClick={() => void controller.setSeed(scene.seed)}>
            <span className="file-name">{file}</span>
            <small>{scene.summary}</small>
          </button>
        </li>
      )}
      <li>
        <button type="button" className="scenario" onClick={() => input.current?.click()}>
          Open a graph file…
          <small>{catalogue?.graphFormats.map(({ title }) => title).join(', ')}; or drop it on the page</small>
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
