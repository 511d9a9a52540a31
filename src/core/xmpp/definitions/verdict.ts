/**
 * The verdict on the form of a stanza: held against the definitions, element by element, and then against the rules that grammar
 * cannot say. What stands in a namespace that is not defined here is not judged, only named: to be extensible is the point of XMPP
 * (RFC 6120 §8.4), and a receiver ignores what it does not understand.
 */
import { elements, renamespace, type Element } from '../../../base/xml/element.ts';
import { NS } from '../namespaces.ts';
import { isStanza } from '../stanza.ts';
import { contentOf, mismatch, type Content } from './content.ts';
import { DEFINITIONS, PREFIXES } from './index.ts';
import { attributeForm, cite, type AttributeForm, type Declaration, type Definition } from './model.ts';
import { brokenRules } from './rules.ts';
import { wrongWith } from './text-types.ts';

export interface Fault {
  /** `/iq/query/item[2]/@jid`: where, for people. */
  readonly path: string;
  /** The way there from the stanza: positions among child elements. */
  readonly steps: readonly number[];
  readonly attribute?: string | undefined;
  /** In plain words, one sentence without its full stop. */
  readonly message: string;
  /** The specification and section that has it so. */
  readonly section: string;
}
export interface Verdict {
  readonly faults: readonly Fault[];
  /** Namespaces that stand in the stanza and are not defined here. */
  readonly unknown: readonly string[];
}
export interface Options {
  /** The children of message and presence in the order that the specifications print, though their order means nothing. */
  readonly printedOrder?: boolean;
}

/** An element with its declaration, found from where it stands. */
interface Place {
  readonly element: Element;
  readonly parent: Element | undefined;
  readonly path: string;
  readonly steps: readonly number[];
  readonly definition: Definition | undefined;
  /** Its key in the definition; empty where it is not declared. */
  readonly key: string;
}

/** Everything that is wrong with the form of a stanza (or other item) of a stream of the namespace `ns`. */
export function verdict(stanza: Element, ns: string, options: Options = {}): readonly Fault[] {
  return judge(stanza, ns, options).faults;
}

export function judge(stanza: Element, ns: string, options: Options = {}): Verdict {
  const faults: Fault[] = [];
  const unknown = new Set<string>();
  if (stanza.ns !== ns && (stanza.ns === NS.client || stanza.ns === NS.server || stanza.ns === ''))
    faults.push({
      path: `/${stanza.name}`,
      steps: [],
      message: `<${stanza.name}/> is in ${stanza.ns === '' ? 'no namespace' : `the namespace ${stanza.ns}`}, and this is a stream of ${ns}`,
      section: 'RFC 6120 §4.8.3',
    });
  // Services send and take the stanzas of clients, in the namespace of their own stream (XEP-0114 §3).
  visit(placeIn(isStanza(stanza) ? renamespace(stanza, NS.component, NS.client) : stanza), faults, unknown, options);
  return { faults, unknown: [...unknown] };
}

function placeIn(element: Element, parent?: Place, index = 0, name = element.name): Place {
  const definition = DEFINITIONS.get(element.ns);
  const steps = parent ? [...parent.steps, index] : [];
  const inside = parent?.element.ns === element.ns;
  const keys = inside ? [`${parent.key}/${element.name}`, element.name, `/${element.name}`] : [element.name];
  const key = definition ? (keys.find((k) => Object.hasOwn(definition.elements, k)) ?? '') : '';
  return { element, parent: parent?.element, path: `${parent?.path ?? ''}/${name}`, steps, definition, key };
}

/** How the last of these elements is declared, each being the child of the one before. */
export function declarationOf(way: readonly Element[]): { readonly declaration: Declaration; readonly definition: Definition } | undefined {
  const place = way.reduce<Place | undefined>((parent, element) => placeIn(element, parent), undefined);
  const declaration = place?.definition?.elements[place.key];
  return declaration && place.definition ? { declaration, definition: place.definition } : undefined;
}

function visit(place: Place, faults: Fault[], unknown: Set<string>, options: Options): void {
  const { element, definition, parent } = place;
  const add = (message: string, section: string, attribute?: string): void => {
    const path = attribute === undefined ? place.path : `${place.path}/@${attribute}`;
    faults.push({ path, steps: place.steps, attribute, message, section });
  };
  const declaration = definition?.elements[place.key];
  const lang = declaration ? undefined : element.attrs['xml:lang'];
  const wrong = lang === undefined ? undefined : wrongWith(lang, 'language');
  if (wrong !== undefined) add(`“xml:lang” ${wrong}`, 'RFC 6120 §8.1.5', 'xml:lang');
  if (!definition) {
    if (element.ns !== '') unknown.add(element.ns);
    else if (parent && DEFINITIONS.has(parent.ns)) add(`<${element.name}/> is in no namespace`, 'RFC 6120 §4.8');
  } else if (!declaration) {
    if (parent?.ns !== element.ns) add(`${definition.ns} has no element <${element.name}/> to stand by itself`, definition.source);
  } else {
    attributes(element, declaration, definition, add);
    for (const broken of brokenRules(element, parent)) add(broken.message, broken.section);
  }
  const content = definition && declaration && contentFor(declaration, definition, options);
  const children = elements(element);
  const names = namesOf(children);
  if (content && declaration) {
    const source = cite(definition, declaration[0]);
    const text = textFault(element, content);
    if (text !== undefined) add(text, source);
    misplaced(element, children, content, (at, message) =>
      at === undefined
        ? add(message, source)
        : faults.push({ path: `${place.path}/${names[at]!}`, steps: [...place.steps, at], message, section: source }),
    );
  }
  children.forEach((child, i) => visit(placeIn(child, place, i, names[i]), faults, unknown, options));
}

/** Names for a path; with a number where there are several. */
function namesOf(children: readonly Element[]): readonly string[] {
  const seen = new Map<string, number>();
  return children.map(({ name }) => {
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return children.filter((c) => c.name === name).length > 1 ? `${name}[${number}]` : name;
  });
}

function contentFor(declaration: Declaration, definition: Definition, options: Options): Content {
  const text = (options.printedOrder === true ? declaration[4] : undefined) ?? declaration[2];
  return contentOf(text, definition.ns, PREFIXES);
}

const forms = new WeakMap<Declaration, ReadonlyMap<string, AttributeForm>>();
export function attributeForms(declaration: Declaration): ReadonlyMap<string, AttributeForm> {
  let made = forms.get(declaration);
  if (!made) {
    made = new Map(Object.entries(declaration[3] ?? {}).map(([name, text]) => [name, attributeForm(text, declaration[0])]));
    forms.set(declaration, made);
  }
  return made;
}

type Add = (message: string, section: string, attribute?: string) => void;
function attributes(element: Element, declaration: Declaration, definition: Definition, add: Add): void {
  const declared = attributeForms(declaration);
  for (const [name, form] of declared)
    if (form.required && element.attrs[name] === undefined)
      add(`<${element.name}/> needs the attribute “${name}”`, cite(definition, form.section));
  for (const [name, value] of Object.entries(element.attrs)) {
    const form = declared.get(name);
    if (!form) {
      const isOpen = declared.has('*any') || (declared.has('*') && /:|^xmlns/.test(name));
      if (!isOpen) add(`<${element.name}/> has no attribute “${name}”`, cite(definition, declaration[0]), name);
      continue;
    }
    const wrong = wrongWith(value, form.type);
    if (wrong !== undefined) add(`“${name}” ${wrong}`, cite(definition, form.section), name);
  }
}

function textFault(element: Element, content: Content): string | undefined {
  const text = element.children.filter((c) => typeof c === 'string').join('');
  if (content.kind === 'text') {
    const wrong = wrongWith(text, content.type);
    return wrong === undefined
      ? undefined
      : content.type === 'string{0,0}'
        ? `<${element.name}/> is empty, and here it has text`
        : `its text ${wrong}`;
  }
  if (content.kind === 'empty') return text === '' ? undefined : `<${element.name}/> is empty, and here it has text`;
  return content.mixed || text.trim() === '' ? undefined : `<${element.name}/> holds elements, and no text between them`;
}

function misplaced(
  element: Element,
  children: readonly Element[],
  content: Content,
  add: (at: number | undefined, message: string) => void,
): void {
  if (content.kind !== 'children') {
    if (children.length > 0) add(0, `<${element.name}/> holds no elements`);
    return;
  }
  const found = mismatch(content.grammar, children, element.ns);
  if (!found) return;
  const expected = found.expected.length === 0 ? '' : found.expected.slice(0, 6).join(' or ') + (found.expected.length > 6 ? ' …' : '');
  const child = children[found.at];
  if (!child) add(undefined, `<${element.name}/> is not complete: ${expected} is missing`);
  else add(found.at, `<${child.name}/> has no place here${expected === '' ? ': nothing more may follow' : `; here may stand ${expected}`}`);
}
