/** What can be done with everything like a row: hide it, show nothing else, stop there. Opened by a right click or from the keyboard. */
import { useEffect, useRef, useState } from 'react';
import { problemOf } from '../../base/result.ts';
import type { Target } from '../../protocol/parts.ts';
import type { Alike } from '../../protocol/query.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/pane.ts';
import { useView } from '../state/store.ts';

export interface Pointed {
  readonly target: Target;
  readonly ordinal: number;
  readonly x: number;
  readonly y: number;
}
const WIDTH = 480;
/** Of one of the list. */
const LINE = 43;
/** As many as there usually are. */
const USUAL = 7;

export function AlikeMenu({ at, close }: { readonly at: Pointed; readonly close: () => void }) {
  const { breaks, ask } = useController();
  const [list, setList] = useState<readonly Alike[] | null>(null);
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    let gone = false;
    const own = { title: 'this event', text: `ordinal == ${at.ordinal}` };
    ask('alike', { target: at.target }).then(
      (found) => !gone && setList(at.target.type === 'event' ? found : [...found, own]),
      (error: unknown) => {
        close();
        if (!isStale(error)) useView.getState().problemMet(problemOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [ask, at, close]);
  useEffect(() => {
    if (list) box.current?.querySelector('button')?.focus();
  }, [list]);
  useEffect(() => {
    const pressed = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) close();
    };
    // Before the page's own keys: Escape closes this and clears nothing.
    const keyed = (event: KeyboardEvent) => {
      const buttons = [...(box.current?.querySelectorAll('button') ?? [])];
      const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
      const by = { ArrowDown: 3, ArrowUp: -3, ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === 'Escape') close();
      else if (by !== undefined) buttons[here + by]?.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('pointerdown', pressed);
    addEventListener('keydown', keyed, true);
    return () => {
      removeEventListener('pointerdown', pressed);
      removeEventListener('keydown', keyed, true);
    };
  }, [close]);
  const act = (done: (text: string) => void, text: string) => {
    done(text);
    close();
  };
  return (
    <dialog
      open
      ref={box}
      aria-label={`Like event ${at.ordinal}`}
      className="alike"
      style={{
        left: Math.max(8, Math.min(at.x, innerWidth - WIDTH - 8)),
        top: Math.max(8, Math.min(at.y, innerHeight - LINE * (list?.length ?? USUAL) - 24)),
        width: WIDTH,
      }}
    >
      {list?.map(({ title, text }) => (
        <div key={text} className="alike-row">
          <p>
            {title}
            <code title={text}>{text}</code>
          </p>
          <button type="button" className="button small" aria-label={`Hide ${title}`} onClick={() => act(breaks.hide, text)}>
            Hide
          </button>
          <button type="button" className="button small" aria-label={`Show only ${title}`} onClick={() => act(breaks.only, text)}>
            Only
          </button>
          <button type="button" className="button small" aria-label={`Stop at ${title}`} onClick={() => act(breaks.add, text)}>
            Stop at
          </button>
        </div>
      )) ?? <p className="muted">…</p>}
    </dialog>
  );
}
