/** Fields of commands' forms, and what is wrong with how they were filled in: XEP-0004 2.13.1 §3.2, §3.3, in the words that Prosody has for it. */
import { tryParseJid } from '../../../../base/jid.ts';
import { child, childText, elements, type Element } from '../../../../base/xml/element.ts';
import type { Answers } from './contract.ts';

/** What is wrong with the first field that is not as it should be; `undefined`: nothing. */
export function faultIn(fields: readonly Element[], answers: Answers): string | undefined {
  for (const field of fields) {
    const { var: name, type } = field.attrs;
    if (name === undefined || type === 'fixed' || type === 'hidden') continue;
    const values = (answers[name] ?? []).filter((v) => v !== '');
    if (values.length === 0 && child(field, 'required')) return `${name}: Required value missing`;
    const unfit = values.find((v) => !fits(field, type, v));
    if (unfit !== undefined)
      return type?.startsWith('jid-') === true ? `${name}: Invalid JID: ${unfit}` : `${name}: ${unfit} is none of the choices`;
  }
  return undefined;
}

function fits(field: Element, type: string | undefined, value: string): boolean {
  if (type === 'jid-single' || type === 'jid-multi') return tryParseJid(value) !== undefined;
  if (type !== 'list-single' && type !== 'list-multi') return true;
  return elements(field).some((o) => o.name === 'option' && childText(o, 'value') === value);
}
