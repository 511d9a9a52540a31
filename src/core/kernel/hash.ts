/**
 * The journal's hash: SHA-256 over SHA-256 of the message rows and SHA-256 of the event rows, each row in a canonical
 * binary form (little-endian), without texts that only explain. A message's outcome stands in the event that brought it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '../../base/utf8.ts';
import { serialize } from '../../base/xml/codec.ts';
import type { Journal } from './journal.ts';
import { Outcome, What } from './journal.ts';

const MESSAGE_BYTES = 65;
const EVENT_BYTES = 26;
const BLOCK = 1024;

/** The first 16 hexadecimal characters: what is shown, printed and pinned (shared contract, "Journal"). */
export function journalHash(journal: Journal): string {
  const messages = sha256.create();
  const m = journal.messages;
  rows(journal.messageCount, MESSAGE_BYTES, messages, (view, at, id) => {
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
    const stanza = journal.stanzas[id];
    view.setUint32(at + 61, stanza === undefined ? checksum(numbers(journal.data.get(id))) : checksum(utf8(serialize(stanza))), true);
  });
  const events = sha256.create();
  const e = journal.events;
  rows(journal.eventCount, EVENT_BYTES, events, (view, at, row) => {
    const what = e.what.get(row);
    const subject = e.subject.get(row);
    view.setFloat64(at, e.tick.get(row), true);
    view.setUint8(at + 8, what);
    view.setUint32(at + 9, e.entity.get(row), true);
    view.setInt32(at + 13, subject, true);
    view.setUint8(at + 17, what === What.arrival ? m.outcome.get(subject) : Outcome.inFlight);
    view.setUint32(at + 18, checksum(utf8(journal.ruleName(e.rule.get(row)))), true);
    view.setUint32(at + 22, e.round.get(row), true);
  });
  const both = sha256.create().update(messages.digest()).update(events.digest()).digest();
  return Array.from(both.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function rows(
  count: number,
  size: number,
  hash: { update(data: Uint8Array): unknown },
  write: (view: DataView, at: number, row: number) => void,
): void {
  const bytes = new Uint8Array(size * BLOCK);
  const view = new DataView(bytes.buffer);
  for (let first = 0; first < count; first += BLOCK) {
    const n = Math.min(BLOCK, count - first);
    for (let i = 0; i < n; i++) write(view, i * size, first + i);
    hash.update(bytes.subarray(0, n * size));
  }
}

/** Empty for nothing, whose checksum is 0. */
function numbers(data: readonly number[] | undefined): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * (data?.length ?? 0)));
  data?.forEach((value, i) => view.setFloat64(8 * i, value, true));
  return new Uint8Array(view.buffer);
}

/** CRC-32 (ISO 3309), so that a row of fixed size can stand for a text. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ OF_BYTE[(crc ^ bytes[i]!) & 0xff]!;
  return ~crc >>> 0;
}
/** What eight steps make of each byte. */
const OF_BYTE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
