/** Shown where the clipboard is out of reach: the link, selected, to be copied by hand. */
import { useEffect, useRef } from 'react';
import { useView } from '../state/store.ts';

export function ShareDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    field.current?.select();
  }, []);
  const close = () => useView.getState().dialogAsked(null);
  return (
    <dialog ref={dialog} className="dialog" aria-label="Share" onClose={close}>
      <h2>The link to this moment</h2>
      <p className="muted">The clipboard is not open to this page: copy it from here.</p>
      <input ref={field} className="field mono" readOnly aria-label="Link" value={location.href} />
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </div>
    </dialog>
  );
}
