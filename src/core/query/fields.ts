/** Tests of fields: `kind == iq`, `bytes > 300`, `element ~ muc`. */
import type { Operator, Value } from '../../base/query/ast.ts';
import { elements, textOf, type Element } from '../../base/xml/element.ts';
import { InputError } from '../../base/result.ts';
import { KINDS, type TimeUnit } from '../../protocol/scene.ts';
import { OUTCOME_NAMES, What } from '../kernel/journal.ts';
import { endTest, linkTest } from './ends.ts';
import type { Place, Source, Test } from './source.ts';
import { textTest, type TextTest } from './text.ts';

/** Seconds; `ticks` are the scene's. */
const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, min: 60 };

/** A duration in ticks. A bare number is in the unit that the scene shows. */
export function ticksOf(value: number, unit: string, scene: TimeUnit): number {
  if (unit === 'ticks') return value;
  if (unit === '') return Math.round(value * scene.ticks);
  if (scene.label !== 's')
    throw new InputError({
      message: `This scene counts in ticks, and “${value}${unit}” is in seconds.`,
      hint: `Write ${value}ticks, or ${value} alone.`,
    });
  return Math.round(value * SECONDS[unit]! * scene.ticks);
}

export function compares(op: Operator, a: number, b: number): boolean {
  switch (op) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

/** NaN where the row has no such number: then nothing but `!=` holds. */
const NUMBERS: Readonly<Record<string, (place: Place) => number>> = {
  time: ({ source, ordinal }) => source.journal.tickOf(ordinal),
  delay: ({ source: { journal }, message }) => (message < 0 ? NaN : journal.dueOf(message) - journal.sentOf(message)),
  round: ({ source, ordinal }) => source.journal.roundOf(ordinal),
  ordinal: ({ ordinal }) => ordinal,
  bytes: ({ source, message }) => (message < 0 ? NaN : source.journal.messages.bytes.get(message)),
  reached: ({ source, ordinal }) => reachedAt(source, ordinal),
  coverage: ({ source, ordinal }) => (100 * reachedAt(source, ordinal)) / Math.max(1, source.stage.reached.of),
  inflight: ({ source: { journal }, ordinal }) => (ordinal === 0 ? journal.messagesAtStart : journal.events.inFlight.get(ordinal - 1)),
};
export const reachedAt = ({ journal }: Source, ordinal: number): number =>
  ordinal === 0 ? journal.reachedAtStart : journal.events.reached.get(ordinal - 1);

/** Texts of a row; any of them may be meant. */
const TEXTS: Readonly<Record<string, (place: Place, test: TextTest) => boolean>> = {
  kind: ({ isArrival, source, message }, test) => isArrival && test(KINDS[source.journal.messages.kind.get(message)]!),
  outcome: ({ source, message }, test) => message >= 0 && test(OUTCOME_NAMES[source.journal.messages.outcome.get(message)]!),
  type: ({ stanza }, test) => stanza?.attrs['type'] !== undefined && test(stanza.attrs['type']),
  element: ({ stanza }, test) => stanza !== undefined && anyElement(stanza, ({ name, ns }) => test(name) || test(ns)),
  text: ({ stanza }, test) => stanza !== undefined && anyElement(stanza, (element) => test(textOf(element))),
  what: ({ source, ordinal, message, isArrival }, test) =>
    test(isArrival ? source.stage.summary(source.view(message)) : ordinal === 0 ? '' : source.summary(ordinal)),
  rule: (place, test) => ruleTexts(place).some(test),
  state(place, test) {
    const { journal, stage } = place.source;
    const [first, end] = journal.changedBy(place.ordinal);
    for (let change = first; change < end; change++) {
      const state = stage.states[journal.changes.after.get(change)];
      if (state && (test(state.id) || test(state.label))) return true;
    }
    return false;
  },
};
const anyElement = (element: Element, test: (element: Element) => boolean): boolean =>
  test(element) || elements(element).some((inner) => anyElement(inner, test));

function ruleTexts({ source, ordinal, message, what }: Place): readonly string[] {
  const { journal, stage } = source;
  let id = what === What.nothing && ordinal > 0 ? journal.ruleName(journal.events.rule.get(ordinal - 1)) : '';
  if (id === '' && message >= 0) id = journal.ruleName(journal.messages.rule.get(message)) || (stage.ruleOf?.(source.view(message)) ?? '');
  const rule = stage.rules.get(id);
  return id === '' ? [] : rule ? [id, rule.source] : [id];
}

/** There are few rules, and each is the reason of many rows. */
function remembered(test: TextTest): TextTest {
  const known = new Map<string, boolean>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) known.set(text, (answer = test(text)));
    return answer;
  };
}

/** Reading a stanza costs most, an end of a link little, a column next to nothing. */
export function costOf(field: string): number {
  if (field in NUMBERS || field === 'kind' || field === 'outcome' || field === 'state') return 0;
  if (/^(from|to|entity|link)/.test(field)) return 1;
  return field === 'rule' ? 2 : field === 'what' ? 3 : 4;
}
/** About the run as it is after the event, and not about what happened in it. */
export const isLevel = (field: string): boolean => ['time', 'round', 'ordinal', 'reached', 'coverage', 'inflight'].includes(field);

export function fieldTest(place: Place, field: string, op: Operator, value: Value): Test {
  if (value.type === 'number') {
    const read = NUMBERS[field]!;
    const timed = field === 'time' || field === 'delay';
    const wanted = timed ? ticksOf(value.value, value.unit === '%' ? '' : value.unit, place.source.unit) : value.value;
    return () => compares(op, read(place), wanted);
  }
  if (op === '!=' || op === '!~') {
    const test = fieldTest(place, field, op === '!=' ? '==' : '~', value);
    return () => !test();
  }
  const how = op === '==' ? '==' : '~';
  if (field === 'link') return linkTest(place, how, value.text);
  if (/^(from|to|entity)(\.|$)/.test(field)) return endTest(place, field, how, value.text);
  const test = textTest(how, value.text);
  if (field.startsWith('@')) {
    const name = field.slice(1);
    return () => {
      const found = place.stanza?.attrs[name];
      return found !== undefined && test(found);
    };
  }
  const read = TEXTS[field]!;
  const asked = field === 'rule' ? remembered(test) : test;
  return () => read(place, asked);
}
