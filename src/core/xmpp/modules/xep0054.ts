/**
 * XEP-0054 vcard-temp 1.2 (2008-07-16, https://xmpp.org/extensions/xep-0054.html) §3, and XEP-0398 User Avatar to vCard-Based Avatars Conversion 1.0.1 (2024-05-29). As Prosody
 * does it: a vCard is kept as items of the account's own nodes (XEP-0163) — vCard4 (XEP-0292) and a picture (XEP-0084) — and made anew when it is asked for, so
 * parts come back in a fixed order with an empty `N`, and what vCard4 has no place for is lost. Who has none, and even a name that nobody has, answers with an empty one.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { bytesOfBase64 } from '../../../base/base64.ts';
import { bareOf, formatJid } from '../../../base/jid.ts';
import { child, childText, el, elements, textOf, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { payloadOf, resultOf } from '../stanza.ts';
import { serviceAt, type Service } from './pubsub/capabilities.ts';
import type { Config } from './pubsub/config.ts';
import { isFailed, refuse, type Failed } from './pubsub/failures.ts';
import { itemsOf, lastItem, publish, purge } from './pubsub/service.ts';
import { vcard4Of, vcardTempParts } from './pubsub/vcards.ts';
import { AVATAR_DATA, AVATAR_METADATA, metadataOf } from './xep0084.ts';
import { VCARD_NODE } from './xep0292.ts';

const rules = {
  get: rule(
    'xep-0054/3.1/get',
    'XEP-0054 §3.1, §3.3',
    'The server answers for the account: its vCard, or an empty one. Everybody may see it.',
  ),
  set: rule(
    'xep-0054/3.2/set',
    'XEP-0054 §3.2',
    'The server keeps the vCard for the account: as an item of one node, its picture as those of two others.',
  ),
};

const NICK = 'http://jabber.org/protocol/nick';
const v = (name: string, ...children: (Element | string)[]): Element => el(name, NS.vcard, {}, ...children);
const full = (name: string, text: string | undefined): Element => (text === undefined || text === '' ? v(name) : v(name, text));

/** What this one may see of it. */
function cardFor(service: Service, reader: string): Element {
  const card = lastItem(service, VCARD_NODE, reader)?.payload;
  if (card) return v('vCard', ...vcardTempParts(card), ...photo(service, reader));
  const nick = lastItem(service, NICK, reader)?.payload;
  const own = nick?.name === 'nick' && nick.ns === NICK ? [full('NICKNAME', textOf(nick))] : [];
  return v('vCard', ...own, ...photo(service, reader));
}

/** XEP-0398 §3: the latest picture, whichever way it was published. */
function photo(service: Service, reader: string): Element[] {
  const meta = lastItem(service, AVATAR_METADATA, reader)?.payload;
  const info = meta && child(meta, 'info');
  if (!info) return [];
  const { type, url, id } = info.attrs;
  const kind = type === undefined ? [] : [v('TYPE', type)];
  if (url !== undefined) return [v('PHOTO', ...kind, v('EXTVAL', url))];
  const found = id === undefined ? [] : itemsOf(service, AVATAR_DATA, reader, [id]);
  const data = isFailed(found) ? undefined : found[0];
  return [v('PHOTO', ...kind, ...(data ? [full('BINVAL', textOf(data.payload))] : []))];
}

function get(context: Context, event: StanzaEvent): true {
  const card = cardFor(serviceAt(context, bareOf(event.to)), formatJid(event.from));
  return context.reply(resultOf(event.stanza, card), rules.get);
}

const OPEN: Config = { access_model: 'open' };

function set(context: Context, event: StanzaEvent): boolean {
  const card = payloadOf(event.stanza);
  if (!card) return false;
  const service = serviceAt(context, bareOf(event.to));
  const actor = formatJid(event.from);
  const keep = (node: string, id: string, payload: Element): Failed | undefined =>
    publish(service, node, actor, { id, payload }, OPEN, true);
  const problem = keepPhoto(service, actor, card, keep) ?? keep(VCARD_NODE, 'current', vcard4Of(card));
  return problem ? refuse(context, event, problem) : context.reply(resultOf(event.stanza), rules.set);
}

/** §3 of XEP-0398: the picture before is gone, and a new one is told of as if it had been published. */
function keepPhoto(
  service: Service,
  actor: string,
  card: Element,
  keep: (node: string, id: string, payload: Element) => Failed | undefined,
): Failed | undefined {
  if (!purge(service, AVATAR_METADATA, actor, false)) purge(service, AVATAR_DATA, actor, false);
  const picture = elements(card).findLast((c) => c.name === 'PHOTO' && child(c, 'BINVAL'));
  const text = picture && (childText(picture, 'BINVAL') ?? '');
  const bytes = text === undefined ? undefined : bytesOfBase64(text.replace(/\s/g, ''));
  if (!picture || text === undefined || !bytes) return undefined;
  const hash = [...sha1(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');
  const data = el('data', AVATAR_DATA, {}, ...(text === '' ? [] : [text]));
  return keep(AVATAR_DATA, hash, data) ?? keep(AVATAR_METADATA, hash, metadataOf(hash, bytes.length, childText(picture, 'TYPE')));
}

/** What XEP-0153 calls the photo: the id of the latest picture, which is its hexadecimal SHA-1; empty where there is none. */
export const photoHash = (context: Context, bare: string): string => lastItem(serviceAt(context, bare), AVATAR_METADATA, true)?.id ?? '';

const VCARD = `${NS.vcard}:vCard`;

export const xep0054: Module = {
  id: 'xep-0054',
  title: 'vCards',
  spec: 'XEP-0054',
  version: '1.2',
  places: ['server'],
  features: [NS.vcard],
  accountFeatures: ['urn:xmpp:pep-vcard-conversion:0'],
  rules,
  hooks: [
    { event: `iq-get/self/${VCARD}`, run: get },
    { event: `iq-get/bare/${VCARD}`, run: get },
    { event: `iq-set/self/${VCARD}`, run: set },
  ],
};
