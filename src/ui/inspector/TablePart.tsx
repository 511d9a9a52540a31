/** A table in the inspector: an empty one is a line, a long one shows its beginning, and what has changed is never hidden without a word. */
import { useId, useState } from 'react';
import type { Part } from '../../protocol/parts.ts';
import { place } from './changes.ts';
import { Value, type Around } from './Value.tsx';

type Table = Extract<Part, { readonly type: 'table' }>;

/** More characters than this do not fit beside three other columns. */
const LONG = 16;
/** Rows of a table that is not unfolded; a few more are not worth a button. */
const FEW = 8;
const WORTH_FOLDING = 12;

interface Props extends Around {
  readonly part: Table;
  /** One of so many that only its title is shown at first. */
  readonly closed: boolean;
}
export function TablePart({ part, closed, ...around }: Props) {
  const [whole, showWhole] = useState(false);
  const [open, setOpen] = useState(!closed);
  const body = useId();
  const { title, rows, columns, empty } = part;
  if (rows.length === 0)
    return (
      <div className="table-empty">
        {title && <h3>{title}</h3>}
        <p className="muted">{empty}</p>
      </div>
    );
  const folds = rows.length > WORTH_FOLDING;
  const shown = !open ? [] : folds && !whole ? rows.slice(0, FEW) : rows;
  const changed = rows
    .slice(shown.length)
    .filter((row) => row.cells.some((_, column) => around.changes.has(place(part.key, row.key, column))));
  const news = changed.length > 0 && <span className="fresh table-changed">{changed.length} changed</span>;
  return (
    <>
      {title && (
        <h3>
          <button
            type="button"
            className="table-head"
            aria-expanded={open}
            aria-controls={open ? body : undefined}
            onClick={() => setOpen(!open)}
          >
            {title}
            <span className="table-count">{rows.length.toLocaleString('en')}</span>
            {!open && news}
          </button>
        </h3>
      )}
      {open && (
        <div id={body} className="part-scroll">
          <table className="part-table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column || <span className="sr-only">more</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.key}>
                  {row.cells.map((cell, column) => (
                    <td key={columns[column] ?? column} className={cell.text.length > LONG ? 'long' : undefined}>
                      <Value at={place(part.key, row.key, column)} text={cell.text} link={cell.link} {...around} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open && folds && (
        <button type="button" className="small-button table-fold" aria-expanded={whole} onClick={() => showWhole(!whole)}>
          {whole ? 'Show fewer' : `Show all ${rows.length.toLocaleString('en')}`}
          {news}
        </button>
      )}
    </>
  );
}
