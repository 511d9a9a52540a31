/** The tree that XPath walks: an immutable element has no way up and no order, so a stanza is wrapped once before it is asked. */
import { textOf, type Element } from '../xml/element.ts';

export interface XNode {
  readonly kind: 'root' | 'element' | 'attribute' | 'text';
  /** Local name; empty for root and text. */
  readonly name: string;
  /** As written: with `xml:` where it has it. */
  readonly qname: string;
  readonly ns: string;
  readonly parent: XNode | undefined;
  readonly children: readonly XNode[];
  readonly attributes: readonly XNode[];
  /** Place in document order. */
  readonly order: number;
  /** Text of an attribute or of text; of an element see `stringOf`. */
  readonly value: string;
  readonly element: Element | undefined;
}

/** What `xml:` always stands for. */
export const XML_NS = 'http://www.w3.org/XML/1998/namespace';

/** A document with the element as its only child (XPath 1.0 §5). */
export function documentOf(element: Element): XNode {
  let order = 0;
  const made = (node: Partial<XNode> & Pick<XNode, 'kind'>): XNode => ({
    name: '',
    qname: '',
    ns: '',
    parent: undefined,
    children: [],
    attributes: [],
    value: '',
    element: undefined,
    ...node,
    order: order++,
  });
  const wrap = (source: Element, parent: XNode): XNode => {
    const children: XNode[] = [];
    const attributes: XNode[] = [];
    const node = made({
      kind: 'element',
      name: source.name,
      qname: source.name,
      ns: source.ns,
      parent,
      children,
      attributes,
      element: source,
    });
    for (const [qname, value] of Object.entries(source.attrs)) {
      const prefixed = qname.startsWith('xml:');
      attributes.push(
        made({ kind: 'attribute', name: prefixed ? qname.slice(4) : qname, qname, ns: prefixed ? XML_NS : '', parent: node, value }),
      );
    }
    for (const child of source.children)
      children.push(typeof child === 'string' ? made({ kind: 'text', parent: node, value: child }) : wrap(child, node));
    return node;
  };
  const children: XNode[] = [];
  const root = made({ kind: 'root', children });
  children.push(wrap(element, root));
  return root;
}

/** String-value of a node (XPath 1.0 §5): all text inside an element, the text itself elsewhere. */
export function stringOf(node: XNode): string {
  if (node.kind === 'text' || node.kind === 'attribute') return node.value;
  if (node.element && node.children.every((child) => child.kind === 'text')) return textOf(node.element);
  return node.children.map(stringOf).join('');
}
