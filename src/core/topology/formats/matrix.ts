/**
 * A measured latency matrix: n × n numbers, from row to column, in milliseconds or ticks as they are (rounded to whole ticks),
 * with or without a row and a column of names. A blank, `-`, `NaN` or a negative number is a pair without a link, and the
 * diagonal means nothing. Recognised by its shape: as many rows as columns, at least four, or three with names on both sides or
 * a diagonal of zeros or blanks; fewer can as well be a list of edges.
 */
import { InputError } from '../../../base/result.ts';
import type { GraphData } from '../../../protocol/protocol.ts';
import { counted, isNumber } from './collect.ts';
import { eachRow } from './table.ts';

interface Shape {
  readonly n: number;
  readonly header: boolean;
  readonly named: boolean;
}

const missing = (cell: string): boolean => cell === '' || cell === '-' || /^nan$/i.test(cell);
const measured = (cell: string): boolean => isNumber(cell) || missing(cell);

/** Numbers one after the other, at the head of rows and columns, are names and no latencies. */
const follows = (cell: string, i: number, all: readonly string[]): boolean =>
  /^\d+$/.test(cell) && (i === 0 || Number(cell) === Number(all[i - 1]) + 1);

export function shapeOf(text: string, separator: string, first: readonly string[], name: string): Shape | undefined {
  const width = first.length;
  if (width < 3) return undefined;
  const rows: (readonly string[])[] = [];
  let count = 0;
  let even = true;
  eachRow(text, separator, name, ({ cells }) => {
    count++;
    // Rows at the beginning tell names from numbers; of the others only their number counts.
    if (count <= 4) rows.push([...cells]);
    even &&= cells.length === width || count === 1 || cells.length === width + 1;
    return even && count <= width + 2;
  });
  if (!even) return undefined;
  const second = rows[1] ?? [];
  // The corner above a column of names is often left out, not only empty.
  const columns = second.length;
  const numbered = first[0] === '' && first.slice(1).every(follows) && rows.slice(1).every((row, i) => row[0] === first[i + 1]);
  const header = numbered || count === columns + 1 || !first.slice(columns > width ? 0 : 1).every(measured);
  const bodies = header ? rows.slice(1) : rows;
  const named = columns > width || bodies.some((row) => !measured(row[0]!)) || (header && columns === count);
  const n = columns - (named ? 1 : 0);
  if (count - (header ? 1 : 0) !== n || !bodies.every((row) => row.slice(named ? 1 : 0).every(measured))) return undefined;
  const diagonal = bodies.slice(0, 3).every((row, i) => {
    const cell = row[i + (named ? 1 : 0)] ?? '';
    return missing(cell) || Number(cell) <= 0;
  });
  return n >= 4 || (n === 3 && (diagonal || (header && named))) ? { n, header, named } : undefined;
}

export function readMatrix(text: string, separator: string, { n, header, named }: Shape, name: string): GraphData {
  let names = Array.from({ length: n }, (_, i) => String(i));
  const from = new Uint32Array(n * (n - 1));
  const to = new Uint32Array(n * (n - 1));
  const length = new Float64Array(n * (n - 1));
  let links = 0;
  let rounded = 0;
  let u = header ? -1 : 0;
  eachRow(text, separator, name, ({ cells, line }) => {
    if (u < 0) {
      names = cells.slice(-n);
      u++;
      return;
    }
    const shift = named ? 1 : 0;
    if (cells.length !== n + shift)
      throw new InputError({ message: `${name}, line ${line}: ${cells.length} cells in a matrix with ${n + shift} columns`, line });
    if (named && !header) names[u] = cells[0]!;
    for (let v = 0; v < n; v++) {
      const cell = cells[v + shift]!;
      if (u === v || missing(cell)) continue;
      const value = Number(cell);
      if (!Number.isFinite(value) || value > 0x80000000)
        throw new InputError({
          message: `${name}, line ${line}: the latency from ${names[u]} to ${named && !header ? `node ${v + 1}` : names[v]} must be a number, got ${JSON.stringify(cell)}`,
          line,
          hint: 'Leave it blank where nothing was measured.',
        });
      if (value < 0) continue;
      from[links] = u;
      to[links] = v;
      length[links] = Math.round(value);
      if (length[links] !== value) rounded++;
      links++;
    }
    u++;
  });
  if (new Set(names).size < n) throw new InputError({ message: `${name}: two nodes of the matrix have the same name` });
  const notes = [`Read as a matrix of measured latencies: ${n.toLocaleString('en')} nodes, a link for each of ${counted(links, 'value')}.`];
  const without = n * (n - 1) - links;
  if (without > 0) notes.push(`${counted(without, 'pair')} without a measured latency: no link.`);
  if (rounded > 0) notes.push(`${counted(rounded, 'length')} rounded to whole ticks.`);
  return { name, directed: true, names, from: from.slice(0, links), to: to.slice(0, links), length: length.slice(0, links), notes };
}
