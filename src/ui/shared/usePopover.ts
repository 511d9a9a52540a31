/** A sheet that a button opens and closes; Escape, and a press elsewhere, close it too. */
import { useEffect, useRef, useState, type RefObject } from 'react';

interface Popover {
  readonly open: boolean;
  readonly toggle: () => void;
  readonly close: () => void;
  /** Holds the button and the sheet: a press in it closes nothing. */
  readonly place: RefObject<HTMLDivElement | null>;
  /** Has the focus again after Escape. */
  readonly button: RefObject<HTMLButtonElement | null>;
}

export function usePopover(): Popover {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const pressed = ({ target }: PointerEvent) => {
      if (target instanceof Node && !place.current?.contains(target)) setOpen(false);
    };
    const keyed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    };
    addEventListener('pointerdown', pressed);
    // Before the page's own keys, which would clear the selection.
    addEventListener('keydown', keyed, true);
    return () => {
      removeEventListener('pointerdown', pressed);
      removeEventListener('keydown', keyed, true);
    };
  }, [open]);
  return { open, toggle: () => setOpen(!open), close: () => setOpen(false), place, button };
}
