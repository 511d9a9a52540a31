/**
 * Data forms, the client's side: XEP-0004 2.13.1 (2022-07-25, https://xmpp.org/extensions/xep-0004.html) §3 and XEP-0122 1.0.2 §3 as far as forms here use it. A form that comes in
 * an answer is kept until another comes from the same place, and can be filled in by hand: its submission goes where it came from, in the same payload.
 * A form in a message, such as a request for voice (XEP-0045 §8.6), is answered by a message, and is done with when it was.
 * Simplified: no media in fields. What a form of the type `result` tells is shown where it belongs: with commands (`commands.ts`).
 */
import { el, elements, textOf, type Element } from '../../../base/xml/element.ts';
import type { Deeds } from '../actions/contract.ts';
import type { Context, Module, StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { COMMANDS } from '../modules/commands/contract.ts';
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
  /** It came in a message, and is answered by one. */
  readonly said: boolean;
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

/** Of two people who ask for voice at once, each has a form of their own. */
const placeOf = ({ from, way, said, form }: KeptForm): string =>
  JSON.stringify([
    from,
    ...(said ? [form.children.map((c) => (typeof c === 'string' ? c : fieldText(c)))] : []),
    ...way.map(({ name, ns, attrs }) => [name, ns, attrs['node'] ?? '', attrs['jid'] ?? '']),
  ]);

const fieldText = (field: Element): string => `${field.attrs['var'] ?? ''}=${elements(field).map(textOf).join('|')}`;

function filledIn({ from, way, said }: KeptForm, id: string, x: Element): Element {
  if (said) return el('message', NS.client, { id, to: from }, x);
  const payload = way.reduceRight((content, outer) => ({ ...outer, children: [content] }), x);
  return el('iq', NS.client, { type: 'set', id, to: from === '' ? undefined : from }, payload);
}

/** A form about somebody is answered by one about the same; one that says nothing of anybody cancels the first. */
function sameAsker(form: Element, answer: Element): boolean {
  const of = (x: Element) => elements(x).find((f) => f.attrs['var'] === 'muc#jid');
  const [asked, said] = [of(form), of(answer)];
  return !asked || !said || textOf(elements(asked)[0] ?? asked) === textOf(elements(said)[0] ?? said);
}

function keep(context: Context, kept: KeptForm): void {
  const others = context.get(keptForms).filter((other) => placeOf(other) !== placeOf(kept));
  context.set(keptForms, [kept, ...others].slice(0, MOST_KEPT));
}

/** What was asked in a message is done with once it was answered. */
function answered(context: Context, { stanza }: StanzaEvent): boolean {
  const answer = elements(stanza).find((c) => c.name === 'x' && c.ns === FORM);
  if (!answer) return false;
  const left = context
    .get(keptForms)
    .filter(
      (kept) =>
        !(kept.said && kept.from === stanza.attrs['to'] && formType(kept.form) === formType(answer) && sameAsker(kept.form, answer)),
    );
  context.set(keptForms, left);
  return false;
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
      // What came in a message waits for nothing: who does not answer it has said no.
      ...(kept.said
        ? []
        : [
            {
              id: `cancel/${placeOf(kept)}`,
              title: `Cancel: ${title}`,
              source,
              fields: [],
              write: () => filledIn(kept, id, el('x', FORM, { type: 'cancel' })),
            },
          ]),
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
        // Those of commands go on with their commands.
        const way = payload && payload.ns !== COMMANDS ? wayTo(payload) : undefined;
        const form = way?.at(-1);
        if (way && form) keep(context, { from: stanza.attrs['from'] ?? '', way: way.slice(0, -1), form, said: false });
        return false;
      },
    },
    {
      event: 'message/client',
      priority: 20,
      run(context, { stanza }) {
        const form = elements(stanza).find((c) => c.name === 'x' && c.ns === FORM && c.attrs['type'] === 'form');
        const { from } = stanza.attrs;
        if (form && from !== undefined && stanza.attrs['type'] !== 'error') keep(context, { from, way: [], form, said: true });
        return false;
      },
    },
    { event: 'sent-message', run: answered },
    { event: 'sent-message/by-hand', run: answered },
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
