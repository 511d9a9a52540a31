/**
 * The infection tree: who told whom, from the node that each one learned update 0 of. Only what hangs together with the
 * origin counts: a node that learned otherwise (by itself, or in a ring of nodes that convinced each other of a value) is
 * in no tree.
 */
export interface InfectionTree {
  /** Nodes in it, the origin included. */
  readonly size: number;
  /** Steps from the origin to the farthest node. */
  readonly depth: number;
  /** The most nodes that are equally many steps away. */
  readonly width: number;
  /** Nodes told by each one that told any, in the mean; NaN if nobody told anybody. */
  readonly branching: number;
  /** Steps from the origin, by node; -1 outside the tree. */
  readonly depths: Int32Array;
}

/** @param parent by node: from whom it learned; -1 for the origin and the unreached. */
export function infectionTree(parent: Int32Array, origin: number): InfectionTree {
  const n = parent.length;
  // Children of a node as a chain: its first, then each one's next.
  const first = new Int32Array(n).fill(-1);
  const next = new Int32Array(n).fill(-1);
  for (let node = n - 1; node >= 0; node--) {
    const from = parent[node]!;
    if (from < 0 || node === origin) continue;
    next[node] = first[from]!;
    first[from] = node;
  }
  const depths = new Int32Array(n).fill(-1);
  depths[origin] = 0;
  let level = [origin];
  let [size, depth, width, telling] = [0, 0, 0, 0];
  for (let steps = 0; level.length > 0; steps++) {
    size += level.length;
    depth = steps;
    width = Math.max(width, level.length);
    const below: number[] = [];
    for (const node of level) {
      if (first[node]! >= 0) telling++;
      for (let child = first[node]!; child >= 0; child = next[child]!) {
        depths[child] = steps + 1;
        below.push(child);
      }
    }
    level = below;
  }
  return { size, depth, width, branching: telling === 0 ? NaN : (size - 1) / telling, depths };
}
