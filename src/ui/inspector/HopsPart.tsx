/** The way of a stanza, hop by hop: who had it when, what was changed in it there; each opens to its XML. */
import type { Hop, Part, Target, XmlLine } from '../../protocol/parts.ts';
import { Line } from './XmlView.tsx';
import './hops.css';

interface Props {
  readonly part: Extract<Part, { readonly type: 'hops' }>;
  readonly follow: (target: Target) => void;
}
export function HopsPart({ part, follow }: Props) {
  return (
    <>
      {part.title && <h3>{part.title}</h3>}
      <ol className="hops">
        {part.hops.map((hop) => (
          <li key={hop.key} className={hop.here ? 'hop here' : 'hop'} aria-current={hop.here ? 'step' : undefined}>
            <div className="hop-head">
              {hop.here ? (
                <b>{hop.title}</b>
              ) : (
                <button type="button" className="value to" onClick={() => follow(hop.link)}>
                  {hop.title}
                </button>
              )}
              <small>{hop.detail}</small>
            </div>
            <details>
              <summary>{summaryOf(hop)}</summary>
              <pre className="xml mono">
                <code>
                  {[...hop.lines.entries()].map(([i, line]) => (
                    <Line key={i} line={line} />
                  ))}
                </code>
              </pre>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

/** How many lines differ from what came in. */
function summaryOf({ compared, lines }: Hop): string {
  if (!compared) return 'its XML';
  const count = (mark: XmlLine['mark']) => lines.filter((line) => line.mark === mark).length;
  const words = (['added', 'changed', 'removed'] as const).flatMap((mark) => (count(mark) > 0 ? [`${count(mark)} ${mark}`] : []));
  return words.length === 0 ? 'as it came in' : `in → out: ${words.join(', ')}`;
}
