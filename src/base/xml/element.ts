/** An XML element as XMPP needs it: immutable, namespace resolved, shared freely between rows and states. */
export interface Element {
  /** Local name, without a prefix. */
  readonly name: string;
  /** Namespace URI of the element. */
  readonly ns: string;
  /** Attributes in document order; the only prefixed ones are `xml:…`. Namespace declarations are not among them. */
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

/** An element; attributes whose value is `undefined` are left out, so that optional ones need no branches. */
export function el(
  name: string,
  ns: string,
  attrs: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly (Element | string)[]
): Element {
  return { name, ns, attrs: defined(attrs), children };
}

/** The same element with some attributes set, or removed where the value is `undefined`. */
export function withAttrs(element: Element, changes: Readonly<Record<string, string | undefined>>): Element {
  const { name, ns, attrs, children } = element;
  const changed: Record<string, string> = { ...attrs };
  for (const key in changes) {
    const value = changes[key];
    if (value !== undefined) changed[key] = value;
    else if (key in attrs) return { name, ns, attrs: defined({ ...attrs, ...changes }), children };
  }
  return { name, ns, attrs: changed, children };
}

export function withChildren(element: Element, children: readonly (Element | string)[]): Element {
  return { name: element.name, ns: element.ns, attrs: element.attrs, children };
}

/** The same element with these children after its own. */
export function append(element: Element, ...more: readonly (Element | string)[]): Element {
  return withChildren(element, [...element.children, ...more]);
}

export function elements(element: Element): Element[] {
  return element.children.filter((c): c is Element => typeof c !== 'string');
}

/** The first child element of that name; without `ns`, in the namespace of the parent. */
export function child(element: Element, name: string, ns: string = element.ns): Element | undefined {
  for (const c of element.children) if (typeof c !== 'string' && c.name === name && c.ns === ns) return c;
  return undefined;
}

/** Text directly inside the element. */
export function textOf(element: Element): string {
  return element.children.filter((c) => typeof c === 'string').join('');
}

/** Text of the first child of that name in the parent's namespace. */
export function childText(element: Element, name: string): string | undefined {
  const found = child(element, name);
  return found && textOf(found);
}

/** The element with the namespace of its content exchanged, down to where another namespace begins. */
export function renamespace(element: Element, from: string, to: string): Element {
  if (element.ns !== from || from === to) return element;
  return { name: element.name, ns: to, attrs: element.attrs, children: renamed(element.children, from, to) };
}

/** Content with nothing to exchange in it stays the same, and so does, each time, what was made of content that is shared. */
function renamed(children: Element['children'], from: string, to: string): Element['children'] {
  if (!hasOf(children, from)) return children;
  const notes = shared.get(children);
  const before = notes?.renamed.get(to);
  if (before) return before;
  const made = children.map((c) => (typeof c === 'string' ? c : renamespace(c, from, to)));
  if (notes) {
    notes.renamed.set(to, made);
    shared.set(made, newNotes());
  }
  return made;
}

function hasOf(children: Element['children'], ns: string): boolean {
  for (const c of children) if (typeof c !== 'string' && c.ns === ns) return true;
  return false;
}

/** What has been found out about content that many elements share; it changes no answer. */
interface Notes {
  readonly renamed: Map<string, Element['children']>;
  /** By the namespace around it. */
  readonly bytes: Map<string, number>;
}
const shared = new WeakMap<Element['children'], Notes>();
const newNotes = (): Notes => ({ renamed: new Map(), bytes: new Map() });

/** The same element; its content is going to be that of many others, which differ in attributes only. */
export function sharing(element: Element): Element {
  if (!shared.has(element.children)) shared.set(element.children, newNotes());
  return element;
}

/** Where to keep how long content is, if it is shared. */
export const lengthsOf = (children: Element['children']): Map<string, number> | undefined => shared.get(children)?.bytes;

function defined(attrs: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name in attrs) {
    const value = attrs[name];
    if (value !== undefined) out[name] = value;
  }
  return out;
}
