/**
 * XEP-0060 Publish-Subscribe 1.30.0 (2025-05-12, https://xmpp.org/extensions/xep-0060.html): a service of its own, as Prosody 0.12 has it — only its admins create nodes, leaf
 * nodes only. §5 discovery, §6 subscribing, §7 publishing, §8 owning, in pubsub/. Simplified: no collections (XEP-0248), no subscription ids (§6.1.6), no leases and digests
 * (§6.3), no result sets of items (§6.5.4), no redirection of deleted nodes. Prosody has none of these either. An item that is kept has a payload
 * (§4.3: no persistent notification nodes). By the profile `rfc` the
 * errors and the access models of §4.5 are those of the specification.
 */
import { elements } from '../../../base/xml/element.ts';
import type { Part } from '../../../protocol/parts.ts';
import type { Context, Hook, Module, StanzaEvent } from '../module.ts';
import { authorizeRules, decided } from './pubsub/authorize.ts';
import { bounced, bounceRules } from './pubsub/bounces.ts';
import { serviceAt } from './pubsub/capabilities.ts';
import { componentDisco, SERVICE_FEATURES, SERVICE_UNTOLD } from './pubsub/disco.ts';
import { eventRules } from './pubsub/events.ts';
import { failureRules } from './pubsub/failures.ts';
import { describe, nodeGroups } from './pubsub/inspect.ts';
import { nodesByService, PUBSUB, PUBSUB_OWNER } from './pubsub/model.ts';
import { OWNER_REQUESTS, ownerRules } from './pubsub/owner.ts';
import { REQUESTS, requestRules, type Handler } from './pubsub/requests.ts';
import { payloadOf } from '../stanza.ts';

/** What is to be done is the first child of the payload; nobody knows what nobody handles. */
function request(context: Context, event: StanzaEvent, address: string): boolean {
  const payload = payloadOf(event.stanza);
  const action = payload && elements(payload)[0];
  if (!payload || !action) return context.bounce(event.stanza, 'bad-request', requestRules.empty, { type: 'cancel' });
  const table: Readonly<Record<string, Handler>> = payload.ns === PUBSUB_OWNER ? OWNER_REQUESTS : REQUESTS;
  const handler = table[`${event.stanza.attrs['type']} ${action.name}`];
  return handler?.(serviceAt(context, address), event, action) ?? false;
}

/** @param kind of the address that is asked. */
export const requestHooks = (kind: 'host' | 'self' | 'bare', address: (event: StanzaEvent, context: Context) => string): readonly Hook[] =>
  ['get', 'set'].flatMap((type) =>
    [PUBSUB, PUBSUB_OWNER].map((ns) => ({
      event: `iq-${type}/${kind}/${ns}:pubsub`,
      run: (context: Context, event: StanzaEvent) => request(context, event, address(event, context)),
    })),
  );

export const xep0060: Module = {
  id: 'xep-0060',
  title: 'Publish-subscribe',
  spec: 'XEP-0060',
  version: '1.30.0',
  places: ['pubsub'],
  features: SERVICE_FEATURES,
  untold: { features: SERVICE_UNTOLD },
  rules: { ...requestRules, ...ownerRules, ...eventRules, ...failureRules, ...authorizeRules, ...bounceRules },
  hooks: [
    ...requestHooks('host', (_event, context) => context.party.name),
    ...componentDisco,
    { event: 'message/host', run: decided },
    { event: 'message/host', run: bounced },
  ],
  inspect: ({ get }): readonly Part[] => Object.values(get(nodesByService)).flatMap((nodes) => describe(nodes, '')),
  groups: ({ get }) => Object.entries(get(nodesByService)).flatMap(([address, nodes]) => nodeGroups(address, nodes)),
};
