/** Columns that only grow. Rows live in chunks, so growing copies nothing and a view may keep reading while a run goes on. */
const BITS = 16;
const SIZE = 1 << BITS;
const MASK = SIZE - 1;

type Typed = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** One column of numbers; `push` appends, `get` of a row beyond the end answers 0. */
export class Column {
  /** Where in its chunk a row stands. */
  static readonly MASK = MASK;
  private readonly chunks: Typed[] = [];
  private readonly make: (size: number) => Typed;
  /** The last of the chunks. */
  private filling: Typed = new Uint8Array(0);
  length = 0;

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
   * Another column with the first `length` rows. Chunks that are full are shared, as rows are final when they are written.
   * @param changing rows may still be set: then nothing is shared.
   */
  fork(length: number, changing = false): Column {
    const fork = new Column(this.make);
    fork.length = length;
    for (let first = 0; first < length; first += SIZE) {
      const chunk = this.chunks[first >>> BITS]!;
      fork.chunks.push((fork.filling = first + SIZE <= length && !changing ? chunk : chunk.slice()));
    }
    return fork;
  }
  get(row: number): number {
    const chunk = this.chunks[row >>> BITS];
    return chunk === undefined ? 0 : chunk[row & MASK]!;
  }
  set(row: number, value: number): void {
    this.chunks[row >>> BITS]![row & MASK] = value;
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
