/** Name, scenario, seed, palette, panels, share. */
import { useRef, useState } from 'react';
import { useController } from '../client/context.ts';
import { acceptedFiles } from '../client/importer.ts';
import { share } from '../client/share.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { byTopic } from '../shared/topics.ts';
import { Icon } from '../shared/icons.tsx';
import type { PanelName } from '../state/preferences.ts';
import { useView, type OpenScene } from '../state/store.ts';

const FILE = '\u0000file';

function ScenarioChooser() {
  const controller = useController();
  const catalogue = useView((s) => s.catalogue);
  const scene = useView((s) => s.scene);
  const file = useView((s) => s.file);
  const input = useRef<HTMLInputElement>(null);
  const opening = useView((s) => s.opening);
  return (
    <>
      <select
        className="field chooser"
        aria-label="Scenario"
        aria-busy={opening}
        value={file !== null ? file : (scene?.scenario ?? '')}
        onChange={({ target }) => {
          if (target.value === FILE) input.current?.click();
          else void controller.open({ scenario: target.value });
        }}
      >
        {!scene && <option value="">Opening…</option>}
        {byTopic(catalogue?.scenarios ?? []).map(([topic, scenarios]) => (
          <optgroup key={topic} label={topic}>
            {scenarios.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </optgroup>
        ))}
        {file !== null && <option value={file}>{file}</option>}
        <option value={FILE}>Open a graph file…</option>
      </select>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Graph file"
        accept={acceptedFiles(catalogue?.graphFormats ?? [])}
        onChange={({ target }) => {
          const chosen = target.files?.[0];
          if (chosen) controller.openFile(chosen);
          target.value = '';
        }}
      />
    </>
  );
}

/** Any four bytes; a seed is a name, not a secret. */
const newSeed = (): string => String(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);

/** Starts anew with each scene. */
function SeedField({ scene }: { readonly scene: OpenScene | null }) {
  const controller = useController();
  const [draft, setDraft] = useState(scene?.seed ?? '');
  const commit = () => {
    if (scene && draft !== scene.seed) void controller.setSeed(draft);
  };
  return (
    <div className="seed">
      <label htmlFor="seed">Seed</label>
      <input
        id="seed"
        className="mono"
        value={draft}
        size={Math.min(16, Math.max(3, draft.length))}
        spellCheck={false}
        autoComplete="off"
        disabled={!scene}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setDraft(scene?.seed ?? '');
        }}
      />
      <button
        type="button"
        className="plain"
        aria-label="New seed"
        title="New seed"
        disabled={!scene}
        onClick={() => void controller.setSeed(newSeed())}
      >
        <Icon name="dice" />
      </button>
    </div>
  );
}

function PanelToggle({ name, title }: { readonly name: Exclude<PanelName, 'lab' | 'guide'>; readonly title: string }) {
  const open = useView((s) => s.panels[name].open);
  return (
    <button
      type="button"
      className="plain panel-toggle"
      aria-pressed={open}
      aria-label={title}
      title={title}
      onClick={() => useView.getState().panelToggled(name)}
    >
      <Icon name={name} />
    </button>
  );
}

export function Header() {
  const controller = useController();
  const theme = useView((s) => s.theme);
  const scene = useView((s) => s.scene);
  const other = theme === 'dark' ? 'Light colours' : 'Dark colours';
  return (
    <header className="place-top">
      <h1 className="brand">
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <circle cx="10" cy="10" r="8" />
          <path d="M10 2a8 8 0 0 1 0 16z" />
          <circle className="brand-dot" cx="10" cy="10" r="2.4" />
        </svg>
        Stanzascope
      </h1>
      <ScenarioChooser />
      <SeedField key={scene?.run ?? 0} scene={scene} />
      <span className="space" />
      <PanelToggle name="left" title="Left panel" />
      <PanelToggle name="dock" title="Dock" />
      <PanelToggle name="right" title="Inspector" />
      <button type="button" className="plain" aria-label={other} title={other} onClick={() => useView.getState().themeToggled()}>
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      </button>
      <button
        type="button"
        className="button palette-button"
        title={`Command palette (${hintOf('palette')})`}
        onClick={() => useView.getState().dialogAsked('palette')}
      >
        <Icon name="search" />
        <span className="sr-only">Command palette</span>
        <kbd aria-hidden="true">{hintOf('palette')}</kbd>
      </button>
      <button type="button" className="button" disabled={!scene} onClick={() => void share(controller.link())}>
        Share
      </button>
      <button
        type="button"
        className="button square"
        aria-label="Shortcuts"
        title={`Shortcuts (${hintOf('sheet')})`}
        onClick={() => useView.getState().dialogAsked('shortcuts')}
      >
        ?
      </button>
    </header>
  );
}
