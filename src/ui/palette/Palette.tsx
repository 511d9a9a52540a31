/** The command palette: type a few letters of what you want, and press Enter. */
import { Fragment, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useController } from '../client/context.ts';
import { useView } from '../state/store.ts';
import { itemsFor, type Item } from './items.ts';
import './palette.css';

const inView = (option: HTMLElement | null) => option?.scrollIntoView({ block: 'nearest' });
const close = () => useView.getState().dialogAsked(null);

export function Palette() {
  const controller = useController();
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const items = itemsFor(query);
  const chosen = items[Math.min(at, items.length - 1)];

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Its padding is none, so a press on itself is one beside what it shows.
    const pressed = (event: PointerEvent) => event.target === element && close();
    element?.addEventListener('pointerdown', pressed);
    return () => {
      element?.removeEventListener('pointerdown', pressed);
      element?.close();
    };
  }, []);

  const run = (item: Item | undefined) => {
    if (!item || item.why !== undefined) return;
    // First, so that what it opens, and whom it gives the focus to, is not closed with it.
    close();
    setTimeout(() => item.run(controller));
  };
  const keyed = (event: KeyboardEvent) => {
    const last = items.length - 1;
    if (event.key === 'Enter') run(chosen);
    else if (event.key === 'ArrowDown') setAt(at >= last ? 0 : at + 1);
    else if (event.key === 'ArrowUp') setAt(at <= 0 ? Math.max(0, last) : at - 1);
    else if (event.key === 'PageDown') setAt(Math.min(last, at + 8));
    else if (event.key === 'PageUp') setAt(Math.max(0, at - 8));
    else return;
    event.preventDefault();
  };

  return (
    <dialog ref={dialog} className="dialog palette" aria-label="Command palette" onClose={close}>
      <input
        className="palette-field"
        role="combobox"
        aria-label="Find a command, a scene, an entity or a moment"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen ? `palette-${items.indexOf(chosen)}` : undefined}
        aria-autocomplete="list"
        placeholder="Command, scene, entity, time or event…"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={({ target }) => {
          setQuery(target.value);
          setAt(0);
        }}
        onKeyDown={keyed}
      />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option of a select cannot hold a key cap */}
      <div id="palette-list" role="listbox" aria-label="What can be done" className="palette-list">
        {items.map((item, index) => (
          <Fragment key={item.key}>
            {item.group !== items[index - 1]?.group && (
              <div role="presentation" className="palette-group">
                {item.group}
              </div>
            )}
            <div
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
              role="option"
              ref={item === chosen ? inView : undefined}
              id={`palette-${index}`}
              tabIndex={-1}
              aria-selected={item === chosen}
              aria-disabled={item.why !== undefined}
              className="palette-item"
              onPointerMove={() => setAt(index)}
              onClick={() => run(item)}
              onKeyDown={keyed}
            >
              <span className="palette-title">{item.title}</span>
              <span className="palette-detail">{item.why ?? item.detail}</span>
              {item.caps?.map((cap) => (
                <kbd key={cap}>{cap}</kbd>
              ))}
            </div>
          </Fragment>
        ))}
      </div>
      {items.length === 0 && <p className="palette-none">Nothing is called that. Try a part of a word.</p>}
    </dialog>
  );
}
