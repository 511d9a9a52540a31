/** A set of pairs of node numbers, by open addressing in one typed array: a `Set` ends at 2²⁴ entries, and is slow long before. */
export class PairSet {
  private keys = new Float64Array(1024).fill(-1);
  private size = 0;

  /** Whether the pair is new. */
  add(u: number, v: number): boolean {
    if (this.size * 2 >= this.keys.length) this.grow();
    // Exact up to 2²⁶ nodes.
    const key = u * 0x4000000 + v;
    const at = this.slot(key, u, v);
    if (this.keys[at] === key) return false;
    this.keys[at] = key;
    this.size++;
    return true;
  }

  private slot(key: number, u: number, v: number): number {
    const mask = this.keys.length - 1;
    let hash = Math.imul(u, 0x9e3779b1) ^ Math.imul(v, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let at = (hash ^ (hash >>> 13)) & mask;
    while (this.keys[at] !== -1 && this.keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const before = this.keys;
    this.keys = new Float64Array(before.length * 2).fill(-1);
    for (const key of before) {
      if (key < 0) continue;
      const u = Math.floor(key / 0x4000000);
      this.keys[this.slot(key, u, key - u * 0x4000000)] = key;
    }
  }
}
