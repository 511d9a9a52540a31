/**
 * XEP-0115 Entity Capabilities 1.6.0 (2022-03-08, https://xmpp.org/extensions/xep-0115.html) §5.1 the verification string, §4 what presence says. Whom the server asks, and
 * when, is XEP-0163's. Simplified: only `sha-1`, the hash that every entity must have (§5.5), and the legacy form without a hash is told apart by what it says.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { base64 } from '../../../base/base64.ts';
import { child, elements, textOf, type Element } from '../../../base/xml/element.ts';
import { utf8 } from '../../../base/utf8.ts';

export const CAPS = 'http://jabber.org/protocol/caps';
const FORM = 'jabber:x:data';

/** i;octet (RFC 4790 §9.3): by the bytes of UTF-8, which is the order of code points. */
function byOctets(a: string, b: string): number {
  const left = utf8(a);
  const right = utf8(b);
  const i = left.findIndex((byte, at) => byte !== right[at]);
  return i < 0 ? left.length - right.length : (left[i] ?? 0) - (right[i] ?? -1);
}

/** §5.1, of the answer to a disco#info request. */
function verificationString(query: Element): string {
  const of = (name: string): readonly Element[] => elements(query).filter((c) => c.name === name && c.ns === query.ns);
  const identities = of('identity').map(({ attrs }) => ['category', 'type', 'xml:lang', 'name'].map((key) => attrs[key] ?? '').join('/'));
  const features = of('feature').map(({ attrs }) => attrs['var'] ?? '');
  const forms = elements(query).filter((c) => c.name === 'x' && c.ns === FORM);
  return [...identities.sort(byOctets), ...features.sort(byOctets), ...forms.flatMap((x) => formString(x) ?? []).sort(byOctets)]
    .map((s) => `${s}<`)
    .join('');
}

/** §5.1, steps 6 and 7; §5.4, 3.6: one without a hidden FORM_TYPE is left out. */
function formString(x: Element): string | undefined {
  const fields = elements(x).filter((f) => f.name === 'field' && f.attrs['var'] !== undefined);
  const values = (f: Element): string[] =>
    elements(f)
      .filter((v) => v.name === 'value')
      .map(textOf)
      .sort(byOctets);
  const type = fields.find((f) => f.attrs['var'] === 'FORM_TYPE');
  if (!type || (type.attrs['type'] !== 'hidden' && type.attrs['type'] !== undefined)) return undefined;
  const others = fields.filter((f) => f !== type).sort((a, b) => byOctets(a.attrs['var'] ?? '', b.attrs['var'] ?? ''));
  return [...values(type).slice(0, 1), ...others.flatMap((f) => [f.attrs['var'] ?? '', ...values(f)])].join('<');
}

/**
 * §5.4, step 3: says something twice, or one kind of form of two values or two times, so that the hash would not tell what it can: no answer to go by.
 */
export function isIllFormed(query: Element): boolean {
  const of = (name: string): readonly Element[] => elements(query).filter((c) => c.name === name && c.ns === query.ns);
  const isTwice = (words: readonly string[]): boolean => new Set(words).size < words.length;
  const identities = of('identity').map(({ attrs }) => ['category', 'type', 'xml:lang', 'name'].map((key) => attrs[key] ?? '').join('/'));
  const types = elements(query)
    .filter((c) => c.name === 'x' && c.ns === FORM)
    .flatMap((x) => elements(x).filter((f) => f.name === 'field' && f.attrs['var'] === 'FORM_TYPE'))
    .map((f) => [...new Set(elements(f).map(textOf))]);
  return (
    isTwice(identities) ||
    isTwice(of('feature').map((f) => f.attrs['var'] ?? '')) ||
    types.some((t) => t.length > 1) ||
    isTwice(types.flat())
  );
}

/** `ver`. */
export const capsHash = (query: Element): string => base64(sha1(utf8(verificationString(query))));

export interface Caps {
  /** Under which what it can is remembered. */
  readonly hash: string;
  /** The node to be asked for. */
  readonly node: string;
}

/** What a presence says of its sender's software. */
export function capsOf(presence: Element): Caps | undefined {
  const c = child(presence, 'c', CAPS);
  const { hash, node, ver, ext = '' } = c?.attrs ?? {};
  if (node === undefined || ver === undefined || (hash !== undefined && hash !== 'sha-1')) return undefined;
  return { hash: hash === undefined ? `${node}#${ver}#${ext}` : ver, node: `${node}#${ver}` };
}

/** XEP-0163 §4.2: the nodes that it wants to be told of. */
export function interestsOf(query: Element): readonly string[] {
  const names = elements(query).map((f) => (f.name === 'feature' ? (f.attrs['var'] ?? '') : ''));
  return [...new Set(names.filter((name) => name.endsWith(NOTIFY)).map((name) => name.slice(0, -NOTIFY.length)))];
}
const NOTIFY = '+notify';
