/** What a client does with what its server hands it. RFC 6120 §8.1.2.1: without `from`, it is from the own account. */
import { tryParseJid } from '../../../base/jid.ts';
import type { Element } from '../../../base/xml/element.ts';
import { dispatch } from '../dispatch.ts';
import type { Context } from '../module.ts';

export function receiveAtClient(context: Context, stanza: Element): void {
  const account = { ...context.party.jid, resource: '' };
  const from = tryParseJid(stanza.attrs['from'] ?? '') ?? account;
  dispatch(context, { stanza, from, to: context.party.jid }, 'client');
}
