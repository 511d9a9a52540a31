/**
 * Which rows of a journal are here: as many as fit a budget (shared contract, "Journal"). Beyond it the pages that came first are let go;
 * whoever reads one of them has it made again, and then it counts as the newest.
 */
import { Column } from './column.ts';
import type { JournalHash } from './hash.ts';
import type { Journal } from './journal.ts';
import { pagesOf, TABLES, type Pages, type TableName } from './pages.ts';

/** Fewer pages of a table would let go of what is being read. */
const FEWEST = 2;
/** Of whole stanzas, beside the numbers of their rows. What a stanza has in memory is estimated, as engines do not tell. */
const STANZA_BYTES = 1024 * 1024 * 1024;
const ELEMENT_BYTES = 256;
const BYTES_A_CHARACTER = 2;

export class RowWindow {
  readonly pages: Readonly<Record<TableName, Pages>>;
  private readonly journal: Journal;
  private readonly hash: JournalHash;
  private readonly most: number;
  /** Full pages that are here, in the order in which they came. */
  private readonly here: Readonly<Record<TableName, Set<number>>> = { events: new Set(), messages: new Set() };
  /** Full pages that were taken note of. */
  private readonly noted = { events: 0, messages: 0 };
  private readonly weights = new Map<number, number>();
  private weight = 0;

  /** @param rows of each table. @param recall brings the page of a row back and tells `came`. */
  constructor(journal: Journal, rows: number, hash: JournalHash, recall: (table: TableName, row: number) => void) {
    this.journal = journal;
    this.hash = hash;
    this.pages = pagesOf(journal);
    this.most = Math.max(FEWEST, Math.floor(rows / Column.SIZE));
    for (const table of TABLES) this.pages[table].recalledBy((row) => recall(table, row));
  }

  /** Takes note of what was written since, and lets go of what is too much. */
  trim(): void {
    for (const table of TABLES) {
      const pages = this.pages[table];
      for (; this.noted[table] < pages.full; this.noted[table]++) if (pages.isHere(this.noted[table])) this.came(table, this.noted[table]);
      const here = this.here[table];
      for (const page of here) {
        if (here.size <= (table === 'messages' && this.weight > STANZA_BYTES ? FEWEST : this.most)) break;
        this.letGo(table, page);
      }
    }
  }
  /** A page is here that was not. */
  came(table: TableName, page: number): void {
    this.here[table].add(page);
    if (table === 'events') return;
    const { stanzas, messages } = this.journal;
    // Copies for many and what is carried on share what is in them.
    const seen = new Set<unknown>();
    const weight = stanzas.sum(page, ({ children: [first] }, id) => {
      if (typeof first === 'object' && seen.has(first)) return ELEMENT_BYTES;
      seen.add(first);
      return ELEMENT_BYTES + BYTES_A_CHARACTER * messages.bytes.get(id);
    });
    this.weights.set(page, weight);
    this.weight += weight;
  }
  private letGo(table: TableName, page: number): void {
    this.hash.through(table, page + 1);
    this.here[table].delete(page);
    this.pages[table].letGo(page);
    this.weight -= this.weights.get(page) ?? 0;
    this.weights.delete(page);
  }

  /** Events that are here. */
  get events(): number {
    const { full, rows } = this.pages.events;
    return this.here.events.size * Column.SIZE + rows - full * Column.SIZE;
  }
  /** Nothing of it was let go. */
  get isWhole(): boolean {
    return TABLES.every((table) => this.here[table].size === this.noted[table]);
  }
}
