/** Every row of ../shared/conformance/vectors/error-vectors.json that concerns XEP-0060 (there is none of XEP-0163): by the profile `rfc` tested, or not applicable, and why. Checklist B05, B09–B16. */
import { describe, expect, test } from 'vitest';
import { sharedVectors } from './rooms.ts';
import type { Step } from './conversation.ts';
import {
  A,
  affiliate,
  configure,
  create,
  form,
  items,
  last,
  M,
  owner,
  payload,
  publish,
  pubsub,
  retract,
  subscribe,
  unsubscribe,
  type Who,
} from './pubsub-steps.ts';

interface Row {
  readonly xep: string;
  readonly section: string;
  readonly caption: string;
  readonly type: string;
  readonly condition: string;
  readonly app?: string;
  readonly feature?: string;
}
type Case = readonly [who: Who, ...steps: readonly Step[]];

const options = (jid: string | undefined, content = '', more = '', node = 'tea'): string =>
  `<options node='${node}'${jid === undefined ? '' : ` jid='${jid}'`}${more}>${content}</options>`;
const alices = { name: 'a', address: A } as const;
/** A node of alice's own. */
const own = (fields: Readonly<Record<string, string>>): Step => create(fields, 'tea', alices.name, '');
const SUPPORTED = 'this service does support it';
const NO_SUBIDS = 'an address has at most one subscription here, so no id is ever needed';
const NO_PAYMENT = 'nothing costs anything here';

/** By section and caption: what leads to the error, or why nothing can. */
const CASES: Readonly<Record<string, Case | string>> = {
  '5.6 Subscriptions retrieval not supported': SUPPORTED,
  '5.7 Affiliations retrieval not supported': SUPPORTED,
  '6.1.3.1 JIDs do not match': ['a', create(), subscribe('a', M)],
  '6.1.3.2 Entity is not authorized to create a subscription (presence subscription required)': [
    'm',
    own({ access_model: 'presence' }),
    subscribe('m', M, A),
  ],
  '6.1.3.3 Entity is not authorized to create a subscription (not in roster group)': [
    'm',
    own({ access_model: 'roster', roster_groups_allowed: 'friends' }),
    subscribe('m', M, A),
  ],
  '6.1.3.4 Node has whitelist access model': ['a', create({ access_model: 'whitelist' }), subscribe('a', A)],
  '6.1.3.5 Payment is required for a subscription': NO_PAYMENT,
  '6.1.3.6 Requesting entity is anonymous': 'who is anonymous has an address of its own here and is refused by the access model only',
  '6.1.3.7 Requesting entity has pending subscription': ['a', create({ access_model: 'authorize' }), subscribe('a', A), subscribe('a', A)],
  '6.1.3.8 Requesting entity is blocked': ['a', create(), affiliate(A, 'outcast'), subscribe('a', A)],
  '6.1.3.9 Requesting entity has exceeded limit on number of subscriptions': 'the number of subscriptions is not limited, as in Prosody',
  '6.1.3.10 Subscribing not supported': SUPPORTED,
  '6.1.3.11 Node has moved': 'nodes cannot be moved here',
  '6.1.3.12 Node does not exist': ['a', subscribe('a', A)],
  '6.1.5 Service returns error specifying that subscription configuration is required': 'no option of a subscription is required here',
  '6.2.3.1 Entity did not specify SubID': NO_SUBIDS,
  '6.2.3.2 Requesting entity is not a subscriber': ['a', create(), unsubscribe('a', A)],
  '6.2.3.3 Requesting entity is prohibited from unsubscribing entity': ['a', create(), subscribe('m', M), unsubscribe('a', M)],
  '6.2.3.4 Node does not exist': ['a', unsubscribe('a', A)],
  '6.2.3.5 Invalid subscription identifier': ['a', create(), subscribe('a', A), unsubscribe('a', A, 'tea', " subid='1'")],
  '6.3.4.1 Requesting entity does not have sufficient privileges to modify subscription options': [
    'a',
    create(),
    subscribe('m', M),
    pubsub('a', 'get', options(M)),
  ],
  '6.3.4.2 No such subscriber': ['a', create(), pubsub('a', 'get', options(A))],
  '6.3.4.3 Subscriber JID not specified': ['a', create(), pubsub('a', 'get', options(undefined))],
  '6.3.4.4 SubID required': NO_SUBIDS,
  '6.3.4.5 Invalid subscription identifier': ['a', create(), subscribe('a', A), pubsub('a', 'get', options(A, '', " subid='1'"))],
  '6.3.4.6 Subscription options not supported': SUPPORTED,
  '6.3.4.7 Node does not exist': ['a', pubsub('a', 'get', options(A))],
  '6.3.6.2 Service responds with Bad Request for invalid options': [
    'a',
    create(),
    subscribe('a', A),
    pubsub('a', 'set', options(A, form('subscribe_options', { include_body: 'perhaps' }))),
  ],
  '6.4.3.1 Service does not support subscription configuration': SUPPORTED,
  '6.4.3.2 Service does not support retrieval of default subscription configuration options': [
    'a',
    create(),
    pubsub('a', 'get', "<default node='tea'/>"),
  ],
  '6.5.9.1 Entity did not specify SubID': NO_SUBIDS,
  '6.5.9.2 Entity specified invalid SubID': ['a', create(), subscribe('a', A), items('a', '', undefined, " subid='1'")],
  '6.5.9.3 Entity is not subscribed': ['a', create({ access_model: 'authorize' }), items('a')],
  '6.5.9.4 Persistent items not supported': ['a', create({ persist_items: '0' }), items('a')],
  '6.5.9.5 Item retrieval not supported': SUPPORTED,
  '6.5.9.6 Entity is not authorized to retrieve items (presence subscription required)': [
    'm',
    own({ access_model: 'presence' }),
    items('m', '', A),
  ],
  '6.5.9.7 Entity is not authorized to retrieve items (not in roster group)': ['m', own({ access_model: 'roster' }), items('m', '', A)],
  '6.5.9.8 Node has whitelist access model': ['a', create({ access_model: 'whitelist' }), items('a')],
  '6.5.9.9 Payment is required to retrieve items': NO_PAYMENT,
  '6.5.9.10 Requesting entity is blocked': ['a', create(), affiliate(A, 'outcast'), items('a')],
  '6.5.9.11 Node does not exist': ['a', items('a')],
  '7.1.3.1 Entity does not have sufficient privileges to publish to node': ['a', create(), publish('a', '1')],
  '7.1.3.2 Node does not support item publication': SUPPORTED,
  '7.1.3.3 Entity attempts to publish to a non-existent node': ['q', publish('q', '1')],
  '7.1.3.4 Entity attempts to publish to a node with max_items reached':
    'a node that is full forgets its oldest item, which §7.1.3.4 leaves to the service',
  '7.1.3.5 Entity attempts to publish very large payload': 'the limit is that of the stream, as in Prosody',
  '7.1.3.6 Entity attempts to publish item with multiple payload elements or namespace does not match': [
    'q',
    create(),
    publish('q', '1', payload + payload),
  ],
  '7.1.3.7 Publisher attempts to publish to persistent node with no item': ['q', create(), pubsub('q', 'set', "<publish node='tea'/>")],
  '7.1.3.7 Publisher attempts to publish to payload node with no payload': ['q', create(), publish('q', '1', '')],
  '7.1.3.7 Publisher attempts to publish to transient notification node with item': [
    'q',
    create({ persist_items: '0', deliver_payloads: '0' }),
    publish('q', '1'),
  ],
  '7.2.3.1 Requesting entity does not have sufficient privileges': ['a', create(), publish('q', '1'), retract('a', '1')],
  '7.2.3.2 Non-existent node or item': ['q', create(), retract('q', '1')],
  '7.2.3.3 Request does not specify a node': ['q', pubsub('q', 'set', "<retract><item id='1'/></retract>")],
  '7.2.3.4 Request does not specify an item': ['q', create(), pubsub('q', 'set', "<retract node='tea'/>")],
  '7.2.3.5 Node does not support persistent items': ['q', create({ persist_items: '0' }), retract('q', '1')],
  '7.2.3.6 Service does not support item deletion': SUPPORTED,
  '8.1.1 Service does not support node creation': SUPPORTED,
  '8.1.1 Service requires registration': 'nobody has to register with the service',
  '8.1.1 Requesting entity is prohibited from creating nodes': ['a', create({}, 'tea', 'a')],
  '8.1.1 NodeID already exists': ['q', create(), create()],
  '8.1.1 Service does not support instant nodes': SUPPORTED,
  '8.1.2 Service does not support specified access model': ['q', create({ access_model: 'teapot' })],
  '8.2.3.1 Service does not support node configuration': SUPPORTED,
  '8.2.3.2 Requesting entity is prohibited from configuring this node': ['a', create(), configure({ title: 'x' }, 'a')],
  '8.2.3.3 Request did not specify a node': ['q', owner('q', 'get', '<configure/>')],
  '8.2.3.4 Node has no configuration options': 'every node has some',
  '8.2.3.5 Node does not exist': ['q', owner('q', 'get', "<configure node='milk'/>")],
  '8.2.5.2 Configuration change cannot be processed': ['q', create(), configure({ max_items: 'many' })],
  '8.3.4.1 Service does not support node configuration': SUPPORTED,
  '8.3.4.2 Service does not support retrieval of default node configuration options': SUPPORTED,
  '8.4.3.1 Entity is not an owner': ['a', create(), owner('a', 'set', "<delete node='tea'/>")],
  '8.4.3.2 Owner attempts to delete a non-existent node': ['q', owner('q', 'set', "<delete node='tea'/>")],
  '8.5.3.1 Service does not support node purging': SUPPORTED,
  '8.5.3.2 Entity is not an owner': ['a', create(), owner('a', 'set', "<purge node='tea'/>")],
  '8.5.3.3 Node is not configured for persistent items': ['q', create({ persist_items: '0' }), owner('q', 'set', "<purge node='tea'/>")],
  '8.5.3.4 Node does not exist': ['q', owner('q', 'set', "<purge node='tea'/>")],
  '8.7.3.1 Service responds with node not found': [
    'q',
    {
      as: 'q',
      xml: `<iq type='set' id='x' to='notify.wonderland.lit'><command xmlns='http://jabber.org/protocol/commands' node='http://jabber.org/protocol/pubsub#get-pending' action='execute'/></iq>`,
    },
  ],
  '8.7.3.2 Service responds with node not found': 'there are no ad-hoc commands here (8.7.3.1)',
  '8.7.3.3 Entity does not have sufficient privileges to approve subscription requests': 'there are no ad-hoc commands here (8.7.3.1)',
  '8.7.3.4 Service responds with node not found': 'there are no ad-hoc commands here (8.7.3.1)',
  '8.8.1.3 Node or service does not support subscription management': SUPPORTED,
  '8.8.1.3 Entity is not an owner': ['a', create(), owner('a', 'get', "<subscriptions node='tea'/>")],
  '8.8.1.3 Node does not exist': ['q', owner('q', 'get', "<subscriptions node='tea'/>")],
  '8.8.2.3 Node or service does not support subscription management': SUPPORTED,
  '8.8.2.3 Entity is not an owner': ['a', create(), owner('a', 'set', "<subscriptions node='tea'/>")],
  '8.8.2.3 Node does not exist': ['q', owner('q', 'set', "<subscriptions node='tea'/>")],
  '8.8.2.4 Service responds with an error': [
    'q',
    create(),
    owner(
      'q',
      'set',
      `<subscriptions node='tea'><subscription jid='${A}' subscription='subscribed'/><subscription jid='@' subscription='subscribed'/></subscriptions>`,
    ),
  ],
  '8.9.1.3 Node or service does not support affiliation management': SUPPORTED,
  '8.9.1.3 Entity is not an owner': ['a', create(), owner('a', 'get', "<affiliations node='tea'/>")],
  '8.9.1.3 Node does not exist': ['q', owner('q', 'get', "<affiliations node='tea'/>")],
  '8.9.2.3 Node or service does not support affiliation management': SUPPORTED,
  '8.9.2.3 Node or service does not support the requested affiliation': SUPPORTED,
  '8.9.2.3 Entity is not an owner': ['a', create(), affiliate(A, 'owner', 'a')],
  '8.9.2.3 Node does not exist': ['q', affiliate(A, 'member')],
  '8.9.2.4 Service responds with an error': [
    'q',
    create(),
    owner(
      'q',
      'set',
      `<affiliations node='tea'><affiliation jid='${A}' affiliation='member'/><affiliation jid='@' affiliation='member'/></affiliations>`,
    ),
  ],
};

const table = sharedVectors('error-vectors.json') as readonly Row[] | undefined;
const rows = (table ?? []).filter((r) => r.xep === '0060' || r.xep === '0163');
const keyOf = (r: Row): string => `${r.section.split(' ')[0] ?? ''} ${r.caption}`;
const tested = rows.filter((r) => typeof CASES[keyOf(r)] !== 'string');

describe.skipIf(!table)('the error table', () => {
  test('every row is tested or said not to apply, and nothing else is', () => {
    expect([...new Set(rows.map(keyOf))].sort()).toEqual(Object.keys(CASES).sort());
  });
  test.each(tested.map((r) => [keyOf(r), r] as const))('XEP-0060 §%s', (key, row) => {
    const found = CASES[key];
    if (found === undefined || typeof found === 'string') throw new Error('no such case');
    const [who, ...steps] = found;
    const answers = last('rfc', who, ...steps).filter((xml) => xml.startsWith('<iq'));
    const own = row.app?.replace(/^.*}/, '');
    expect(answers).toHaveLength(1);
    expect(answers[0]).toContain(`<error type='${row.type}'><${row.condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>`);
    if (own !== undefined) expect(answers[0]).toContain(`<${own} xmlns='http://jabber.org/protocol/pubsub#errors'`);
    if (row.feature !== undefined) expect(answers[0]).toContain(` feature='${row.feature}'`);
  });
});
