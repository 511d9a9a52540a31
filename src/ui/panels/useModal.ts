/** A native dialog, modal while it is on the page; when it goes, the focus returns to where it was. */
import { useLayoutEffect, useRef, type RefObject } from 'react';

export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Closed while it is still part of the page: only then does the browser give the focus back.
    return () => element?.close();
  }, []);
  return dialog;
}
