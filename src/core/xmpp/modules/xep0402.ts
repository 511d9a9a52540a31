/**
 * XEP-0402 PEP Native Bookmarks 1.2.0 (2024-02-13, https://xmpp.org/extensions/xep-0402.html) §5 with the older places that Prosody’s mod_bookmarks keeps alive: private XML
 * (XEP-0048 with XEP-0049) and the PEP node `storage:bookmarks` (XEP-0411). Bookmarks stand once, as items of `urn:xmpp:bookmarks:1`; what is stored or
 * asked for in an old place is turned. Each account has the old node, closed and empty, from its first session on, so that it can be told of.
 * Simplified: nothing to be moved from before, because no account here has bookmarks from before.
 */
import { bareOf, formatJid } from '../../../base/jid.ts';
import { child, childText, el, elements, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Hook, type Module, type StanzaEvent } from '../module.ts';
import { slice } from '../slice.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { configOf, nodeOf, serviceAt, type Actor, type Service } from './pubsub/capabilities.ts';
import type { Config } from './pubsub/config.ts';
import { broadcast } from './pubsub/events.ts';
import { isFailed, type Failed } from './pubsub/failures.ts';
import { PUBSUB, PUBSUB_EVENT, type Item } from './pubsub/model.ts';
import { newName } from './pubsub/requests.ts';
import { configure, create, itemsOf, publish, purge, retract } from './pubsub/service.ts';

const NODE = 'urn:xmpp:bookmarks:1';
const OLD = 'urn:xmpp:bookmarks:0';
const LEGACY = 'storage:bookmarks';
const PRIVATE = 'jabber:iq:private';

const rules = {
  get: rule(
    'xep-0402/5/old-place',
    'XEP-0402 §5, XEP-0411',
    'Bookmarks were asked for where clients used to keep them: they are shown as they would stand there.',
  ),
  set: rule(
    'xep-0402/5/turned',
    'XEP-0402 §5, XEP-0411',
    'Bookmarks were stored where clients used to keep them: each becomes an item of the node of today, and what is not among them any more is taken back.',
  ),
  none: rule('xep-0402/5/none', 'XEP-0402 §5', 'There are no bookmarks that could be shown, or they could not be kept.'),
  version: rule('xep-0402/5/version', 'XEP-0402 §5', 'This is the node of an early draft of the specification: Prosody refuses it.'),
};

/** §5: closed to others, and all are kept. */
const OPTIONS: Config = { persist_items: true, max_items: 'max', send_last_published_item: 'never', access_model: 'whitelist' };
const CLOSED: Config = { persist_items: false, max_items: 1, send_last_published_item: 'never', access_model: 'whitelist' };

/** Texts that are in both forms. */
const texts = (from: Element, ns: string): Element[] =>
  ['nick', 'password'].flatMap((name) => {
    const text = childText(from, name);
    return text === undefined ? [] : [el(name, ns, {}, text)];
  });

/** As XEP-0048 has it. */
function legacyStorage(items: readonly Item[]): Element {
  const conferences = items.map(({ id, payload }) => {
    const { name, autojoin } = payload.ns === NODE ? payload.attrs : {};
    return el('conference', LEGACY, { jid: id, name, autojoin }, ...(payload.ns === NODE ? texts(payload, LEGACY) : []));
  });
  return el('storage', LEGACY, {}, ...conferences);
}

const sameBookmark = (a: Element, b: Element): boolean =>
  ['name', 'autojoin'].every((key) => a.attrs[key] === b.attrs[key]) &&
  ['nick', 'password'].every((name) => childText(a, name) === childText(b, name));

/** What stands in an old place is all that there is. */
function store(service: Service, actor: string, storage: Element): Failed | undefined {
  if (elements(storage).length === 0) return purge(service, NODE, actor, true);
  const found = itemsOf(service, NODE, actor);
  if (isFailed(found) && found.failed !== 'item-not-found') return found;
  const node = nodeOf(service, NODE);
  const problem = node
    ? configure(service, NODE, actor, { ...configOf(service, node), ...OPTIONS })
    : create(service, NODE, actor, OPTIONS);
  if (problem) return problem;
  const before = isFailed(found) ? [] : found;
  const named = elements(storage).filter((c) => c.name === 'conference' && c.ns === LEGACY);
  for (const bookmark of named) {
    const { jid, name, autojoin } = bookmark.attrs;
    const payload = el('conference', NODE, { name, autojoin }, ...texts(bookmark, NODE));
    const kept = before.find((i) => i.id === jid);
    if (kept && sameBookmark(kept.payload, payload)) continue;
    const failure = publish(service, NODE, actor, { id: jid ?? newName(service.context), payload }, OPTIONS);
    if (failure) return failure;
  }
  for (const { id } of before) if (!named.some((c) => c.attrs['jid'] === id)) retract(service, NODE, actor, id, true);
  return undefined;
}

/** XEP-0411: those who listen at the old node are told of all that there is. */
function tellLegacy(service: Service, actor: Actor): void {
  const found = itemsOf(service, NODE, actor);
  if (isFailed(found) && found.failed !== 'item-not-found') return;
  const item = el('item', PUBSUB_EVENT, { id: 'current' }, legacyStorage(isFailed(found) ? [] : found));
  broadcast(service, 'items', LEGACY, {}, item, actor);
}

const FAILED_TO_GET = { text: 'Failed to retrieve bookmarks from PEP' };
const FAILED_TO_SET = { type: 'cancel', text: 'Failed to store bookmarks to PEP' } as const;

/** Prosody serves the asker's own, whoever is asked. */
const own = (context: Context, event: StanzaEvent): Service => serviceAt(context, bareOf(event.from));

function keep(context: Context, event: StanzaEvent, storage: Element): true {
  const problem = store(own(context, event), formatJid(event.from), storage);
  if (problem) return context.bounce(event.stanza, 'internal-server-error', rules.none, FAILED_TO_SET);
  return context.reply(resultOf(event.stanza), rules.set);
}

function privateXml(context: Context, event: StanzaEvent): boolean {
  const query = payloadOf(event.stanza);
  const storage = query && child(query, 'storage', LEGACY);
  if (!query || !storage || event.session === undefined) return false;
  if (event.stanza.attrs['type'] === 'set') return keep(context, event, storage);
  const found = itemsOf(own(context, event), NODE, formatJid(event.from));
  if (!isFailed(found)) return context.reply(resultOf(event.stanza, el('query', PRIVATE, {}, legacyStorage(found))), rules.get);
  if (found.failed === 'item-not-found') return context.reply(resultOf(event.stanza, query), rules.get);
  return context.bounce(event.stanza, 'forbidden', rules.none, FAILED_TO_GET);
}

function oldNode(context: Context, event: StanzaEvent): boolean {
  const payload = payloadOf(event.stanza);
  if (!payload || event.session === undefined) return false;
  if (event.stanza.attrs['type'] === 'get') {
    if (child(payload, 'items')?.attrs['node'] !== LEGACY) return false;
    const found = itemsOf(own(context, event), NODE, formatJid(event.from));
    if (isFailed(found)) return context.bounce(event.stanza, 'item-not-found', rules.none, FAILED_TO_GET);
    const item = el('item', PUBSUB, { id: 'current' }, legacyStorage(found));
    return context.reply(resultOf(event.stanza, el('pubsub', PUBSUB, {}, el('items', PUBSUB, { node: LEGACY }, item))), rules.get);
  }
  const published = child(payload, 'publish');
  const text = 'Your client does XEP-0402 version 0.3.0 but 0.4.0+ is required';
  if (published?.attrs['node'] === OLD) return context.bounce(event.stanza, 'not-allowed', rules.version, { type: 'modify', text });
  const item = published?.attrs['node'] === LEGACY ? child(published, 'item') : undefined;
  const storage = item && child(item, 'storage', LEGACY);
  return storage !== undefined && keep(context, event, storage);
}

/** Sessions for which the old node has been looked after. */
const ready = slice<Readonly<Record<string, true>>>('bookmarks-ready', {});

function firstStanza(context: Context, { session, from }: StanzaEvent): false {
  if (session === undefined || Object.hasOwn(context.get(ready), session)) return false;
  context.set(ready, { ...context.get(ready), [session]: true });
  const service = serviceAt(context, bareOf(from));
  const node = nodeOf(service, LEGACY);
  if (!node) create(service, LEGACY, bareOf(from), CLOSED);
  else if (configOf(service, node).access_model !== 'whitelist') configure(service, LEGACY, bareOf(from), CLOSED);
  return false;
}

const hooks: readonly Hook[] = [
  ...['self', 'bare'].flatMap((kind) =>
    ['get', 'set'].flatMap((type) => [
      { event: `iq-${type}/${kind}/${PRIVATE}:query`, priority: 1, run: privateXml },
      { event: `iq-${type}/${kind}/${PUBSUB}:pubsub`, priority: 1, run: oldNode },
    ]),
  ),
  { event: 'from-session', run: firstStanza },
  {
    event: 'session-end',
    priority: -20,
    run(context, { session = '' }) {
      const { [session]: known, ...rest } = context.get(ready);
      if (known) context.set(ready, rest);
      return false;
    },
  },
  {
    event: 'presence-initial',
    // Before the contacts are asked for their presence.
    priority: 10,
    run(context, { session, from }) {
      if (session !== undefined) tellLegacy(serviceAt(context, bareOf(from)), session);
      return false;
    },
  },
  {
    event: 'pubsub/changed',
    run(context, { stanza, to, from }) {
      if (stanza.attrs['node'] === NODE) tellLegacy(serviceAt(context, formatJid(to)), formatJid(from));
      return false;
    },
  },
];

export const xep0402: Module = {
  id: 'xep-0402',
  title: 'Bookmarks',
  spec: 'XEP-0402',
  version: '1.2.0',
  places: ['server'],
  accountFeatures: [`${NODE}#compat`, `${NODE}#compat-pep`, 'urn:xmpp:bookmarks-conversion:0'],
  rules,
  hooks,
};
