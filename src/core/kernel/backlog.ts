/**
 * What a keyframe says is pending, read where it lies: whoever goes to a keyframe needs the few thousand events that come next, and not the million behind
 * them. Each was scheduled before anything that is scheduled from here on.
 */
import { Heap } from './heap.ts';
import { listOf, type PendingEvents, type PendingRows } from './pending.ts';
import { firstsOf, ListReader, RowsMade } from './pending-read.ts';
import type { PoppedEvent } from './pool.ts';
import { WIDTH } from './pool.ts';

export class Backlog {
  /** Events that are left. */
  size = 0;
  /** When the next of them is due; Infinity when none is left. */
  tick = Infinity;
  private readonly readers: readonly ListReader[];
  /** Lists by the tick of their next row, of one tick the earlier list first. */
  private readonly heads = new Heap();
  private readonly words = new Int32Array(WIDTH);

  constructor(readers: readonly ListReader[]) {
    this.readers = readers;
    readers.forEach((reader, i) => {
      this.size += reader.left;
      if (reader.left > 0) this.heads.push(i, reader.tick, i);
    });
    this.look();
  }
  static of(pending: PendingEvents): Backlog {
    const rows = firstsOf(pending);
    return new Backlog(pending.lists.map((list, i) => new ListReader(list, rows[i]!)));
  }
  /** Another one at the same place. */
  copy(): Backlog {
    return new Backlog(this.readers.map(({ list, row }) => new ListReader(list, row)));
  }
  get carries(): boolean {
    return this.readers.some(({ list }) => list.stanzas.length + list.data.length > 0);
  }

  /** Lets the event be the next one, which is taken. */
  next(event: PoppedEvent): void {
    const reader = this.readers[this.heads.first]!;
    event.tick = this.tick;
    reader.copyWords(this.words, 0);
    event.show(this.words, 0, reader.far);
    event.stanza = reader.stanza;
    event.data = reader.data;
    reader.row++;
    this.taken(reader);
  }
  private taken(reader: ListReader): void {
    this.size--;
    // While it goes on at this tick, its list stays the first.
    if (reader.left > 0 && reader.tick === this.tick) return;
    const i = this.heads.first;
    this.heads.removeFirst();
    if (reader.left > 0) this.heads.push(i, reader.tick, i);
    this.look();
  }
  private look(): void {
    this.tick = this.size === 0 ? Infinity : this.heads.tick;
  }

  /** What is left, and these rows, in one order; nothing is left then. */
  drainedWith(rows: PendingRows): PendingRows {
    const own = listOf(rows);
    const others = new ListReader(own, 0);
    const made = new RowsMade(this.size + own.length, [own, ...this.readers.map(({ list }) => list)]);
    while (this.size + others.left > 0) {
      if (others.left > 0 && others.tick < this.tick) made.take(others);
      else {
        const reader = this.readers[this.heads.first]!;
        made.take(reader);
        this.taken(reader);
      }
    }
    return made.rows;
  }
}
