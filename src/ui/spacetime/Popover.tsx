/** A button with a small sheet below it. Escape, and a press elsewhere, close it. */
import { useEffect, useRef, useState, type ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly title: string;
  readonly children: (close: () => void) => ReactNode;
}

export function Popover({ label, title, children }: Props) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false);
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
  return (
    <div ref={place} className="st-popover">
      <button ref={button} type="button" className="st-button" aria-expanded={open} title={title} onClick={() => setOpen(!open)}>
        {label} ▾
      </button>
      {open && (
        <fieldset className="st-sheet-menu" aria-label={label}>
          {children(() => setOpen(false))}
        </fieldset>
      )}
    </div>
  );
}
