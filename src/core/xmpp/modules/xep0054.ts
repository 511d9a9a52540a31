/**
 * XEP-0054 vcard-temp 1.2 (2008-07-16, https://xmpp.org/extensions/xep-0054.html) §3. As Prosody does it: who has none, and even a name that nobody has, answers
 * with an empty one; what is set is kept in the form of vCard4 (XEP-0292) and made anew when it is asked for, so parts come back in a fixed order with
 * an empty `N`, and what that form has no place for is lost.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { bytesOfBase64 } from '../../../base/base64.ts';
import { bareOf } from '../../../base/jid.ts';
import { child, childText, el, elements, type Element } from '../../../base/xml/element.ts';
import { rule, type Context, type Module, type StanzaEvent } from '../module.ts';
import { NS } from '../namespaces.ts';
import { store } from '../slice.ts';
import { payloadOf, resultOf } from '../stanza.ts';

const rules = {
  get: rule(
    'xep-0054/3.1/get',
    'XEP-0054 §3.1, §3.3',
    'The server answers for the account: its vCard, or an empty one. Everybody may see it.',
  ),
  set: rule('xep-0054/3.2/set', 'XEP-0054 §3.2', 'The server keeps the vCard for the account.'),
};

/** By account. */
const vcards = store<Readonly<Record<string, Element>>>('vcards', {});

const TEXTS = ['FN', 'N', 'NICKNAME', 'BDAY', 'URL', 'TITLE', 'ROLE', 'DESC'] as const;
const NAME_PARTS = ['FAMILY', 'GIVEN', 'MIDDLE', 'PREFIX', 'SUFFIX'];
const v = (name: string, ...children: (Element | string)[]): Element => el(name, NS.vcard, {}, ...children);
const full = (name: string, text: string | undefined): Element => (text === undefined || text === '' ? v(name) : v(name, text));

/** In the order in which Prosody writes them. */
function regenerated(card: Element): Element {
  const parts: Element[] = [];
  for (const name of TEXTS) {
    const given = child(card, name);
    if (name === 'N') parts.push(v('N', ...NAME_PARTS.map((part) => full(part, given && childText(given, part)))));
    else if (given) parts.push(v(name, ...given.children));
  }
  const typed = (name: string, value: string, kinds: readonly string[]): void => {
    for (const entry of elements(card).filter((c) => c.name === name)) {
      const kept = kinds.filter((k) => child(entry, k)).map((k) => v(k));
      parts.push(v(name, full(value, childText(entry, value)), ...kept));
    }
  };
  typed('TEL', 'NUMBER', ['HOME', 'WORK', 'VOICE', 'FAX', 'PAGER', 'MSG', 'CELL', 'VIDEO', 'BBS', 'MODEM', 'ISDN', 'PCS', 'PREF']);
  typed('EMAIL', 'USERID', ['HOME', 'WORK', 'INTERNET', 'PREF', 'X400']);
  for (const name of ['ADR', 'ORG', 'JABBERID', 'GEO', 'TZ'])
    for (const entry of elements(card).filter((c) => c.name === name)) parts.push(entry);
  const photo = child(card, 'PHOTO');
  const binary = photo && childText(photo, 'BINVAL');
  if (photo && binary !== undefined) parts.push(v('PHOTO', full('TYPE', childText(photo, 'TYPE')), v('BINVAL', binary)));
  return v('vCard', ...parts);
}

/** Hexadecimal SHA-1 of the picture in an account's vCard: what XEP-0153 calls the photo; empty where there is none. */
export function photoHash(context: Context, bare: string): string {
  const card = context.get(vcards)[bare];
  const photo = card && child(card, 'PHOTO');
  const bytes = photo && bytesOfBase64((childText(photo, 'BINVAL') ?? '').replace(/\s/g, ''));
  return bytes && bytes.length > 0 ? [...sha1(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('') : '';
}

function get(context: Context, event: StanzaEvent): true {
  const card = context.get(vcards)[bareOf(event.to)];
  return context.reply(resultOf(event.stanza, card ? regenerated(card) : v('vCard')), rules.get);
}

function set(context: Context, event: StanzaEvent): boolean {
  const card = payloadOf(event.stanza);
  if (!card) return false;
  context.set(vcards, { ...context.get(vcards), [bareOf(event.to)]: card });
  return context.reply(resultOf(event.stanza), rules.set);
}

const VCARD = `${NS.vcard}:vCard`;

export const xep0054: Module = {
  id: 'xep-0054',
  title: 'vCards',
  spec: 'XEP-0054',
  version: '1.2',
  places: ['server'],
  features: [NS.vcard],
  rules,
  hooks: [
    { event: `iq-get/self/${VCARD}`, run: get },
    { event: `iq-get/bare/${VCARD}`, run: get },
    { event: `iq-set/self/${VCARD}`, run: set },
  ],
};
