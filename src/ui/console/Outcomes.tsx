/** What came of what this client did by hand: in words, with the rule that answered, and the way there. */
import type { ActionOutcome } from '../../protocol/actions.ts';
import { useController } from '../client/context.ts';
import { cursorOf } from '../state/frame.ts';
import { useLive } from '../state/useLive.ts';
import type { Offered } from './useActions.ts';

const SIGNS: Readonly<Record<ActionOutcome['state'], string>> = { done: '✓', refused: '✕', waiting: '…', none: '·' };

export function Outcomes({ offered: { outcomes, complete }, most }: { readonly offered: Offered; readonly most: number }) {
  const controller = useController();
  const cursor = useLive(cursorOf);
  if (outcomes.length === 0) return null;
  return (
    <ul className="act-outcomes" aria-label="What came of it" aria-live="polite">
      {outcomes.slice(0, most).map(({ after, sent, state, text, rule, source, target, ordinal }) => (
        <li key={`${after} ${sent}`} className={`is-${state}`}>
          <span className="act-sign" aria-hidden="true">
            {SIGNS[state]}
          </span>
          <div>
            <p>
              <b>{sent}</b> {target || complete ? text : 'No answer so far: the run is still being computed.'}
            </p>
            {state === 'refused' && rule !== undefined && (
              <p className="muted">
                {rule} <span className="note-source">{source}</span>
              </p>
            )}
            {target && ordinal !== undefined && (
              <p className="act-ways">
                {cursor < ordinal && (
                  <button type="button" className="small-button" onClick={() => void controller.seekOrdinal(ordinal)}>
                    Go to the answer
                  </button>
                )}
                <button type="button" className="small-button" onClick={() => void controller.goTo(ordinal, target)}>
                  Inspect the answer
                </button>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
