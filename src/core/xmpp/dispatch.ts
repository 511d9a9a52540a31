/** From a stanza's address to the names of its events, most special first. */
import type { Jid } from '../../base/jid.ts';
import type { Element } from '../../base/xml/element.ts';
import type { Context, StanzaEvent } from './module.ts';
import { isRequest, payloadOf } from './stanza.ts';

type AddressKind = 'host' | 'bare' | 'full' | 'self' | 'client';

function kindOfAddress(to: Jid): AddressKind {
  if (to.local === '') return 'host';
  return to.resource === '' ? 'bare' : 'full';
}

/** RFC 6120 §10.3 and §10.5: to this host, one of its accounts or one of their resources; `self` where there was no `to`, `client` where it has arrived. */
export function dispatch(context: Context, event: StanzaEvent, kind: AddressKind = kindOfAddress(event.to)): boolean {
  // What is for a user may be kept from them, whatever it is.
  if ((kind === 'bare' || kind === 'full') && context.fire(INCOMING, event)) return true;
  return context.fire(eventsOf(event.stanza, kind), event);
}

function eventsOf(stanza: Element, kind: AddressKind): readonly string[] {
  const payload = isRequest(stanza) ? payloadOf(stanza) : undefined;
  const general = ((GENERAL[stanza.name] ??= {})[kind] ??= kindsOf(kind).map((k) => `${stanza.name}/${k}`));
  if (!payload) return general;
  return [...kindsOf(kind).map((k) => `iq-${stanza.attrs['type']}/${k}/${payload.ns}:${payload.name}`), ...general];
}

/** What nobody handles for the own account is handled as for any bare address. */
const kindsOf = (kind: AddressKind): readonly AddressKind[] => (kind === 'self' ? ['self', 'bare'] : [kind]);

/** Names that are made once, by those of stanzas. */
const GENERAL: Record<string, Partial<Record<AddressKind, readonly string[]>>> = {};
const INCOMING = ['incoming'];
