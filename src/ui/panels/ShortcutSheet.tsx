/** Every key of the page, each of which can be another one, and the switch that turns the single keys off (WCAG 2.1.4). */
import { useState } from 'react';
import { SHORTCUTS, type Shortcut } from '../shared/shortcuts.ts';
import { useView } from '../state/store.ts';
import { KeyRow } from './KeyRow.tsx';
import { useModal } from './useModal.ts';
import './sheet.css';

const GROUPS: readonly Shortcut['group'][] = ['Time', 'Graph', 'Window'];
const MOUSE: readonly (readonly [what: string, does: string])[] = [
  ['Click', 'Select a stanza, an entity, a link or a row'],
  ['Right click', 'What can be done to it, and with its like'],
  ['Drag, wheel', 'Move and zoom the graph'],
  ['Drag to another', 'On the graph, from a client or node: send something to whom it is dropped on'],
  ['Shift + drag', 'On the graph: mark who is on one side of a partition'],
  ['Double click', 'In the diagram: go there'],
  ['Drop a file', 'Open it as a graph'],
];

export function ShortcutSheet() {
  const dialog = useModal();
  const isOn = useView((s) => s.shortcutsOn);
  const keys = useView((s) => s.keys);
  const [told, setTold] = useState('Press a key cap to choose another key.');
  const close = () => useView.getState().dialogAsked(null);
  return (
    <dialog ref={dialog} className="dialog sheet" aria-labelledby="sheet-title" onClose={close}>
      <h2 id="sheet-title">Keyboard shortcuts</h2>
      <div className="sheet-switch">
        <input
          id="sheet-switch"
          type="checkbox"
          aria-describedby="sheet-switch-help"
          checked={isOn}
          onChange={({ target }) => useView.getState().shortcutsSwitched(target.checked)}
        />
        <span>
          <label htmlFor="sheet-switch">Single-key shortcuts</label>
          <small id="sheet-switch-help">
            Switched off, only Esc and the palette’s key stay, and keys do what the browser means by them.
          </small>
        </span>
      </div>
      <div className={isOn ? 'sheet-groups' : 'sheet-groups sheet-off'}>
        {GROUPS.map((group) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map((shortcut) => (
                <KeyRow key={shortcut.id} shortcut={shortcut} tell={setTold} />
              ))}
            </dl>
          </section>
        ))}
        <section aria-label="Mouse">
          <h3>Mouse</h3>
          <dl>
            {MOUSE.map(([what, does]) => (
              <div key={what} className="sheet-row">
                <dt>{what}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      <output className="sheet-told">{told}</output>
      <div className="dialog-buttons">
        {Object.keys(keys).length > 0 && (
          <button
            type="button"
            className="button"
            onClick={() => {
              useView.getState().keysReset();
              setTold('All keys are the usual ones.');
            }}
          >
            The usual keys
          </button>
        )}
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </div>
    </dialog>
  );
}
