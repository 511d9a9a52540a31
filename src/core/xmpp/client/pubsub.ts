/** PubSub and personal eventing, the subscriber's and publisher's side by hand: XEP-0060 1.30.0, XEP-0163 1.2.2. Such a client keeps nothing: what it asks for is in the answers. */
import type { Module } from '../module.ts';
import { pubsubActions } from '../modules/pubsub/actions.ts';
import { pepActions } from '../modules/pubsub/pep-actions.ts';

export const clientPubsub: Module = {
  id: 'xep-0060-client',
  title: 'PubSub, the client’s side',
  spec: 'XEP-0060',
  version: '1.30.0',
  places: ['client'],
  rules: {},
  hooks: [],
  actions: (view) => [...pepActions(view), ...pubsubActions(view)],
};
