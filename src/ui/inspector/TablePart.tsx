/** A table in the inspector: an empty one is a line, a long one shows its beginning, and what has changed is never hidden without a word. */
import { useState } from 'react';
import type { Part } from '../../protocol/parts.ts';
import { place } from './changes.ts';
import { Value, type Around } from './Value.tsx';

type Table = Extract<Part, { readonly type: 'table' }>;

/** More characters than this do not fit beside three other columns. */
const LONG = 16;
/** Rows of a table that is not unfolded; a few more are not worth a button. */
const FEW = 8;
const WORTH_FOLDING = 12;

export function TablePart({ part, ...around }: { readonly part: Table } & Around) {
  const [whole, showWhole] = useState(false);
  const { title, rows, columns, empty } = part;
  if (rows.length === 0)
    return (
      <div className="table-empty">
        {title && <h3>{title}</h3>}
        <p className="muted">{empty}</p>
      </div>
    );
  const folds = rows.length > WORTH_FOLDING;
  const shown = folds && !whole ? rows.slice(0, FEW) : rows;
  const changed = rows
    .slice(shown.length)
    .filter((row) => row.cells.some((_, column) => around.changes.has(place(part.key, row.key, column))));
  return (
    <>
      {title && (
        <h3>
          {title}
          {rows.length > 3 && <span className="table-count"> {rows.length.toLocaleString('en')}</span>}
        </h3>
      )}
      <div className="part-scroll">
        <table className="part-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
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
      {folds && (
        <button type="button" className="small-button table-fold" aria-expanded={whole} onClick={() => showWhole(!whole)}>
          {whole ? 'Show fewer' : `Show all ${rows.length.toLocaleString('en')}`}
          {changed.length > 0 && <span className="fresh table-changed">{changed.length} changed</span>}
        </button>
      )}
    </>
  );
}
