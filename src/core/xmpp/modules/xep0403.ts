/**
 * XEP-0403 Mediated Information eXchange (MIX): Presence Support 0.3.2 (2020-12-01, deferred, https://xmpp.org/extensions/xep-0403.html): §2.5 the presence node,
 * §3.1 setting presence, §3.2 being sent all of it, §3.3 going offline, §3.4 leaving. The text has the namespace `urn:xmpp:mix:presence:0` and its examples
 * `urn:xmpp:presence:0`; here it is the text's. Simplified: no requests through a channel (§3.5) and no probing of clients that may be gone (§3.3).
 */
import { formatJid } from '../../../base/jid.ts';
import type { Context, Module, StanzaEvent } from '../module.ts';
import { presences, PRESENCE, PRESENCES, visit } from './mix/channel.ts';
import { keepPresence, tellAllPresence, tellPresence } from './mix/distribute.ts';
import { coreRules, presenceRules as rules } from './mix/rules.ts';

function presence(context: Context, event: StanzaEvent): true {
  const { stanza } = event;
  const { type } = stanza.attrs;
  const { channel, bare, sender } = visit(context, event);
  if (type !== undefined && type !== 'unavailable') return context.drop(type === 'error' ? coreRules.bounced : rules.stranger);
  if (!channel || !sender) return context.drop(rules.stranger);
  const full = formatJid(event.from);
  if (event.from.resource === '') {
    if (sender.nodes.includes(PRESENCES)) tellAllPresence(context, channel, bare);
    return true;
  }
  const before = context.get(presences)[channel.jid]?.[full];
  if (type === 'unavailable' && !before) return context.drop(rules.stranger);
  keepPresence(context, channel.jid, full, type === undefined ? stanza : undefined);
  tellPresence(context, channel, sender, full, stanza);
  return true;
}

export const xep0403: Module = {
  id: 'xep-0403',
  title: 'Mediated information exchange: presence',
  spec: 'XEP-0403',
  version: '0.3.2',
  places: ['mix'],
  features: [PRESENCE],
  rules,
  hooks: [
    { event: 'presence/bare', run: presence },
    { event: 'presence/full', run: (context) => context.drop(rules.stranger) },
  ],
};
