/** A button of the diagram's bar with a small sheet below it. */
import type { ReactNode } from 'react';
import { usePopover } from '../shared/usePopover.ts';
import './menus.css';

interface Props {
  readonly label: string;
  readonly title: string;
  readonly children: (close: () => void) => ReactNode;
}

export function Popover({ label, title, children }: Props) {
  const { open, toggle, close, place, button } = usePopover();
  return (
    <div ref={place} className="st-popover">
      <button ref={button} type="button" className="st-button" aria-expanded={open} title={title} onClick={toggle}>
        {label} ▾
      </button>
      {open && (
        <fieldset className="st-sheet-menu" aria-label={label}>
          {children(close)}
        </fieldset>
      )}
    </div>
  );
}
