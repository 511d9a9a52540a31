/** Breakpoints, and "run until": where time stops by itself. Opened from the transport bar. */
import { useEffect, useRef, useState } from 'react';
import { useController } from '../client/context.ts';
import { useValues } from '../client/useValues.ts';
import { Icon } from '../shared/icons.tsx';
import { QueryBox } from '../shared/QueryBox.tsx';
import { hintOf } from '../shared/shortcuts.ts';
import { cursorOf } from '../state/frame.ts';
import { breakpointChanged, breakpointRemoved, listShown, useQueries, type Breakpoint } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';

/** How often it stops the run: up to the cursor, and in all. */
function Hits({ id }: { readonly id: string }) {
  const { ask } = useController();
  const total = useLive((s) => s.progress?.watched?.find(({ name }) => name === id)?.stops);
  const running = useLive((s) => s.progress?.ended === 'running');
  const cursor = useLive(cursorOf);
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    if (total === undefined) return undefined;
    let gone = false;
    ask('stops', { name: id, most: 1, at: cursor }).then(
      (known) => !gone && setPassed(known.passed),
      // Forgotten or replaced meanwhile: the next answer says what holds.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [ask, id, cursor, total]);
  if (total === undefined) return <span />;
  if (total === 0) return <span className="breaks-hits muted">{running ? 'no hit so far' : 'no hit in this run'}</span>;
  return (
    <span className="breaks-hits muted" title="How often it has stopped the run up to here, and in all">
      {passed.toLocaleString('en')} of {total.toLocaleString('en')} hits
    </span>
  );
}

function Item({ one, number }: { readonly one: Breakpoint; readonly number: number }) {
  const values = useValues();
  const refused = useQueries((s) => s.refused[one.id]);
  return (
    <div className={one.on ? 'breaks-row' : 'breaks-row off'}>
      <input
        type="checkbox"
        aria-label={`Breakpoint ${number} is on`}
        checked={one.on}
        onChange={({ target }) => breakpointChanged(one.id, { on: target.checked })}
      />
      <QueryBox
        label={`Breakpoint ${number}`}
        value={one.text}
        values={values}
        refused={refused}
        needed
        onChange={(text) => breakpointChanged(one.id, { text })}
        onCommit={(text) => breakpointChanged(one.id, { text })}
      />
      <Hits id={one.id} />
      <button
        type="button"
        className="plain"
        aria-label={`Delete breakpoint ${number}`}
        title="Delete"
        onClick={() => breakpointRemoved(one.id)}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function New() {
  const { breaks } = useController();
  const values = useValues();
  const looking = useQueries((s) => s.looking);
  const [text, setText] = useState('');
  const off = text === '';
  const row = useRef<HTMLDivElement>(null);
  return (
    <div ref={row} className="breaks-new">
      <QueryBox
        label="Run until"
        placeholder="coverage >= 50%,  first duplicate"
        value={text}
        values={values}
        onChange={setText}
        onCommit={(settled) => {
          setText(settled);
          if (settled !== '') void breaks.run(false, settled);
        }}
      />
      <button
        type="button"
        className="button"
        aria-label="Run back until"
        disabled={off || looking}
        onClick={() => void breaks.run(true, text)}
      >
        <Icon name="stepBack" />
      </button>
      <button type="button" className="button" disabled={off || looking} onClick={() => void breaks.run(false, text)}>
        {looking ? 'Looking…' : 'Run until'}
      </button>
      <button
        type="button"
        className="button"
        disabled={off}
        onClick={() => {
          breaks.add(text);
          setText('');
          // The button has nothing to add now, and must not take the keyboard with it.
          row.current?.querySelector('input')?.focus();
        }}
      >
        Add
      </button>
    </div>
  );
}

export function Breakpoints() {
  const { breaks } = useController();
  const isOff = useView((s) => s.scene === null);
  const list = useQueries((s) => s.breakpoints);
  const open = useQueries((s) => s.listed);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const on = list.filter((one) => one.on).length;
  useEffect(() => {
    if (!open) return undefined;
    const pressed = ({ target }: PointerEvent) => {
      // What was pressed may be gone already: a deleted row.
      if (target instanceof Node && target.isConnected && !box.current?.contains(target)) listShown(false);
    };
    // Before the page's own keys: Escape closes this and clears nothing. A line that has a list open, or a change to undo, goes first.
    const keyed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || (event.target instanceof Element && event.target.closest('.query-line'))) return;
      event.preventDefault();
      listShown(false);
      opener.current?.focus();
    };
    const closed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      listShown(false);
      opener.current?.focus();
    };
    addEventListener('pointerdown', pressed);
    addEventListener('keydown', keyed, true);
    addEventListener('keydown', closed);
    return () => {
      removeEventListener('pointerdown', pressed);
      removeEventListener('keydown', keyed, true);
      removeEventListener('keydown', closed);
    };
  }, [open]);
  const title = list.length === 0 ? 'Breakpoints and run until' : `Breakpoints: ${on} on, of ${list.length}`;
  return (
    <div ref={box} className="breaks">
      <button
        ref={opener}
        type="button"
        className="step"
        title={title}
        aria-expanded={open}
        aria-controls="breaks-panel"
        disabled={isOff}
        onClick={() => listShown(!open)}
      >
        <Icon name="breakpoint" />
        <span className="sr-only">Breakpoints</span>
        {on > 0 && (
          <span className="breaks-count" aria-hidden="true">
            {on}
          </span>
        )}
      </button>
      {open && (
        <section id="breaks-panel" aria-label="Breakpoints" className="breaks-panel">
          <h3>Breakpoints</h3>
          <button
            type="button"
            className="plain breaks-help"
            aria-label="How a condition is written"
            title="How a condition is written"
            onClick={() => useView.getState().guideOpened('filters')}
          >
            ?
          </button>
          {list.length === 0 && (
            <p className="muted">
              Playing stops where one of these holds. <kbd>{hintOf('break')}</kbd> makes one at the selection; a right click on an event, at
              its like.
            </p>
          )}
          {list.map((one, i) => (
            <Item key={one.id} one={one} number={i + 1} />
          ))}
          {list.length > 0 && (
            <p className="breaks-run">
              <button type="button" className="button" disabled={on === 0} onClick={() => void breaks.run(true)}>
                Previous <kbd>{hintOf('stop-back')}</kbd>
              </button>{' '}
              <button type="button" className="button" disabled={on === 0} onClick={() => void breaks.run(false)}>
                Next <kbd>{hintOf('stop-forward')}</kbd>
              </button>
            </p>
          )}
          <New />
        </section>
      )}
    </div>
  );
}
