/** Acknowledgements in both directions: XEP-0198 §4. As Prosody does it: `<r/>` follows what was written in one go, and is not sent again while its answer is due. */
import { el } from '../../../../base/xml/element.ts';
import type { Context, StanzaEvent } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { streamError } from '../../server/c2s.ts';
import { senderOf, type Session } from '../../server/sessions.ts';
import { acknowledge, countIn, enqueue, keepManaged, managedAt, type Managed, COUNTER } from './managed.ts';
import { smRules } from './rules.ts';

export const REQUEST = 'xep-0198/request';

/** What is about to leave down a managed stream; `true` where nobody is there to take it. */
export function leaving(context: Context, event: StanzaEvent): boolean {
  const m = managedAt(context, event.session);
  if (!m) return false;
  enqueue(context, m, event.stanza, event.relays ?? -1);
  if (m.asleep > 0) {
    context.decline(smRules.held);
    return true;
  }
  const link = senderOf(context, event)?.link;
  if (link !== undefined && !m.planned && !m.awaiting) {
    keepManaged(context, m.full, { planned: true });
    // Once all that this event sends is out.
    context.later(0, REQUEST, link);
  }
  return false;
}

/** Every stanza that comes on the stream is handled, whatever becomes of it. */
export function counted(context: Context, { session }: StanzaEvent): boolean {
  const m = managedAt(context, session);
  if (m) keepManaged(context, m.full, { handled: (m.handled + 1) % COUNTER });
  return false;
}

/** Asks where something is unacknowledged and nothing is due; `force`: in any case but the last. */
export function requestNow(context: Context, session: Session, force = false): void {
  const m = managedAt(context, session.full);
  if (!m || m.asleep > 0 || m.awaiting) return;
  if (!force && (m.sent === m.acked || m.sent === m.requested)) return;
  keepManaged(context, m.full, { awaiting: true, requested: m.sent });
  context.put(session.link, el('r', m.ns), smRules.request);
}

export function answer(context: Context, event: StanzaEvent): boolean {
  const m = managedAt(context, event.session ?? event.stream?.full);
  const session = m && senderOf(context, { ...event, session: m.full });
  if (!session) return false;
  context.fire(['session-answered'], { ...event, session: m.full });
  sendAck(context, session.link, event.stanza.ns, m, smRules.ack, context.row);
  requestNow(context, session);
  return true;
}

export function sendAck(context: Context, link: number, ns: string, m: Managed, why = smRules.last, answers = -1): void {
  context.put(link, el('a', ns, { h: String(m.handled) }), why, -1, answers);
}

const WORDS = {
  head: 'Client acknowledged more stanzas than sent by server',
  tail: 'Client acknowledged less stanzas than already acknowledged',
} as const;

export function acknowledged(context: Context, event: StanzaEvent): boolean {
  const { stanza, stream } = event;
  const m = managedAt(context, stream?.full);
  if (!m || !stream) return false;
  const h = countIn(stanza);
  keepManaged(context, m.full, { awaiting: false });
  if (h === undefined) {
    streamError(context, stream, 'invalid-xml', "Missing or invalid 'h' attribute");
    return true;
  }
  const now = acknowledge(m, h);
  if (typeof now !== 'string') {
    keepManaged(context, m.full, { ...now, awaiting: false });
    const session = senderOf(context, { ...event, session: m.full });
    if (session) requestNow(context, session);
    return true;
  }
  // §6 wants its own condition beside undefined-condition, which Prosody does not write.
  const told = el('handled-count-too-high', m.ns, { h: String(h), 'send-count': String(m.sent) });
  const more = context.profile === 'rfc' && now === 'head' ? [told] : [];
  streamError(context, stream, 'undefined-condition', WORDS[now], ...more);
  return true;
}

export const failed = (ns: string, condition: string) => el('failed', ns, {}, el(condition, NS.stanzas));
