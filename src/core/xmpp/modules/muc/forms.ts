/** Data forms as a room needs them: XEP-0004 2.13.1 §3.1 to §3.3, with FORM_TYPE as XEP-0068 has it. */
import { child, childText, el, elements, textOf, type Element } from '../../../../base/xml/element.ts';

export const FORM = 'jabber:x:data';

interface FieldDetails {
  readonly label?: string;
  readonly options?: readonly string[];
  readonly required?: boolean;
}

export const field = (type: string, name: string | undefined, values: readonly string[], details: FieldDetails = {}): Element =>
  el(
    'field',
    FORM,
    { type, var: name, label: details.label },
    ...(details.required === true ? [el('required', FORM)] : []),
    ...values.map((v) => el('value', FORM, {}, ...(v === '' ? [] : [v]))),
    ...(details.options ?? []).map((o) => el('option', FORM, { label: o }, el('value', FORM, {}, o))),
  );

export function form(
  type: 'form' | 'result',
  formType: string,
  fields: readonly Element[],
  title?: string,
  instructions?: string,
): Element {
  const words = [
    ...(title === undefined ? [] : [el('title', FORM, {}, title)]),
    ...(instructions === undefined ? [] : [el('instructions', FORM, {}, instructions)]),
  ];
  return el('x', FORM, { type }, ...words, field('hidden', 'FORM_TYPE', [formType]), ...fields);
}

/** The form in a stanza or its payload. */
export const formIn = (parent: Element): Element | undefined => child(parent, 'x', FORM);

/** The values of each field that is there; the first of a name counts. */
export function valuesOf(x: Element): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const f of elements(x)) {
    const name = f.attrs['var'] ?? '';
    if (f.name !== 'field' || found.has(name)) continue;
    found.set(
      name,
      elements(f)
        .filter((v) => v.name === 'value')
        .map(textOf),
    );
  }
  return found;
}

export function formType(x: Element): string | undefined {
  const named = elements(x).find((f) => f.attrs['var'] === 'FORM_TYPE');
  return named && childText(named, 'value');
}
