/** What the run came to, in numbers. */
import { Fragment } from 'react';
import { useView, type OpenScene } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { figuresOf } from '../shared/figures.ts';

function Hash({ hash }: { readonly hash: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(hash);
      useView.getState().said('Copied the hash of this run.');
    } catch {
      useView.getState().said('The clipboard is not open to this page: select the hash and copy it by hand.');
    }
  };
  return (
    <div className="hash" title="SHA-256 of the journal, its first 16 characters: equal runs have equal ones">
      <dt>hash</dt>
      <dd>
        <span className="mono">{hash}</span>
        <button type="button" aria-label="Copy the hash" onClick={() => void copy()}>
          Copy
        </button>
      </dd>
    </div>
  );
}

export function Figures({ scene }: { readonly scene: OpenScene }) {
  const progress = useLive((s) => s.progress);
  if (!progress) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be within reach of the keyboard
    <section className="figures" aria-label="Figures of the run" tabIndex={0}>
      <dl>
        {figuresOf(scene, progress).map(({ key, label, value, help }) => (
          <Fragment key={key}>
            <div title={help}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
            {key === 'end' && progress.hash !== undefined && <Hash hash={progress.hash} />}
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
