/** The diagram in words: what is under the pointer, what the keys are at, what is in view. */
import { Mark, MARKS, ENDS, End, type Diagram } from '../../protocol/diagram.ts';
import { KINDS, type Scene } from '../../protocol/scene.ts';
import { formatSpan, formatTime } from '../shared/format.ts';
import { KIND_TITLES } from '../shared/KindIcon.tsx';
import type { Hit } from './hit.ts';

const called = ({ entities: { name, detail } }: Scene, i: number): string =>
  (name[i] ?? '') + (detail[i]?.startsWith('/') ? detail[i] : '');

/** Of a stanza: what it is, where it goes, how long it takes and what becomes of it. */
function stanzaWords(scene: Scene, { messages, reasons, texts }: Diagram, row: number): readonly [string, string] {
  const kind = KINDS[messages.kind[row]!] ?? 'message';
  const fate = messages.fate[row]!;
  const span = formatSpan(scene.unit, messages.dueTick[row]! - messages.sentTick[row]!);
  const reason = reasons[messages.reason[row]!];
  const what = texts[row] ? `${KIND_TITLES[kind]} · ${texts[row]}` : KIND_TITLES[kind];
  const end = `${ENDS[fate]}${fate === End.underWay ? '' : ` after ${span}`}`;
  return [
    `${called(scene, messages.from[row]!)} → ${called(scene, messages.to[row]!)} · ${what}`,
    `sent at ${formatTime(scene.unit, messages.sentTick[row]!)}, ${end}${reason ? ` · ${reason}` : ''}`,
  ];
}

/** Of an event on a line. */
export function eventWords(scene: Scene, data: Diagram, row: number): readonly [string, string] {
  const { what, entity, ordinal, message } = data.marks;
  const who = called(scene, entity[row]!);
  const id = message[row]!;
  const stanza = id < 0 ? -1 : data.messages.id.indexOf(id);
  const happened = what[row] === Mark.arrival ? 'receives' : (MARKS[what[row]!] ?? '');
  return [
    `event ${ordinal[row]!.toLocaleString('en')} · ${who} · ${happened}`,
    stanza < 0 ? '' : stanzaWords(scene, data, stanza).join(' · '),
  ];
}

export function tipOf(scene: Scene, data: Diagram, { target, index }: Hit): readonly [string, string] {
  return target.type === 'message' ? stanzaWords(scene, data, index) : eventWords(scene, data, index);
}

const many = (count: number, one: string, more = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

/** What is in view, and what is not drawn and why. */
export function inViewWords(data: Diagram, hidden: number): string {
  const said: string[] = [];
  const events = Math.max(0, data.lastOrdinal - data.firstOrdinal + 1);
  if (data.density)
    said.push(
      `${many(data.crossing, 'stanza')} and ${many(events, 'event')} here are too many to draw one by one: bars show events on each line`,
    );
  const dim = data.passes?.messages.reduce((count, passes) => count + 1 - passes, 0) ?? 0;
  if (dim > 0)
    said.push(`the filter dims ${dim.toLocaleString('en')} of ${many(data.messages.id.length, 'stanza')} in and around this window`);
  else if (data.passes && data.density) said.push('the filter does not change the bars');
  if (data.inner > 0) said.push(`${many(data.inner, 'stanza')} within one line`);
  if (data.changesThinned) said.push('not every change of state is drawn');
  if (hidden > 0) said.push(`${many(hidden, 'line')} hidden`);
  return said.join(' · ');
}
