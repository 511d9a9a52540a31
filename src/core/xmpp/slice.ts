/**
 * State of one entity: a table of named slices, each owned by one module. Values are immutable; a keyframe of an entity is a reference to its
 * table, which from then on is not written any more.
 */

/** Values by the places of their slices; `undefined` where nothing was kept. */
export type Root = readonly unknown[];

/** A named piece of an entity's state; `initial` is what it is before anything was kept. */
export interface Slice<T> {
  readonly key: string;
  readonly initial: T;
  /** Where in a table it stands. No part of a run: only that it is always the same. */
  readonly place: number;
}

/** Every slice that there is, in the order of making; one name is one slice. */
const places = new Map<string, number>();
/** Whether the one in this place outlives a stop. */
const outlives: boolean[] = [];

export function slice<T>(key: string, initial: T): Slice<T> {
  let place = places.get(key);
  if (place === undefined) {
    place = places.size;
    places.set(key, place);
    outlives.push(key.startsWith(STORED));
  }
  return { key, initial, place };
}

/** A slice that a server keeps on disk: it outlives a stop and a crash. */
export function store<T>(key: string, initial: T): Slice<T> {
  return slice(STORED + key, initial);
}
const STORED = 'store/';

export function read<T>(root: Root, s: Slice<T>): T {
  const value = root[s.place];
  // The place is the slice's own, so what stands in it has its type.
  return value === undefined ? s.initial : (value as T);
}

/** What an entity keeps: read at every step of every stanza, so that nothing is looked up by name. */
export class State {
  private values: unknown[];
  /** Somebody holds the table: the next change makes another one. */
  private held = false;

  constructor() {
    this.values = Array.from({ length: places.size });
  }
  get<T>(s: Slice<T>): T {
    const value = this.values[s.place];
    return value === undefined ? s.initial : (value as T);
  }
  set<T>(s: Slice<T>, value: T): void {
    if (this.get(s) === value) return;
    if (this.held) {
      this.values = [...this.values];
      this.held = false;
    }
    // A slice that was made after this table has its place behind those that it has.
    while (this.values.length < s.place) this.values.push(undefined);
    this.values[s.place] = value;
  }
  /** Bytes that holding it will have cost once it changes: none where nothing changed since it was held last. */
  get bytes(): number {
    return this.held ? 0 : 8 * this.values.length;
  }
  /** As it is now, to be kept. */
  hold(): Root {
    this.held = true;
    return this.values;
  }
  /** As it was when it was held. */
  load(root: Root): void {
    // Whoever holds it goes on to do so.
    this.values = root as unknown[];
    this.held = true;
  }
  /** As it is now, to be looked at before anything else happens. */
  get now(): Root {
    return this.values;
  }
  /** The entity has gone down: what it had not stored is lost. */
  forget(): void {
    this.values = this.values.map((value, place) => (outlives[place] === true ? value : undefined));
    this.held = false;
  }
}
