/** What a client does with what its server hands it. RFC 6120 §8.1.2.1: without `from`, it is from the own account. */
import { tryParseJid } from '../../../base/jid.ts';
import type { Element } from '../../../base/xml/element.ts';
import { dispatch } from '../dispatch.ts';
import type { Context } from '../module.ts';
import { NS } from '../namespaces.ts';
import { isStanza } from '../stanza.ts';
import { Shown } from '../states.ts';
import { isHeader, isWire, wireText } from '../wire.ts';
import { advance, boundIn } from './login.ts';
import { planReturn } from './reconnect.ts';
import { distrusts } from './scram.ts';
import { changeStream, clientStream, ownJid } from './stream.ts';

/** @param kept its text may be asked for later. */
export function receiveAtClient(context: Context, item: Element, kept: boolean): void {
  const { phase, received } = context.get(clientStream);
  if (kept) changeStream(context, { received: { text: wireText(item, NS.client, context.party.client.transport), before: received } });
  if (isWire(item, 'close') || isWire(item, 'reset') || isWire(item, 'refused')) {
    changeStream(context, { phase: 'closed', login: undefined });
    context.show(Shown.offline);
    if (phase !== 'closed') planReturn(context, phase === 'bound');
    return;
  }
  if (phase === 'closed') return;
  // Before anything is made of a success: who says so may not be the server.
  if (distrusts(context, item)) return;
  if (isHeader(item)) changeStream(context, { phase: 'open' });
  const full = boundIn(item);
  if (full !== undefined) changeStream(context, { phase: 'bound', full });
  advance(context, item);
  if (!isStanza(item)) {
    context.fire([`stream/${item.ns}:${item.name}`], { stanza: item, to: ownJid(context), from: { ...context.party.jid, resource: '' } });
    return;
  }
  const from = tryParseJid(item.attrs['from'] ?? '') ?? { ...context.party.jid, resource: '' };
  context.fire(RECEIVED, { stanza: item, from, to: ownJid(context) });
  if (full !== undefined) return;
  // A client that only follows its script answers nothing by itself.
  if (context.party.client.passive && item.name === 'iq') return;
  dispatch(context, { stanza: item, from, to: ownJid(context) }, 'client');
}
const RECEIVED = ['client/received'];
