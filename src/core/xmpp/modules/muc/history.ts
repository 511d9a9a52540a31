/** What newcomers are sent of before, and the subject. XEP-0045 §7.2.13 to §7.2.15. */
import { append, child, el, withAttrs, type Element } from '../../../../base/xml/element.ts';
import { serialize } from '../../../../base/xml/codec.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { delay, tickOf } from '../xep0203.ts';
import { HISTORY_LENGTH, type Room } from './room.ts';
import { rules } from './rules.ts';

export function sendHistory(context: Context, room: Room, join: Element, to: string): void {
  for (const entry of limited(room, join, to, context.tick)) context.originate(entry, rules.history);
  const subject = room.subject;
  const attrs = { type: 'groupchat', from: subject?.by ?? room.jid, to };
  const text = el('subject', NS.client, {}, ...(subject?.text ? [subject.text] : []));
  const when = subject ? [delay(subject.tick, room.jid)] : [];
  context.originate(el('message', NS.client, attrs, text, ...when), rules.subject);
}

export function remembered(room: Room, tick: number, stanza: Element): Room {
  return { ...room, history: [...room.history, { tick, stanza }].slice(-HISTORY_LENGTH) };
}

/** §7.2.14: the smallest that any of the wishes allows; `maxchars` counts whole stanzas. */
function limited(room: Room, join: Element, to: string, now: number): readonly Element[] {
  const x = child(join, 'x', NS.muc);
  const wishes = x && child(x, 'history', NS.muc)?.attrs;
  const since = Math.max(tickOf(wishes?.['since'] ?? '') ?? -Infinity, now - number(wishes?.['seconds']) * 1_000_000);
  const entries = room.history
    .filter((entry) => entry.tick >= since)
    .map((entry) => append(withAttrs(entry.stanza, { to }), delay(entry.tick, room.jid)));
  const count = number(wishes?.['maxstanzas']);
  let chars = number(wishes?.['maxchars']);
  const kept: Element[] = [];
  for (const entry of entries.slice(count === Infinity ? 0 : Math.max(0, entries.length - count)).reverse()) {
    chars -= chars === Infinity ? 0 : serialize(entry, NS.client).length;
    if (chars < 0) break;
    kept.unshift(entry);
  }
  return kept;
}

/** A wish that is no number is none. */
function number(text: string | undefined): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : Infinity;
}
