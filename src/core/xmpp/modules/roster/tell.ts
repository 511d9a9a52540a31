/** Presence that a server sends for its accounts: what a resource said last, and that it has gone. RFC 6121 §4.2.2, §4.3.2, §4.5.2. */
import { parseJid } from '../../../../base/jid.ts';
import { append, el, withAttrs, type Element } from '../../../../base/xml/element.ts';
import type { Rule } from '../../../kernel/model.ts';
import type { Context } from '../../module.ts';
import { NS } from '../../namespaces.ts';
import { availableOf, type Session } from '../../server/sessions.ts';
import { delay } from '../xep0203.ts';

/** What goes out in the name of a session passes the same hooks as what its client sends: blocking, and who is told directly. */
export function post(context: Context, session: Pick<Session, 'full'>, stanza: Element, why: Rule, relayed: boolean): void {
  const event = { stanza, to: parseJid(stanza.attrs['to'] ?? session.full), from: parseJid(session.full), session: session.full };
  if (context.fire(['pre-presence'], event)) return;
  if (relayed) context.forward(event.stanza, why);
  else context.originate(event.stanza, why);
}

/** What the resource has said last, with the time at which it did (§4.3.2, XEP-0203). */
export function tellLast(context: Context, of: Session, to: string, why: Rule): void {
  if (of.presence) post(context, of, append(withAttrs(of.presence, { to }), delay(of.since, context.party.name)), why, false);
}

/** Of each available resource of an account. Answers whether there was one. */
export function tellAll(context: Context, bare: string, to: string, why: Rule): boolean {
  const able = availableOf(context, bare);
  for (const s of able) tellLast(context, s, to, why);
  return able.length > 0;
}

/** That each available resource has gone, though only for this contact. */
export function tellGone(context: Context, bare: string, to: string, why: Rule): void {
  for (const s of availableOf(context, bare))
    post(context, s, el('presence', NS.client, { type: 'unavailable', from: s.full, to }), why, false);
}
