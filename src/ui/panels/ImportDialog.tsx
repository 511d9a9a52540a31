/** A graph file on its way in: said before it is slow, cancellable, and refused in words that name the place. */
import { useController } from '../client/context.ts';
import { formatBytes } from '../shared/format.ts';
import { useView, type Importing } from '../state/store.ts';
import { useModal } from './useModal.ts';
import './import.css';

/** Measured on one core: DOT, the slowest format, about 10⁵ links a second; half of that is promised. */
const LINKS_A_SECOND = 50_000;

export function ImportDialog() {
  const importing = useView((s) => s.importing);
  return importing && <ImportDialogOf importing={importing} />;
}

function ImportDialogOf({ importing }: { readonly importing: Importing }) {
  const controller = useController();
  const dialog = useModal();
  const { stage, name, problem, excerpt } = importing;
  return (
    <dialog ref={dialog} className="dialog" aria-label="Open a graph file" onClose={() => controller.cancelImport()}>
      <h2>{stage === 'refused' ? `“${name}” could not be opened` : `Opening “${name}”`}</h2>
      {stage === 'large' && <Large importing={importing} />}
      {(stage === 'reading' || stage === 'parsing') && (
        <output className="import-status">
          <p className="muted">{stage === 'reading' ? 'Reading the file…' : 'Finding its nodes and links…'}</p>
          <progress aria-label="Import" className="import-progress" />
        </output>
      )}
      {stage === 'refused' && problem && (
        <div role="alert">
          <p>{problem.message}</p>
          {excerpt !== undefined && problem.line !== undefined && (
            <pre className="import-excerpt mono">
              <span className="muted">{problem.line}</span> {excerpt}
            </pre>
          )}
          {problem.hint && <p className="muted">{problem.hint}</p>}
          <p className="muted">The scene that was open is still there.</p>
        </div>
      )}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => controller.cancelImport()}>
          {stage === 'refused' ? 'Close' : 'Cancel'}
        </button>
        {stage === 'large' && (
          <button type="button" className="button primary" onClick={() => controller.confirmImport()}>
            Import
          </button>
        )}
      </div>
    </dialog>
  );
}

function Large({ importing }: { readonly importing: Importing }) {
  const links = importing.links ?? 0;
  const seconds = Math.max(1, Math.round(links / LINKS_A_SECOND));
  return (
    <p>
      This file has {formatBytes(importing.bytes)}
      {links > 0 && ` and about ${links.toLocaleString('en')} links`}. Reading it may take {links > 0 ? `about ${seconds} s` : 'a while'},
      and you can cancel at any time. More than 30,000 links are not drawn, and more than 3,000 nodes are drawn as dots.
    </p>
  );
}
