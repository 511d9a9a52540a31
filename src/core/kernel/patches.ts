/**
 * What changed in a run's columns from one keyframe to the next. Of a hundred thousand entities a few thousand change in between: a bit a row says
 * which, and only their values are kept. Columns are compared and copied as words of 32 bits, so that what comes back is the same to the last bit.
 */
type Typed = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** Part of a program's state: an array that stays the same object as long as the program lives, from `wholeWords` where its values are smaller. */
export interface StateColumn {
  readonly values: Typed;
  /** Values that change together, such as the words of one random stream; 1 if absent. */
  readonly width?: number;
}

/** Of one column. */
interface Patch {
  /** A bit for each row that changed; absent: all did. */
  readonly bits: Uint32Array | undefined;
  /** Their words, row by row. */
  readonly words: Uint32Array;
}
/** By column; undefined where nothing changed. */
export type Patches = readonly (Patch | undefined)[];

/** Columns at one moment: as they were, and what changed since, one patch after the other. */
export interface SavedColumns {
  readonly base: readonly Uint32Array[];
  readonly patches: readonly Patches[];
}

/** An array of so many zeros that ends at a whole word. */
export const wholeWords = <T>(
  type: { new (buffer: ArrayBuffer, from: number, length: number): T; BYTES_PER_ELEMENT: number },
  length: number,
): T => new type(new ArrayBuffer((length * type.BYTES_PER_ELEMENT + 7) & ~7), 0, length);

function wordsOf({ values }: StateColumn): Uint32Array {
  const length = (values.byteLength + 3) >>> 2;
  return new Uint32Array(values.buffer, values.byteOffset, length);
}
const widthOf = ({ values, width = 1 }: StateColumn): number => (values.BYTES_PER_ELEMENT > 4 ? 2 : 1) * width;

export const copyOf = (columns: readonly StateColumn[]): Uint32Array[] => columns.map((column) => wordsOf(column).slice());
export const bytesOf = (arrays: readonly Uint32Array[]): number => arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
export const bytesOfPatches = (patches: Patches): number =>
  patches.reduce((sum, patch) => sum + (patch ? patch.words.byteLength + (patch.bits?.byteLength ?? 0) : 0), 0);

/** What is other in the columns than in `before`, which is brought up to them. */
export const patchesSince = (before: readonly Uint32Array[], columns: readonly StateColumn[]): Patches =>
  columns.map((column, i) => patchSince(before[i]!, wordsOf(column), widthOf(column)));

function patchSince(before: Uint32Array, now: Uint32Array, width: number): Patch | undefined {
  const rows = now.length / width;
  const bits = new Uint32Array((rows + 31) >>> 5);
  let changed = 0;
  for (let at = 0; at < now.length; at++)
    if (before[at] !== now[at]) {
      const row = width === 1 ? at : Math.floor(at / width);
      bits[row >>> 5]! |= 1 << (row & 31);
      changed++;
      at = row * width + width - 1;
    }
  if (changed === 0) return undefined;
  // Where nearly all changed, all say so.
  if (8 * changed > 7 * rows) {
    before.set(now);
    return { bits: undefined, words: now.slice() };
  }
  const words = new Uint32Array(changed * width);
  let next = 0;
  eachRow(bits, (row) => {
    for (let i = row * width; i < (row + 1) * width; i++) before[i] = words[next++] = now[i]!;
  });
  return { bits, words };
}

/** Brings columns back to where they were. */
export function restoreColumns({ base, patches }: SavedColumns, columns: readonly StateColumn[]): void {
  columns.forEach((column, i) => {
    const words = wordsOf(column);
    words.set(base[i]!);
    for (const patch of patches) if (patch[i]) apply(patch[i], words, widthOf(column));
  });
}

/** Columns of a new base where the patches are done. @param like the columns that they are of. */
export const settled = ({ base, patches }: SavedColumns, like: readonly StateColumn[]): Uint32Array[] =>
  base.map((words, i) => {
    const copy = words.slice();
    for (const patch of patches) if (patch[i]) apply(patch[i], copy, widthOf(like[i]!));
    return copy;
  });

/** One patch that does what both do, one after the other. */
export const joined = (first: Patches, second: Patches, like: readonly StateColumn[]): Patches =>
  second.map((patch, i) => joinedPatch(first[i], patch, widthOf(like[i]!)));

function joinedPatch(first: Patch | undefined, second: Patch | undefined, width: number): Patch | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  if (second.bits === undefined) return second;
  if (first.bits === undefined) {
    const words = first.words.slice();
    apply(second, words, width);
    return { bits: undefined, words };
  }
  const [old, late] = [first.bits, second.bits];
  const bits = old.map((word, i) => word | late[i]!);
  let rows = 0;
  eachRow(bits, () => rows++);
  const words = new Uint32Array(rows * width);
  let [next, one, other] = [0, 0, 0];
  eachRow(bits, (row) => {
    const isNew = has(late, row);
    for (let i = 0; i < width; i++) words[next++] = isNew ? second.words[other + i]! : first.words[one + i]!;
    if (has(old, row)) one += width;
    if (isNew) other += width;
  });
  return { bits, words };
}

function apply({ bits, words }: Patch, to: Uint32Array, width: number): void {
  if (bits === undefined) {
    to.set(words);
    return;
  }
  let next = 0;
  eachRow(bits, (row) => {
    for (let i = row * width; i < (row + 1) * width; i++) to[i] = words[next++]!;
  });
}

function eachRow(bits: Uint32Array, visit: (row: number) => void): void {
  for (let word = 0; word < bits.length; word++)
    for (let left = bits[word]!; left !== 0; left &= left - 1) visit(word * 32 + 31 - Math.clz32(left & -left));
}
const has = (bits: Uint32Array, row: number): boolean => (bits[row >>> 5]! & (1 << (row & 31))) !== 0;
