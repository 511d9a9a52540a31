/**
 * Rows of a text table (RFC 4180 and its relatives): comma, semicolon, tab or blanks between cells, quoted cells, comments
 * from `#` at the beginning of a line. Rows are handed on one by one, so that a million of them are never all in memory.
 */
import { InputError } from '../../../base/result.ts';

export interface Row {
  /** Reused for the next row. Cells without quotes are trimmed. */
  readonly cells: readonly string[];
  /** Bit i: cell i was quoted; of the first 31 cells. */
  readonly quoted: number;
  readonly line: number;
}

/** What stands between cells, judged by the first line that is not empty and no comment; undefined where there is none. */
export function separatorOf(text: string): string | undefined {
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? undefined : end);
    at = end < 0 ? text.length : end + 1;
    if (line.trim() === '' || line.startsWith('#')) continue;
    const bare = line.replace(/"(?:[^"]|"")*"?/g, '');
    return ['\t', ';', ','].find((c) => bare.includes(c)) ?? (/\S\s+\S/.test(line.trim()) && !line.includes('"') ? ' ' : ',');
  }
  return undefined;
}

/** @param each may answer false to stop. */
export function eachRow(text: string, separator: string, name: string, each: (row: Row) => boolean | void): void {
  const cells: string[] = [];
  const row = { cells, quoted: 0, line: 0 };
  let line = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    line++;
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const start = at;
    at = end + 1;
    if (text[start] === '#' || (end - start < 2 && text.slice(start, end).trim() === '')) continue;
    cells.length = 0;
    row.quoted = 0;
    row.line = line;
    const whole = text.slice(start, end);
    if (separator === ' ') cells.push(...whole.trim().split(/\s+/));
    else if (whole.includes('"')) {
      const after = quotedRow(text, start, separator, row, name);
      for (let i = end; i >= 0 && i < after - 1; i = text.indexOf('\n', i + 1)) line++;
      at = Math.max(at, after);
    } else {
      let from = 0;
      for (;;) {
        const to = whole.indexOf(separator, from);
        cells.push(whole.slice(from, to < 0 ? undefined : to).trim());
        if (to < 0) break;
        from = to + 1;
      }
    }
    if (cells.length === 1 && cells[0] === '' && row.quoted === 0) continue;
    if (each(row) === false) return;
  }
}

/** A row that has quotes may go over several lines; answers where the next one begins. */
function quotedRow(text: string, start: number, separator: string, row: { cells: string[]; quoted: number; line: number }, name: string) {
  let at = start;
  for (;;) {
    while (text[at] === ' ') at++;
    if (text[at] === '"') {
      let cell = '';
      let close: number;
      for (;;) {
        close = text.indexOf('"', at + 1);
        if (close < 0)
          throw new InputError({
            message: `${name}, line ${row.line}: a quote is never closed`,
            line: row.line,
            hint: 'Write a quote within a cell twice: "".',
          });
        cell += text.slice(at + 1, close);
        if (text[close + 1] !== '"') break;
        cell += '"';
        at = close + 1;
      }
      if (row.cells.length < 31) row.quoted |= 1 << row.cells.length;
      row.cells.push(cell);
      at = close + 1;
      while (text[at] === ' ' || text[at] === '\r') at++;
      if (at < text.length && text[at] !== separator && text[at] !== '\n')
        throw new InputError({
          message: `${name}, line ${row.line}: there is more behind a quoted cell`,
          line: row.line,
          hint: 'Write a quote within a cell twice: "".',
        });
    } else {
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n') at++;
      row.cells.push(text.slice(from, at).trim());
    }
    if (text[at] !== separator) return at + 1;
    at++;
  }
}

export function firstRow(text: string, separator: string, name: string): Row {
  let first: Row | undefined;
  eachRow(text, separator, name, (row) => {
    first = { ...row, cells: [...row.cells] };
    return false;
  });
  return first ?? { cells: [], quoted: 0, line: 1 };
}
