/**
 * The own account as a PubSub service, by hand (XEP-0163 §3, XEP-0060 §7, §8): any item of any node, an avatar (XEP-0084 §3), taking back, configuring, deleting, and
 * asking another's account. Nodes and items to choose from are those that the accounts have at the moment: a client would ask for them (XEP-0060 §5).
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { bytesOfBase64 } from '../../../../base/base64.ts';
import { el, textOf, type Element } from '../../../../base/xml/element.ts';
import { choice, open, option, paragraph, text, type ActionView, type Deed, type Filled } from '../../actions/contract.ts';
import { NS } from '../../namespaces.ts';
import { AVATAR_DATA, AVATAR_METADATA, metadataOf } from '../xep0084.ts';
import { FORM, field } from '../muc/forms.ts';
import { payloadIn } from './actions.ts';
import { at, nodesByService, PUBSUB, PUBSUB_OWNER, type Nodes } from './model.ts';

/** Nodes that specifications name (XEP-0402, 0118, 0107, 0108, 0080, 0172), to be offered beside those that are there. */
const NAMED: Readonly<Record<string, string>> = {
  'urn:xmpp:bookmarks:1': 'Bookmarks',
  'http://jabber.org/protocol/tune': 'Tune',
  'http://jabber.org/protocol/mood': 'Mood',
  'http://jabber.org/protocol/activity': 'Activity',
  'http://jabber.org/protocol/geoloc': 'Location',
  'http://jabber.org/protocol/nick': 'Nickname',
};
const BOOKMARK = "<conference xmlns='urn:xmpp:bookmarks:1'\n    name='Tea party'>\n  <nick>Alice</nick>\n</conference>";

/** A dot of one pixel, as PNG. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PNG = [0x89, 0x50, 0x4e, 0x47];

const ACCESS = [
  option('', 'as it is; a new node: contacts'),
  option('presence', 'presence: contacts'),
  option('open', 'open: everybody'),
  option('whitelist', 'whitelist: whom the owner lists'),
];

export function ownNodeActions(view: ActionView): readonly Deed[] {
  const own = nodesAt(view, view.bare);
  return [...publishes(view, own), ...avatars(view, own), ...keeps(view, own), asks(view)];
}

/** What the server of this account keeps for it. */
function nodesAt(view: ActionView, account: string): Nodes {
  const home = view.services('server').find(({ name }) => account.endsWith(`@${name}`));
  return (home && at(home.get(nodesByService), account)) ?? {};
}

const request = ({ id }: ActionView, type: 'get' | 'set', ns: string, ...content: readonly Element[]): Element =>
  el('iq', NS.client, { type, id }, el('pubsub', ns, {}, ...content));

function publishes(view: ActionView, own: Nodes): readonly Deed[] {
  const names = [...new Set([...Object.keys(NAMED), ...Object.keys(own)])];
  return [
    {
      id: 'pep/publish',
      title: 'Any item',
      source: 'XEP-0163 §3, XEP-0060 §7.1',
      help: 'A node that is not there yet is made by publishing in it.',
      fields: [
        open(
          'node',
          'Node',
          names.map((name) => option(name, NAMED[name] === undefined ? name : `${NAMED[name]} (${name})`)),
          { required: true },
        ),
        text('item', 'Id of the item', { help: 'Empty: the server makes one; of a bookmark it is the address of the room' }),
        paragraph('payload', 'Payload', { required: true, value: BOOKMARK, help: 'One element, in the namespace of its node' }),
        choice('access', 'Who may see it', ACCESS, { value: '' }),
      ],
      write(form) {
        const item = el('item', PUBSUB, { id: form.some('item') }, ...payloadIn(form, 'payload'));
        return request(view, 'set', PUBSUB, el('publish', PUBSUB, { node: form.text('node') }, item), ...options(form.text('access')));
      },
    },
  ];
}

/** XEP-0060 §7.1.5: how a new node is to be, or must be if it is there. */
function options(access: string): readonly Element[] {
  if (access === '') return [];
  const fields = [field('hidden', 'FORM_TYPE', [`${PUBSUB}#publish-options`]), field('list-single', 'pubsub#access_model', [access])];
  return [el('publish-options', PUBSUB, {}, el('x', FORM, { type: 'submit' }, ...fields))];
}

/** XEP-0084 §3: the picture first, then that there is one. */
function avatars(view: ActionView, own: Nodes): readonly Deed[] {
  const pictures = at(own, AVATAR_DATA)?.items ?? [];
  return [
    {
      id: 'pep/avatar-data',
      title: 'Avatar: the picture',
      source: 'XEP-0084 §3.1',
      help: 'It is kept where whoever wants it can get it; nobody is told of it by this.',
      fields: [paragraph('picture', 'PNG, in Base64', { required: true, value: DOT })],
      write(form) {
        const bytes = bytesIn(form.text('picture').replace(/\s/g, ''), form);
        const id = bytes ? [...sha1(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('') : '';
        const data = el('data', AVATAR_DATA, {}, form.text('picture').replace(/\s/g, ''));
        return request(view, 'set', PUBSUB, el('publish', PUBSUB, { node: AVATAR_DATA }, el('item', PUBSUB, { id }, data)));
      },
    },
    {
      id: 'pep/avatar-metadata',
      title: 'Avatar: that there is one',
      source: 'XEP-0084 §3.2',
      help: 'This tells those who want to know, and says where the picture is.',
      refused: pictures.length === 0 ? 'The picture comes first: this account keeps none yet.' : undefined,
      fields: [choice('id', 'Picture', [...pictures.map((p) => option(p.id)), option('', 'none any more')])],
      write(form) {
        const picture = pictures.find((p) => p.id === form.text('id'));
        const size = picture ? (bytesOfBase64(textOf(picture.payload).replace(/\s/g, ''))?.length ?? 0) : 0;
        const metadata = picture ? metadataOf(picture.id, size, 'image/png') : el('metadata', AVATAR_METADATA);
        const item = el('item', PUBSUB, { id: picture?.id ?? 'current' }, metadata);
        return request(view, 'set', PUBSUB, el('publish', PUBSUB, { node: AVATAR_METADATA }, item));
      },
    },
  ];
}

function bytesIn(picture: string, form: Filled): Uint8Array | undefined {
  const bytes = bytesOfBase64(picture);
  if (!bytes) form.fault('picture', 'This is no Base64 (RFC 4648 §4).');
  else if (PNG.some((b, i) => bytes[i] !== b))
    form.fault('picture', 'The picture has to be a PNG (XEP-0084 §3.1): it does not begin as one.');
  return bytes;
}

function keeps(view: ActionView, own: Nodes): readonly Deed[] {
  const nodes = Object.values(own);
  const kept = nodes.flatMap((n) => (n.items ?? []).map((i) => option(JSON.stringify([n.name, i.id]), `${i.id} of ${n.name}`)));
  const refused = nodes.length === 0 ? 'This account has no node yet.' : undefined;
  const which = choice(
    'node',
    'Node',
    nodes.map((n) => option(n.name)),
  );
  return [
    {
      id: 'pep/retract',
      title: 'Take an item back',
      source: 'XEP-0060 §7.2',
      refused: kept.length === 0 ? 'This account keeps no item.' : undefined,
      fields: [choice('item', 'Item', kept)],
      write(form) {
        const [node = '', id = ''] = JSON.parse(form.text('item') || '[]') as readonly string[];
        return request(view, 'set', PUBSUB, el('retract', PUBSUB, { node, notify: 'true' }, el('item', PUBSUB, { id })));
      },
    },
    {
      id: 'pep/configure',
      title: 'Fetch the configuration of a node',
      source: 'XEP-0060 §8.2',
      help: 'It comes as a form, to be filled in here.',
      refused,
      fields: [which],
      write: (form) => request(view, 'get', PUBSUB_OWNER, el('configure', PUBSUB_OWNER, { node: form.text('node') })),
    },
    {
      id: 'pep/delete',
      title: 'Delete a node',
      source: 'XEP-0060 §8.4',
      refused,
      fields: [which],
      write: (form) => request(view, 'set', PUBSUB_OWNER, el('delete', PUBSUB_OWNER, { node: form.text('node') })),
    },
  ];
}

/** What another has told, or is to be asked for: an avatar's picture is (XEP-0084 §3.4). */
function asks(view: ActionView): Deed {
  const there = view.people.flatMap((jid) =>
    Object.keys(nodesAt(view, jid)).map((node) => option(JSON.stringify([jid, node]), `${node} of ${jid}`)),
  );
  return {
    id: 'pep/items',
    title: 'Ask another’s account',
    source: 'XEP-0163 §4, XEP-0060 §6.5',
    refused: there.length === 0 ? 'Nobody else has told anything yet.' : undefined,
    fields: [choice('what', 'For', there)],
    write(form) {
      const [to = '', node = ''] = JSON.parse(form.text('what') || '[]') as readonly string[];
      return el('iq', NS.client, { type: 'get', id: view.id, to }, el('pubsub', PUBSUB, {}, el('items', PUBSUB, { node })));
    },
  };
}
