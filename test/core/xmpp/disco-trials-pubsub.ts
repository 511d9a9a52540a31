/** Trials of what PubSub services and accounts announce of nodes: XEP-0060 §10, XEP-0163. */
import type { Element } from '../../../src/base/xml/element.ts';
import { COMMANDS } from '../../../src/core/xmpp/modules/commands/contract.ts';
import { NS } from '../../../src/core/xmpp/namespaces.ts';
import { form, ids, interested, nodeOf, PAYLOAD, PUBSUB, quiet, state, told } from './disco-nodes.ts';
import { inside, isResult } from './disco-probe.ts';
import { commands, info, items as discoItems } from './disco-trials-servers.ts';
import { condition, type Tried, type Trials } from './disco-trials.ts';

const publishers =
  (affiliation: string) =>
  (tried: Tried): boolean => {
    const n = nodeOf(tried);
    const before = isResult(n.publish('a', tried.other));
    n.affiliate(tried.other, affiliation);
    return n.made && !before && isResult(n.publish('b', tried.other));
  };
/** Which of the own contact and of a stranger may subscribe. */
function lets(tried: Tried, config: Readonly<Record<string, string>>): readonly [string, string] {
  const n = nodeOf(tried, config);
  return n.made ? [state(n.subscribe(tried.other)), state(n.subscribe(tried.stranger))] : ['', ''];
}
/** To the contact that is interested without being subscribed. */
const byInterest = (tried: Tried): boolean => {
  const n = nodeOf(tried, { access_model: 'presence' });
  interested(tried.other, n.node);
  n.publish('a');
  const isTold = told(tried.other, n.node).includes('a');
  quiet(tried.other);
  return n.made && isTold;
};

const of = (trials: Trials): Trials => Object.fromEntries(Object.entries(trials).map(([name, trial]) => [`${PUBSUB}#${name}`, trial]));

export const NODES: Trials = {
  [PUBSUB]: (tried) => nodeOf(tried).made,
  ...of({
    'create-nodes': (tried) => nodeOf(tried).made,
    'create-and-configure': (tried) => {
      const n = nodeOf(tried, { access_model: 'whitelist', title: 'Tea' });
      return (
        n.made && JSON.stringify(n.own('get', `<configure node='${n.node}'/>`)).includes('Tea') && state(n.subscribe(tried.other)) === ''
      );
    },
    'instant-nodes': (tried) => (inside(nodeOf(tried).ask(tried.one, 'set', '<create/>'), 'create')?.attrs['node'] ?? '') !== '',
    'auto-create': ({ one, at, fresh }) =>
      isResult(
        one.ask('set', at, `<pubsub xmlns='${PUBSUB}'><publish node='${fresh()}'><item id='a'>${PAYLOAD}</item></publish></pubsub>`),
      ),
    'delete-nodes': (tried) => {
      const n = nodeOf(tried);
      return (
        n.made &&
        isResult(n.own('set', `<delete node='${n.node}'/>`)) &&
        condition(n.own('get', `<configure node='${n.node}'/>`)) === 'item-not-found'
      );
    },
    subscribe: (tried) => state(nodeOf(tried).subscribe(tried.other)) === 'subscribed',
    'subscription-options': (tried) => {
      const n = nodeOf(tried);
      n.subscribe(tried.other);
      const options = (type: 'get' | 'set', content = '') =>
        n.ask(tried.other, type, `<options node='${n.node}' jid='${tried.other.bare}'>${content}</options>`);
      const given = inside(options('get'), 'field') !== undefined;
      const off = isResult(options('set', form('subscribe_options', { deliver: '0' })));
      return given && off && isResult(options('get'));
    },
    'retrieve-subscriptions': (tried) => {
      const n = nodeOf(tried);
      n.subscribe(tried.other);
      return JSON.stringify(n.ask(tried.other, 'get', '<subscriptions/>')).includes(n.node);
    },
    'retrieve-affiliations': (tried) => {
      const n = nodeOf(tried);
      return JSON.stringify(n.ask(tried.one, 'get', '<affiliations/>')).includes(n.node);
    },
    'retrieve-default': (tried) => inside(nodeOf(tried).own('get', '<default/>'), 'field') !== undefined,
    publish: (tried) => {
      const n = nodeOf(tried);
      n.subscribe(tried.other);
      return isResult(n.publish('a')) && told(tried.other, n.node).includes('a');
    },
    'item-ids': (tried) => {
      const n = nodeOf(tried);
      const nameless = inside(n.ask(tried.one, 'set', `<publish node='${n.node}'><item>${PAYLOAD}</item></publish>`), 'item')?.attrs['id'];
      return nameless !== undefined && nameless !== '' && ids(n.items(tried.one)).includes(nameless);
    },
    'multi-items': (tried) => {
      const n = nodeOf(tried, { access_model: 'open', max_items: '5' });
      n.publish('a');
      n.publish('b');
      return ids(n.items(tried.one)).toSorted().join() === 'a,b';
    },
    'persistent-items': (tried) => {
      const [kept, passing] = [nodeOf(tried, { persist_items: '1' }), nodeOf(tried, { persist_items: '0' })];
      kept.publish('a');
      passing.publish('a');
      return ids(kept.items(tried.one)).includes('a') && ids(passing.items(tried.one)).length === 0;
    },
    'publish-options': (tried) => {
      const n = nodeOf(tried);
      const published = (access: string): Element =>
        n.ask(
          tried.one,
          'set',
          `<publish node='${n.node}'><item id='a'>${PAYLOAD}</item></publish><publish-options>${form('publish-options', { access_model: access })}</publish-options>`,
        );
      return n.made && condition(published('whitelist')) === 'conflict' && isResult(published('open'));
    },
    'retrieve-items': (tried) => {
      const n = nodeOf(tried);
      n.publish('a');
      return inside(n.items(tried.other), 'tea') !== undefined;
    },
    'delete-items': (tried) => {
      const n = nodeOf(tried);
      n.publish('a');
      return (
        isResult(n.ask(tried.one, 'set', `<retract node='${n.node}'><item id='a'/></retract>`)) && ids(n.items(tried.one)).length === 0
      );
    },
    'retract-items': (tried) => {
      const n = nodeOf(tried);
      n.subscribe(tried.other);
      n.publish('a');
      return (
        isResult(n.ask(tried.one, 'set', `<retract node='${n.node}' notify='true'><item id='a'/></retract>`)) &&
        told(tried.other, n.node, 'retract').includes('a')
      );
    },
    'purge-nodes': (tried) => {
      const n = nodeOf(tried);
      n.publish('a');
      return isResult(n.own('set', `<purge node='${n.node}'/>`)) && ids(n.items(tried.one)).length === 0;
    },
    'config-node': (tried) => {
      const n = nodeOf(tried);
      const set = n.own('set', `<configure node='${n.node}'>${form('node_config', { title: 'Later' })}</configure>`);
      return isResult(set) && JSON.stringify(n.own('get', `<configure node='${n.node}'/>`)).includes('Later');
    },
    'config-node-max': (tried) => {
      const n = nodeOf(tried, { access_model: 'open', max_items: 'max' });
      n.publish('a');
      n.publish('b');
      return n.made && ids(n.items(tried.one)).length === 2;
    },
    'meta-data': (tried) => {
      const n = nodeOf(tried, { access_model: 'open', title: 'Tea' });
      const about = tried.one.ask('get', tried.at, `<query xmlns='${NS.discoInfo}' node='${n.node}'/>`);
      return isResult(about) && JSON.stringify(about).includes('meta-data') && JSON.stringify(about).includes('Tea');
    },
    'modify-affiliations': (tried) => {
      const n = nodeOf(tried);
      n.affiliate(tried.other, 'publisher');
      return JSON.stringify(n.own('get', `<affiliations node='${n.node}'/>`)).includes(tried.other.bare);
    },
    'publisher-affiliation': publishers('publisher'),
    'publish-only-affiliation': (tried) => {
      const n = nodeOf(tried);
      const given = n.affiliate(tried.other, 'publish-only');
      return isResult(given) && isResult(n.publish('a', tried.other)) && !isResult(n.items(tried.other));
    },
    'outcast-affiliation': (tried) => {
      const n = nodeOf(tried);
      // Prosody refuses to say that it has done so.
      n.affiliate(tried.other, 'outcast');
      return n.made && state(n.subscribe(tried.other)) === '' && state(n.subscribe(tried.stranger)) === 'subscribed';
    },
    'member-affiliation': (tried) => {
      const n = nodeOf(tried, { access_model: 'whitelist' });
      const before = state(n.subscribe(tried.other));
      n.affiliate(tried.other, 'member');
      return n.made && before === '' && state(n.subscribe(tried.other)) === 'subscribed';
    },
    'manage-subscriptions': (tried) => {
      const n = nodeOf(tried);
      n.subscribe(tried.other);
      const listed = JSON.stringify(n.own('get', `<subscriptions node='${n.node}'/>`)).includes(tried.other.bare);
      const set = n.own(
        'set',
        `<subscriptions node='${n.node}'><subscription jid='${tried.other.bare}' subscription='none'/></subscriptions>`,
      );
      n.publish('a');
      return listed && isResult(set) && told(tried.other, n.node).length === 0;
    },
    'access-open': (tried) => lets(tried, { access_model: 'open' }).join() === 'subscribed,subscribed',
    'access-whitelist': (tried) => {
      const n = nodeOf(tried, { access_model: 'whitelist' });
      n.affiliate(tried.stranger, 'member');
      return n.made && state(n.subscribe(tried.other)) === '' && state(n.subscribe(tried.stranger)) === 'subscribed';
    },
    'access-authorize': (tried) => lets(tried, { access_model: 'authorize' }).join() === 'pending,pending',
    'access-presence': (tried) => lets(tried, { access_model: 'presence' }).join() === 'subscribed,',
    'access-roster': (tried) => {
      tried.one.ask('set', '', `<query xmlns='jabber:iq:roster'><item jid='${tried.other.bare}'><group>Tea</group></item></query>`);
      return lets(tried, { access_model: 'roster', roster_groups_allowed: 'Tea' }).join() === 'subscribed,';
    },
    'presence-subscribe': byInterest,
    'auto-subscribe': byInterest,
    'presence-notifications': (tried) => {
      if (!byInterest(tried)) return false;
      const n = nodeOf(tried, { access_model: 'presence' });
      interested(tried.other, n.node);
      tried.other.say("<presence type='unavailable'/>");
      n.publish('b');
      const isTold = told(tried.other, n.node).length > 0;
      quiet(tried.other);
      return !isTold;
    },
    'filtered-notifications': (tried) => {
      const [wanted, unwanted] = [nodeOf(tried, { access_model: 'presence' }), nodeOf(tried, { access_model: 'presence' })];
      interested(tried.other, wanted.node);
      unwanted.publish('a');
      const isTold = told(tried.other, unwanted.node).length > 0;
      wanted.publish('b');
      const isWanted = told(tried.other, wanted.node).includes('b');
      quiet(tried.other);
      return isWanted && !isTold;
    },
    'last-published': (tried) => {
      const n = nodeOf(tried, { access_model: 'presence' });
      n.publish('before');
      interested(tried.other, n.node);
      const isTold = told(tried.other, n.node).includes('before');
      // Once software is known, presence is enough.
      quiet(tried.other);
      interested(tried.other, n.node);
      const again = told(tried.other, n.node).includes('before');
      quiet(tried.other);
      return isTold || again;
    },
  }),
};

export const SERVICE: Trials = { [NS.discoInfo]: info, [NS.discoItems]: discoItems, [COMMANDS]: commands, ...NODES };
