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
