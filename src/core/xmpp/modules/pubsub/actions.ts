/**
 * Nodes by hand: XEP-0060 §5 to §8, what everybody may ask and what owners may. Nodes, subscriptions and items to choose from are those that the service has at the
 * moment: a client would ask it for them (§5.2 to §5.6), and the person sees them on the picture.
 */
import { parseXml } from '../../../../base/xml/codec.ts';
import { InputError } from '../../../../base/result.ts';
import { el, type Element } from '../../../../base/xml/element.ts';
import { choice, open, option, paragraph, text, type ActionView, type Deed, type Deeds, type Filled } from '../../actions/contract.ts';
import { NS } from '../../namespaces.ts';
import { field, FORM } from '../muc/forms.ts';
import { SERVICE_DEFAULTS } from './config.ts';
import { at, nodesByService, PUBSUB, PUBSUB_OWNER, type Node, type Nodes } from './model.ts';

const ENTRY = "<entry xmlns='http://www.w3.org/2005/Atom'>\n  <title>News</title>\n</entry>";
const ACCESS = [option('open', 'open: everybody'), option('whitelist', 'whitelist: whom the owner lists')];

/** What is to be published; a fault where it is no element. */
export function payloadIn(form: Filled, name: string): readonly Element[] {
  const given = form.text(name).trim();
  if (given === '') return [];
  try {
    return [parseXml(given, PUBSUB)];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    form.fault(name, error.problem.message);
    return [];
  }
}

export function pubsubActions(view: ActionView): readonly Deeds[] {
  return view.services('pubsub').map((service) => {
    const nodes = at(service.get(nodesByService), service.name) ?? {};
    const count = Object.keys(nodes).length;
    return {
      key: service.name,
      title: `PubSub at ${service.name}`,
      subtitle: count === 0 ? 'no node yet' : count === 1 ? 'one node' : `${count} nodes`,
      actions: [...reading(view, service.name, nodes), ...publishing(view, service.name, nodes), ...owning(view, service.name, nodes)],
    };
  });
}

const labelled = (nodes: readonly Node[]) =>
  nodes.map((n) => option(n.name, `${n.name} (${String(n.config.access_model ?? SERVICE_DEFAULTS.access_model)})`));
const isOwn = (jid: string, { bare }: ActionView): boolean => jid === bare || jid.startsWith(`${bare}/`);
/** Under which of its addresses a client is subscribed. */
const subscribedAs = (node: Node, view: ActionView): string | undefined => Object.keys(node.subscribers).find((jid) => isOwn(jid, view));

function request({ id }: ActionView, to: string, type: 'get' | 'set', ns: string, ...content: readonly Element[]): Element {
  return el('iq', NS.client, { type, id, to }, el('pubsub', ns, {}, ...content));
}

function reading(view: ActionView, to: string, nodes: Nodes): readonly Deed[] {
  const all = Object.values(nodes);
  const mine = all.filter((n) => subscribedAs(n, view) !== undefined);
  const free = all.filter((n) => !mine.includes(n));
  const as = (form: Filled) => {
    const node = at(nodes, form.text('node'));
    return { node: form.text('node'), jid: (node && subscribedAs(node, view)) ?? view.bare };
  };
  const none = mine.length === 0 ? 'This account is subscribed to no node here.' : undefined;
  return [
    {
      id: `pubsub/${to}/subscribe`,
      title: 'Subscribe',
      source: 'XEP-0060 §6.1',
      fields: [
        open('node', 'Node', labelled(free), { required: true }),
        choice('as', 'As', [option('bare', `${view.bare}: wherever one is`), option('full', `${view.full}: this client only`)]),
      ],
      write: (form) =>
        request(
          view,
          to,
          'set',
          PUBSUB,
          el('subscribe', PUBSUB, { node: form.text('node'), jid: form.text('as') === 'full' ? view.full : view.bare }),
        ),
    },
    {
      id: `pubsub/${to}/unsubscribe`,
      title: 'Unsubscribe',
      source: 'XEP-0060 §6.2',
      refused: none,
      fields: [choice('node', 'Node', labelled(mine))],
      write: (form) => request(view, to, 'set', PUBSUB, el('unsubscribe', PUBSUB, as(form))),
    },
    {
      id: `pubsub/${to}/options`,
      title: 'Fetch the options of a subscription',
      source: 'XEP-0060 §6.3.2',
      help: 'They come as a form, to be filled in here.',
      refused: none,
      fields: [choice('node', 'Node', labelled(mine))],
      write: (form) => request(view, to, 'get', PUBSUB, el('options', PUBSUB, as(form))),
    },
    {
      id: `pubsub/${to}/items`,
      title: 'Ask for items',
      source: 'XEP-0060 §6.5',
      fields: [open('node', 'Node', labelled(all), { required: true }), text('max', 'At most', { help: 'Empty: all that are kept' })],
      write(form) {
        const most = form.some('max');
        if (most !== undefined && !/^[1-9]\d{0,5}$/.test(most)) form.fault('max', 'A number of items, 1 or more, is meant here.');
        return request(view, to, 'get', PUBSUB, el('items', PUBSUB, { node: form.text('node'), max_items: most }));
      },
    },
  ];
}

function publishing(view: ActionView, to: string, nodes: Nodes): readonly Deed[] {
  const all = Object.values(nodes);
  const kept = all.flatMap((n) => (n.items ?? []).map((i) => option(JSON.stringify([n.name, i.id]), `${i.id} of ${n.name}`)));
  return [
    {
      id: `pubsub/${to}/publish`,
      title: 'Publish',
      source: 'XEP-0060 §7.1',
      fields: [
        open('node', 'Node', labelled(all), { required: true }),
        text('item', 'Id of the item', { help: 'Empty: the service makes one; one that is there already is replaced' }),
        paragraph('payload', 'Payload', { value: ENTRY, help: 'One element' }),
      ],
      write: (form) =>
        request(
          view,
          to,
          'set',
          PUBSUB,
          el('publish', PUBSUB, { node: form.text('node') }, el('item', PUBSUB, { id: form.some('item') }, ...payloadIn(form, 'payload'))),
        ),
    },
    {
      id: `pubsub/${to}/retract`,
      title: 'Take an item back',
      source: 'XEP-0060 §7.2',
      refused: kept.length === 0 ? 'No node here keeps an item.' : undefined,
      fields: [choice('item', 'Item', kept)],
      write(form) {
        const [node = '', item = ''] = JSON.parse(form.text('item') || '[]') as readonly string[];
        return request(view, to, 'set', PUBSUB, el('retract', PUBSUB, { node, notify: 'true' }, el('item', PUBSUB, { id: item })));
      },
    },
  ];
}

function owning(view: ActionView, to: string, nodes: Nodes): readonly Deed[] {
  const mine = Object.values(nodes).filter((n) => at(n.affiliations, view.bare) === 'owner');
  const none = mine.length === 0 ? 'This account owns no node here.' : undefined;
  /** What is asked of a node by nothing but its name. */
  const ofNode = (name: string, title: string, section: string, type: 'get' | 'set', help?: string): Deed => ({
    id: `pubsub/${to}/${name}`,
    title,
    source: `XEP-0060 §${section}`,
    help,
    refused: none,
    fields: [choice('node', 'Node', labelled(mine))],
    write: (form) => request(view, to, type, PUBSUB_OWNER, el(name, PUBSUB_OWNER, { node: form.text('node') })),
  });
  return [
    {
      id: `pubsub/${to}/create`,
      title: 'Create a node',
      source: 'XEP-0060 §8.1',
      fields: [text('node', 'Name', { required: true, value: 'news' }), choice('access', 'Who may subscribe and read', ACCESS)],
      write(form) {
        const fields = [
          field('hidden', 'FORM_TYPE', [`${PUBSUB}#node_config`]),
          el('field', FORM, { var: 'pubsub#access_model' }, el('value', FORM, {}, form.text('access'))),
        ];
        const configure = el('configure', PUBSUB, {}, el('x', FORM, { type: 'submit' }, ...fields));
        return request(view, to, 'set', PUBSUB, el('create', PUBSUB, { node: form.text('node') }), configure);
      },
    },
    ofNode('configure', 'Fetch the configuration of a node', '8.2', 'get', 'It comes as a form, to be filled in here.'),
    ofNode('purge', 'Purge a node', '8.5', 'set'),
    ofNode('delete', 'Delete a node', '8.4', 'set'),
  ];
}
