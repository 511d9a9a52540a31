/**
 * Requests between occupants, through the room: neither learns the other's real address. XEP-0045 §17.4 leaves it to the service;
 * as Prosody does it, the id is replaced on the way and put back for the answer, a request for a vCard or a node goes to the
 * account, and a ping to oneself is answered by the room (XEP-0410 §3).
 */
import { withAttrs } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { slice } from '../../slice.ts';
import { isRequest, payloadOf, resultOf } from '../../stanza.ts';
import { makeId } from './ids.ts';
import { byNick, visit } from './room.ts';
import { rules } from './rules.ts';

interface RelayedRequest {
  /** Id under which it went on. */
  readonly made: string;
  readonly id: string;
  /** Who asked: real address and address in the room. */
  readonly asker: string;
  readonly askerInRoom: string;
  /** Whom, in the room. */
  readonly askedInRoom: string;
  /** Row of the request as it came to the room. */
  readonly row: number;
}
/** What the account answers for its user (XEP-0054, XEP-0292, XEP-0163). */
const OF_ACCOUNTS: ReadonlySet<string> = new Set([NS.vcard, 'urn:ietf:params:xml:ns:vcard-4.0', 'http://jabber.org/protocol/pubsub']);

const relayedRequests = slice<readonly RelayedRequest[]>('relayed-requests', []);

export function betweenOccupants(context: Context, event: StanzaEvent): true {
  return isRequest(event.stanza) ? ask(context, event) : answer(context, event);
}

function ask(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { room, roomJid, sender, nick, full } = visit(context, event);
  if (!room) return context.bounce(stanza, 'item-not-found', rules.noRoom, { by: context.party.name });
  if (!sender) return outside(context, event, roomJid);
  const addressee = byNick(room, nick);
  const client = addressee?.clients[0]?.full;
  if (!addressee || client === undefined)
    return context.bounce(stanza, 'item-not-found', rules.nobody, { by: room.jid, text: 'Recipient not in room' });
  const payload = payloadOf(stanza);
  if (addressee.via !== undefined) return context.bounce(stanza, 'feature-not-implemented', rules.requestElsewhere, { by: room.jid });
  if (addressee === sender && stanza.attrs['type'] === 'get' && payload?.ns === NS.ping)
    return context.reply(resultOf(stanza), rules.selfPing);

  const made = makeId(context);
  const askerInRoom = `${room.jid}/${sender.nick}`;
  const id = stanza.attrs['id'] ?? '';
  const request = { made, id, asker: full, askerInRoom, askedInRoom: `${room.jid}/${nick}`, row: context.row };
  context.set(relayedRequests, [...context.get(relayedRequests), request]);
  const to = OF_ACCOUNTS.has(payload?.ns ?? '') ? addressee.bare : client;
  context.forward(withAttrs(stanza, { from: askerInRoom, to, id: made }), rules.request);
  return true;
}

/** §6.6: who is not inside asks nobody there what they can do. */
function outside(context: Context, { stanza }: StanzaEvent, by: string): true {
  const ns = payloadOf(stanza)?.ns;
  if (context.profile === 'rfc' && stanza.attrs['type'] === 'get' && (ns === NS.discoInfo || ns === NS.discoItems))
    return context.bounce(stanza, 'bad-request', rules.outsiderDisco, { by });
  return context.bounce(stanza, 'not-acceptable', rules.outsider, {
    by,
    type: 'cancel',
    text: 'You are not currently connected to this chat',
  });
}

function answer(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const all = context.get(relayedRequests);
  const request = all.find((r) => r.made === stanza.attrs['id'] && r.askerInRoom === stanza.attrs['to']);
  if (!request) return context.drop(rules.unasked);
  context.set(
    relayedRequests,
    all.filter((r) => r !== request),
  );
  context.forward(withAttrs(stanza, { from: request.askedInRoom, to: request.asker, id: request.id }), rules.answer, request.row);
  return true;
}
