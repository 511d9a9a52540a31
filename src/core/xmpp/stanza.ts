/** What every handler asks of a stanza: its addresses, its kind, its answer. RFC 6120 §8. */
import { append, el, elements, withChildren, type Element } from '../../base/xml/element.ts';
import { Kind } from '../../protocol/scene.ts';
import { NS } from './namespaces.ts';

export type StanzaName = 'message' | 'presence' | 'iq';
const NAMES: ReadonlySet<string> = new Set(['message', 'presence', 'iq'] satisfies StanzaName[]);

export function isStanza(element: Element): boolean {
  return NAMES.has(element.name) && (element.ns === NS.client || element.ns === NS.server || element.ns === NS.component);
}

/** How it is drawn: errors first, because a refused message is no message any more. */
export function kindOf(stanza: Element): number {
  if (stanza.attrs['type'] === 'error') return Kind.error;
  if (stanza.name === 'message') return Kind.message;
  if (stanza.name === 'presence') return Kind.presence;
  return stanza.attrs['type'] === 'result' ? Kind.result : Kind.iq;
}

export function isRequest(stanza: Element): boolean {
  return stanza.name === 'iq' && (stanza.attrs['type'] === 'get' || stanza.attrs['type'] === 'set');
}

/** The payload of a request: the one child that is not an error. */
export function payloadOf(stanza: Element): Element | undefined {
  return elements(stanza).find((c) => c.name !== 'error');
}

/** With another child; an error stays last, as the schema has it (§8.3.1). */
export function extended(stanza: Element, more: Element): Element {
  const at = stanza.children.findIndex((c) => typeof c !== 'string' && c.name === 'error' && c.ns === stanza.ns);
  return at < 0 ? append(stanza, more) : withChildren(stanza, stanza.children.toSpliced(at, 0, more));
}

/** The empty answer to a request, addresses exchanged (§8.2.3). */
export function resultOf(iq: Element, ...payload: readonly Element[]): Element {
  return el('iq', iq.ns, { type: 'result', id: iq.attrs['id'], from: iq.attrs['to'], to: iq.attrs['from'] }, ...payload);
}
