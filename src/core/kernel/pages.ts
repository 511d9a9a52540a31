/** The two tables of a journal as pages: what is let go and made again is a page, which is a chunk of each column. */
import type { Carried } from './column.ts';
import { Column } from './column.ts';
import type { Journal } from './journal.ts';

export type TableName = 'events' | 'messages';
/** In the order in which they are gone through. */
export const TABLES = ['events', 'messages'] as const;

export class Pages {
  private readonly columns: readonly Column[];
  private readonly carried: readonly Carried<unknown>[];

  constructor(columns: readonly Column[], carried: readonly Carried<unknown>[]) {
    this.columns = columns;
    this.carried = carried;
  }
  get rows(): number {
    return this.columns[0]!.length;
  }
  /** How many pages are full: the one behind them is still being written. */
  get full(): number {
    return Math.floor(this.rows / Column.SIZE);
  }
  isHere(page: number): boolean {
    return this.columns[0]!.isHere(page);
  }
  letGo(page: number): void {
    for (const column of this.columns) column.letGo(page);
    for (const column of this.carried) column.letGo(page);
  }
  /** The same page of another journal of this run, which loses it. */
  takeFrom(other: Pages, page: number): void {
    this.columns.forEach((column, i) => column.takeFrom(other.columns[i]!, page));
    this.carried.forEach((column, i) => column.takeFrom(other.carried[i]!, page));
  }
  /** @param recall brings the page of a row back, whenever somebody reads it. */
  recalledBy(recall: (row: number) => void): void {
    for (const column of [...this.columns, ...this.carried]) column.recall = recall;
  }
}

/** What a message came to, and where, stays: it is written long after its row. */
export function pagesOf({ events, messages, stanzas, data }: Journal): Readonly<Record<TableName, Pages>> {
  const { outcome: _outcome, end: _end, ...paged } = messages;
  return { events: new Pages(Object.values(events), []), messages: new Pages(Object.values(paged), [stanzas, data]) };
}
