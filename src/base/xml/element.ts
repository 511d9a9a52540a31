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
  return { ...element, attrs: defined({ ...element.attrs, ...changes }) };
}

export function withChildren(element: Element, children: readonly (Element | string)[]): Element {
  return { ...element, children };
}

/** The same element with these children after its own. */
export function append(element: Element, ...more: readonly (Element | string)[]): Element {
  return { ...element, children: [...element.children, ...more] };
}

export function elements(element: Element): Element[] {
  return element.children.filter((c): c is Element => typeof c !== 'string');
}

/** The first child element of that name; without `ns`, in the namespace of the parent. */
export function child(element: Element, name: string, ns: string = element.ns): Element | undefined {
  return elements(element).find((c) => c.name === name && c.ns === ns);
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
  return { ...element, ns: to, children: element.children.map((c) => (typeof c === 'string' ? c : renamespace(c, from, to))) };
}

function defined(attrs: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(attrs)) if (value !== undefined) out[name] = value;
  return out;
}
