/** A stanza, or an element of a stream's negotiation, that a person has edited on its way. Read strictly: RFC 6120 §11.3, §11.4. */
import { InputError } from '../../base/result.ts';
import { parseXml, serialize } from '../../base/xml/codec.ts';
import { Kind } from '../../protocol/scene.ts';
import type { Edited, MessageView } from '../kernel/model.ts';
import { NS } from './namespaces.ts';
import { isHeader, kindOfItem, WIRE, wireLength, type StreamNs, type Transport } from './wire.ts';
import { isStanza } from './stanza.ts';

/** @throws InputError that says where the text is wrong, or why this item has no XML of its own. */
export function editedItem(message: MessageView, xml: string, ns: StreamNs, transport: Transport = 'tcp'): Edited {
  const before = message.stanza;
  if (!before || before.ns === WIRE || isHeader(before))
    throw new InputError({
      message: 'This is not an element of XML: it is the connection itself, the beginning or the end of a stream, or bare text.',
      hint: 'It can be dropped, delayed, doubled or put behind the next; stanzas can be edited.',
    });
  const stanza = parseXml(xml.trim(), ns, { stream: NS.streams, db: NS.dialback });
  if (isStanza(before) !== isStanza(stanza))
    throw new InputError({
      message: `In the place of <${before.name}/> there can be no <${stanza.name}/>: ${isStanza(before) ? 'a stanza is a message, presence or iq' : 'what negotiates a stream is no stanza'}.`,
      hint: 'Keep to what it was.',
    });
  // What cannot be written is found now.
  serialize(stanza, ns);
  const kind =
    message.kind === Kind.stream || !isStanza(stanza)
      ? kindOfItem(stanza)
      : kindAfter(message, before.name, stanza.name, kindOfItem(stanza));
  return { kind, code: 0, a: 0, b: 0, data: undefined, stanza, bytes: wireLength(stanza, ns, transport) };
}

/** A gossip call over XMPP is drawn as what the algorithm does by it, and stays so. */
const kindAfter = ({ kind }: MessageView, before: string, after: string, own: number): number =>
  before === 'iq' && after === 'iq' && kind > Kind.error ? kind : own;
