/** One shortcut of the sheet, and the way to give it another key: press the cap, then the key. */
import { useState, type KeyboardEvent } from 'react';
import { capsOf, chordOf, shortcutOf, type Shortcut } from '../shared/shortcuts.ts';
import { Icon } from '../shared/icons.tsx';
import { useView } from '../state/store.ts';

interface Props {
  readonly shortcut: Shortcut;
  /** Says what came of it. */
  readonly tell: (text: string) => void;
}

export function KeyRow({ shortcut, tell }: Props) {
  const [listening, setListening] = useState(false);
  const { id, title } = shortcut;
  const own = useView((s) => s.keys[id]);
  const caps = capsOf(shortcut);

  const pressed = (event: KeyboardEvent) => {
    if (!listening) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setListening(false);
      tell(`${title}: as it was.`);
      return;
    }
    const { keyChosen } = useView.getState();
    if (event.key === 'Backspace' || event.key === 'Delete') {
      keyChosen(id, null);
      setListening(false);
      tell(`${title}: no key.`);
      return;
    }
    const chord = chordOf(event);
    if (chord === null) return;
    if (typeof chord === 'string') {
      tell(chord);
      return;
    }
    const { key, shift, ctrl } = chord;
    const other = shortcutOf({ key, shiftKey: shift, ctrlKey: ctrl, metaKey: false, altKey: false });
    if (other && other.id !== id) keyChosen(other.id, null);
    keyChosen(id, chord);
    setListening(false);
    const now = capsOf(shortcut).join('+');
    tell(other && other.id !== id ? `${title}: ${now}. “${other.title}” had it, and has no key now.` : `${title}: ${now}.`);
  };

  return (
    <div className="sheet-row">
      <dt>
        <button
          type="button"
          className={listening ? 'sheet-key listening' : 'sheet-key'}
          aria-label={`Change the key of “${title}”, now ${caps.join(' ') || 'none'}`}
          title="Change this key"
          disabled={id === 'clear'}
          onClick={() => {
            setListening(true);
            tell(`${title}: press the key. Delete takes it away, Esc leaves it as it is.`);
          }}
          onBlur={() => setListening(false)}
          onKeyDown={pressed}
        >
          {listening ? (
            <kbd>…</kbd>
          ) : caps.length > 0 ? (
            caps.map((cap) => <kbd key={cap}>{cap} </kbd>)
          ) : (
            <span className="muted">none</span>
          )}
        </button>
      </dt>
      <dd>
        {title}
        {own !== undefined && (
          <button
            type="button"
            className="sheet-reset"
            aria-label={`The usual key for “${title}”`}
            title="The usual key"
            onClick={() => {
              useView.getState().keyChosen(id, undefined);
              tell(`${title}: ${capsOf(shortcut).join('+')}.`);
            }}
          >
            <Icon name="replay" />
          </button>
        )}
      </dd>
    </div>
  );
}
