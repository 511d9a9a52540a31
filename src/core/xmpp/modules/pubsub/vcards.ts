/**
 * The two forms of a vCard: `vcard-temp` (XEP-0054 1.2) and vCard4 in XML (RFC 6351, XEP-0292 0.12), turned into each other with what Prosody's mod_vcard_legacy
 * keeps: kinds of addresses other than home and work are lost, `DESC` becomes a note, `N` is there in any case.
 */
import { child, childText, el, elements, textOf, type Element } from '../../../../base/xml/element.ts';
import { NS } from '../../namespaces.ts';

export const VCARD4 = 'urn:ietf:params:xml:ns:vcard-4.0';

/** Parts that are one value: in vCard4 by the name of its type. */
const SIMPLE: Readonly<Record<string, string>> = {
  nickname: 'text',
  title: 'text',
  role: 'text',
  categories: 'text',
  note: 'text',
  url: 'uri',
  bday: 'date',
};
/** Parts of a name and of an address: vcard-temp, vCard4. */
const NAME = [
  ['FAMILY', 'surname'],
  ['GIVEN', 'given'],
  ['MIDDLE', 'additional'],
  ['PREFIX', 'prefix'],
  ['SUFFIX', 'suffix'],
] as const;
const ADDRESS = [
  ['POBOX', 'pobox'],
  ['EXTADD', 'ext'],
  ['STREET', 'street'],
  ['LOCALITY', 'locality'],
  ['REGION', 'region'],
  ['PCODE', 'code'],
  ['CTRY', 'country'],
] as const;

const make =
  (ns: string) =>
  (name: string, ...children: readonly (Element | string | undefined)[]): Element =>
    el(name, ns, {}, ...children.filter((c): c is Element | string => c !== undefined && c !== ''));
const t = make(NS.vcard);
const v = make(VCARD4);
/** Of an element without elements in it. */
const plain = (e: Element): string | undefined => (elements(e).length === 0 ? textOf(e) : undefined);

const KINDS = [
  ['HOME', 'home'],
  ['WORK', 'work'],
] as const;
const parameters = (tag: Element): Element => {
  const kind = KINDS.find(([name]) => child(tag, name));
  return v('parameters', v('type', kind && v('text', kind[1])));
};
const kindOf = (tag: Element): Element | undefined => {
  const type = child(tag, 'parameters') && child(child(tag, 'parameters')!, 'type');
  const found = KINDS.find(([, text]) => type && childText(type, 'text') === text);
  return found && t(found[0]);
};

export function vcard4Of(card: Element): Element {
  const name = child(card, 'N');
  const full = v('fn', v('text', childText(card, 'FN')));
  const parts = v('n', ...NAME.map(([old, now]) => v(now, name && childText(name, old))));
  return v('vcard', full, parts, ...elements(card).flatMap(part4));
}

function part4(tag: Element): Element[] {
  const name = tag.name.toLowerCase();
  const type = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
  const text = plain(tag);
  if (type !== undefined) return text === undefined ? [] : [v(name, v(type, text))];
  const value = (part: string): string | undefined => childText(tag, part);
  switch (tag.name) {
    case 'EMAIL':
      return value('USERID') === undefined ? [] : [v('email', v('text', value('USERID')), parameters(tag))];
    case 'TEL':
      return value('NUMBER') === undefined ? [] : [v('tel', v('uri', `tel:${value('NUMBER')}`), parameters(tag))];
    case 'ORG':
      return value('ORGNAME') === undefined ? [] : [v('org', v('text', value('ORGNAME')))];
    case 'DESC':
      return text === undefined ? [] : [v('note', v('text', text))];
    case 'ADR':
      return [v('adr', ...ADDRESS.map(([old, now]) => v(now, value(old))), parameters(tag))];
    case 'JABBERID':
      return text === undefined ? [] : [v('impp', v('uri', `xmpp:${text}`))];
    default:
      return [];
  }
}

/** The parts of a `vcard-temp`, but for the picture. */
export function vcardTempParts(card: Element): readonly Element[] {
  const name = child(card, 'n');
  const full = child(card, 'fn');
  const parts = t('N', ...NAME.map(([old, now]) => t(old, name && childText(name, now))));
  return [t('FN', full && childText(full, 'text')), parts, ...elements(card).flatMap(partTemp)];
}

function partTemp(tag: Element): Element[] {
  const type = Object.hasOwn(SIMPLE, tag.name) ? SIMPLE[tag.name] : undefined;
  const value = (part: string): string | undefined => childText(tag, part);
  const text = value('text');
  const uri = value('uri');
  if (type !== undefined) return value(type) === undefined ? [] : [t(tag.name.toUpperCase(), value(type))];
  switch (tag.name) {
    case 'email':
      return text === undefined ? [] : [t('EMAIL', ...kept(t('USERID', text), t('INTERNET'), kindOf(tag)))];
    case 'tel':
      return uri === undefined ? [] : [t('TEL', ...kept(t('NUMBER', uri.replace(/^tel:/, '')), kindOf(tag)))];
    case 'adr':
      return [t('ADR', ...kept(...ADDRESS.map(([old, now]) => t(old, value(now))), kindOf(tag)))];
    case 'impp':
      return uri?.startsWith('xmpp:') === true ? [t('JABBERID', uri.slice(5))] : [];
    case 'org':
      return [t('ORG', t('ORGNAME', text))];
    default:
      return [];
  }
}
const kept = (...parts: readonly (Element | undefined)[]): readonly Element[] => parts.filter((p) => p !== undefined);
