/**
 * A stanza for reading. The text of its lines is the XML itself: numbers and signs are drawn by the style sheet, so that what is
 * selected by hand can be pasted. Removed lines are shown for comparison only and carry no number.
 */
import { useRef, useState, type CSSProperties } from 'react';
import type { Part, XmlLine } from '../../protocol/parts.ts';
import { useView } from '../state/store.ts';
import './xml.css';

type Mark = NonNullable<XmlLine['mark']>;
/** Elements with a meaning of their own, so that a mark is heard as well as seen. */
const ELEMENTS = { added: 'ins', changed: 'mark', removed: 'del' } as const;
const MARKS: readonly Mark[] = ['added', 'changed', 'removed'];

export function XmlView({ part }: { readonly part: Extract<Part, { readonly type: 'xml' }> }) {
  const code = useRef<HTMLElement>(null);
  const [asSent, showAsSent] = useState(false);
  const copy = async () => {
    const { said } = useView.getState();
    try {
      await navigator.clipboard.writeText(part.xml);
      said('XML copied.');
    } catch {
      if (code.current) getSelection()?.selectAllChildren(code.current);
      said('The clipboard is not open to this page: the XML is selected, copy it with Ctrl+C.');
    }
  };
  const present = MARKS.filter((mark) => part.lines.some((line) => line.mark === mark));
  return (
    <>
      <div className="xml-head">
        {part.title ? <h3>{part.title}</h3> : <h3>XML</h3>}
        <button
          type="button"
          className="small-button"
          aria-pressed={asSent}
          title="The very bytes, on one line"
          onClick={() => showAsSent(!asSent)}
        >
          As sent
        </button>
        <button type="button" className="small-button" onClick={() => void copy()}>
          Copy XML
        </button>
      </div>
      <pre className={`xml mono${asSent ? ' xml-sent' : ''}`}>
        <code ref={code}>{asSent ? part.xml : [...part.lines.entries()].map(([i, line]) => <Line key={i} line={line} />)}</code>
      </pre>
      {!asSent && present.length > 0 && (
        <p className="xml-legend">
          {present.map((mark) => (
            <span key={mark} className={`legend-${mark}`}>
              {mark}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

export function Line({ line }: { readonly line: XmlLine }) {
  const Element = line.mark ? ELEMENTS[line.mark] : 'span';
  const first = line.pieces[0]?.text ?? '';
  // The space that belongs to an attribute is the last one of its indentation.
  const lead = Math.max(0, line.indent * 2 - (first.startsWith(' ') ? 1 : 0));
  return (
    <Element
      className={`xml-line${line.mark ? ` xml-${line.mark}` : ''}`}
      style={{ '--lead': `${line.indent * 2 + 2}ch` } as CSSProperties}
    >
      {/* Kept together: a line must not break between its indentation and a long attribute. */}
      <span className="xml-start">
        {' '.repeat(lead)}
        <Pieces pieces={line.pieces.slice(0, 2)} />
      </span>
      <Pieces pieces={line.pieces.slice(2)} />
    </Element>
  );
}

function Pieces({ pieces }: Pick<XmlLine, 'pieces'>) {
  return [...pieces.entries()].map(([i, piece]) => (
    <span key={i} className={`xml-${piece.kind}`}>
      {piece.text}
    </span>
  ));
}
