/** State of one entity: an immutable table of named slices, each owned by one module. A keyframe of it is a reference. */
export type Root = Readonly<Record<string, unknown>>;

/** A named piece of an entity's state; `initial` is what it is before anything was kept. */
export interface Slice<T> {
  readonly key: string;
  readonly initial: T;
}

export function slice<T>(key: string, initial: T): Slice<T> {
  return { key, initial };
}

/** A slice that a server keeps on disk: it outlives a stop and a crash. */
export function store<T>(key: string, initial: T): Slice<T> {
  return { key: STORED + key, initial };
}
const STORED = 'store/';

/** What is left of an entity's state when it has gone down. */
export function stored(root: Root): Root {
  return Object.fromEntries(Object.entries(root).filter(([key]) => key.startsWith(STORED)));
}

export function read<T>(root: Root, s: Slice<T>): T {
  // The key is unique to the slice, so what stands under it has its type.
  return s.key in root ? (root[s.key] as T) : s.initial;
}
