/**
 * Columns that only grow. Rows live in chunks, so growing copies nothing and a view may keep reading while a run goes on. Chunks of a
 * journal may be let go and made again: whoever reads a row that is not here has it brought back first, and notices nothing.
 */
const BITS = 12;
const SIZE = 1 << BITS;
const MASK = SIZE - 1;

type Typed = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** One column of numbers; `push` appends, `get` of a row beyond the end answers 0. */
export class Column {
  /** Rows of a chunk. */
  static readonly SIZE = SIZE;
  /** Where in its chunk a row stands. */
  static readonly MASK = MASK;
  private readonly chunks: (Typed | undefined)[] = [];
  private readonly make: (size: number) => Typed;
  /** The last of the chunks. */
  private filling: Typed = new Uint8Array(0);
  length = 0;
  /** Brings the chunk of a row back; absent where none is ever let go. */
  recall: ((row: number) => void) | undefined;

  private constructor(make: (size: number) => Typed) {
    this.make = make;
  }
  static u8 = (): Column => new Column((n) => new Uint8Array(n));
  static u16 = (): Column => new Column((n) => new Uint16Array(n));
  static u32 = (): Column => new Column((n) => new Uint32Array(n));
  static i32 = (): Column => new Column((n) => new Int32Array(n));
  static f64 = (): Column => new Column((n) => new Float64Array(n));

  push(value: number): void {
    const at = this.length & MASK;
    this.grow()[at] = value;
  }
  /** One row more, and the chunk that it is in: columns of one table are written without asking each where it is. */
  grow(): Typed {
    if ((this.length++ & MASK) === 0) this.chunks.push((this.filling = this.make(SIZE)));
    return this.filling;
  }
  /**
   * Another column with the first `length` rows. Chunks that are full are shared, as rows are final when they are written; those that are
   * not here are not there.
   * @param changing rows may still be set: then nothing is shared.
   */
  fork(length: number, changing = false): Column {
    const fork = new Column(this.make);
    fork.length = length;
    for (let first = 0; first < length; first += SIZE) {
      const chunk = this.chunks[first >>> BITS];
      const isShared = first + SIZE <= length && !changing;
      fork.chunks.push(isShared ? chunk : chunk!.slice());
    }
    fork.filling = fork.chunks.at(-1) ?? fork.filling;
    return fork;
  }
  get(row: number): number {
    const chunk = this.chunks[row >>> BITS];
    return chunk === undefined ? this.recalled(row) : chunk[row & MASK]!;
  }
  private recalled(row: number): number {
    if (!(row >= 0 && row < this.length) || !this.recall) return 0;
    this.recall(row);
    return this.chunks[row >>> BITS]![row & MASK]!;
  }
  /** Of a row that is not here nothing is set. */
  set(row: number, value: number): void {
    const chunk = this.chunks[row >>> BITS];
    if (chunk !== undefined) chunk[row & MASK] = value;
  }

  /** Begins with this row: those before it are nowhere. Only of a column that is empty. */
  beginAt(row: number): void {
    this.length = row;
    this.chunks.length = row >>> BITS;
    if ((row & MASK) !== 0) this.chunks.push((this.filling = this.make(SIZE)));
  }
  isHere(page: number): boolean {
    return this.chunks[page] !== undefined;
  }
  letGo(page: number): void {
    this.chunks[page] = undefined;
  }
  /** A chunk of the same rows of another column, which loses it. */
  takeFrom(other: Column, page: number): void {
    this.chunks[page] = other.chunks[page];
    other.chunks[page] = undefined;
  }
}

/** What few rows of a table have beside their numbers. Its chunks come and go with those of the columns. */
export class Carried<T> {
  /** Null: not here. Absent: no row of it has anything. */
  private readonly chunks: ((T | undefined)[] | null | undefined)[] = [];
  recall: ((row: number) => void) | undefined;

  get(row: number): T | undefined {
    const chunk = this.chunks[row >>> BITS];
    if (chunk === undefined) return undefined;
    return chunk === null ? this.recalled(row) : chunk[row & MASK];
  }
  private recalled(row: number): T | undefined {
    this.recall?.(row);
    return this.chunks[row >>> BITS]?.[row & MASK];
  }
  set(row: number, value: T): void {
    (this.chunks[row >>> BITS] ??= Array.from({ length: SIZE }))[row & MASK] = value;
  }
  /** Those of the first `length` rows. */
  fork(length: number): Carried<T> {
    const fork = new Carried<T>();
    const full = length >>> BITS;
    fork.chunks.push(...this.chunks.slice(0, full));
    const rest = this.chunks[full]?.slice(0, length & MASK);
    if (rest) fork.chunks[full] = rest;
    return fork;
  }
  /** Sum over the rows of this page that have something. */
  sum(page: number, of: (value: T, row: number) => number): number {
    let sum = 0;
    this.chunks[page]?.forEach((value, i) => {
      if (value !== undefined) sum += of(value, (page << BITS) + i);
    });
    return sum;
  }
  letGo(page: number): void {
    this.chunks[page] = null;
  }
  takeFrom(other: Carried<T>, page: number): void {
    this.chunks[page] = other.chunks[page];
    other.chunks[page] = undefined;
  }
}

/** The first row in `[low, high)` whose value in a non-decreasing column is greater than `value`; `high` if there is none. */
export function upperBound(get: (row: number) => number, low: number, high: number, value: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (get(middle) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
