/**
 * A Merkle tree over the updates that a node knows (R. C. Merkle, "A Digital Signature Based on a Conventional Encryption Function",
 * CRYPTO 1987; for replicas: G. DeCandia et al., "Dynamo", SOSP 2007, section 4.7). Two nodes whose hashes of a subtree are equal
 * need not look below it.
 *
 * Simplified: the tree is binary, over the numbers of the updates, so that all nodes agree on its shape without a word; it is
 * hashed anew whenever it is asked about instead of being kept; and a hash is 32 bits of integer mixing, which is good against
 * accidents (one in four thousand million per pair of subtrees) and none against an adversary.
 *
 * Subtrees are numbered as in a heap: 1 is the whole tree, 2i and 2i + 1 are the halves of i.
 */
const mix = (value: number): number => {
  let h = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  h = Math.imul(h ^ (h >>> 15), 0x119de1f3);
  return h ^ (h >>> 16);
};

/** Leaves of the tree: a power of two that is no less than the number of updates. */
export function leavesOf(updates: number): number {
  let leaves = 1;
  while (leaves < updates) leaves *= 2;
  return leaves;
}

/** The hash of a subtree as a signed 32-bit integer. @param knows whether the node knows an update. */
export function hashOf(subtree: number, leaves: number, updates: number, knows: (update: number) => boolean): number {
  if (subtree >= leaves) {
    const update = subtree - leaves;
    return update < updates && knows(update) ? mix(update + 1) | 1 : 0;
  }
  const left = hashOf(2 * subtree, leaves, updates, knows);
  const right = hashOf(2 * subtree + 1, leaves, updates, knows);
  // Which half a hash comes from must matter.
  return left === 0 && right === 0 ? 0 : mix(Math.imul(left, 31) + mix(right + 0x9e3779b9));
}
