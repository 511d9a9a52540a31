/** Where the layout of a large graph begins: a tree of shortest ways, its root in the middle, each branch in a sector of its own. */

/** Neighbours of each node, one after the other: those of u stand from `start[u]` to `start[u + 1]`. */
interface Neighbours {
  readonly start: Uint32Array;
  readonly list: Uint32Array;
}

function neighboursOf(n: number, from: Uint32Array, to: Uint32Array): Neighbours {
  const start = new Uint32Array(n + 1);
  const count = (u: number) => (start[u + 1] = (start[u + 1] ?? 0) + 1);
  from.forEach(count);
  to.forEach(count);
  for (let u = 0; u < n; u++) start[u + 1] = (start[u + 1] ?? 0) + (start[u] ?? 0);
  const next = start.slice();
  const list = new Uint32Array(2 * from.length);
  const put = (u: number, v: number) => {
    list[next[u] ?? 0] = v;
    next[u] = (next[u] ?? 0) + 1;
  };
  for (let i = 0; i < from.length; i++) {
    put(from[i] ?? 0, to[i] ?? 0);
    put(to[i] ?? 0, from[i] ?? 0);
  }
  return { start, list };
}

/** @param size half the width of what comes out, about. Pieces that hang together with nothing else get sectors of their own. */
export function placeRadially(x: Float32Array, y: Float32Array, from: Uint32Array, to: Uint32Array, size: number): void {
  const n = x.length;
  const { start, list } = neighboursOf(n, from, to);
  const degree = (u: number) => (start[u + 1] ?? 0) - (start[u] ?? 0);
  const byDegree = Array.from({ length: n }, (_, u) => u).sort((a, b) => degree(b) - degree(a) || a - b);
  const parent = new Int32Array(n).fill(-2);
  const order: number[] = [];
  for (const root of byDegree) {
    if (parent[root] !== -2) continue;
    parent[root] = -1;
    order.push(root);
    for (let at = order.length - 1; at < order.length; at++) {
      const u = order[at] ?? 0;
      for (let k = start[u] ?? 0; k < (start[u + 1] ?? 0); k++) {
        const v = list[k] ?? 0;
        if (parent[v] !== -2) continue;
        parent[v] = u;
        order.push(v);
      }
    }
  }
  // How many stand below each: so wide is its sector.
  const below = new Float64Array(n).fill(1);
  for (let at = n - 1; at >= 0; at--) {
    const u = order[at] ?? 0;
    const p = parent[u] ?? -1;
    if (p >= 0) below[p] = (below[p] ?? 0) + (below[u] ?? 0);
  }
  const begin = new Float64Array(n);
  let free = 0;
  const taken = new Float64Array(n);
  order.forEach((u, rank) => {
    const p = parent[u] ?? -1;
    const wide = ((below[u] ?? 1) / n) * 2 * Math.PI;
    if (p < 0) {
      begin[u] = free;
      free += wide;
    } else {
      begin[u] = (begin[p] ?? 0) + (taken[p] ?? 0);
      taken[p] = (taken[p] ?? 0) + wide;
    }
    const angle = (begin[u] ?? 0) + wide / 2;
    // Equally many on equal areas: the first that are reached lie inside.
    const radius = size * Math.sqrt((rank + 0.5) / n);
    x[u] = radius * Math.cos(angle);
    y[u] = radius * Math.sin(angle);
  });
}
