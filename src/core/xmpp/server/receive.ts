/** The way of a stanza into a host: from one of its own sessions, or from another host. RFC 6120 §8.1 and §10. */
import { bareOf, formatJid, tryParseJid, type Jid } from '../../../base/jid.ts';
import { withAttrs, type Element } from '../../../base/xml/element.ts';
import { dispatch } from '../dispatch.ts';
import type { Context, StanzaEvent } from '../module.ts';
import { checked, rfc6120 } from '../modules/rfc6120.ts';
import type { Stream } from './streams.ts';

const { rules } = rfc6120;

/** From a session of this server, whose full address is known. */
export function receiveFromSession(context: Context, stanza: Element, sender: Jid, stream: Stream): void {
  const full = formatJid(sender);
  const account: Jid = { ...sender, resource: '' };
  const written = stanza.attrs['to'];
  const to = written === undefined ? account : tryParseJid(written);
  // §8.1.2.1, and RFC 6121 §3.1.2: subscriptions are between accounts.
  const from = stanza.name === 'presence' && SUBSCRIPTION.has(stanza.attrs['type'] ?? '') ? bareOf(sender) : full;
  if (to === undefined) {
    context.bounce(withAttrs(stanza, { from }), 'jid-malformed', rules.malformedTo);
    return;
  }
  // What is for the own account goes the way of a stanza without `to` (§10.3), and loses it.
  const self = bareOf(account) === formatJid(to);
  const stamped = withAttrs(stanza, { to: self ? undefined : formatJid(to), from });
  const event: StanzaEvent = { stanza: stamped, to, from: sender, session: full, stream };
  if (!checked(context, event)) return;
  if (context.fire([`pre-${stanza.name}`], event)) return;
  const way = context.wayTo(to.domain);
  if (way === 'here') dispatch(context, event, self ? 'self' : undefined);
  else if (way !== 'none') context.forward(event.stanza, context.party.components.includes(to.domain) ? rules.local : rules.remote);
  else context.bounce(event.stanza, 'remote-server-not-found', rules.notFound, { by: context.party.name });
}

/** From another host: a server, a component, or this component's own server. Each speaks for its own domain only (§8.1.2.2). */
export function receiveFromHost(
  context: Context,
  stanza: Element,
  sender: string,
  to = tryParseJid(stanza.attrs['to'] ?? ''),
  from = tryParseJid(stanza.attrs['from'] ?? ''),
): void {
  const { components } = context.party;
  const own = to !== undefined && (context.wayTo(to.domain) === 'here' || (components.includes(sender) && components.includes(to.domain)));
  if (!to || !from || from.domain !== sender || !own) {
    context.drop(rules.wrongHost);
    return;
  }
  if (components.includes(to.domain)) {
    context.forward(stanza, rules.local);
    return;
  }
  const event: StanzaEvent = { stanza, to, from };
  if (checked(context, event)) dispatch(context, event);
}

const SUBSCRIPTION: ReadonlySet<string> = new Set(['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed']);
