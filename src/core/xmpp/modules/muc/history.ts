/** What newcomers are sent of before, and the subject. XEP-0045 §7.2.13 to §7.2.15. */
import { append, child, el, elements, withAttrs, type Element } from '../../../../base/xml/element.ts';
import { serialize } from '../../../../base/xml/codec.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { delay, tickOf } from '../xep0203.ts';
import type { Room, Said } from './room.ts';
import { rules } from './rules.ts';

export function sendHistory(context: Context, room: Room, join: Element, to: string): void {
  for (const { stanza } of limited(room, join, to, context.tick)) context.originate(stanza, rules.history);
  const subject = room.subject;
  const attrs = { type: 'groupchat', from: subject?.by ?? room.jid, to };
  const text = el('subject', NS.client, {}, ...(subject?.text ? [subject.text] : []));
  const when = subject ? [delay(subject.tick, room.jid)] : [];
  context.originate(el('message', NS.client, attrs, text, ...when), rules.subject);
}

export function remembered(room: Room, said: Said): Room {
  const all = [...room.history, said];
  return { ...room, history: all.slice(Math.max(0, all.length - room.historyLength)) };
}

const HINTS = 'urn:xmpp:hints';

/** Of what is worth keeping XEP-0045 says nothing. As in Prosody: hints of XEP-0334 first, then a body, a secret (XEP-0380), a marker (XEP-0333). */
export function isHistoric(stanza: Element): boolean {
  const hint = (name: string): boolean => child(stanza, name, HINTS) !== undefined;
  if (hint('no-store') || hint('no-permanent-store')) return false;
  return (
    hint('store') ||
    child(stanza, 'body') !== undefined ||
    elements(stanza).some((c) => (c.ns === 'urn:xmpp:eme:0' && c.name === 'encryption') || c.ns === 'urn:xmpp:chat-markers:0')
  );
}

/** §7.2.14: the smallest that any of the wishes allows; `maxchars` counts whole stanzas. Who wishes nothing gets as much as the room sends. */
export function limited(room: Room, join: Element, to: string, now: number): readonly Said[] {
  const x = child(join, 'x', NS.muc);
  const wishes = x && child(x, 'history', NS.muc)?.attrs;
  const seconds = number(wishes?.['seconds']);
  const since = Math.max(tickOf(wishes?.['since'] ?? '') ?? -Infinity, now - seconds * 1_000_000);
  const entries = room.history
    .filter((entry) => entry.tick >= since)
    .map((entry) => ({ ...entry, stanza: append(withAttrs(entry.stanza, { to }), delay(entry.tick, room.jid)) }));
  let chars = number(wishes?.['maxchars']);
  const wished = number(wishes?.['maxstanzas']);
  const isFree = wished === Infinity && chars === Infinity && since === -Infinity;
  const count = isFree ? room.historyDefault : wished;
  const kept: Said[] = [];
  for (const entry of entries.slice(count === Infinity ? 0 : Math.max(0, entries.length - count)).reverse()) {
    chars -= chars === Infinity ? 0 : serialize(entry.stanza, NS.client).length;
    if (chars < 0) break;
    kept.unshift(entry);
  }
  return kept;
}

/** A wish that is no number is none. */
function number(text: string | undefined): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : Infinity;
}
