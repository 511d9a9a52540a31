/**
 * RFC 6121 (March 2011, https://www.rfc-editor.org/rfc/rfc6121) §8.5: messages and requests to a user of this server, in all its
 * cases of address, type and resources (Table 1). As Prosody does it: a message to an absent resource is treated as one to the account,
 * and all resources of the highest priority get it. For `normal` the table asks for an error or silence: the profile `rfc` answers by an error.
 * What nobody is there for goes to offline storage (XEP-0160) by the event `message/offline`.
 */
import { formatJid, bareOf } from '../../../base/jid.ts';
import { availableOf, sessionAt } from '../server/sessions.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';

const rules = {
  full: rule(
    'rfc-6121/8.5.3.1/message-full',
    'RFC 6121 §8.5.3.1',
    'The resource that the message is addressed to is connected, so the server delivered it there and nowhere else.',
  ),
  bare: rule(
    'rfc-6121/8.5.2.1.1/message-bare',
    'RFC 6121 §8.5.2.1.1',
    'The message is for the account, so the server delivered it to every resource that shares the highest priority, and left `to` as it was.',
  ),
  headline: rule(
    'rfc-6121/8.5.2.1.1/headline-bare',
    'RFC 6121 §8.5.2.1.1',
    'A headline for the account goes to every resource whose priority is not negative.',
  ),
  rerouted: rule(
    'rfc-6121/8.5.3.2.1/message-rerouted',
    'RFC 6121 §8.5.3.2.1',
    'The resource is not connected, so the server treated the message as one to the account. For chat messages the RFC wants this; for normal ones it asks for an error or silence, and Prosody reroutes them too.',
  ),
  absent: rule(
    'rfc-6121/8.5.3.2.1/absent-resource',
    'RFC 6121 §8.5.3.2.1',
    'The resource is not connected, and a normal message for it is for no other one: the sender gets service-unavailable.',
  ),
  nobody: rule(
    'rfc-6121/8.5.2.2.1/nobody',
    'RFC 6121 §8.5.1, §8.5.2.2.1',
    'No resource can take the message and nothing is stored here, so the sender gets service-unavailable: the same for an absent user and for a name that nobody has.',
  ),
  groupchat: rule(
    'rfc-6121/8.5.2.1.1/groupchat-to-account',
    'RFC 6121 §8.5.2.1.1, §8.5.3.2.1',
    'A groupchat message is for a room’s occupant, never for an account, so it comes back with service-unavailable.',
  ),
  silent: rule(
    'rfc-6121/8.5.4/ignored',
    'RFC 6121 §8.5.4, Table 1',
    'An error, or a headline that no resource is there for, is ignored: nobody is told.',
  ),
  iqFull: rule(
    'rfc-6121/8.5.3.1/iq-full',
    'RFC 6121 §8.5.3.1',
    'The resource is connected, so the server handed the request or the reply to it.',
  ),
  iqNobody: rule(
    'rfc-6121/8.5.3.2.3/iq-nobody',
    'RFC 6121 §8.5.3.2.3',
    'The resource is not connected, so the request is answered by service-unavailable; a reply would have been dropped.',
  ),
};

/** To the account: §8.5.2. */
function toAccount(context: Context, event: StanzaEvent, deliveredBy = rules.bare): true {
  const { stanza } = event;
  const type = stanza.attrs['type'];
  if (type === 'error') return context.drop(rules.silent);
  if (type === 'groupchat') return context.bounce(stanza, 'service-unavailable', rules.groupchat);
  // §8.5.2.1.1: a negative priority never gets what is for the account.
  const able = availableOf(context, bareOf(event.to)).filter((s) => s.priority >= 0);
  if (type === 'headline') {
    for (const s of able) context.deliver(s.full, stanza, rules.headline);
    return able.length > 0 || context.drop(rules.silent);
  }
  if (able.length === 0) return context.fire(['message/offline'], event) || context.bounce(stanza, 'service-unavailable', rules.nobody);
  const highest = Math.max(...able.map((s) => s.priority));
  for (const s of able) if (s.priority === highest) context.deliver(s.full, stanza, deliveredBy);
  return true;
}

/** To a resource: §8.5.3. A resource counts as connected before any presence of it. */
function toResource(context: Context, event: StanzaEvent): true {
  const full = formatJid(event.to);
  const type = event.stanza.attrs['type'];
  if (sessionAt(context, full)) {
    context.deliver(full, event.stanza, rules.full);
    return true;
  }
  if (type === 'headline') return context.drop(rules.silent);
  // What has no type, or one that nobody knows, is normal (§5.2.2).
  const normal = type !== 'chat' && type !== 'groupchat' && type !== 'error';
  if (normal && context.profile === 'rfc') return context.bounce(event.stanza, 'service-unavailable', rules.absent);
  return toAccount(context, event, rules.rerouted);
}

export const rfc6121Message: Module = {
  id: 'rfc-6121-message',
  title: 'Delivery of messages and requests',
  spec: 'RFC 6121',
  version: '2011-03',
  places: ['server'],
  rules,
  hooks: [
    { event: 'message/bare', run: (context, event) => toAccount(context, event) },
    { event: 'message/self', priority: 0, run: (context, event) => toAccount(context, event) },
    { event: 'message/full', run: toResource },
    {
      event: 'iq/full',
      run(context, event) {
        const full = formatJid(event.to);
        if (!sessionAt(context, full)) return context.bounce(event.stanza, 'service-unavailable', rules.iqNobody);
        context.deliver(full, event.stanza, rules.iqFull);
        return true;
      },
    },
  ],
};
