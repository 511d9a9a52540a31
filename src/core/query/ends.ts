/** Tests of who sends, receives and takes part: by the entity, whose names are looked at once, and by the stanza's own addresses. */
import { bareOf, tryParseJid, type Jid } from '../../base/jid.ts';
import type { Place, Source, Test } from './source.ts';
import { textTest, type TextTest } from './text.ts';

type Part = 'whole' | 'bare' | 'local' | 'domain' | 'resource';
const partOf = (jid: Jid, part: Part): string => (part === 'bare' ? bareOf(jid) : part === 'whole' ? '' : jid[part]);

/** Whether an address is meant; the part of one that is none is nothing. */
function addressTest(test: TextTest, part: Part): TextTest {
  if (part === 'whole') return (text) => test(text) || test(bareText(text));
  return (text) => {
    const jid = tryParseJid(text);
    return jid !== undefined && test(partOf(jid, part));
  };
}
const bareText = (text: string): string => {
  const slash = text.indexOf('/');
  return slash < 0 ? text : text.slice(0, slash);
};

/** 1 by entity, for those that the test means: by name, name and detail as shown, or address. */
function flagsOf({ stage }: Source, test: TextTest, part: Part): Uint8Array {
  const { name, detail, jid } = stage.entities;
  const address = addressTest(test, part);
  return Uint8Array.from(name, (short, i) => {
    const shown = part === 'whole' && (test(short) || test(short + detail[i]!));
    return shown || address(jid[i]!) ? 1 : 0;
  });
}

/** @param field `from`, `to` or `entity`, with or without a part. */
export function endTest(place: Place, field: string, op: '==' | '~', wanted: string): Test {
  const [end, part = 'whole'] = field.split('.') as [string, Part?];
  const test = textTest(op, wanted);
  const flags = flagsOf(place.source, test, part);
  const { from, to } = place.source.journal.messages;
  if (end === 'entity')
    return () =>
      flags[place.entity] === 1 || (place.message >= 0 && (flags[from.get(place.message)] === 1 || flags[to.get(place.message)] === 1));
  const address = addressTest(test, part);
  const column = end === 'from' ? from : to;
  const attribute = end as 'from' | 'to';
  return () => {
    if (place.message < 0) return end === 'from' && flags[place.entity] === 1;
    if (flags[column.get(place.message)] === 1) return true;
    // What the journal keeps no stanza of has its ends for addresses.
    const own = place.source.journal.stanzas.get(place.message)?.attrs[attribute];
    return own !== undefined && address(own);
  };
}

/** `alice -> bob` one way, `alice - bob` both ways, one name alone either end; with `~` parts of the names. */
export function linkTest(place: Place, op: '==' | '~', wanted: string): Test {
  const [, left = '', arrow, right = ''] = /^(.*?)\s*(->|→|<->|\s-\s)\s*(.*)$/.exec(wanted) ?? [];
  const { from, to } = place.source.journal.messages;
  const flags = (text: string): Uint8Array => flagsOf(place.source, textTest(op, text.trim()), 'whole');
  if (arrow === undefined) {
    const either = flags(wanted);
    return () => place.message >= 0 && (either[from.get(place.message)] === 1 || either[to.get(place.message)] === 1);
  }
  const [a, b] = [flags(left), flags(right)];
  const oneWay = arrow === '->' || arrow === '→';
  return () => {
    if (place.message < 0) return false;
    const [x, y] = [from.get(place.message), to.get(place.message)];
    return (a[x] === 1 && b[y] === 1) || (!oneWay && b[x] === 1 && a[y] === 1);
  };
}
