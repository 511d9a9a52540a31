/** What is to be said of a text that is to be sent: well-formed or not, and its form, with places. */
import type { TextFault } from '../../protocol/console.ts';
import { formatBytes } from '../shared/format.ts';
import type { Look } from './useCheck.ts';

const VERDICTS = {
  empty: ['', ''],
  broken: ['✕', 'Not well-formed'],
  invalid: ['!', 'Well-formed, but not as it is defined'],
  valid: ['✓', 'Well-formed and as it is defined'],
} as const;

export function Verdict({ look: { checked }, goTo }: { readonly look: Look; readonly goTo: ((fault: TextFault) => void) | undefined }) {
  const [sign, words] = VERDICTS[checked.verdict];
  return (
    <>
      <p className={`console-verdict is-${checked.verdict}`}>
        <span aria-hidden="true">{sign}</span> {words} <span className="muted">· {formatBytes(checked.bytes)}</span>
      </p>
      {checked.faults.length > 0 && (
        <ul className="console-faults">
          {checked.faults.map((fault) => (
            <li key={`${fault.index} ${fault.message}`}>
              <button
                type="button"
                className="console-place mono"
                title="Show the place"
                disabled={goTo === undefined}
                onClick={() => goTo?.(fault)}
              >
                line {fault.line}, column {fault.column}
              </button>
              {fault.message} <span className="note-source">{fault.section}</span>
            </li>
          ))}
        </ul>
      )}
      {checked.unknown.map((ns) => (
        <p key={ns} className="console-verdict muted">
          Nothing here defines <span className="mono">{ns}</span>: it is not judged, and a receiver may ignore it (RFC 6120 §8.4).
        </p>
      ))}
    </>
  );
}
