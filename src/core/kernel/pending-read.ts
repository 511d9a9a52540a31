/** Lists of pending events, read from where they are still to come, and put together. */
import type { Element } from '../../base/xml/element.ts';
import { upperBound } from './column.ts';
import { expectedLink, isTimer, listOf, type Packed, type PendingEvents, type PendingList, type PendingRows } from './pending.ts';
import { FAR, ID, LINK, WIDTH } from './pool.ts';

const valueAt = ({ base, values, table }: Packed, row: number): number =>
  values === undefined ? base : table === undefined ? base + values[row]! : table[values[row]!]!;

const tickIn = ({ ticks }: PendingList, row: number): number => valueAt(ticks, row);

function unpack(
  { base, values, table }: Packed,
  from: number,
  to: number,
  into: Int32Array | Float64Array,
  first: number,
  stride: number,
): void {
  if (values === undefined) for (let row = from, at = first; row < to; row++, at += stride) into[at] = base;
  else if (table === undefined) for (let row = from, at = first; row < to; row++, at += stride) into[at] = base + values[row]!;
  else for (let row = from, at = first; row < to; row++, at += stride) into[at] = table[values[row]!]!;
}

/** So many rows are unpacked at once. */
const BLOCK = 64;

/** Goes through a list. */
export class ListReader {
  readonly list: PendingList;
  row: number;
  /** Unpacked are the rows `[from, to)`. */
  private from = 0;
  private to = 0;
  private words = new Int32Array(0);
  private ticks = new Float64Array(0);
  private links = new Float64Array(0);

  constructor(list: PendingList, row: number) {
    this.list = list;
    this.row = row;
  }
  get left(): number {
    return this.list.length - this.row;
  }
  /** Of the row where it stands; there is one. */
  get tick(): number {
    if (this.row >= this.to || this.row < this.from) this.unpack();
    return this.ticks[this.row - this.from]!;
  }
  /** Its link, where that is too large for its words. */
  get far(): number {
    return this.links[this.row - this.from]!;
  }
  get stanza(): Element | undefined {
    return this.list.stanzas[this.row];
  }
  get data(): readonly number[] | undefined {
    return this.list.data[this.row];
  }
  copyWords(to: Int32Array, at: number): void {
    if (this.row >= this.to || this.row < this.from) this.unpack();
    const first = (this.row - this.from) * WIDTH;
    for (let word = 0; word < WIDTH; word++) to[at + word] = this.words[first + word]!;
  }
  private unpack(): void {
    const { list, row } = this;
    this.from = row;
    this.to = Math.min(list.length, row + BLOCK);
    if (this.ticks.length === 0) {
      this.ticks = new Float64Array(Math.min(BLOCK, this.left));
      this.links = new Float64Array(this.ticks.length);
      this.words = new Int32Array(this.ticks.length * WIDTH);
    }
    const { words, links } = this;
    unpack(list.ticks, row, this.to, this.ticks, 0, 1);
    unpack(list.links, row, this.to, links, 0, 1);
    for (let word = 0; word < WIDTH; word++) unpack(list.words[word]!, row, this.to, words, word, WIDTH);
    for (let i = 0, at = 0; i < this.to - row; i++, at += WIDTH) {
      if (isTimer(words, at)) {
        words[at + LINK] = -1;
        words[at + ID] = -1;
      } else {
        const link = links[i]! + expectedLink(list.times, words, at);
        links[i] = link;
        words[at + LINK] = (link | 0) === link ? link : FAR;
      }
    }
  }
}

/** By list, the first row that is still to come. */
export function firstsOf({ lists, now, left }: PendingEvents): number[] {
  const before = lists.map((list) => upperBound((row) => tickIn(list, row), 0, list.length, now - 1));
  const after = lists.map((list) => upperBound((row) => tickIn(list, row), 0, list.length, now));
  let over = after.reduce((sum, end, i) => sum + end - before[i]!, -left);
  return before.map((first, i) => {
    const gone = Math.min(over, after[i]! - first);
    over -= gone;
    return first + gone;
  });
}

/** One list in the place of two. @param first what was scheduled earlier. @param now what was due before this tick is left out. */
export function mergedLists(first: PendingList, second: PendingList, now: number): PendingList {
  const from = upperBound((row) => tickIn(first, row), 0, first.length, now - 1);
  const [one, other] = [new ListReader(first, from), new ListReader(second, 0)];
  const merging = new RowsMade(one.left + other.left, [first, second]);
  while (one.left + other.left > 0) merging.take(other.left === 0 || (one.left > 0 && one.tick <= other.tick) ? one : other);
  return listOf(merging.rows);
}

/** Rows put together from several lists. */
export class RowsMade {
  readonly rows: PendingRows;
  private readonly stanzas: (Element | undefined)[] = [];
  private readonly data: (readonly number[] | undefined)[] = [];
  private readonly carries: boolean;
  private length = 0;

  constructor(length: number, of: readonly Pick<PendingList, 'stanzas' | 'data'>[]) {
    this.carries = of.some(({ stanzas, data }) => stanzas.length + data.length > 0);
    const { stanzas, data } = this;
    const [ticks, far] = [new Float64Array(length), new Float64Array(length)];
    this.rows = { ticks, words: new Int32Array(length * WIDTH), far, stanzas, data };
  }
  /** The row where the reader stands, which goes on. */
  take(reader: ListReader): void {
    const { ticks, words, far } = this.rows;
    const row = this.length++;
    ticks[row] = reader.tick;
    reader.copyWords(words, row * WIDTH);
    far![row] = reader.far;
    if (this.carries) {
      this.stanzas.push(reader.stanza);
      this.data.push(reader.data);
    }
    reader.row++;
  }
}
