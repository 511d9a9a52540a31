/** Events that come back: XEP-0060 1.30.0 §12.4. Prosody does not look at them, so only by the profile `rfc`: who is gone for good is not subscribed any more. */
import { formatJid } from '../../../../base/jid.ts';
import { child, elements } from '../../../../base/xml/element.ts';
import { rule, type Context, type StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { serviceAt } from './capabilities.ts';
import { at, nodesOf } from './model.ts';
import { unsubscribe } from './service.ts';

export const bounceRules = {
  gone: rule(
    'xep-0060/12.4/gone',
    'XEP-0060 §12.4',
    'An event came back because its addressee is gone for good, so the subscription is ended; what may be mended by itself would not end it.',
  ),
};

/** Conditions after which there is nobody to be told any more. */
const FINAL: ReadonlySet<string> = new Set(['gone', 'item-not-found', 'jid-malformed', 'remote-server-not-found']);

export function bounced(context: Context, { stanza, from }: StanzaEvent): boolean {
  if (context.profile === 'prosody' || stanza.attrs['type'] !== 'error') return false;
  const error = child(stanza, 'error');
  const isFinal = error?.attrs['type'] === 'cancel' && elements(error).some((c) => c.ns === NS.stanzas && FINAL.has(c.name));
  if (!isFinal) return false;
  const service = serviceAt(context, context.party.name);
  const jid = formatJid(from);
  const left = Object.values(nodesOf(context, service.address)).filter((node) => at(node.subscribers, jid) !== undefined);
  for (const { name } of left) unsubscribe(service, name, true, jid);
  return left.length > 0 && context.drop(bounceRules.gone);
}
