/**
 * The places of a timing wheel: in each, slots of one tick in order. Slots of a place stand in an array, so that one is added without
 * a look at the last one's own memory; arrays that are empty again are handed on to places that need larger ones.
 */
const SMALLEST = 8;
/** Of a place that nothing was ever put in. */
const NOTHING = new Int32Array(0);

export class Buckets {
  private readonly arrays: Int32Array[];
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  /** Arrays that nobody uses, by the logarithm of their length. */
  private readonly spare: Int32Array[][] = [];

  constructor(count: number) {
    this.arrays = Array.from({ length: count }, () => NOTHING);
    this.from = new Int32Array(count);
    this.to = new Int32Array(count);
  }
  isEmpty(place: number): boolean {
    return this.from[place] === this.to[place];
  }
  /** The first of a place that is not empty. */
  first(place: number): number {
    return this.arrays[place]![this.from[place]!]!;
  }
  /** Slots of a place, in order. */
  list(place: number): Int32Array {
    return this.arrays[place]!.subarray(this.from[place], this.to[place]);
  }
  removeFirst(place: number): void {
    if (++this.from[place]! < this.to[place]!) return;
    this.from[place] = this.to[place] = 0;
    const array = this.arrays[place]!;
    if (array.length === SMALLEST) return;
    (this.spare[Math.clz32(array.length)] ??= []).push(array);
    this.arrays[place] = this.spare[Math.clz32(SMALLEST)]?.pop() ?? new Int32Array(SMALLEST);
  }
  push(place: number, slot: number): void {
    const array = this.arrays[place]!;
    const at = this.to[place]!++;
    if (at < array.length) array[at] = slot;
    else this.grow(place, slot);
  }
  /** Into its turn: behind the last one that comes before it. */
  insert(place: number, slot: number, before: (x: number, y: number) => boolean): void {
    this.push(place, slot);
    const array = this.arrays[place]!;
    let at = this.to[place]! - 1;
    for (; at > this.from[place]! && before(slot, array[at - 1]!); at--) array[at] = array[at - 1]!;
    array[at] = slot;
  }
  clear(): void {
    this.from.fill(0);
    this.to.fill(0);
  }

  private grow(place: number, slot: number): void {
    const array = this.arrays[place]!;
    const length = Math.max(SMALLEST, 2 * array.length);
    const larger = this.spare[Math.clz32(length)]?.pop() ?? new Int32Array(length);
    larger.set(array);
    larger[array.length] = slot;
    this.arrays[place] = larger;
    if (array.length > 0) (this.spare[Math.clz32(array.length)] ??= []).push(array);
  }
}
