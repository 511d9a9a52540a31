/**
 * What stands last for each key, kept as the list of its changes: a change adds one entry to what is shared by all, and nothing is looked up. For
 * what changes often and is read seldom; a `Table` is for what is looked up. Read out in the order in which its keys came.
 */
export interface Changes<V> {
  readonly key: string;
  /** `undefined` where the key went. */
  readonly value: V | undefined;
  readonly before: Changes<V> | undefined;
  /** Entries of the list, and how many there were when it was cleared up last. */
  readonly length: number;
  readonly cleared: number;
}

/** A list may grow to this, and to twice what was left of it the last time: clearing up costs a share of the changes since then. */
const LEAST = 32;

/** @param value absent: the key goes. */
export function changed<V>(before: Changes<V> | undefined, key: string, value?: V): Changes<V> | undefined {
  const length = (before?.length ?? 0) + 1;
  const cleared = before?.cleared ?? 0;
  const after = { key, value, before, length, cleared };
  return length <= LEAST + 2 * cleared ? after : clearedUp(after);
}

/** In the order in which they came; a key that was set once more has kept its place. */
export function latest<V>(changes: Changes<V> | undefined): ReadonlyMap<string, V> {
  const all: Changes<V>[] = [];
  for (let c = changes; c; c = c.before) all.push(c);
  const values = new Map<string, V>();
  for (const { key, value } of all.reverse())
    if (value === undefined) values.delete(key);
    else values.set(key, value);
  return values;
}

function clearedUp<V>(changes: Changes<V>): Changes<V> | undefined {
  const left = latest(changes);
  let list: Changes<V> | undefined;
  let length = 0;
  for (const [key, value] of left) list = { key, value, before: list, length: ++length, cleared: left.size };
  return list;
}
