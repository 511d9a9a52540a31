/**
 * An immutable table by text that shares what a change leaves alone, so that a change costs the same however much the table holds: a hash array
 * mapped trie (Bagwell, "Ideal Hash Trees", EPFL 2001, section 3). It is read out in the order in which its keys came.
 */
interface Leaf<V> {
  readonly key: string;
  readonly hash: number;
  /** Place in that order; a key that is set once more keeps its own. */
  readonly at: number;
  readonly value: V;
  /** Another key of the same hash. */
  readonly next: Leaf<V> | undefined;
}
interface Branch<V> {
  /** Which of 32 slots there are. */
  readonly bits: number;
  readonly slots: readonly (Leaf<V> | Branch<V>)[];
}
type Node<V> = Leaf<V> | Branch<V>;

export interface Table<V> {
  readonly size: number;
  /** Keys that ever came. */
  readonly made: number;
  readonly root: Node<V> | undefined;
}

export const EMPTY_TABLE: Table<never> = { size: 0, made: 0, root: undefined };

const STEP = 5;

export function tableGet<V>(table: Table<V>, key: string): V | undefined {
  const hash = hashOf(key);
  let node = table.root;
  for (let shift = 0; node !== undefined && 'slots' in node; shift += STEP) {
    const bit = bitOf(hash, shift);
    node = (node.bits & bit) === 0 ? undefined : node.slots[placeOf(node.bits, bit)];
  }
  for (let leaf = node as Leaf<V> | undefined; leaf; leaf = leaf.next) if (leaf.key === key) return leaf.value;
  return undefined;
}

export function tableSet<V>(table: Table<V>, key: string, value: V): Table<V> {
  const leaf: Leaf<V> = { key, hash: hashOf(key), at: table.made, value, next: undefined };
  const root = table.root === undefined ? leaf : put(table.root, leaf, 0);
  if (root === table.root) return table;
  const isNew = tableGet(table, key) === undefined;
  return isNew ? { size: table.size + 1, made: table.made + 1, root } : { ...table, root };
}

export function tableDelete<V>(table: Table<V>, key: string): Table<V> {
  if (tableGet(table, key) === undefined) return table;
  return { size: table.size - 1, made: table.made, root: without(table.root!, key, hashOf(key), 0) };
}

/** In the order in which they came. */
export function tableEntries<V>(table: Table<V>): readonly (readonly [string, V])[] {
  const leaves: Leaf<V>[] = [];
  const visit = (node: Node<V>): void => {
    if ('slots' in node) node.slots.forEach(visit);
    else for (let leaf: Leaf<V> | undefined = node; leaf; leaf = leaf.next) leaves.push(leaf);
  };
  if (table.root) visit(table.root);
  return leaves.sort((a, b) => a.at - b.at).map(({ key, value }) => [key, value]);
}

function put<V>(node: Node<V>, leaf: Leaf<V>, shift: number): Node<V> {
  if (!('slots' in node)) {
    // Where they differ, they do so before the last bit that is looked at.
    return node.hash === leaf.hash ? chained(node, leaf) : put(branchOf(node, shift), leaf, shift);
  }
  const bit = bitOf(leaf.hash, shift);
  const place = placeOf(node.bits, bit);
  if ((node.bits & bit) === 0) return { bits: node.bits | bit, slots: node.slots.toSpliced(place, 0, leaf) };
  const before = node.slots[place]!;
  const after = put(before, leaf, shift + STEP);
  return after === before ? node : { bits: node.bits, slots: node.slots.with(place, after) };
}

/** A key that is there already keeps its place in the order. */
function chained<V>(first: Leaf<V>, leaf: Leaf<V>): Leaf<V> {
  if (first.key !== leaf.key) return { ...first, next: first.next ? chained(first.next, leaf) : leaf };
  return first.value === leaf.value ? first : { ...first, value: leaf.value };
}

const branchOf = <V>(leaf: Leaf<V>, shift: number): Branch<V> => ({ bits: bitOf(leaf.hash, shift), slots: [leaf] });

function without<V>(node: Node<V>, key: string, hash: number, shift: number): Node<V> | undefined {
  if (!('slots' in node)) return unchained(node, key);
  const bit = bitOf(hash, shift);
  const place = placeOf(node.bits, bit);
  const after = without(node.slots[place]!, key, hash, shift + STEP);
  if (after) return { bits: node.bits, slots: node.slots.with(place, after) };
  return node.slots.length === 1 ? undefined : { bits: node.bits & ~bit, slots: node.slots.toSpliced(place, 1) };
}

function unchained<V>(leaf: Leaf<V>, key: string): Leaf<V> | undefined {
  if (leaf.key === key) return leaf.next;
  return leaf.next ? { ...leaf, next: unchained(leaf.next, key) } : leaf;
}

const bitOf = (hash: number, shift: number): number => 1 << ((hash >>> shift) & 31);

/** How many of the slots that there are stand before this one. */
function placeOf(bits: number, bit: number): number {
  let rest = bits & (bit - 1);
  let count = 0;
  for (; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** FNV-1a over UTF-16 units, its high bits folded into 30 that make six steps; keys that agree in all of them hang on one leaf. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x3fffffff;
}
