/** What a module declares that a client can be made to do: a form, and the stanza that comes of it. Pure: asked for at any moment, again and again. */
import { tryParseJid, formatJid } from '../../../base/jid.ts';
import type { Element } from '../../../base/xml/element.ts';
import type { Action, ActionField, ActionOption, ActionValues } from '../../../protocol/actions.ts';
import type { Place } from '../network.ts';
import type { Slice } from '../slice.ts';

/** What the actions of a client may depend on. */
export interface ActionView {
  /** Its full address; empty while none is bound. */
  readonly full: string;
  readonly bare: string;
  /** For what is to be written now: an id that nothing else has. */
  readonly id: string;
  get<T>(slice: Slice<T>): T;
  /**
   * Services of the scene, those of the own server first, and what each keeps. The person sees them on the picture; the client itself would have to ask
   * (XEP-0030), and what is only offered for choosing it need not know.
   */
  services(place: Place): readonly { readonly name: string; get<T>(slice: Slice<T>): T }[];
  /** Bare addresses of the others in the scene. */
  readonly people: readonly string[];
  /** Full addresses of the other clients that are connected. */
  readonly clients: readonly string[];
}

export interface Deed extends Action {
  /** The stanza; what is wrong with a field is told to `form`. */
  write(form: Filled): Element;
}

export interface Deeds {
  readonly key: string;
  readonly title: string;
  readonly subtitle: string;
  readonly actions: readonly Deed[];
}

/** A form that was filled in, read field by field; all that is wrong is collected. */
export class Filled {
  readonly faults: { field: string; message: string }[] = [];
  readonly #fields: ReadonlyMap<string, ActionField>;
  readonly #values: ActionValues;

  constructor(fields: readonly ActionField[], values: ActionValues) {
    this.#fields = new Map(fields.map((f) => [f.name, f]));
    this.#values = values;
    for (const { name, label, required, options } of fields) {
      // Nothing may be a choice of its own: presence without <show/> is “available”.
      const isOffered = options?.some(({ value }) => value === '') === true;
      if (required === true && !isOffered && this.list(name).every((value) => value.trim() === ''))
        this.fault(name, `“${label}” has to be filled in.`);
    }
  }
  list(name: string): readonly string[] {
    const found = Object.hasOwn(this.#values, name) ? this.#values[name] : undefined;
    return found ?? this.#fields.get(name)?.values ?? [];
  }
  text(name: string): string {
    return this.list(name)[0] ?? '';
  }
  /** `undefined` where it was left empty. */
  some(name: string): string | undefined {
    return this.text(name) === '' ? undefined : this.text(name);
  }
  isOn(name: string): boolean {
    return this.text(name) === '1';
  }
  /** A prepared address; a fault where it is none. */
  jid(name: string, form: 'bare' | 'full' | 'any' = 'any'): string {
    const text = this.text(name).trim();
    if (text === '') return '';
    const jid = tryParseJid(text);
    if (!jid) this.fault(name, `“${text}” is no address: it is written name@domain (RFC 7622 §3).`);
    else if (form === 'bare' && jid.resource !== '') this.fault(name, `“${text}” has a resource, and this is for the address without one.`);
    else if (form === 'full' && jid.resource === '') this.fault(name, `“${text}” lacks the part behind the slash.`);
    return jid ? formatJid(jid) : text;
  }
  fault(field: string, message: string): void {
    if (!this.faults.some((f) => f.field === field)) this.faults.push({ field, message });
  }
}

export const option = (value: string, label = value, refused?: string): ActionOption => ({ value, label, refused });

interface More {
  readonly help?: string | undefined;
  readonly required?: boolean | undefined;
  readonly value?: string | undefined;
}
const input =
  (kind: ActionField['kind']) =>
  (name: string, label: string, { value, ...more }: More = {}): ActionField => ({
    name,
    label,
    kind,
    ...more,
    values: value === undefined || value === '' ? [] : [value],
  });
export const text = input('text');
export const password = input('password');
export const paragraph = input('paragraph');
export const number = input('number');

/** One of them, and no other; the first that can be chosen, where nothing is said. */
export const choice = (name: string, label: string, options: readonly ActionOption[], more: More = {}): ActionField => {
  const first = options.find((o) => o.refused === undefined)?.value;
  const { value = first, ...rest } = more;
  return { name, label, kind: 'choice', required: true, ...rest, options, values: value === undefined ? [] : [value] };
};
/** A text, with suggestions. */
export const open = (name: string, label: string, options: readonly ActionOption[], { value, ...more }: More = {}): ActionField => ({
  name,
  label,
  kind: 'open',
  ...more,
  options,
  values: [value ?? options[0]?.value ?? ''],
});
