/**
 * A stanza's XML. The text of the lines, as selected and as read aloud, is the XML itself: line numbers and the signs of marks
 * come from the style sheet. What was removed stands in it for reading, as deleted text; the copy and “as sent” do not have it.
 */
import { useState, type CSSProperties } from 'react';
import type { Part, XmlLine } from '../../protocol/parts.ts';
import { useView } from '../state/store.ts';

const MARKS = { added: 'added here', changed: 'changed here', removed: 'removed here' } as const;

async function copy(xml: string): Promise<void> {
  const { said, problemMet } = useView.getState();
  try {
    await navigator.clipboard.writeText(xml);
    said('XML copied.');
  } catch {
    problemMet({ message: 'The clipboard is not open to this page.', hint: 'Select the XML and copy it by hand.' });
  }
}

export function XmlPart({ part }: { readonly part: Extract<Part, { type: 'xml' }> }) {
  const [raw, setRaw] = useState(false);
  const marks = (['added', 'changed', 'removed'] as const).filter((mark) => part.lines.some((line) => line.mark === mark));
  return (
    <>
      <div className="xml-bar">
        <h3>{part.title ?? 'XML'}</h3>
        <button
          type="button"
          className="plain xml-button"
          aria-pressed={raw}
          title="The very bytes, on one line"
          onClick={() => setRaw(!raw)}
        >
          As sent
        </button>
        <button type="button" className="plain xml-button" onClick={() => void copy(part.xml)}>
          Copy
        </button>
      </div>
      <pre className={`xml mono${raw ? ' xml-raw' : ''}`}>
        {raw ? part.xml : [...part.lines.entries()].map(([number, line]) => <Line key={number} line={line} />)}
      </pre>
      {!raw && marks.length > 0 && (
        <p className="xml-legend muted">
          {marks.map((mark) => (
            <span key={mark} className={`xml-key xml-${mark}`}>
              {MARKS[mark]}
            </span>
          ))}
        </p>
      )}
    </>
  );
}

function Line({ line }: { readonly line: XmlLine }) {
  const { indent, pieces, mark } = line;
  const Tag = mark === 'removed' ? 'del' : mark ? 'ins' : 'span';
  return (
    <Tag className={`xml-line${mark ? ` xml-${mark}` : ''}`} style={{ '--indent': `${indent * 2}ch` } as CSSProperties}>
      {'  '.repeat(indent)}
      {[...pieces.entries()].map(([at, { kind, text }]) => (
        <span key={at} className={`xml-${kind}`}>
          {text}
        </span>
      ))}
      {'\n'}
    </Tag>
  );
}
