/** Where Prosody's PubSub and eventing differ from XEP-0060, XEP-0163 and XEP-0115: part of `CONFLICTS`. */
import type { Conflict } from '../../conflicts.ts';

export const PUBSUB_CONFLICTS: readonly Conflict[] = [
  {
    id: 'pubsub-access-errors',
    prosody: 'Whoever the access model does not let in is told `forbidden`.',
    specification: 'closed-node, presence-subscription-required, not-in-roster-group or not-subscribed says which access model it is.',
    source: 'XEP-0060 §6.1.3.2–4, §6.5.9',
  },
  {
    id: 'pubsub-access-models',
    prosody: 'Nodes are open or for a list, those of accounts also for contacts; authorize and roster are refused with not-acceptable.',
    specification: 'There are five access models, and one that a service does not have is refused with unsupported-access-model, too.',
    source: 'XEP-0060 §4.5, §8.1.2',
  },
  {
    id: 'pubsub-subscribe-other',
    prosody: 'Subscribing somebody else’s address is `forbidden`, and its owner may do it.',
    specification: 'It is answered by invalid-jid.',
    source: 'XEP-0060 §6.1.3.1',
  },
  {
    id: 'pubsub-last-item-refused',
    prosody: 'Where a subscription is refused to one who may read, the last item is sent all the same.',
    specification: 'The last item is for a subscription that has been made, and says by a delay how old it is.',
    source: 'XEP-0060 §6.1.7',
  },
  {
    id: 'pubsub-unsubscribe-type',
    prosody: 'Ending a subscription that is none is unexpected-request of the type `modify`.',
    specification: 'Its type is `cancel`.',
    source: 'XEP-0060 §6.2.3.2',
  },
  {
    id: 'pubsub-options-of-nobody',
    prosody: 'Who is not subscribed gets the form of the options; a request without an address is answered by invalid-jid.',
    specification: 'The first is not-subscribed, the second jid-required.',
    source: 'XEP-0060 §6.3.4.2, §6.3.4.3',
  },
  {
    id: 'pubsub-bounces',
    prosody: 'An event that comes back changes nothing: the subscription stays.',
    specification: 'A subscription should end when its events come back because the subscriber is gone.',
    source: 'XEP-0060 §12.4',
  },
  {
    id: 'pubsub-subid',
    prosody: 'The id of a subscription is not looked at.',
    specification: 'One that there is not is answered by invalid-subid.',
    source: 'XEP-0060 §6.2.3.5, §6.3.4.5, §6.5.9.2',
  },
  {
    id: 'pubsub-items-transient',
    prosody:
      'Items of a node that keeps none: feature-not-implemented with an element `persistent-items`. Purging it and taking back from it succeed.',
    specification: 'It is `unsupported` with the feature persistent-items, in all three cases.',
    source: 'XEP-0060 §6.5.9.4, §7.2.3.5, §8.5.3.3',
  },
  {
    id: 'pubsub-invalid-item',
    prosody: 'No item, no payload and several payloads are all bad-request with the text “invalid item”, also at a node without payloads.',
    specification: 'item-required, payload-required, invalid-payload and item-forbidden tell them apart.',
    source: 'XEP-0060 §7.1.3.6, §7.1.3.7',
  },
  {
    id: 'pubsub-retract-notify',
    prosody:
      'Subscribers hear of what is taken back only if the request asks for it, and the `retract` names a publisher. Without an id it is item-not-found.',
    specification: 'A node that is configured so tells them in any case; `retract` has an id only. Without an id it is item-required.',
    source: 'XEP-0060 §7.2.2.1, §7.2.3.4',
  },
  {
    id: 'pubsub-own-affiliations',
    prosody: 'Nobody can ask for their own affiliations: service-unavailable.',
    specification: 'They are listed.',
    source: 'XEP-0060 §5.7',
  },
  {
    id: 'pubsub-outcast',
    prosody:
      'Making a subscriber an outcast takes effect, but is answered by `forbidden`, and the subscription stays. The same for an affiliation that it does not know, publish-only among them.',
    specification: 'It succeeds, and an outcast gets nothing any more.',
    source: 'XEP-0060 §4.1, §8.9.2',
  },
  {
    id: 'pubsub-several-changes',
    prosody:
      'Of several changes of affiliations or subscriptions those after the first that fails are not made, and its error is the answer.',
    specification: 'The answer is not-acceptable.',
    source: 'XEP-0060 §8.8.2.4, §8.9.2.4',
  },
  {
    id: 'pubsub-subscriptions-node',
    prosody: 'The owner’s list of subscriptions does not say of which node.',
    specification: 'It has the node’s name.',
    source: 'XEP-0060 §8.8.1',
  },
  {
    id: 'pubsub-bad-configuration',
    prosody: 'A field of the wrong type in a configuration is bad-request.',
    specification: 'A change that cannot be made is not-acceptable.',
    source: 'XEP-0060 §8.2.5.2',
  },
  {
    id: 'pep-subscriptions-stay',
    prosody: 'A subscription by request to a node of an account outlives the right to see the owner’s presence.',
    specification: 'It ends with that.',
    source: 'XEP-0163 §7.1',
  },
  {
    id: 'pep-items-jid',
    prosody: 'In discovery, items of an account’s node belong to the server’s address.',
    specification: 'They belong to the account, which is the service.',
    source: 'XEP-0060 §5.5, XEP-0163 §6',
  },
  {
    id: 'caps-ill-formed',
    prosody: 'An answer that names a feature or an identity twice counts under its hash like any other.',
    specification: 'It is ill-formed, and not gone by.',
    source: 'XEP-0115 §5.4',
  },
  {
    id: 'pep-strangers-interests',
    prosody:
      'An answer about software counts whoever gives it, asked or not: a stranger who gives one is told of nodes that are open to everybody.',
    specification: 'Who may see the owner’s presence is told without having subscribed, and nobody else.',
    source: 'XEP-0163 §4.1',
  },
  {
    id: 'pep-bare-interests',
    prosody:
      'What software says to its own account also counts at contacts on the same server, for the bare address: each event comes twice.',
    specification: 'One event for each interested resource.',
    source: 'XEP-0163 §4.3.2',
  },
];
