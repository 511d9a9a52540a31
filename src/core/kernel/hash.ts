/**
 * The journal's hash: SHA-256 over SHA-256 of the message rows and SHA-256 of the event rows, each row in a canonical
 * binary form (little-endian), without texts that only explain. A message's outcome stands in the event that brought it.
 * It is worked out page by page, so that rows need not all be here at once: the latest before the first of them is let go.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../base/utf8.ts';
import { serialize } from '../../base/xml/codec.ts';
import { Column } from './column.ts';
import type { Journal } from './journal.ts';
import { Outcome, What } from './journal.ts';
import type { TableName } from './pages.ts';

type Sha = ReturnType<typeof sha256.create>;
type WriteRow = (view: DataView, at: number, row: number) => void;

const BYTES: Readonly<Record<TableName, number>> = { messages: 65, events: 26 };
const BLOCK = 1024;

export class JournalHash {
  private readonly journal: Journal;
  /** By page: the hash's state behind it. */
  private readonly states: Readonly<Record<TableName, Sha[]>> = { messages: [], events: [] };
  private readonly write: Readonly<Record<TableName, WriteRow>>;

  /** @param before of another journal, whose rows are the same up to so many full pages of each table. */
  constructor(journal: Journal, before?: { readonly hash: JournalHash; readonly pages: Readonly<Record<TableName, number>> }) {
    this.journal = journal;
    this.write = { messages: messageRow(journal), events: eventRow(journal) };
    if (!before) return;
    const { hash, pages } = before;
    this.states = { messages: hash.states.messages.slice(0, pages.messages), events: hash.states.events.slice(0, pages.events) };
  }

  /** Of the first `pages` full pages of the table; those that were hashed before need not be here. */
  through(table: TableName, pages: number): void {
    const states = this.states[table];
    for (let page = states.length; page < pages; page++) {
      const state = this.after(table, page);
      this.add(state, table, page * Column.SIZE, (page + 1) * Column.SIZE);
      states.push(state);
    }
  }
  /** Pages of the table that are done. */
  done(table: TableName): number {
    return this.states[table].length;
  }
  /** The first 16 hexadecimal characters: what is shown, printed and pinned (shared contract, "Journal"). */
  digest(): string {
    const { messageCount, eventCount } = this.journal;
    const both = sha256.create().update(this.of('messages', messageCount)).update(this.of('events', eventCount)).digest();
    return Array.from(both.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  private of(table: TableName, rows: number): Uint8Array {
    const pages = this.states[table].length;
    const state = this.after(table, pages);
    this.add(state, table, pages * Column.SIZE, rows);
    return state.digest();
  }
  private after(table: TableName, pages: number): Sha {
    return pages === 0 ? sha256.create() : this.states[table][pages - 1]!.clone();
  }
  private add(state: Sha, table: TableName, from: number, to: number): void {
    const size = BYTES[table];
    const write = this.write[table];
    const bytes = new Uint8Array(size * BLOCK);
    const view = new DataView(bytes.buffer);
    for (let first = from; first < to; first += BLOCK) {
      const n = Math.min(BLOCK, to - first);
      for (let i = 0; i < n; i++) write(view, i * size, first + i);
      state.update(bytes.subarray(0, n * size));
    }
  }
}

export const journalHash = (journal: Journal): string => new JournalHash(journal).digest();

function messageRow({ messages: m, stanzas, data }: Journal): WriteRow {
  return (view, at, id) => {
    view.setUint32(at, m.from.get(id), true);
    view.setUint32(at + 4, m.to.get(id), true);
    view.setFloat64(at + 8, m.link.get(id), true);
    view.setUint8(at + 16, m.kind.get(id));
    view.setUint32(at + 17, m.code.get(id), true);
    view.setInt32(at + 21, m.a.get(id), true);
    view.setInt32(at + 25, m.b.get(id), true);
    view.setUint32(at + 29, m.bytes.get(id), true);
    view.setFloat64(at + 33, m.sent.get(id), true);
    view.setFloat64(at + 41, m.due.get(id), true);
    view.setUint32(at + 49, m.trigger.get(id), true);
    view.setInt32(at + 53, m.relays.get(id), true);
    view.setInt32(at + 57, m.answers.get(id), true);
    const stanza = stanzas.get(id);
    view.setUint32(at + 61, stanza === undefined ? ofNumbers(data.get(id)) : checksumOf(serialize(stanza)), true);
  };
}

function eventRow(journal: Journal): WriteRow {
  const { events: e, messages: m } = journal;
  const rules: number[] = [];
  return (view, at, row) => {
    const what = e.what.get(row);
    const subject = e.subject.get(row);
    const rule = e.rule.get(row);
    view.setFloat64(at, e.tick.get(row), true);
    view.setUint8(at + 8, what);
    view.setUint32(at + 9, e.entity.get(row), true);
    view.setInt32(at + 13, subject, true);
    view.setUint8(at + 17, what === What.arrival ? m.outcome.get(subject) : Outcome.inFlight);
    view.setUint32(at + 18, (rules[rule] ??= checksumOf(journal.ruleName(rule))), true);
    view.setUint32(at + 22, e.round.get(row), true);
  };
}

/** 0 for nothing, as it is of no bytes. */
function ofNumbers(data: readonly number[] | undefined): number {
  if (data === undefined) return 0;
  const view = new DataView(new ArrayBuffer(8 * data.length));
  data.forEach((value, i) => view.setFloat64(8 * i, value, true));
  return checksum(new Uint8Array(view.buffer));
}

/** CRC-32 (ISO 3309), so that a row of fixed size can stand for a text. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ OF_BYTE[(crc ^ bytes[i]!) & 0xff]!;
  return ~crc >>> 0;
}
/** Of the text's UTF-8, which for most texts need not be written out. */
function checksumOf(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return checksum(utf8(text));
    crc = (crc >>> 8) ^ OF_BYTE[(crc ^ unit) & 0xff]!;
  }
  return ~crc >>> 0;
}
/** What eight steps make of each byte. */
const OF_BYTE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
