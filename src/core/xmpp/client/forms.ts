/**
 * Data forms, the client's side: XEP-0004 2.13.1 (2022-07-25, https://xmpp.org/extensions/xep-0004.html) §3 and XEP-0122 1.0.2 §3 as far as forms here use it. A form that comes in
 * an answer is kept until another comes from the same place, and can be filled in by hand: its submission goes where it came from, in the same payload.
 * Simplified: no media in fields, no `reported` tables; a form in a message (a request for voice) is not kept.
 */
import { el, elements, type Element } from '../../../base/xml/element.ts';
import type { Deeds } from '../actions/contract.ts';
import type { Module } from '../module.ts';
import { NS } from '../namespaces.ts';
import { FORM, formType } from '../modules/muc/forms.ts';
import { slice } from '../slice.ts';
import { payloadOf } from '../stanza.ts';
import { fieldsOf, submitted, titleOf } from './form-fields.ts';

interface KeptForm {
  /** Whom it came from; empty: the own account. */
  readonly from: string;
  /** From the payload down to the form, without what else stands there. */
  readonly way: readonly Element[];
  readonly form: Element;
}
const keptForms = slice<readonly KeptForm[]>('forms', []);
const MOST_KEPT = 12;

/** The elements from this one down to a form to be filled in. */
function wayTo(element: Element): readonly Element[] | undefined {
  if (element.name === 'x' && element.ns === FORM) return element.attrs['type'] === 'form' ? [element] : undefined;
  for (const inner of elements(element)) {
    const way = wayTo(inner);
    if (way) return [{ ...element, children: [] }, ...way];
  }
  return undefined;
}

const placeOf = ({ from, way }: KeptForm): string =>
  JSON.stringify([from, ...way.map(({ name, ns, attrs }) => [name, ns, attrs['node'] ?? '', attrs['jid'] ?? ''])]);

function filledIn({ from, way }: KeptForm, id: string, x: Element): Element {
  const payload = way.reduceRight((content, outer) => ({ ...outer, children: [content] }), x);
  return el('iq', NS.client, { type: 'set', id, to: from === '' ? undefined : from }, payload);
}

function deedsFor(kept: KeptForm, id: string): Deeds {
  const { from, form, way } = kept;
  const node = way.map((e) => e.attrs['node']).find((name) => name !== undefined);
  const title = `${titleOf(form)}${node === undefined ? '' : ` of ${node}`}`;
  const source = `XEP-0004 §3.2${formType(form) === undefined ? '' : `, ${formType(form)}`}`;
  const fields = fieldsOf(form);
  return {
    key: from === '' ? 'self' : from,
    title: from,
    subtitle: 'has sent a form',
    actions: [
      {
        id: `form/${placeOf(kept)}`,
        title: `Fill in: ${title}`,
        source,
        fields,
        write: (filled) => filledIn(kept, id, submitted(form, filled)),
      },
      {
        id: `cancel/${placeOf(kept)}`,
        title: `Cancel: ${title}`,
        source,
        fields: [],
        write: () => filledIn(kept, id, el('x', FORM, { type: 'cancel' })),
      },
    ],
  };
}

export const clientForms: Module = {
  id: 'xep-0004-client',
  title: 'Data forms, the client’s side',
  spec: 'XEP-0004',
  version: '2.13.1',
  places: ['client'],
  rules: {},
  hooks: [
    {
      event: 'iq/client',
      priority: 20,
      run(context, { stanza }) {
        const payload = stanza.attrs['type'] === 'result' ? payloadOf(stanza) : undefined;
        const way = payload && wayTo(payload);
        const form = way?.at(-1);
        if (way && form) {
          const kept: KeptForm = { from: stanza.attrs['from'] ?? '', way: way.slice(0, -1), form };
          const others = context.get(keptForms).filter((other) => placeOf(other) !== placeOf(kept));
          context.set(keptForms, [kept, ...others].slice(0, MOST_KEPT));
        }
        return false;
      },
    },
  ],
  actions: (view) => view.get(keptForms).map((kept) => deedsFor(kept, view.id)),
  inspect: ({ get }) =>
    get(keptForms).map((kept) => ({
      type: 'form',
      key: `form/${placeOf(kept)}`,
      title: `${titleOf(kept.form)}, from ${kept.from === '' ? 'the own account' : kept.from}`,
      fields: fieldsOf(kept.form)
        .filter((f) => f.kind !== 'words')
        .map((f) => ({ key: f.name, label: f.label, values: f.kind === 'password' ? f.values.map(() => '•••') : f.values })),
    })),
};
