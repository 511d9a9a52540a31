/** A collapsible part of the left panel; whether it is open is remembered. */
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { prefersReducedMotion } from '../shared/motion.ts';
import { useView } from '../state/store.ts';

interface Props {
  readonly title: string;
  /** What is inside, in a few words, while it is closed. */
  readonly summary?: string | undefined;
  /** Until the person says otherwise. */
  readonly open: boolean;
  readonly children: ReactNode;
}

export function Group({ title, summary, open: atFirst, children }: Props) {
  const open = useView((s) => s.groups[title]) ?? atFirst;
  const body = useId();
  const whole = useRef<HTMLDivElement>(null);
  /** Only what a person unfolds moves: not what is open from the beginning. */
  const unfolded = useRef(false);
  useEffect(() => {
    if (open && unfolded.current) whole.current?.scrollIntoView({ block: 'nearest', behavior: prefersReducedMotion() ? 'auto' : 'smooth' });
    unfolded.current = false;
  }, [open]);
  return (
    <div ref={whole} className="group">
      <h2>
        <button
          type="button"
          className="group-head"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => {
            unfolded.current = !open;
            useView.getState().groupToggled(title, !open);
          }}
        >
          <span className="group-mark" aria-hidden="true" />
          {title}
          {!open && summary !== undefined && <span className="group-summary">{summary}</span>}
        </button>
      </h2>
      {open && (
        <div id={body} className="group-body">
          {children}
        </div>
      )}
    </div>
  );
}
