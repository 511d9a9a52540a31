/**
 * Stanza errors, written once. RFC 6120 §8.3: the type that belongs to each condition (§8.3.3), addresses exchanged, the id
 * kept, the payload not echoed (which §8.3.1 leaves open, and Prosody does so).
 */
import { el, type Element } from '../../base/xml/element.ts';
import { NS } from './namespaces.ts';

/** Condition → its usual type (§8.3.3). */
const TYPES = {
  'bad-request': 'modify',
  conflict: 'cancel',
  'feature-not-implemented': 'cancel',
  forbidden: 'auth',
  gone: 'cancel',
  'internal-server-error': 'cancel',
  'item-not-found': 'cancel',
  'jid-malformed': 'modify',
  'not-acceptable': 'modify',
  'not-allowed': 'cancel',
  'not-authorized': 'auth',
  'policy-violation': 'modify',
  'recipient-unavailable': 'wait',
  'registration-required': 'auth',
  'remote-server-not-found': 'cancel',
  'remote-server-timeout': 'wait',
  'resource-constraint': 'wait',
  'service-unavailable': 'cancel',
  'undefined-condition': 'cancel',
  'unexpected-request': 'wait',
} as const;
export type Condition = keyof typeof TYPES;

export interface ErrorDetails {
  /** Where a XEP prints another type for its own case, that one stands. */
  readonly type?: 'cancel' | 'modify' | 'auth' | 'wait';
  /** Who found it (§8.3.2). */
  readonly by?: string;
  readonly text?: string;
  /** Inside the condition: where what is gone is now (§8.3.3.5). */
  readonly content?: string;
  /** A condition of an application's own, beside the general one (§8.3.4). */
  readonly app?: Element | undefined;
}

export function errorOf(stanza: Element, condition: Condition, details: ErrorDetails = {}): Element {
  const { from, to, id } = stanza.attrs;
  const content = [el(condition, NS.stanzas, {}, ...(details.content === undefined ? [] : [details.content]))];
  if (details.text !== undefined) content.push(el('text', NS.stanzas, {}, details.text));
  if (details.app) content.push(details.app);
  const error = el('error', stanza.ns, { type: details.type ?? TYPES[condition], by: details.by }, ...content);
  return el(stanza.name, stanza.ns, { type: 'error', id, from: to, to: from }, error);
}

/** §8.3.1: an error is never answered by an error; §8.2.3: nor is the result of a request. */
export function mayBounce(stanza: Element): boolean {
  const type = stanza.attrs['type'];
  return type !== 'error' && !(stanza.name === 'iq' && type === 'result');
}
