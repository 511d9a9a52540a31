/** A data form as fields to be filled in, and its submission: XEP-0004 2.13.1 §3.2 to §3.4, XEP-0122 1.0.2 §3 (datatypes and ranges). */
import { child, childText, el, elements, textOf, type Element } from '../../../base/xml/element.ts';
import { tryParseJid } from '../../../base/jid.ts';
import type { ActionField, ActionFieldKind } from '../../../protocol/actions.ts';
import type { Filled } from '../actions/contract.ts';
import { FORM, formType } from '../modules/muc/forms.ts';

const VALIDATE = 'http://jabber.org/protocol/xdata-validate';

/** §3.3: a type that nobody knows, or none, is a line of text. */
const KINDS: Readonly<Record<string, ActionFieldKind>> = {
  boolean: 'switch',
  fixed: 'words',
  'jid-multi': 'lines',
  'jid-single': 'text',
  'list-multi': 'choices',
  'list-single': 'choice',
  'text-multi': 'paragraph',
  'text-private': 'password',
  'text-single': 'text',
};

const fieldElements = (form: Element): readonly Element[] => elements(form).filter((f) => f.name === 'field' && f.ns === FORM);
const valuesIn = (field: Element): readonly string[] =>
  elements(field)
    .filter((v) => v.name === 'value')
    .map(textOf);
const typeOf = (field: Element): string => field.attrs['type'] ?? 'text-single';
/** What it is called where it has no name: only words have none. */
const nameOf = (field: Element, i: number): string => field.attrs['var'] ?? `words-${i}`;
const yes = (value: string | undefined): string => (value === '1' || value === 'true' ? '1' : '0');

export const titleOf = (form: Element): string => {
  const type = formType(form);
  return childText(form, 'title') ?? (type === undefined ? 'Form' : (TITLES[type] ?? type));
};
const TITLES: Readonly<Record<string, string>> = {
  'http://jabber.org/protocol/muc#roomconfig': 'Configuration of the room',
  'http://jabber.org/protocol/muc#register': 'Registration with the room',
  'http://jabber.org/protocol/pubsub#node_config': 'Configuration of the node',
  'http://jabber.org/protocol/pubsub#subscribe_options': 'Options of the subscription',
};

export function fieldsOf(form: Element): readonly ActionField[] {
  return fieldElements(form).flatMap((field, i): ActionField[] => {
    const type = typeOf(field);
    if (type === 'hidden') return [];
    const kind = KINDS[type] ?? 'text';
    const values = valuesIn(field);
    const name = nameOf(field, i);
    const options = elements(field)
      .filter((o) => o.name === 'option')
      .map((o) => ({ value: childText(o, 'value') ?? '', label: o.attrs['label'] ?? childText(o, 'value') ?? '' }));
    return [
      {
        name,
        label: field.attrs['label'] ?? (kind === 'words' ? values.join(' ') : name),
        kind,
        help: helpOf(field),
        required: child(field, 'required') !== undefined,
        ...(options.length > 0 && { options }),
        values: kind === 'switch' ? [yes(values[0])] : kind === 'paragraph' ? [values.join('\n')] : values,
      },
    ];
  });
}

function helpOf(field: Element): string | undefined {
  const range = rangeOf(field);
  const said = childText(field, 'desc');
  const bounds = range && `${range.integerOrMax ? 'A whole number or “max”' : 'A number'}, ${range.min} to ${range.max}`;
  return [said, bounds].filter((words) => words !== undefined).join('. ') || undefined;
}

function rangeOf(field: Element): { readonly min: string; readonly max: string; readonly integerOrMax: boolean } | undefined {
  const validate = child(field, 'validate', VALIDATE);
  const range = validate && child(validate, 'range');
  if (!validate || !range) return undefined;
  return {
    min: range.attrs['min'] ?? 'any',
    max: range.attrs['max'] ?? 'any',
    integerOrMax: validate.attrs['datatype'] === 'pubsub:integer-or-max',
  };
}

/** §3.2: every field that has a name, hidden ones and those of a type that nobody knows as they came. */
export function submitted(form: Element, filled: Filled): Element {
  const fields = fieldElements(form).flatMap((field, i): Element[] => {
    const name = field.attrs['var'];
    const type = typeOf(field);
    if (name === undefined || type === 'fixed') return [];
    const values = type === 'hidden' ? valuesIn(field) : written(type, filled.list(nameOf(field, i)));
    if (type !== 'hidden') judge(field, name, type, values, filled);
    return [el('field', FORM, { var: name }, ...values.map((v) => el('value', FORM, {}, ...(v === '' ? [] : [v]))))];
  });
  return el('x', FORM, { type: 'submit' }, ...fields);
}

function written(type: string, given: readonly string[]): readonly string[] {
  if (type === 'boolean') return [yes(given[0])];
  if (type === 'text-multi') return (given[0] ?? '') === '' ? [] : given.join('\n').split('\n');
  if (type === 'jid-multi') return given.map((v) => v.trim()).filter((v) => v !== '');
  return given;
}

function judge(field: Element, name: string, type: string, values: readonly string[], filled: Filled): void {
  if (type === 'jid-single' || type === 'jid-multi')
    for (const value of values)
      if (value !== '' && !tryParseJid(value)) filled.fault(name, `“${value}” is no address: it is written name@domain (RFC 7622 §3).`);
  if (type === 'list-single' || type === 'list-multi') {
    const options = elements(field).filter((o) => o.name === 'option');
    const known = new Set(options.map((o) => childText(o, 'value') ?? ''));
    for (const value of values) if (value !== '' && !known.has(value)) filled.fault(name, `“${value}” is none of the choices.`);
  }
  const range = rangeOf(field);
  const value = values[0] ?? '';
  if (!range || value === '' || (range.integerOrMax && value === 'max')) return;
  const number = Number(value);
  if (!/^-?\d+$/.test(value.trim()))
    filled.fault(name, `A whole number${range.integerOrMax ? ' or “max”' : ''} is meant here, and “${value}” is none.`);
  else if ((range.min !== 'any' && number < Number(range.min)) || (range.max !== 'any' && number > Number(range.max)))
    filled.fault(name, `${value} is not between ${range.min} and ${range.max}.`);
}
